"""Doors to the editions of the matrix: what a month's edition holds, what came and went, what its indicators lack, and
what was proposed.

Kept by their arguments and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.indicators import indicators
from sqm.rules.access import Scope
from sqm.rules.decisions import Draft, text_in
from sqm.rules.matrix import editions
from sqm.rules.matrix.editions import Edition, Finding, NewIndicator, Turnover
from sqm.rules.matrix.indicator_codes import next_code
from sqm.rules.periods import add_months
from sqm.ui.decisions import data_decisions
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, all_months, all_targets, names, records
from sqm.ui.matrix.data_matrix import judged_months

BACK = 12
AHEAD = 6
WHY = "why"
"""What the log keeps of a proposal beside its definition: the reason, which is no part of the catalogue."""


@dataclass(frozen=True)
class EditionView:
    """One month's edition. rows: its indicators in matrix order. turnovers: months of the last 12 in which something
    came or went, newest first. lacking: indicator codes by what they lack, every finding present."""

    edition: Edition
    before: Edition
    rows: tuple[Record, ...]
    turnovers: tuple[tuple[date, Turnover], ...]
    lacking: dict[Finding, tuple[str, ...]]


@lru_cache(maxsize=8)
def _catalogue(at: Stamp) -> pd.DataFrame:
    return indicators.catalogue(database())


@lru_cache(maxsize=KEPT)
def _view(at: Stamp, scope: Scope, month: date) -> EditionView:
    listed = _catalogue(at)
    steps = [add_months(month, -step) for step in range(BACK)]
    turned = [(each, editions.turnover(listed, add_months(each, -1), each)) for each in steps]
    held = editions.valid(listed, month)
    audit = editions.self_audit(held, all_targets(), judged_months(scope), add_months(month, 1))
    return EditionView(
        edition=editions.edition(listed, month),
        before=editions.edition(listed, add_months(month, -BACK)),
        rows=tuple(records(held)),
        turnovers=tuple((each, found) for each, found in turned if found.came or found.went),
        lacking={finding: tuple(code for what, code in audit if what is finding) for finding in Finding},
    )


def view(scope: Scope, month: date) -> EditionView:
    """The edition of a month, audited as of its end: the three months up to it are recent."""
    return _view(stamp(), scope, month)


@dataclass(frozen=True)
class Proposed:
    """A proposed indicator and why."""

    indicator: NewIndicator
    why: str


@lru_cache(maxsize=KEPT)
def _proposals(at: Stamp) -> dict[str, Proposed]:
    log = data_decisions.log()
    why = {each.decision_id: text_in(each.facts, WHY) for each in log}
    found = reversed(editions.new_indicators(log))
    return {each.proposal_id: Proposed(each, why[each.proposal_id]) for each in found}


def proposals() -> dict[str, Proposed]:
    """By id, newest first; without those that were taken back."""
    return _proposals(stamp())


def draft(definition: Record, why: str) -> Draft:
    """A proposal with its reason."""
    made = editions.propose(definition)
    return replace(made, facts={**made.facts, WHY: why.strip()})


def suggested_code(proposed: NewIndicator) -> str:
    """The next free code of the proposal's cell."""
    known = names().indicators
    process, dimension = (
        [code for code, row in known.items() if row[column] == proposed.definition[column]]
        for column in ("process_code", "dimension_code")
    )
    return next_code(process, dimension)


def first_months(today: date) -> list[date]:
    """From which months on an indicator may be accepted: after the last published one, up to half a year ahead."""
    months = all_months()
    last = max(months.published, default=None)
    first = months.last if last is None else add_months(last, 1)
    until = max(add_months(today.replace(day=1), AHEAD), first)
    return [add_months(first, step) for step in range((until.year - first.year) * 12 + until.month - first.month + 1)]
