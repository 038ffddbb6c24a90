"""What people made of the signals of the watch rules: confirmed, dismissed with a reason, or put off until a month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqm.rules.decisions import Decision, Draft, Kind, month_in, standing, text_in


class Flag(NamedTuple):
    """One signal: which rule spoke (a code of the watch rules), about what, and in which month it began."""

    indicator_code: str
    scope_level: str
    scope_code: str
    first_month: date
    signal: str


class Verdict(StrEnum):
    """The last word on a signal."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    REMINDED = "reminded"


@dataclass(frozen=True)
class Review:
    """The decision that stands on a signal. until: for a reminder the month in which it comes back, else None.

    history: every standing decision on it, oldest first; who takes the last one back returns to the one before.
    """

    decision_id: str
    verdict: Verdict
    reason: str
    until: date | None
    who: str
    role: str
    decided_at: datetime
    history: tuple[Decision, ...] = field(default=(), hash=False)

    def is_open(self, month: date) -> bool:
        """Whether the signal must be looked at again in a month: a reminder is over from its month on."""
        return self.verdict is Verdict.REMINDED and self.until is not None and month >= self.until


@dataclass(frozen=True)
class Card:
    """How often a rule spoke, and what people made of it. raised = confirmed + dismissed + open."""

    signal: str
    raised: int
    confirmed: int
    dismissed: int
    open: int


_VERDICTS = {
    Kind.SIGNAL_CONFIRMED: Verdict.CONFIRMED,
    Kind.SIGNAL_DISMISSED: Verdict.DISMISSED,
    Kind.SIGNAL_REMINDED: Verdict.REMINDED,
}


def confirm(flag: Flag, reason: str = "") -> Draft:
    """It is real."""
    return _draft(Kind.SIGNAL_CONFIRMED, flag, reason)


def dismiss(flag: Flag, reason: str) -> Draft:
    """It means nothing, because. ValueError without a reason: nobody could learn from it."""
    if not reason.strip():
        raise ValueError("a signal is dismissed with a reason")
    return _draft(Kind.SIGNAL_DISMISSED, flag, reason)


def remind(flag: Flag, until: date, reason: str = "") -> Draft:
    """Look at it again in a month."""
    return _draft(Kind.SIGNAL_REMINDED, flag, reason, until)


def reviews(decisions: Iterable[Decision]) -> dict[Flag, Review]:
    """The last standing decision on each signal. Withdraw it (decisions.withdraw) and the one before holds again."""
    found: dict[Flag, Review] = {}
    for decision in standing(decisions):
        if decision.kind in _VERDICTS:
            flag = _flag(decision)
            before = found[flag].history if flag in found else ()
            found[flag] = Review(
                decision.decision_id,
                _VERDICTS[decision.kind],
                text_in(decision.facts, "reason"),
                month_in(decision.facts, "until") if decision.facts.get("until") else None,
                decision.who,
                decision.role,
                decision.happened_at,
                (*before, decision),
            )
    return found


def report_card(flags: Iterable[Flag], reviews: dict[Flag, Review]) -> tuple[Card, ...]:
    """One card a rule, by its code. A reviewed signal counts as raised even if new limits no longer show it."""
    raised: dict[str, set[Flag]] = {}
    for flag in (*flags, *reviews):
        raised.setdefault(flag.signal, set()).add(flag)
    return tuple(_card(signal, raised[signal], reviews) for signal in sorted(raised))


def _card(signal: str, raised: set[Flag], reviews: dict[Flag, Review]) -> Card:
    verdicts = [reviews[flag].verdict for flag in raised if flag in reviews]
    confirmed, dismissed = verdicts.count(Verdict.CONFIRMED), verdicts.count(Verdict.DISMISSED)
    return Card(signal, len(raised), confirmed, dismissed, len(raised) - confirmed - dismissed)


def _draft(kind: Kind, flag: Flag, reason: str, until: date | None = None) -> Draft:
    facts = {
        "scope_level": flag.scope_level,
        "scope_code": flag.scope_code,
        "first_month": flag.first_month.isoformat(),
        "signal": flag.signal,
        "reason": reason.strip(),
        **({} if until is None else {"until": until.isoformat()}),
    }
    return Draft(kind, flag.indicator_code, facts)


def _flag(decision: Decision) -> Flag:
    return Flag(
        decision.subject,
        text_in(decision.facts, "scope_level"),
        text_in(decision.facts, "scope_code"),
        month_in(decision.facts, "first_month"),
        text_in(decision.facts, "signal"),
    )
