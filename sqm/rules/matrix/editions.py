"""Editions of the matrix: which indicators belong to a month, how many count for appraisal, what came and went.

Departments propose indicators, the quality department accepts them. What comes in this way is observed only: it is
shown and judged like the others and enters no appraisal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pandas as pd

from sqm.rules.decisions import Decision, Draft, Kind, month_in, standing, text_in
from sqm.rules.matrix.matrix import targets_in_force, valid_in
from sqm.rules.periods import add_months, month_of
from sqm.rules.use_rules import is_appraised_audit

RECENT_MONTHS = 3


@dataclass(frozen=True)
class Edition:
    """How many indicators a month's matrix has: total = appraised + observed."""

    month: date
    total: int
    appraised: int
    observed: int


@dataclass(frozen=True)
class Turnover:
    """Indicator codes in matrix order."""

    came: tuple[str, ...]
    went: tuple[str, ...]


class State(StrEnum):
    """Of a proposed indicator."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True)
class NewIndicator:
    """definition: the columns of the catalogue as proposed. code and valid_from are given by who accepts ('' and None
    before). decided_by, reason: of the acceptance or refusal."""

    proposal_id: str
    definition: Mapping[str, Any] = field(hash=False)
    who: str
    role: str
    proposed_at: datetime
    state: State = State.PROPOSED
    indicator_code: str = ""
    valid_from: date | None = None
    decision_id: str = ""
    decided_by: str = ""
    reason: str = ""


class Finding(StrEnum):
    """What an indicator lacks."""

    NO_OWNER = "no_owner"
    NO_TARGET = "no_target"
    NO_SOURCE = "no_source"
    NO_RECENT_VALUE = "no_recent_value"


DEFINITION: dict[str, Any] = {
    "process_code": "",
    "dimension_code": "operations",
    "name_en": "",
    "name_zh": "",
    "definition_en": "",
    "definition_zh": "",
    "unit": "%",
    "decimals": 1,
    "direction": "higher",
    "kind": "share",
    "per": 1.0,
    "numerator_en": "",
    "numerator_zh": "",
    "denominator_en": "",
    "denominator_zh": "",
    "department_code": "",
    "source_system": "",
    "control_stage": "control",
    "survey_code": "",
    "item_code": "",
}
"""What a proposal may say of an indicator, with what holds where it says nothing. Whether it is appraised is not in
it: an indicator that is proposed is observed only."""


def valid(indicators: pd.DataFrame, month: date) -> pd.DataFrame:
    """Indicators that belong to a month's matrix, in its order."""
    return valid_in(indicators, month_of(month))


def edition(indicators: pd.DataFrame, month: date) -> Edition:
    """The counts of a month's matrix. The first edition has 151."""
    appraised = valid(indicators, month)["appraised"].astype(bool)
    return Edition(month_of(month), len(appraised), int(appraised.sum()), int((~appraised).sum()))


def turnover(indicators: pd.DataFrame, before: date, after: date) -> Turnover:
    """What came and what went from one month to another."""
    old, new = (list(valid(indicators, month)["indicator_code"].astype(str)) for month in (before, after))
    return Turnover(
        tuple(code for code in new if code not in set(old)), tuple(code for code in old if code not in set(new))
    )


def propose(definition: Mapping[str, Any]) -> Draft:
    """An observed-only indicator. Columns that DEFINITION does not name are dropped, appraised among them: but of an
    indicator from audits it stays, so that recording it refuses the attempt by its rule and writes it down.

    ValueError without a process or a name; one language may stand for both.
    """
    said = {**DEFINITION, **{name: value for name, value in definition.items() if name in DEFINITION}}
    for name in ("name", "definition", "numerator", "denominator"):
        english, chinese = str(said[f"{name}_en"]).strip(), str(said[f"{name}_zh"]).strip()
        said[f"{name}_en"], said[f"{name}_zh"] = english or chinese, chinese or english
    if not said["process_code"] or not said["name_en"]:
        raise ValueError("an indicator has a process and a name")
    if is_appraised_audit(str(said["source_system"]), definition.get("appraised")):
        said["appraised"] = True
    return Draft(Kind.INDICATOR_PROPOSED, str(said["process_code"]), said)


