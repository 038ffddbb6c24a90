"""Standards of the province: what is in force in a month, what may be set, what a visit and minutes are judged by."""

from datetime import date

import pytest

from sqm.rules.audits.audit_standards import (
    Held,
    Standard,
    crossed,
    first_moved,
    held_in,
    is_possible,
    minutes_standard,
    set_standard,
    standard_in,
    standards,
    visit_rules,
)
from sqm.rules.audits.audit_visits import PROVINCE, VisitRules
from sqm.rules.decisions import withdraw
from sqm.rules.stores.store_score import minutes_score
from tests.rules.deciding import log

OLD, MAY, NOVEMBER, JANUARY = date(2006, 1, 1), date(2025, 5, 1), date(2026, 11, 1), date(2027, 1, 1)
CATALOGUE = (
    Held("pass_mark", OLD, 85.0, "initial"),
    Held("critical_cap", OLD, 70.0, "initial"),
    Held("waiting_full", OLD, 5.0),
    Held("waiting_zero", OLD, 30.0),
    Held("waiting_full", MAY, 4.0),
    Held("waiting_zero", MAY, 24.0),
)


def test_a_month_keeps_the_value_that_was_in_force_in_it() -> None:
    lines = log(set_standard(Standard.PASS_MARK, 88, date(2027, 1, 20), "two good years"))
    found = standards(CATALOGUE, lines)
    assert standard_in(found, date(2026, 12, 31), "pass_mark") == 85.0
    assert standard_in(found, JANUARY, "pass_mark") == 88.0
    held = held_in(found, "pass_mark", JANUARY)
    assert held is not None and (held.who, held.reason, held.decision_id) == ("ana", "two good years", "d1")
    assert standard_in(found, JANUARY, "appeal_days") is None
    assert standard_in(found, JANUARY, "appeal_days", 10.0) == 10.0
    assert standard_in(found, date(2005, 12, 1), "pass_mark") is None


def test_of_one_month_the_page_comes_after_the_catalogue_and_the_last_decision_is_the_last() -> None:
    lines = log(set_standard(Standard.PASS_MARK, 80, OLD, "a"), set_standard(Standard.PASS_MARK, 81, OLD, "b"))
    assert standard_in(standards(CATALOGUE, lines), MAY, "pass_mark") == 81.0
    undone = log(set_standard(Standard.PASS_MARK, 80, OLD, "a"), withdraw("d1"))
    assert standard_in(standards(CATALOGUE, undone), MAY, "pass_mark") == 85.0


def test_visits_and_minutes_are_judged_by_the_standard_of_their_month() -> None:
    """9 minutes: (30 - 9) / 25 = 84; from May 2025 (24 - 9) / 20 = 75."""
    assert visit_rules((), MAY) == PROVINCE
    lines = log(set_standard(Standard.MINOR_CAP, 10, NOVEMBER, "do not pick at trifles"))
    found = standards(CATALOGUE, lines)
    assert visit_rules(found, date(2026, 10, 1)) == VisitRules(70.0, None)
    assert visit_rules(found, NOVEMBER) == VisitRules(70.0, 10.0)
    before, after = (minutes_standard(found, "queueing", month) for month in (date(2025, 4, 1), NOVEMBER))
    assert before is not None and after is not None and after.version == "queueing-2025-05"
    assert minutes_score(9.0, before) == pytest.approx(84.0) and minutes_score(9.0, after) == pytest.approx(75.0)
    assert minutes_standard(found, "handling", NOVEMBER) is None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("pass_mark", 100, True),
        ("pass_mark", 100.5, False),
        ("pass_mark", float("nan"), False),
        ("sampled_share", 0.4, True),
        ("sampled_share", 40, False),
        ("report_day", 5.5, False),
        ("report_day", 31, True),
        ("waiting_full", -1, False),
        ("smiles", 5, False),
    ],
)
def test_what_value_is_possible(name: str, value: float, expected: bool) -> None:
    assert is_possible(name, value) is expected


def test_full_marks_end_before_none_begin_in_every_month() -> None:
    assert crossed(CATALOGUE) is None
    found = standards(CATALOGUE, log(set_standard(Standard.WAITING_FULL, 24, NOVEMBER, "slower")))
    wrong = crossed(found)
    assert wrong is not None and (wrong.standard, wrong.valid_from) == ("waiting_full", NOVEMBER)


def test_the_first_month_that_a_decision_moves() -> None:
    one = log(set_standard(Standard.PASS_MARK, 80, NOVEMBER, "a"))
    both = log(set_standard(Standard.PASS_MARK, 80, NOVEMBER, "a"), set_standard(Standard.MINOR_CAP, 8, JANUARY, "b"))
    assert first_moved((), one) == NOVEMBER and first_moved(one, both) == JANUARY and first_moved(both, both) is None
    assert first_moved(both, log(*[set_standard(Standard.PASS_MARK, 80, NOVEMBER, "a")])) == JANUARY


def test_a_standard_is_set_for_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        set_standard(Standard.PASS_MARK, 80, NOVEMBER, "")
    draft = set_standard(Standard.PASS_MARK, 95, NOVEMBER, "harder here", "district", "D01")
    assert (draft.facts["scope_level"], draft.facts["scope_code"], draft.facts["month"]) == (
        "district",
        "D01",
        "2026-11-01",
    )
