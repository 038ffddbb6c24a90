"""Points to gain add up to what is missing to 100, by hand and from real counts."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from sqm.rules.audits.audit_visits import item_losses, mean_losses, store_visits, visit_scores
from sqm.rules.stores.points_to_gain import Loss, bought, first_to_mend, gains
from sqm.rules.stores.store_score import Absence, Definition, Part, store_score

PROVINCE = Definition(
    "2026",
    date(2026, 1, 1),
    (Part("audit", 60.0), Part("overall", None), Part("sms", 20.0), Part("queue", 10.0), Part("handling", 10.0)),
)


def test_by_hand() -> None:
    """Audit 80 (items lost 15 and 5), sms 75, queue 100, handling 40: lost 9 + 3 + 5 + 6 = 23 of the composite."""
    found = store_score({"audit": 80.0, "overall": 10.0, "sms": 75.0, "queue": 100.0, "handling": 40.0}, PROVINCE)
    items = {"audit": [Loss("seats", 5.0, 5.0, 4, 1), Loss("greeting", 15.0, 10.0, 4, 3)]}
    listed = gains(found, items)
    assert [(each.part, each.item) for each in listed] == [
        ("audit", "greeting"),
        ("handling", ""),
        ("sms", ""),
        ("audit", "seats"),
    ]
    assert [each.points for each in listed] == pytest.approx([9.0, 6.0, 5.0, 3.0])
    assert [each.alone for each in listed] == pytest.approx([6.0, 6.0, 5.0, 3.0])
    assert (listed[0].failed, listed[0].visits) == (3, 4)
    assert first_to_mend(listed, 2) == listed[:2] and len(first_to_mend(listed)) == 4


def test_without_the_audit_the_rest_weighs_more() -> None:
    """Effective weights 50, 25, 25: sms 80 loses 10, queue 60 loses 10."""
    found = store_score({"audit": None, "sms": 80.0, "queue": 60.0, "handling": 100.0}, PROVINCE)
    listed = gains(found, {"audit": [Loss("seats", 50.0, 50.0)]})
    assert [(each.part, each.points) for each in listed] == [
        ("queue", pytest.approx(10.0)),
        ("sms", pytest.approx(10.0)),
    ]


def test_items_of_another_month_are_refused_and_what_they_leave_is_named() -> None:
    found = store_score({"audit": 80.0, "sms": 100.0, "queue": 100.0, "handling": 100.0}, PROVINCE)
    with pytest.raises(ValueError, match="lost more"):
        gains(found, {"audit": [Loss("seats", 21.0, 21.0)]})
    listed = gains(found, {"audit": [Loss("seats", 5.0, 5.0)]})
    assert [(each.item, each.points) for each in listed] == [("", pytest.approx(9.0)), ("seats", pytest.approx(3.0))]
    assert gains(store_score({}, PROVINCE), {}) == ()


@pytest.mark.parametrize("seed", range(5))
def test_points_add_up_from_the_marks_of_visits_with_caps_and_gaps(seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.integers(0, 6, (4, 20)).astype(float)
    points[random.random((4, 20)) < 0.15] = np.nan
    frame = pd.DataFrame(
        {
            "visit": np.repeat(np.arange(4), 20),
            "store": "s1",
            "item": np.tile([f"i{place:02d}" for place in range(20)], 4),
            "points": points.ravel(),
            "most": 5.0,
            "is_critical": np.tile(np.arange(20) < 2, 4),
            "pass_points": 3.0,
        }
    )
    visits = store_visits(visit_scores(frame)["score"])
    assert visits is not None
    rows = mean_losses(item_losses(frame)).loc["s1"].itertuples()
    losses = {"audit": [Loss(str(row.Index), float(row.lost), float(row.alone)) for row in rows]}
    gap: list[float | Absence] = [Absence.NOT_COLLECTED, Absence.NOT_APPLICABLE, 63.0]
    score = store_score({"audit": visits.mean, "sms": gap[seed % 3], "queue": 70.0, "handling": 91.0}, PROVINCE)
    assert score.score is not None
    assert sum(each.points for each in gains(score, losses)) == pytest.approx(100.0 - score.score)


def test_points_buy_places_only_where_stores_can_be_told_apart() -> None:
    """Twelve stores 5 points apart and measured within 0.5: 12 points lift the last past two others, for certain."""
    scores = {f"s{place:02d}": 40.0 + 5.0 * place for place in range(12)}
    found = bought(scores, dict.fromkeys(scores, 0.25), "s00", 12.0)
    assert found is not None
    assert (found.now.low, found.now.high) == (12, 12) and found.then.high == 10 and found.is_certain
    same = bought(scores, dict.fromkeys(scores, 1.0), "s00", 0.0)
    assert same is not None and same.now == same.then and not same.is_certain
    noisy = bought(scores, dict.fromkeys(scores, 900.0), "s00", 12.0)
    assert noisy is not None and (noisy.now.low, noisy.then.low, noisy.then.high) == (1, 1, 12)


def test_nobody_gets_above_a_hundred_and_who_has_no_place_buys_none() -> None:
    scores = {"a": 95.0, "b": 80.0, "c": 60.0}
    variances = {"a": 1.0, "b": 1.0, "c": 1.0}
    found = bought(scores, variances, "a", 30.0)
    assert found is not None and found.then.shrunk.raw == 100.0
    assert found.then.shrunk.reliability == found.now.shrunk.reliability  # the spread between stores stays as it is
    assert bought(scores, {**variances, "a": 0.0}, "a", 5.0) is None
    assert bought(scores, variances, "nobody", 5.0) is None and bought({"a": 95.0}, variances, "a", 5.0) is None
