"""Events that belong on a chart: campaigns, network changes and policies of a process and a district."""

from datetime import date
from functools import lru_cache

from sqm.rules.matrix.events import Event, EventKind, events
from sqm.ui.decisions import data_decisions
from sqm.ui.doors.data import Stamp, stamp
from sqm.ui.words import N_, _, name

KINDS = {
    EventKind.CAMPAIGN: N_("campaign"),
    EventKind.NETWORK: N_("network change"),
    EventKind.POLICY: N_("policy change"),
}


@lru_cache(maxsize=20)
def _every(at: Stamp) -> tuple[Event, ...]:
    return events(data_decisions.log())


def every() -> tuple[Event, ...]:
    """All events that stand, oldest month first."""
    return _every(stamp())


def title(event: Event) -> str:
    """campaign: Summer data packs"""
    words = {"title_en": event.title_en, "title_zh": event.title_zh}
    return _("{kind}: {title}", kind=_(KINDS[event.kind]), title=name(words, "title"))


def ticks(process: str = "", district: str = "") -> tuple[tuple[date, str], ...]:
    """(month, words) for a chart; '' as process or district takes all. Several events of a month share a tick."""
    found: dict[date, list[str]] = {}
    for event in every():
        if (not process or event.concerns(process, district)) and (
            not district or event.district_code in ("", district)
        ):
            found.setdefault(event.month, []).append(title(event))
    return tuple((month, _("; ").join(words)) for month, words in sorted(found.items()))
