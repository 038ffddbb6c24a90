"""A target from proposal to agreement: both sides, one proposal, no month that is over."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from sqm.rules.decisions import withdraw
from sqm.rules.matrix.agreements import (
    Capability,
    Problem,
    Proposal,
    Side,
    State,
    Step,
    agreed_steps,
    capability,
    check,
    draft_of,
    proposals,
    propose,
    refuse,
    sign,
)
from tests.rules.deciding import START, log

TODAY = date(2026, 11, 22)
NOVEMBER, DECEMBER, MARCH = date(2026, 11, 1), date(2026, 12, 1), date(2027, 3, 1)
STEP = Step(DECEMBER, 0.9, None, 0.02)
FIRST = propose("k1", [STEP], "agreed with all")
OWNER, QUALITY = sign("d1", Side.OWNER, "hotline"), sign("d1", Side.QUALITY)


def test_a_proposal_is_open_until_both_sides_have_signed_it() -> None:
    (fresh,) = proposals(log(FIRST))
    assert (fresh.state, fresh.signed, fresh.waits_for) == (State.OPEN, frozenset(), frozenset(Side))
    assert (fresh.indicator_code, fresh.scope_level, fresh.scope_code, fresh.first) == ("k1", "company", "", DECEMBER)
    assert (fresh.reason, fresh.who, fresh.proposed_at) == ("agreed with all", "ana", START + timedelta(days=1))
    (half,) = proposals(log(FIRST, OWNER, OWNER))
    assert (half.state, half.waits_for, half.agreed_at) == (State.OPEN, {Side.QUALITY}, None)
    (whole,) = proposals(log(FIRST, OWNER, QUALITY))
    assert (whole.state, whole.agreed_by, whole.agreed_at) == (State.AGREED, "hotline", START + timedelta(days=3))
    assert not whole.waits_for
    assert [each.decision_id for each in whole.history] == ["d1", "d2", "d3"]
    assert not agreed_steps(log(FIRST, OWNER))


def test_signatures_of_different_proposals_agree_nothing() -> None:
    counter = propose("k1", [replace(STEP, low=0.88)], "a softer step", answers="d1")
    before, after = proposals(log(FIRST, OWNER, counter, sign("d3", Side.QUALITY), QUALITY))
    assert (before.state, before.answered_by) == (State.SUPERSEDED, "d3")
    assert (after.state, after.answers, after.signed) == (State.OPEN, "d1", {Side.QUALITY})
    (_, agreed) = proposals(log(FIRST, OWNER, counter, sign("d3", Side.QUALITY), sign("d3", Side.OWNER)))
    assert agreed.state is State.AGREED


def test_a_refused_proposal_hears_no_signature_but_may_be_countered() -> None:
    refused = (FIRST, refuse("d1", Side.OWNER, "out of reach"), OWNER, QUALITY)
    (one,) = proposals(log(*refused))
    assert (one.state, one.signed) == (State.REFUSED, frozenset())
    before, after = proposals(log(*refused, propose("k1", [STEP], "again", answers="d1")))
    assert (before.state, before.answered_by, after.state) == (State.REFUSED, "d5", State.OPEN)


@pytest.mark.parametrize("taken", ["d2", "d3"])
def test_a_withdrawn_signature_opens_the_proposal_again(taken: str) -> None:
    (one,) = proposals(log(FIRST, OWNER, QUALITY, withdraw(taken)))
    assert one.state is State.OPEN and len(one.signed) == 1
    assert not proposals(log(FIRST, OWNER, QUALITY, withdraw("d1")))


def test_a_later_agreement_replaces_the_earlier_one_from_its_first_month_on() -> None:
    year = [Step(DECEMBER, 0.90, None, 0.02), Step(MARCH, 0.92, None, 0.02), Step(date(2027, 6, 1), 0.94, None, 0.02)]
    made = log(
        propose("k1", year, "the year"),
        sign("d1", Side.OWNER),
        sign("d1", Side.QUALITY),
        propose("k1", [Step(MARCH, 0.85, None, 0.02)], "storms"),
        sign("d4", Side.QUALITY),
        sign("d4", Side.OWNER),
        propose("k1", [Step(MARCH, 0.5, None, 0.02)], "of a district", "district", "D1"),
        sign("d7", Side.QUALITY),
        sign("d7", Side.OWNER),
    )
    rows = [(row.proposal_id, row.scope_code, row.step.valid_from, row.step.low) for row in agreed_steps(made)]
    assert rows == [("d1", "", DECEMBER, 0.90), ("d4", "", MARCH, 0.85), ("d7", "D1", MARCH, 0.5)]
    assert [each.state for each in proposals(made)] == [State.AGREED] * 3
    again = (*made, *log(propose("k1", [STEP], "x")))
    assert agreed_steps(again) == agreed_steps(made)


def test_the_second_signature_decides_which_agreement_came_later() -> None:
    second = propose("k1", [replace(STEP, low=0.8)], "the other idea")
    whole = log(FIRST, second, sign("d2", Side.OWNER), sign("d2", Side.QUALITY), OWNER, QUALITY)
    assert [row.step.low for row in agreed_steps(whole)] == [0.9]
    assert {each.proposal_id: each.state for each in proposals(whole)} == {"d1": State.AGREED, "d2": State.SUPERSEDED}


def test_an_agreement_of_which_nothing_is_left_is_superseded() -> None:
    other = propose("k1", [replace(STEP, low=0.8)], "storms")
    made = log(FIRST, OWNER, QUALITY, other, sign("d4", Side.OWNER), sign("d4", Side.QUALITY))
    assert [each.state for each in proposals(made)] == [State.SUPERSEDED, State.AGREED]
    assert [row.step.low for row in agreed_steps(made)] == [0.8]


def problems(*steps: Step, direction: str = "higher", reason: str = "why", sealed: tuple[date, ...] = ()) -> set[str]:
    return set(check(draft_of(propose("k1", steps, reason)), direction, TODAY, sealed))


def test_a_sound_proposal_has_no_problem() -> None:
    assert not problems(STEP)
    assert not problems(Step(NOVEMBER, 0.9, None, 0.0))
    assert not problems(Step(DECEMBER, 1.0, 2.0, 0.0), direction="range", sealed=(date(2026, 10, 1),))


@pytest.mark.parametrize(
    ("steps", "direction", "problem"),
    [
        ((), "higher", Problem.NO_STEPS),
        ((Step(MARCH, 0.9, None, 0.0), STEP), "higher", Problem.STEPS_NOT_RISING),
        ((STEP, STEP), "higher", Problem.STEPS_NOT_RISING),
        ((Step(date(2026, 12, 15), 0.9, None, 0.0),), "higher", Problem.NOT_A_MONTH),
        ((Step(date(2026, 10, 1), 0.9, None, 0.0),), "higher", Problem.BEFORE_CURRENT_MONTH),
        ((STEP,), "lower", Problem.BOUND_MISSING),
        ((STEP,), "range", Problem.BOUND_MISSING),
        ((Step(DECEMBER, 0.9, 0.8, 0.0),), "range", Problem.BOUNDS_CROSSED),
        ((Step(DECEMBER, 0.9, None, -0.1),), "higher", Problem.TOLERANCE_NEGATIVE),
        ((Step(DECEMBER, 0.9, None, float("nan")),), "higher", Problem.TOLERANCE_NEGATIVE),
    ],
)
def test_each_problem_is_named_alone(steps: tuple[Step, ...], direction: str, problem: Problem) -> None:
    assert problems(*steps, direction=direction) == {problem}


def test_a_reason_is_needed_and_a_sealed_month_is_never_reached() -> None:
    assert problems(STEP, reason=" ") == {Problem.NO_REASON}
    assert problems(STEP, sealed=(NOVEMBER, DECEMBER)) == {Problem.MONTH_IS_SEALED}
    assert problems(STEP, sealed=(MARCH,)) == {Problem.MONTH_IS_SEALED}


def history(values: list[float | None], **other: Any) -> pd.DataFrame:
    """Months up to October 2026, missed all the way, as series.judge_months would say."""
    months = pd.date_range(end="2026-10-01", periods=len(values), freq="MS")
    rows = pd.DataFrame({"month": months, "value": values, "status": "missed", "reason": ""} | other)
    rows.loc[rows["value"].isna(), ["status", "reason"]] = "no_data", "not_reported"
    return rows


def proposal(low: float | None = None, high: float | None = None, tolerance: float = 0.0) -> Proposal:
    return draft_of(propose("k1", [Step(DECEMBER, 0.0, 99.0, 0.0), Step(MARCH, low, high, tolerance)], "why"))


def test_capability_says_what_the_last_24_months_would_have_been() -> None:
    values = [0.99] * 12 + [0.70] * 12 + [0.79, 0.79, 0.80] + [0.75] * 9
    found = capability(history(values), proposal(0.80, tolerance=0.05), "higher", (0.712, 0.789), 0.79)
    assert found == Capability(1, 24, 0, 12, 0.712, 0.789, 0.79)


def test_capability_counts_only_months_that_may_be_judged() -> None:
    rows = history([None, 5.0, 3.0, 9.0])
    rows.loc[3, "reason"] = "too_few"
    rows.loc[2, "status"] = "met"
    found = capability(rows, proposal(high=4.0), "lower", (float("nan"), 4.0))
    assert (found.met, found.months, found.met_before, found.would_be_red) == (1, 2, 1, 1)
    assert (found.natural_low, found.natural_high, found.best_rival) == (None, 4.0, None)
    nothing = capability(rows.iloc[:0], proposal(high=4.0), "lower")
    assert (nothing.met, nothing.months, nothing.would_be_red) == (0, 0, 0)
