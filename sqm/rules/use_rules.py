"""What audits and process measures may be used for, and the rule that a forbidden use breaks (F20).

Deny by default: a use that nobody allowed is refused. Each rule names the rows of the sources that it comes from. The
database floor writes every refusal down (database/deciding/use_rules.py).
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from sqm.rules.access import Page, Role
from sqm.rules.decisions import Decision, Draft, Kind, text_in

AUDIT_SOURCE = "mystery_audit"
"""source_system of indicators that come from store audits."""
COMPANY = "company"


class Material(StrEnum):
    """audit: marks and scores of visits. process_measure: what the province monitors on the way (the store composite,
    indicators from audits). operations: indicators of the departments' own systems. survey: satisfaction as customers
    answered it, which results are appraised by."""

    AUDIT = "audit"
    PROCESS_MEASURE = "process_measure"
    OPERATIONS = "operations"
    SURVEY = "survey"


class Purpose(StrEnum):
    """What for."""

    BULLETIN = "bulletin"
    RECTIFICATION = "rectification"
    TRAINING = "training"
    STORE_APPRAISAL = "store_appraisal"
    PERSONAL_APPRAISAL = "personal_appraisal"
    PAY = "pay"
    KPI = "kpi"


class Rule(StrEnum):
    """no_person: an audit is charged to nobody. not_sole_basis: no appraisal of a store rests on audits alone.
    bulletin_only: process measures are made known, and are no KPI. no_local_raising: pass marks are the province's.
    observed_only: operations indicators enter no appraisal. not_listed: a use that nobody allowed."""

    NO_PERSON = "no_person"
    NOT_SOLE_BASIS = "not_sole_basis"
    BULLETIN_ONLY = "bulletin_only"
    NO_LOCAL_RAISING = "no_local_raising"
    OBSERVED_ONLY = "observed_only"
    NOT_LISTED = "not_listed"


SOURCES: Mapping[Rule, tuple[str, ...]] = {
    Rule.NO_PERSON: ("D13",),
    Rule.NOT_SOLE_BASIS: ("D13", "D33"),
    Rule.BULLETIN_ONLY: ("D32", "D33"),
    Rule.NO_LOCAL_RAISING: ("D11",),
    Rule.OBSERVED_ONLY: ("A40",),
    Rule.NOT_LISTED: (),
}
"""Rows of the feature list; none for the default."""

_OPEN = frozenset({Purpose.BULLETIN, Purpose.RECTIFICATION, Purpose.TRAINING})
_ALLOWED: Mapping[Material, frozenset[Purpose]] = {
    Material.AUDIT: _OPEN,
    Material.PROCESS_MEASURE: _OPEN,
    Material.OPERATIONS: _OPEN,
    Material.SURVEY: frozenset(Purpose),
}
_APPRAISALS = (Purpose.STORE_APPRAISAL, Purpose.PERSONAL_APPRAISAL, Purpose.PAY, Purpose.KPI)
_BROKEN: Mapping[tuple[Material, Purpose], Rule] = {
    (Material.AUDIT, Purpose.STORE_APPRAISAL): Rule.NOT_SOLE_BASIS,
    (Material.AUDIT, Purpose.PERSONAL_APPRAISAL): Rule.NO_PERSON,
    (Material.AUDIT, Purpose.PAY): Rule.NO_PERSON,
    (Material.AUDIT, Purpose.KPI): Rule.BULLETIN_ONLY,
    **{(Material.PROCESS_MEASURE, purpose): Rule.BULLETIN_ONLY for purpose in _APPRAISALS},
    **{(Material.OPERATIONS, purpose): Rule.OBSERVED_ONLY for purpose in _APPRAISALS},
}
_CLOSED_TO_PERSONNEL = frozenset({Page.STORE, Page.STORES, Page.AUDITS})


def sources(rule: Rule) -> str:
    """For a sentence: "D13, D33"."""
    return ", ".join(SOURCES[rule])


def broken(material: str, purpose: str, beside: Collection[str] = (), role: str = "") -> Rule | None:
    """The rule that this use breaks, None where it is allowed. beside: other materials of the same appraisal; audits
    may be part of the appraisal of a store if customers' answers are, too. role: of who asks; personnel deals with
    persons, whatever purpose it states, and gets nothing of store audits."""
    if role == Role.HR and material in (Material.AUDIT, Material.PROCESS_MEASURE):
        return Rule.NO_PERSON
    try:
        use = (Material(material), Purpose(purpose))
    except ValueError:
        return Rule.NOT_LISTED
    if use[1] in _ALLOWED[use[0]]:
        return None
    rule = _BROKEN.get(use, Rule.NOT_LISTED)
    return None if rule is Rule.NOT_SOLE_BASIS and Material.SURVEY in beside else rule


def closed_page(role: str, page: str) -> Rule | None:
    """The rule by which personnel may not open a page of store audits; None where no rule of use closes it."""
    return Rule.NO_PERSON if role == Role.HR and page in _CLOSED_TO_PERSONNEL else None


def broken_by(draft: Draft | Decision, from_audits: Collection[str]) -> Rule | None:
    """The rule that a decision would break, whoever makes it. from_audits: indicators whose source is an audit.

    No standard below the company, whatever its value, and no target of a district or store on an indicator from audits:
    that would be a pass mark of its own. No indicator from audits is appraised.
    """
    facts = draft.facts
    is_local = text_in(facts, "scope_level") not in ("", COMPANY)
    if draft.kind is Kind.STANDARD_SET and (is_local or text_in(facts, "scope_code")):
        return Rule.NO_LOCAL_RAISING
    if draft.kind is Kind.TARGET_PROPOSED and is_local and draft.subject in from_audits:
        return Rule.NO_LOCAL_RAISING
    if draft.kind is Kind.INDICATOR_PROPOSED and is_appraised_audit(
        text_in(facts, "source_system"), facts.get("appraised")
    ):
        return Rule.BULLETIN_ONLY
    return None


def is_appraised_audit(source_system: str, appraised: object) -> bool:
    """Whether an indicator of the catalogue would be a KPI from audits."""
    return source_system == AUDIT_SOURCE and bool(appraised)
