"""What the competitiveness index weighs, version by version. Nobody published weights, so the first ones are ours and
say that they are a default until somebody decides. A month keeps the weights that were in force in it for ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqm.rules.decisions import Decision, Draft, Kind, month_in, standing, text_in
from sqm.rules.rivals.competitiveness import Component, Definition, in_force

SUBJECT = "competitiveness"


class Part(StrEnum):
    """processes: mean share satisfied over the processes, 0-1. benchmark: lead in overall satisfaction over the best
    other operator, in shares. word_of_mouth: lead in the net promoter score over the best other one, in points."""

    PROCESSES = "processes"
    BENCHMARK = "benchmark"
    WORD_OF_MOUTH = "word_of_mouth"


_GOALPOSTS = {Part.PROCESSES: (0.5, 1.0), Part.BENCHMARK: (-0.10, 0.10), Part.WORD_OF_MOUTH: (-20.0, 20.0)}
"""Fixed, so that a new rival moves nobody's history. A net promoter score is the difference of two shares and spreads
about twice as far as one, hence its wider goalposts. 50 is parity in both leads."""

_DEFAULT = {Part.PROCESSES: 40.0, Part.BENCHMARK: 30.0, Part.WORD_OF_MOUTH: 30.0}
_ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True)
class Version:
    """Weights with who decided them. decision_id is '' for the default, which nobody decided and nobody takes back."""

    definition: Definition
    decision_id: str = ""
    who: str = ""
    decided_at: datetime | None = None
    reason: str = ""


def definition(weights: Mapping[Part, float], month: date, version: str, is_default: bool = False) -> Definition:
    """ValueError unless there is a weight from 0 up for each part and they add up to 100."""
    parts = tuple(Component(part.value, float(weights[part]), *_GOALPOSTS[part]) for part in Part)
    return Definition(version, month.replace(day=1), parts, is_default)


DEFAULT = Version(definition(_DEFAULT, _ALWAYS, "default", is_default=True))


def weigh(weights: Mapping[Part, float], month: date, reason: str) -> Draft:
    """Other weights from a month on. ValueError for weights that definition refuses, and without a reason."""
    if not reason.strip():
        raise ValueError("weights are changed for a reason")
    definition(weights, month, "")
    facts = {
        "month": month.replace(day=1).isoformat(),
        "weights": {part.value: float(weights[part]) for part in Part},
        "reason": reason.strip(),
    }
    return Draft(Kind.INDEX_WEIGHED, SUBJECT, facts)


def versions(decisions: Iterable[Decision]) -> tuple[Version, ...]:
    """The default, then what stands in the log, by month; of one month the last decision is the last."""
    found = [
        Version(
            definition(
                {part: float(each.facts["weights"][part.value]) for part in Part},
                month_in(each.facts),
                each.decision_id,
            ),
            each.decision_id,
            each.who,
            each.happened_at,
            text_in(each.facts, "reason"),
        )
        for each in standing(decisions)
        if each.kind is Kind.INDEX_WEIGHED
    ]
    return (DEFAULT, *sorted(found, key=lambda each: each.definition.valid_from))


def held_in(found: Sequence[Version], month: date) -> Version:
    """The version in force in a month."""
    chosen = in_force([each.definition for each in found], month)
    return next((each for each in reversed(found) if each.definition is chosen), DEFAULT)


def first_moved(before: Iterable[Decision], after: Iterable[Decision]) -> date | None:
    """The first month whose weights differ between two states of the log; None when none does."""
    old, new = versions(before), versions(after)
    starts = sorted({each.definition.valid_from for each in (*old, *new)})
    moved = (each for each in starts if _weights(old, each) != _weights(new, each))
    return next(moved, None)


def _weights(found: Sequence[Version], month: date) -> tuple[bool, Mapping[str, float]]:
    held = held_in(found, month).definition
    return held.is_default, held.weights
