"""Two visits of one store and one of another, worked out by hand."""

from datetime import date

import pandas as pd
import pytest

from sqm.rules.audits.audit_visits import VisitRules
from sqm.rules.sampling import Interval
from sqm.rules.stores import store_results
from sqm.rules.stores.store_evidence import (
    Answers,
    Scored,
    Standards,
    Turn,
    of_answers,
    scored,
    sms_answers,
    sms_prior,
    themes_in,
)
from sqm.rules.stores.store_results import Compared
from sqm.rules.stores.store_score import Definition, MinutesStandard, Part

MONTH = date(2026, 9, 1)
DEFINITION = Definition(
    "1",
    date(2006, 1, 1),
    (
        Part("topic_1", 30.0),
        Part("topic_2", 30.0),
        Part("perception", None),
        Part("sms", 20.0),
        Part("queueing", 10.0),
        Part("handling", 10.0),
    ),
)
TURNS = (
    Turn(date(2026, 1, 1), "topic_1", "plans"),
    Turn(date(2026, 1, 1), "topic_2", "desk"),
    Turn(date(2026, 9, 1), "topic_1", "desk"),
    Turn(date(2026, 9, 1), "topic_2", "plans"),
)


def minutes(part: str, month: date) -> MinutesStandard | None:
    return MinutesStandard(part, date(2006, 1, 1), 5.0, 25.0) if part == "queueing" else None


STANDARDS = Standards(lambda month: VisitRules(), minutes)


