"""methods 4.1, domain part 5: 30 + 30 + (shown, not scored) + 20 + 10 + 10, by hand."""

from datetime import date

import pytest

from sqm.rules.sampling import Interval
from sqm.rules.stores.store_score import (
    Absence,
    Definition,
    MinutesStandard,
    Part,
    in_force,
    minutes_score,
    passes,
    satisfaction_score,
    score_changes,
    score_variance,
    sensitivity_band,
    store_score,
)

PROVINCE = Definition(
    "2026",
    date(2026, 1, 1),
    (
        Part("special_1", 30.0, "queueing"),
        Part("special_2", 30.0, "handling"),
        Part("overall", None),
        Part("sms", 20.0),
        Part("queue", 10.0),
        Part("handling", 10.0),
    ),
)
WHOLE = {"special_1": 90.0, "special_2": 85.0, "overall": 77.0, "sms": 80.0, "queue": 70.0, "handling": 95.0}
STANDARD = MinutesStandard("2026", date(2026, 1, 1), full=8.0, zero=20.0)


def test_the_score_comes_apart_into_points_gained_and_lost() -> None:
    found = store_score(WHOLE, PROVINCE)
    assert found.score == pytest.approx(27 + 25.5 + 16 + 7 + 9.5)
    assert [part.gained for part in found.parts] == pytest.approx([27, 25.5, 0, 16, 7, 9.5])
    assert [part.lost for part in found.parts] == pytest.approx([3, 4.5, 0, 4, 3, 0.5])
    assert (found.coverage, found.is_ranked, found.missing) == (1.0, True, ())


def test_the_weakest_part_lost_most_of_the_points_that_were_lost() -> None:
    found = store_score(WHOLE, PROVINCE)
    assert found.weakest is not None and found.weakest.code == "special_2"
    assert found.lost == pytest.approx(15.0)
    assert [part.code for part in found.collected] == ["special_1", "special_2", "sms", "queue", "handling"]


def test_nothing_lost_and_nothing_collected_have_no_weakest_part() -> None:
    assert store_score(dict.fromkeys(WHOLE, 100.0), PROVINCE).weakest is None
    nothing = store_score({}, PROVINCE)
    assert (nothing.weakest, nothing.lost, nothing.collected) == (None, 0.0, ())


@pytest.mark.parametrize(
    ("score", "mark", "expected"),
    [
        (80.0, 80.0, True),
        (79.9999999999, 80.0, True),  # a sum of marks that should be 80 and is a hair beside it
        (79.99, 80.0, False),
        (81.0, None, None),
        (None, 80.0, None),
        (float("nan"), 80.0, None),
    ],
)
def test_a_mark_is_passed_when_it_is_reached(score: float | None, mark: float | None, expected: bool | None) -> None:
    assert passes(score, mark) is expected


@pytest.mark.parametrize("overall", [0.0, 100.0, None, Absence.NOT_APPLICABLE])
def test_the_unscored_part_is_shown_and_never_enters(overall: float | Absence | None) -> None:
    found = store_score({**WHOLE, "overall": overall}, PROVINCE)
    assert found.score == pytest.approx(85.0) and found.coverage == 1.0
    shown = next(part for part in found.parts if part.code == "overall")
    assert shown.score == (overall if isinstance(overall, float) else None)
    assert "overall" not in found.effective_weights and found.missing == ()


def test_not_collected_lowers_the_coverage_and_not_applicable_does_not() -> None:
    """Without the second audit 70 of 100: (2700 + 1600 + 700 + 950) / 70 = 85 either way."""
    collected = store_score({**WHOLE, "special_2": None}, PROVINCE)
    applicable = store_score({**WHOLE, "special_2": Absence.NOT_APPLICABLE}, PROVINCE)
    assert collected.score == applicable.score == pytest.approx(85.0)
    assert (collected.coverage, collected.is_ranked, collected.missing) == (pytest.approx(0.7), True, ("special_2",))
    assert (applicable.coverage, applicable.is_ranked, applicable.missing) == (1.0, True, ())
    assert collected.effective_weights["special_1"] == pytest.approx(300 / 7)
    thin = store_score({**WHOLE, "special_2": None, "queue": float("nan")}, PROVINCE)
    assert thin.coverage == pytest.approx(0.6) and not thin.is_ranked and thin.score is not None


@pytest.mark.parametrize("gone", [(), ("sms",), ("special_1", "queue"), ("special_1", "special_2", "handling")])
def test_lost_points_add_up_to_a_hundred_minus_the_score(gone: tuple[str, ...]) -> None:
    found = store_score({**WHOLE, **dict.fromkeys(gone, Absence.NOT_COLLECTED)}, PROVINCE)
    assert found.score is not None
    assert sum(part.lost for part in found.parts) == pytest.approx(100.0 - found.score)
    assert sum(found.effective_weights.values()) == pytest.approx(100.0)


