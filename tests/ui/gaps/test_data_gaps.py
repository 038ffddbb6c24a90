"""Every gap and every proxy from a small database, against numbers worked out by hand."""

from datetime import date
from pathlib import Path

import pytest

from sqm.rules.gaps.expectation import GapMove, Rung
from sqm.rules.gaps.gap_changes import Turn, change
from sqm.rules.gaps.gap_ledger import Weighed
from sqm.rules.gaps.gap_units import (
    CommunicationPoints,
    DeliveryPoints,
    KnowledgePoints,
    NeedsUncovered,
    PerceptionPoints,
    PointsLost,
    PromisesBroken,
    RankDistance,
    Shortfall,
    StandardsPoints,
)
from sqm.rules.gaps.tolerance import Position
from sqm.rules.sampling import Showing, wilson
from sqm.ui.gaps import data_expectation, data_gaps, data_questionnaires
from sqm.ui.gaps.data_gaps import Period, Span
from tests.ui.gaps import small

SURVEY = "service_quality"


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.build(tmp_path_factory.mktemp("gaps") / "small.duckdb")


@pytest.fixture(autouse=True)
def _on_the_small_file(small_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(small_file))


@pytest.fixture
def now() -> Weighed:
    return data_gaps.view(SURVEY, Span.MONTH, small.LAST).processes[small.PROCESS].now


def test_gap_five_is_perception_minus_expectation(now: Weighed) -> None:
    assert now.ledger.perception is not None
    amount = now.ledger.perception.read(PerceptionPoints)
    assert amount.value == pytest.approx(-1.5)
    assert (now.ledger.perception.n, now.ledger.perception.showing) == (6, Showing.GREY)
    assert now.ledger.perception.scale == "1-7"
    assert now.five is not None and now.five.servperf is not None
    assert now.five.servperf.mean == pytest.approx(4.5)


def test_gaps_one_to_four_as_people_say(now: Weighed) -> None:
    ledger = now.ledger
    asked = (ledger.knowledge.asked, ledger.standards.asked, ledger.delivery.asked, ledger.communication.asked)
    units = (KnowledgePoints, StandardsPoints, DeliveryPoints, CommunicationPoints)
    hand = (-1.0, -3.0, -2.0, -4.0)  # 5 - 6, 4 - 7, 5 - 7, 3 - 7
    for reading, unit, value in zip(asked, units, hand, strict=True):
        assert reading is not None
        assert reading.read(unit).value == pytest.approx(value)  # type: ignore[arg-type]
        assert reading.n == 5
    assert now.standards is not None
    without = {each.dimension: each.share_without for each in now.standards.dimensions}
    assert without == {**dict.fromkeys(without, 0.0), "reliability": pytest.approx(0.2)}


def test_gap_one_recorded_is_the_rank_distance_of_declared_and_derived_importance(now: Weighed) -> None:
    """Managers put the dimensions in the very opposite order: distance 1 (12 of at most 12 places)."""
    assert now.ranks is not None and now.ledger.knowledge.observed is not None
    assert now.ledger.knowledge.observed.read(RankDistance).value == pytest.approx(1.0)
    assert now.ledger.knowledge.observed.n == 128 + 2 * len(small.PERCEIVED)
    derived = {need.need: need.derived_rank for need in now.ranks.needs}
    assert derived["empathy"] == 1.0
    assert derived["tangibles"] == 5.0


def test_gap_two_recorded_is_the_share_of_needs_with_nothing(now: Weighed) -> None:
    """Stores: three drivers and four needs beside them, of which one has neither standard, indicator nor target."""
    assert now.covered is not None and now.ledger.standards.observed is not None
    assert now.ledger.standards.observed.read(NeedsUncovered).value == pytest.approx(1 / 7)
    assert now.covered.bare == ("stores-3",)


def test_gap_three_recorded_is_the_share_of_audited_points_lost(now: Weighed) -> None:
    assert now.ledger.delivery.observed is not None
    assert now.ledger.delivery.observed.read(PointsLost).value == pytest.approx(10 / 50)
    assert now.ledger.delivery.observed.n == 5


def test_gap_four_recorded_is_the_share_of_promises_broken_and_each_shortfall(now: Weighed) -> None:
    """Six minutes were promised; 5, 6, 7 and 8 were delivered: two of four broken, short by half a minute."""
    assert now.ledger.communication.observed is not None
    amount = now.ledger.communication.observed.read(PromisesBroken)
    limits = wilson(2, 4)
    assert amount.value == pytest.approx(0.5)
    assert limits is not None
    assert [amount.low, amount.high] == pytest.approx([limits.low, limits.high])
    (shortfall,) = now.ledger.shortfalls
    assert shortfall.read(Shortfall).value == pytest.approx(0.5)
    assert (shortfall.subject, shortfall.scale) == ("STO-1", "min")


def test_a_process_that_nobody_asked_about_is_not_there() -> None:
    assert list(data_gaps.view(SURVEY, Span.MONTH, small.LAST).processes) == [small.PROCESS]


def test_movement_against_the_period_before() -> None:
    """The same six answers in September: nothing moved. Nobody inside was asked in the three months before."""
    found = data_gaps.view(SURVEY, Span.MONTH, small.LAST).processes[small.PROCESS]
    first, last = found.before.ledger.perception, found.now.ledger.perception
    assert first is not None and last is not None
    assert change(first, last).turn is Turn.NOT_DISTINGUISHABLE
    assert found.before.ledger.standards.asked is None


def test_a_quarter_is_cut_off_by_the_last_month_with_answers() -> None:
    assert data_gaps.period_of(Span.QUARTER, small.LAST, small.LAST) == Period(small.LAST, small.LAST)
    whole = data_gaps.period_of(Span.QUARTER, date(2026, 8, 1), small.LAST)
    assert whole == Period(date(2026, 7, 1), date(2026, 9, 1))
    assert data_gaps.before(Span.QUARTER, whole) == Period(date(2026, 4, 1), date(2026, 6, 1))


def test_zone_of_tolerance_and_ladder_by_hand() -> None:
    """Acceptable 4.5, desired 6: three of six perceive 4 (below), three 5 (inside). Nobody is satisfied (6 of 7)."""
    found = data_expectation.view(SURVEY, small.PROCESS, Span.MONTH, small.LAST)
    ((topic, zones),) = found.zones
    assert topic.stem == "stores.responsiveness"
    assert zones.share_below == pytest.approx(0.5)
    assert zones.of_means is not None and zones.of_means.position is Position.INSIDE
    assert found.ladder is not None
    shares = {each.rung: each.share for each in found.ladder.rungs}
    assert shares == {**dict.fromkeys(Rung, 0.0), Rung.DISAPPOINTED: 1.0}


def test_without_a_year_the_period_before_is_compared() -> None:
    found = data_expectation.view(SURVEY, small.PROCESS, Span.MONTH, small.LAST)
    assert (found.compared, found.against) == (
        Period(small.LAST, small.LAST),
        Period(small.BEFORE, small.BEFORE),
    )
    assert found.perception.difference == pytest.approx(0.0)
    assert found.why in (GapMove.NEITHER, GapMove.UNKNOWN)


def test_questionnaires_of_managers_are_none_of_customers() -> None:
    assert list(data_questionnaires.questionnaires()) == [SURVEY]