def visits(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = ["visit_id", "store_code", "month", "theme", "minutes_waited", "minutes_handled", "score"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(month=pd.to_datetime(frame["month"])).astype(
        {"minutes_waited": float, "minutes_handled": float, "score": float}
    )


def marks(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = ["visit", "store", "month", "theme", "item", "points", "most", "is_critical"]
    frame = pd.DataFrame(rows, columns=columns).assign(is_minor=False, pass_points=float("nan"), evidence="")
    return frame.assign(month=pd.to_datetime(frame["month"])).astype({"points": float, "most": float})


@pytest.fixture
def found() -> Scored:
    """S1: a visit at the desk with 15 of 20 points (an item did not apply) and 15 minutes, one to plans of which only
    the total of 90 is known. S2: a visit at the desk that fails a critical item, 5 minutes."""
    return scored(
        visits(
            ("V1", "S1", MONTH, "desk", 15.0, None, None),
            ("V2", "S1", MONTH, "plans", None, None, 90.0),
            ("V3", "S2", MONTH, "desk", 5.0, 4.0, None),
        ),
        marks(
            ("V1", "S1", MONTH, "desk", "desk.greeting", 5, 10, False),
            ("V1", "S1", MONTH, "desk", "desk.identity", 10, 10, True),
            ("V1", "S1", MONTH, "desk", "desk.receipt", None, 10, False),
            ("V1", "S1", MONTH, "desk", "perception.overall", 8, 10, False),
            ("V3", "S2", MONTH, "desk", "desk.greeting", 10, 10, False),
            ("V3", "S2", MONTH, "desk", "desk.identity", 8, 10, True),
        ),
        STANDARDS,
        TURNS,
    )


def test_visits_are_scored_by_their_theme_and_placed_by_the_rotation(found: Scored) -> None:
    rows = found.visits.set_index("visit_id")
    assert rows["score"].to_dict() == {"V1": 75.0, "V2": 90.0, "V3": 60.0}  # V3: a failed critical item caps
    assert rows["place"].to_dict() == {"V1": "topic_1", "V2": "topic_2", "V3": "topic_1"}
    assert rows["queueing"].tolist()[::2] == [50.0, 100.0]
    assert rows["perception"]["V1"] == 80.0
    assert rows["handling"].isna().all(), "there is no standard for handling"


def test_a_score_that_the_file_gives_is_the_visits_and_its_failed_items_share_what_it_lost() -> None:
    """An inspection of 92 with two of three items failed: four points each, whatever the items would say alone."""
    found = scored(
        visits(("V1", "S1", MONTH, "desk", None, None, 92.0), ("V2", "S1", MONTH, "desk", None, None, None)),
        marks(
            ("V1", "S1", MONTH, "desk", "desk.a", 0, 1, False),
            ("V1", "S1", MONTH, "desk", "desk.b", 0, 1, False),
            ("V1", "S1", MONTH, "desk", "desk.c", 1, 1, False),
            ("V2", "S1", MONTH, "desk", "desk.a", 0, 4, False),
            ("V2", "S1", MONTH, "desk", "desk.b", 16, 16, False),
        ),
        STANDARDS,
        TURNS,
    )
    assert found.visits["score"].tolist() == [92.0, 80.0]
    assert found.losses["lost"].tolist() == pytest.approx([4.0, 4.0, 0.0, 20.0, 0.0])


def test_the_rotation_of_a_month() -> None:
    assert themes_in(TURNS, date(2026, 8, 1)) == {"topic_1": "plans", "topic_2": "desk"}
    assert themes_in(TURNS, MONTH) == {"topic_1": "desk", "topic_2": "plans"}
    assert themes_in(TURNS, date(2025, 12, 1)) == {}


def test_before_any_rotation_the_themes_with_most_visits_stand(found: Scored) -> None:
    again = scored(found.visits.drop(columns=["place"]), marks(*[]), STANDARDS, ())
    assert again.visits.set_index("visit_id")["place"].to_dict() == {"V1": "topic_1", "V2": "topic_2", "V3": "topic_1"}


def test_the_composite_of_a_store_and_what_it_lost(found: Scored) -> None:
    answers = {"S1": Answers(0.8, 40, 40.0), "S2": Answers(0.9, 50, 50.0)}
    groups = {"S1": ("own", "large"), "S2": ("own", "large"), "S3": ("own", "small")}
    results = store_results.store_results(found, answers, groups, DEFINITION)
    first = results["S1"]
    # (30 x 75 + 30 x 90 + 20 x 80 + 10 x 50) / 90
    assert first.score.score == pytest.approx(7050 / 90)
    assert first.score.coverage == pytest.approx(0.9)
    assert first.score.missing == ("handling",)
    assert sum(each.points for each in first.gains) == pytest.approx(100 - 7050 / 90)
    by_item = {(each.part, each.item): each.points for each in first.gains}
    assert by_item[("topic_1", "desk.greeting")] == pytest.approx(30 / 90 * 25)
    assert by_item[("topic_2", "")] == pytest.approx(30 / 90 * 10), "no items are known of V2"
    assert first.band is not None
    assert first.band.low == pytest.approx(70.5)
    assert first.band.high == pytest.approx(80.5)
    second = results["S2"]
    assert second.score.score == pytest.approx((30 * 60 + 20 * 90 + 10 * 100) / 60)
    assert not second.score.is_ranked, "a third of the weight was not collected"
    nothing = results["S3"]
    assert nothing.score.score is None
    assert nothing.visits is None
    assert nothing.gains == ()


def test_only_stores_with_enough_collected_are_ranked(found: Scored) -> None:
    groups = {"S1": ("own", "large"), "S2": ("own", "large")}
    results = store_results.store_results(found, {}, groups, DEFINITION)
    tables = store_results.fair_tables(results, Compared.COMPOSITE)
    assert tables == {("own", "large"): None}
    assert store_results.places_bought(results, "S1", 5.0) is None


def test_a_stores_months_are_units_like_stores(found: Scored) -> None:
    by_month = Scored(found.visits.assign(unit=found.visits["month"].dt.strftime("%Y-%m")), found.losses)
    scores = store_results.compare(by_month, {}, DEFINITION, "unit")
    assert list(scores) == ["2026-09"]
    # topic 1: mean of 75 and 60; topic 2: 90; queueing: mean of 50 and 100
    assert scores["2026-09"].score == pytest.approx((30 * 67.5 + 30 * 90 + 10 * 75) / 70)


def test_few_sms_answers_borrow_from_the_class() -> None:
    sums = pd.DataFrame(
        {
            "store_code": ["A", "A", "B", "C"],
            "n": [10, 10, 400, 400],
            "w": [10.0, 10.0, 400.0, 400.0],
            "ww": [10.0, 10.0, 400.0, 400.0],
            "ws": [10.0, 10.0, 320.0, 240.0],
        }
    )
    answers = sms_answers(sums, "store_code")
    assert answers["A"] == Answers(1.0, 20, 20.0)
    told = of_answers(answers["A"], sms_prior(answers))
    assert told is not None
    assert told.is_shrunken
    assert told.raw == 100.0
    assert 70.0 < told.score < 100.0
    many = of_answers(answers["B"], None)
    assert many is not None
    assert (many.score, many.raw) == (80.0, 80.0)
    assert many.variance == pytest.approx(100**2 * 0.8 * 0.2 / 400)


def test_no_visits_at_all() -> None:
    empty = scored(visits(), marks(), STANDARDS, TURNS)
    results = store_results.store_results(empty, {}, {"S1": ("own", "large")}, DEFINITION)
    assert results["S1"].score.score is None
    assert results["S1"].band is None or isinstance(results["S1"].band, Interval)