def test_nothing_scored_is_no_score_not_zero() -> None:
    for values in ({"overall": 99.0}, dict.fromkeys(WHOLE, Absence.NOT_APPLICABLE)):
        found = store_score(values, PROVINCE)
        assert (found.score, found.coverage, found.is_ranked, found.effective_weights) == (None, 0.0, False, {})
        assert sensitivity_band(found, {}) is None and score_variance(found, {}) is None


def test_the_band_puts_the_worst_and_the_best_peer_in_the_gap() -> None:
    found = store_score({**WHOLE, "special_2": None}, PROVINCE)
    assert sensitivity_band(found, {"special_2": [60.0, 75.0, 95.0]}) == Interval(
        pytest.approx((5950 + 1800) / 100), pytest.approx((5950 + 2850) / 100)
    )
    assert sensitivity_band(found, {}) == Interval(pytest.approx(59.5), pytest.approx(89.5))
    whole = sensitivity_band(store_score(WHOLE, PROVINCE), {"special_2": [0.0]})
    assert whole == Interval(pytest.approx(85.0), pytest.approx(85.0))
    fewer = sensitivity_band(store_score({**WHOLE, "special_2": Absence.NOT_APPLICABLE}, PROVINCE), {})
    assert fewer == Interval(pytest.approx(85.0), pytest.approx(85.0))


def test_the_variance_follows_the_effective_weights() -> None:
    """0.3^2 x 50 + 0.3^2 x 50 + 0.2^2 x 16 + 0.1^2 x 4 + 0.1^2 x 9 = 9.77."""
    errors = {"special_1": 50.0, "special_2": 50.0, "sms": 16.0, "queue": 4.0, "handling": 9.0}
    assert score_variance(store_score(WHOLE, PROVINCE), errors) == pytest.approx(9.77)
    assert score_variance(store_score(WHOLE, PROVINCE), {**errors, "queue": None}) is None
    only = store_score({"sms": 80.0}, PROVINCE)
    assert score_variance(only, errors) == pytest.approx(16.0)


def test_a_change_comes_apart_exactly_even_when_a_part_goes_missing() -> None:
    before, after = store_score(WHOLE, PROVINCE), store_score({**WHOLE, "special_1": None, "sms": 60.0}, PROVINCE)
    changes = score_changes(before, after)
    assert before.score is not None and after.score is not None
    assert sum(changes.values()) == pytest.approx(after.score - before.score)
    assert changes["special_1"] == pytest.approx(-27.0) and changes["overall"] == 0.0


@pytest.mark.parametrize(("minutes", "score"), [(0, 100), (8, 100), (11, 75), (14, 50), (20, 0), (90, 0)])
def test_minutes_to_score(minutes: float, score: float) -> None:
    assert minutes_score(minutes, STANDARD) == pytest.approx(score)


def test_minutes_that_cannot_be() -> None:
    assert minutes_score(None, STANDARD) is None and minutes_score(float("nan"), STANDARD) is None
    with pytest.raises(ValueError, match="below 0"):
        minutes_score(-1.0, STANDARD)
    with pytest.raises(ValueError, match="full marks"):
        MinutesStandard("x", date(2026, 1, 1), full=20.0, zero=20.0)


def test_an_old_month_keeps_its_standard() -> None:
    stricter = MinutesStandard("2027", date(2027, 1, 1), full=5.0, zero=15.0)
    assert in_force([stricter, STANDARD], date(2026, 12, 1)) == STANDARD
    assert in_force([STANDARD, stricter], date(2027, 1, 1)) == stricter
    assert in_force([STANDARD, stricter], date(2025, 12, 1)) is None


def test_few_answers_enter_with_the_shrunken_share() -> None:
    assert satisfaction_score(1.0, 3, 0.82) == (pytest.approx(82.0), True)
    assert satisfaction_score(0.9, 30, 0.82) == (pytest.approx(90.0), False)
    assert satisfaction_score(0.9, 12, None) == (pytest.approx(90.0), False)
    assert satisfaction_score(None, 0, 0.82) == (None, False)


def test_a_definition_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="add up to 100"):
        Definition("x", date(2026, 1, 1), (Part("a", 30.0), Part("b", 60.0), Part("c", None)))
    with pytest.raises(ValueError, match="twice"):
        Definition("x", date(2026, 1, 1), (Part("a", 50.0), Part("a", 50.0)))
    with pytest.raises(ValueError, match="below 0"):
        Definition("x", date(2026, 1, 1), (Part("a", 110.0), Part("b", -10.0)))
    with pytest.raises(ValueError, match="between 0 and 100"):
        store_score({"sms": 0.8, "queue": 101.0}, PROVINCE)