def accept(proposal_id: str, indicator_code: str, valid_from: date) -> Draft:
    """Into the matrix under a code of its own, from a month on."""
    facts = {"indicator_code": indicator_code.strip(), "valid_from": valid_from.replace(day=1).isoformat()}
    return Draft(Kind.INDICATOR_ACCEPTED, proposal_id, facts)


def refuse(proposal_id: str, reason: str) -> Draft:
    """Not into the matrix."""
    return Draft(Kind.INDICATOR_REFUSED, proposal_id, {"reason": reason.strip()})


def new_indicators(decisions: Iterable[Decision]) -> tuple[NewIndicator, ...]:
    """Every proposed indicator that was not withdrawn, oldest first. The first answer that stands decides."""
    found: dict[str, NewIndicator] = {}
    for each in standing(decisions):
        if each.kind is Kind.INDICATOR_PROPOSED:
            said = {name: each.facts.get(name, value) for name, value in DEFINITION.items()}
            found[each.decision_id] = NewIndicator(each.decision_id, said, each.who, each.role, each.happened_at)
        elif each.kind in (Kind.INDICATOR_ACCEPTED, Kind.INDICATOR_REFUSED) and each.subject in found:
            proposed = found[each.subject]
            if proposed.state is State.PROPOSED:
                found[each.subject] = _decided(proposed, each)
    return tuple(found.values())


def accepted(decisions: Iterable[Decision]) -> tuple[NewIndicator, ...]:
    """Those that the catalogue holds beside its own."""
    return tuple(each for each in new_indicators(decisions) if each.state is State.ACCEPTED)


def self_audit(
    indicators: pd.DataFrame, targets: pd.DataFrame, history: pd.DataFrame, today: date
) -> tuple[tuple[Finding, str], ...]:
    """What the indicators of this month's matrix lack: (finding, indicator code), by finding, in matrix order.

    indicators: the catalogue. targets: as in matrix.targets_in_force; only appraised indicators need one, of the whole
    company. history: indicator_code, month, value (or numerator) of the company; a value in one of the three full
    months before today will do. A source is a source system or a survey item.
    """
    rows, this_month = valid(indicators, today), month_of(today)
    has_target = set(targets_in_force(targets, rows, this_month, [("company", "")]).index)
    months = pd.to_datetime(history["month"])
    recent = history[
        (months >= pd.Timestamp(add_months(this_month, -RECENT_MONTHS))) & (months < pd.Timestamp(this_month))
    ]
    number = "value" if "value" in recent.columns else "numerator"
    has_value = set(recent.loc[recent[number].notna(), "indicator_code"])
    code, text = rows["indicator_code"], rows.fillna({"department_code": "", "source_system": "", "item_code": ""})
    lacking = {
        Finding.NO_OWNER: text["department_code"] == "",
        Finding.NO_TARGET: rows["appraised"].astype(bool) & ~code.isin(has_target),
        Finding.NO_SOURCE: (text["source_system"] == "") & (text["item_code"] == ""),
        Finding.NO_RECENT_VALUE: ~code.isin(has_value),
    }
    return tuple((finding, str(each)) for finding, mask in lacking.items() for each in code[mask])


def _decided(proposed: NewIndicator, answer: Decision) -> NewIndicator:
    is_in = answer.kind is Kind.INDICATOR_ACCEPTED
    return replace(
        proposed,
        state=State.ACCEPTED if is_in else State.REFUSED,
        indicator_code=text_in(answer.facts, "indicator_code"),
        valid_from=month_in(answer.facts, "valid_from") if is_in else None,
        decision_id=answer.decision_id,
        decided_by=answer.who,
        reason=text_in(answer.facts, "reason"),
    )
