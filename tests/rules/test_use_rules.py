"""What audits may be used for: the whole table, and the rule that each forbidden use breaks."""

from datetime import date

import pytest

from sqm.rules.access import PAGES, Page, Role
from sqm.rules.audits.audit_standards import Standard, set_standard
from sqm.rules.decisions import Draft
from sqm.rules.matrix import agreements, editions
from sqm.rules.matrix.agreements import Step
from sqm.rules.use_rules import SOURCES, Material, Purpose, Rule, broken, broken_by, closed_page, sources

NOVEMBER = date(2026, 11, 1)
OPEN = ("bulletin", "rectification", "training")
TABLE = {
    "audit": {
        "store_appraisal": "not_sole_basis",
        "personal_appraisal": "no_person",
        "pay": "no_person",
        "kpi": "bulletin_only",
    },
    "process_measure": dict.fromkeys(("store_appraisal", "personal_appraisal", "pay", "kpi"), "bulletin_only"),
    "operations": dict.fromkeys(("store_appraisal", "personal_appraisal", "pay", "kpi"), "observed_only"),
    "survey": {},
}
FROM_AUDITS = frozenset({"STO-P08", "STO-O07", "PRO-O06"})


@pytest.mark.parametrize("material", list(Material))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_material_for_every_purpose(material: Material, purpose: Purpose) -> None:
    rule = broken(material, purpose)
    assert (rule.value if rule else None) == TABLE[material].get(purpose)
    if purpose in OPEN:
        assert rule is None


def test_what_nobody_allowed_is_refused() -> None:
    assert broken("audit", "a raffle") is Rule.NOT_LISTED
    assert broken("gossip", "bulletin") is Rule.NOT_LISTED


def test_audits_may_be_a_part_of_a_store_appraisal_beside_customers_answers_only() -> None:
    assert broken("audit", "store_appraisal", beside=["survey"]) is None
    assert broken("audit", "store_appraisal", beside=["operations", "process_measure"]) is Rule.NOT_SOLE_BASIS
    assert broken("audit", "personal_appraisal", beside=["survey"]) is Rule.NO_PERSON
    assert broken("audit", "kpi", beside=["survey"]) is Rule.BULLETIN_ONLY


def test_personnel_gets_nothing_of_store_audits_whatever_it_is_for() -> None:
    assert broken("audit", "bulletin", role=Role.HR) is Rule.NO_PERSON
    assert broken("process_measure", "training", role=Role.HR) is Rule.NO_PERSON
    assert broken("survey", "pay", role=Role.HR) is None and broken("operations", "bulletin", role=Role.HR) is None
    assert broken("audit", "bulletin", role=Role.DISTRICT) is None


def test_every_rule_has_its_source() -> None:
    assert set(SOURCES) == set(Rule)
    assert [sources(rule) for rule in Rule] == ["D13", "D13, D33", "D32, D33", "D11", "A40", ""]


@pytest.mark.parametrize("page", list(Page))
def test_personnel_opens_no_page_of_audits(page: Page) -> None:
    rule = closed_page(Role.HR, page)
    assert (rule is Rule.NO_PERSON) is (page in ("store", "stores", "audits"))
    assert rule is None or Role.HR not in PAGES[page]
    assert closed_page(Role.STORE_MANAGER, page) is None and closed_page(Role.NOBODY, page) is None


def target(code: str, level: str = "company", place: str = "") -> Draft:
    return agreements.propose(code, [Step(NOVEMBER, 0.9, None, 0.0)], "more", level, place)


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        (set_standard(Standard.PASS_MARK, 90, NOVEMBER, "r"), None),
        (set_standard(Standard.PASS_MARK, 90, NOVEMBER, "r", "district", "D01"), Rule.NO_LOCAL_RAISING),
        (set_standard(Standard.PASS_MARK, 10, NOVEMBER, "r", "store", "S001"), Rule.NO_LOCAL_RAISING),
        (set_standard(Standard.PASS_MARK, 90, NOVEMBER, "r", "company", "S001"), Rule.NO_LOCAL_RAISING),
        (target("STO-O07"), None),
        (target("STO-O07", "district", "D01"), Rule.NO_LOCAL_RAISING),
        (target("STO-P01", "district", "D01"), None),
        (editions.propose({"process_code": "stores", "name_en": "x", "source_system": "mystery_audit"}), None),
        (
            editions.propose(
                {"process_code": "stores", "name_en": "x", "source_system": "mystery_audit", "appraised": True}
            ),
            Rule.BULLETIN_ONLY,
        ),
        (
            editions.propose(
                {"process_code": "stores", "name_en": "x", "source_system": "crm_boss", "appraised": True}
            ),
            None,
        ),
    ],
)
def test_decisions_that_break_a_rule(draft: Draft, rule: Rule | None) -> None:
    assert broken_by(draft, FROM_AUDITS) is rule
