"""Doors of the target desk: proposals that a viewer may see, and what the past months say of one.

Kept by their arguments and shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.indicators.indicators import COMPANY, Place
from sqm.rules.access import Action, Scope, may
from sqm.rules.decisions import Decision
from sqm.rules.matrix import agreements
from sqm.rules.matrix.agreements import Capability, Problem, Proposal, Side, State, Step
from sqm.rules.matrix.reach import Reach, reach
from sqm.rules.periods import add_months, month_of
from sqm.ui.decisions import data_decisions
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Record
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator.indicator_texts import known
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.watch import data_watch

MONTHS_AHEAD = 24
"""How far in the future a target may start: the end of next year is always among them."""
NEVER_NEGATIVE = ("share", "rate", "count", "level", "minutes")
_SIGNS = {Side.OWNER: Action.SIGN_TARGET_OWNER, Side.QUALITY: Action.SIGN_TARGET_QUALITY}


@dataclass(frozen=True)
class Prospect:
    """A proposal's capability, and whether the process can reach it as it runs. newest: the last month with a value,
    None when the place has none; now: that month, judged."""

    capability: Capability | None
    reach: Reach
    newest: date | None = None
    now: Record | None = None


@lru_cache(maxsize=KEPT)
def _proposals(at: Stamp) -> tuple[Proposal, ...]:
    return agreements.proposals(data_decisions.log())


@lru_cache(maxsize=KEPT)
def _seen(at: Stamp, scope: Scope) -> dict[str, Proposal]:
    listed = data_names.names().indicators
    known_here = [each for each in _proposals(at) if each.indicator_code in listed]
    return {each.proposal_id: each for each in known_here if sees(scope, place_of(each))}


def proposals(scope: Scope) -> dict[str, Proposal]:
    """By id, oldest first: those of indicators that are listed, for places that the viewer may see."""
    return _seen(stamp(), scope)


def sees(scope: Scope, place: Place) -> bool:
    """Figures of the company are for everybody inside."""
    seen = data_names.places(scope)
    return place == COMPANY or place.code in (seen.stores if place.level == "store" else seen.districts)


def place_of(proposal: Proposal) -> Place:
    return Place(proposal.scope_level, proposal.scope_code) if proposal.scope_code else COMPANY


def record_of(code: str) -> Record:
    """The catalogue's record. Only listed indicators can have proposals."""
    return data_names.names().indicators[code]


def thread(scope: Scope, proposal: Proposal) -> tuple[Proposal, ...]:
    """The proposal with all that it answers and all that answers it, oldest first."""
    every = proposals(scope)
    chain = [proposal]
    while chain[0].answers in every:
        chain.insert(0, every[chain[0].answers])
    while chain[-1].answered_by in every:
        chain.append(every[chain[-1].answered_by])
    return tuple(chain)


def steps_taken(chain: tuple[Proposal, ...]) -> list[tuple[Proposal, Decision]]:
    """Everything that was said in a thread, in the order of the log."""
    every = [(proposal, decision) for proposal in chain for decision in proposal.history]
    return sorted(every, key=lambda pair: pair[1].sequence)


@lru_cache(maxsize=KEPT)
def _prospect(at: Stamp, scope: Scope, code: str, place: Place, steps: tuple[Step, ...]) -> Prospect:
    history = data_indicator.history(scope, code, place)
    if history.empty:
        return Prospect(None, Reach.UNKNOWN)
    record, newest = record_of(code), pd.Timestamp(history["month"].max()).date()
    now = data_names.records(history[history["month"] == pd.Timestamp(newest)])[0]
    if not steps:
        return Prospect(None, Reach.UNKNOWN, newest, now)
    direction = str(record["direction"])
    proposal = Proposal("", code, place.level, place.code, steps, "", "", "", None)
    limits = _limits(scope, code, place, newest, str(record["kind"]))
    found = agreements.capability(history, proposal, direction, limits, _best_rival(scope, record, place, newest))
    verdict = reach(steps[-1].low, steps[-1].high, direction, found.natural_low, found.natural_high)
    return Prospect(found, verdict, newest, now)


def prospect(scope: Scope, code: str, place: Place, steps: tuple[Step, ...]) -> Prospect:
    """What the last months say of steps that are proposed."""
    return _prospect(stamp(), scope, code, place, steps)


def _limits(scope: Scope, code: str, place: Place, month: date, kind: str) -> tuple[float, float] | None:
    """The natural range of the newest month, cut off where the indicator cannot be."""
    watched = data_watch.one(scope, code, place, month)
    if watched is None:
        return None
    lower, upper = float(watched.frame["lower"].iloc[0]), float(watched.frame["upper"].iloc[0])
    return (max(lower, 0.0) if kind in NEVER_NEGATIVE else lower), (min(upper, 1.0) if kind == "share" else upper)


def _best_rival(scope: Scope, record: Record, place: Place, month: date) -> float | None:
    """Beside the whole company only: a district or a store has no rivals."""
    code = str(record["indicator_code"])
    best = data_indicator.best_rival(scope, code, month) if place == COMPANY else None
    rows = data_indicator.across(scope, code, month, "operator")
    return next((known(row["value"]) for row in rows if row["scope_code"] == best), None)


def sealed() -> frozenset[date]:
    """Months that no target may reach any more."""
    return frozenset(data_names.all_months().published)


def problems(proposal: Proposal, today: date) -> tuple[Problem, ...]:
    """What stands against signing it now: it may have waited for too long."""
    return agreements.check(proposal, str(record_of(proposal.indicator_code)["direction"]), today, sealed())


def first_months(today: date) -> list[date]:
    """Months in which a target may start, the earliest first."""
    latest = max(sealed(), default=None)
    first = month_of(today) if latest is None else max(month_of(today), add_months(latest, 1))
    return [add_months(first, step) for step in range(MONTHS_AHEAD)]


def sides_of(viewer: Viewer) -> tuple[Side, ...]:
    """For whom the viewer may sign or refuse."""
    return tuple(side for side in Side if may(viewer.role, _SIGNS[side]))


def may_answer(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether the viewer may counter it: as long as nobody has, and it has not become a target."""
    is_waiting = proposal.state in (State.OPEN, State.REFUSED) and not proposal.answered_by
    return is_waiting and may(viewer.role, Action.PROPOSE_TARGET)


def is_agreed(proposal: Proposal) -> bool:
    """Also one that a later agreement has replaced since."""
    return proposal.agreed_at is not None


def closed_at(proposal: Proposal) -> date:
    """The day of the last word on it."""
    return (proposal.agreed_at or proposal.history[-1].happened_at).date()
