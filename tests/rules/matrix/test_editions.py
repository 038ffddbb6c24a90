"""Editions count what belongs to a month; what is observed only enters no appraisal; the matrix audits itself."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sqm.rules.decisions import withdraw
from sqm.rules.matrix.editions import (
    DEFINITION,
    Edition,
    Finding,
    State,
    Turnover,
    accept,
    accepted,
    edition,
    new_indicators,
    propose,
    refuse,
    self_audit,
    turnover,
    valid,
)
from sqm.rules.matrix.matrix import judge_month, weakest
from sqm.rules.targets import JUDGED
from tests.rules.deciding import log
from tests.rules.matrix.test_matrix import AUGUST, INDICATORS, SEPTEMBER, SUMS, TARGETS, indicator, sums_of, target

CATALOGUE = Path(__file__).resolve().parents[3] / "data" / "catalogue" / "indicators.csv"
ASKED = propose({"process_code": "stores", "name_en": "Calls answered by a robot", "appraised": True, "drop": 1})


def test_the_first_edition_has_151() -> None:
    listed = pd.read_csv(CATALOGUE, parse_dates=["valid_from", "valid_to"])
    found = edition(listed, date(2026, 10, 17))
    assert (found.month, found.total) == (date(2026, 10, 1), 151)
    assert found.appraised + found.observed == 151 and found.appraised == int(listed["appraised"].sum())


def test_what_came_and_what_went() -> None:
    assert edition(INDICATORS, AUGUST) == Edition(AUGUST, 8, 6, 2)
    assert turnover(INDICATORS, AUGUST, SEPTEMBER) == Turnover(("k8",), ("k9",))
    assert turnover(INDICATORS, SEPTEMBER, AUGUST) == Turnover(("k9",), ("k8",))
    assert list(valid(INDICATORS, date(2026, 8, 31))["indicator_code"])[-1] == "k9"


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_an_observed_indicator_enters_no_appraisal_count(value: float) -> None:
    """Whatever its value: the ranking of processes and the appraised count stay as they were without it."""
    observed = indicator("k20", "stores", "perception", appraised=False, survey_code="")
    alone = indicator("k21", "e_channels", "perception", appraised=False, survey_code="")
    more = pd.concat([INDICATORS, pd.DataFrame([observed, alone])], ignore_index=True)
    rows = sums_of(SEPTEMBER, k20=(1000 * value, 1000, 1000), k21=(1000 * value, 1000, 1000))
    sums = pd.concat([SUMS, pd.DataFrame(rows)], ignore_index=True)
    targets = pd.concat([TARGETS, pd.DataFrame([target("k20", 0.6), target("k21", 0.6)])], ignore_index=True).astype(
        {"high": float}
    )
    without, with_it = (
        judge_month(INDICATORS, SUMS, TARGETS, SEPTEMBER),
        judge_month(more, sums, targets, SEPTEMBER).set_index("indicator_code", drop=False),
    )
    assert with_it.at["k20", "status"] in JUDGED and with_it.at["k21", "status"] in JUDGED
    pd.testing.assert_frame_equal(weakest(with_it), weakest(without))
    before, after = edition(INDICATORS, SEPTEMBER), edition(more, SEPTEMBER)
    assert (after.appraised, after.observed) == (before.appraised, before.observed + 2)


def test_a_proposal_cannot_make_itself_appraised() -> None:
    assert "appraised" not in DEFINITION
    assert set(ASKED.facts) == set(DEFINITION)
    assert (ASKED.facts["name_zh"], ASKED.facts["unit"]) == ("Calls answered by a robot", "%")


def test_a_proposed_indicator_is_accepted_or_refused_once() -> None:
    (waiting,) = new_indicators(log(ASKED))
    assert (waiting.state, waiting.indicator_code, waiting.valid_from) == (State.PROPOSED, "", None)
    inside = log(ASKED, accept("d1", " k30 ", date(2026, 12, 9)), refuse("d1", "late"))
    (one,) = accepted(inside)
    assert (one.state, one.indicator_code, one.valid_from, one.decision_id) == (
        State.ACCEPTED,
        "k30",
        date(2026, 12, 1),
        "d2",
    )
    (no,) = new_indicators(log(ASKED, refuse("d1", "we have it"), accept("d1", "k30", SEPTEMBER)))
    assert (no.state, no.reason, no.valid_from) == (State.REFUSED, "we have it", None)
    assert not accepted(log(ASKED, accept("d1", "k30", SEPTEMBER), withdraw("d2")))
    assert not new_indicators(log(ASKED, withdraw("d1"), accept("d1", "k30", SEPTEMBER)))


@pytest.mark.parametrize("definition", [{"name_en": "x"}, {"process_code": "stores", "name_en": " "}])
def test_an_indicator_needs_a_process_and_a_name(definition: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="process"):
        propose(definition)


def audit(today: date = date(2026, 10, 20), **columns: object) -> set[tuple[Finding, str]]:
    whole = {"department_code": "x", "source_system": "y", "item_code": ""}
    history = SUMS[["indicator_code", "month", "numerator"]]
    return set(self_audit(INDICATORS.assign(**(whole | columns)), TARGETS, history, today))


def test_what_indicators_lack() -> None:
    assert not audit()
    no_owner = audit(department_code=["", *["x"] * 7, ""])
    assert no_owner == {(Finding.NO_OWNER, "k5")}, "k9 is not in this month's matrix"
    sourceless = audit(source_system=["", "", *["y"] * 7], item_code=["", "q1", *[""] * 7])
    assert sourceless == {(Finding.NO_SOURCE, "k5")}


def test_a_value_is_recent_for_three_full_months() -> None:
    assert not audit(date(2026, 11, 30))
    silent = {code for finding, code in audit(date(2026, 12, 1)) if finding is Finding.NO_RECENT_VALUE}
    assert silent == {"k7"}, "its last value is of August"
    assert len(audit(date(2027, 1, 1))) == 8


def test_only_appraised_indicators_need_a_target_in_force() -> None:
    listed = INDICATORS.assign(department_code="x", source_system="y", item_code="")
    history = SUMS[["indicator_code", "month"]].assign(value=1.0)
    found = self_audit(listed, TARGETS[TARGETS["indicator_code"] != "k6"].iloc[1:], history, date(2026, 9, 2))
    lacking = [code for finding, code in found if finding is Finding.NO_TARGET]
    assert lacking == ["k6"], "k4 and k5 are observed"
    empty = self_audit(listed, TARGETS, history.assign(value=np.nan), SEPTEMBER)
    assert {finding for finding, _ in empty} == {Finding.NO_RECENT_VALUE} and len(empty) == 8
