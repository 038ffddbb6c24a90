"""What a questionnaire's items ask for, and which of them belong together.

An item's code ends in its facet: ``stores.waiting_time.expectation`` and ``stores.waiting_time.perception`` share the
stem ``stores.waiting_time`` and are a pair. The first questionnaires asked whole processes without that last part:
``stores.overall`` is what the process was perceived as, beside ``stores.expectation`` and ``stores.importance``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Facet(StrEnum):
    """The last part of an item's code, and its role in the register.

    functional, dysfunctional: a Kano pair (how would you feel with it, without it). adequate, desired: the zone of
    tolerance. estimate: what managers think that customers expect. standard, delivery, promise: how formal the
    standard is (managers), how well it can be met, how well promises can be kept (contact staff).
    """

    EXPECTATION = "expectation"
    PERCEPTION = "perception"
    IMPORTANCE = "importance"
    FUNCTIONAL = "functional"
    DYSFUNCTIONAL = "dysfunctional"
    ADEQUATE = "adequate"
    DESIRED = "desired"
    ESTIMATE = "estimate"
    STANDARD = "standard"
    DELIVERY = "delivery"
    PROMISE = "promise"


OVERALL = "overall"
PROCESS_ROLE = "process"


@dataclass(frozen=True)
class Topic:
    """What several items ask about. process: its process, '' for the operator as a whole or an unknown one.

    items: the code that asks for each facet.
    """

    stem: str
    process: str
    items: Mapping[Facet, str] = field(default_factory=dict)

    def has(self, *facets: Facet) -> bool:
        return all(facet in self.items for facet in facets)


def stem_of(item_code: str, role: str) -> tuple[str, Facet | None]:
    """What an item is about, and for what it asks. A process's (or the operator's) overall item is its perception."""
    stem, _, last = item_code.rpartition(".")
    if last == OVERALL and stem:
        return stem, Facet.PERCEPTION
    try:
        return (stem, Facet(role)) if last == role and stem else (item_code, Facet(role))
    except ValueError:
        return item_code, None


def topics(items: Iterable[tuple[str, str, str]]) -> tuple[Topic, ...]:
    """The topics of a questionnaire, in its order, from (code, role, process code); items without facet are out."""
    found: dict[str, Topic] = {}
    for code, role, process in items:
        stem, facet = stem_of(code, role)
        if facet is None:
            continue
        held = found.get(stem, Topic(stem, process))
        found[stem] = Topic(stem, held.process or process, {**held.items, facet: held.items.get(facet, code)})
    return tuple(found.values())


def pairs(found: Iterable[Topic], first: Facet = Facet.EXPECTATION, second: Facet = Facet.PERCEPTION) -> list[Topic]:
    """The topics that were asked both ways."""
    return [topic for topic in found if topic.has(first, second)]
