"""What pages must show of the demo: each planted story with its months and the addresses at which it is seen.

The same stories in words stand in data/README.md. Tests look for them in the data and, page by page, on the screen.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import LAST, METHOD_BREAK, WEB_START, Calendar


class StoryCode(StrEnum):
    """One word or two for each story, as in data/README.md."""

    REAL_FALL = "real_fall"
    HIT_AND_MISS = "hit_and_miss"
    GREEN_OVER_RED = "green_over_red"
    IMPROVED_STORE = "improved_store"
    LATE_DISTRICT = "late_district"
    RIVAL_MOVED = "rival_moved"
    METHOD_BREAK = "method_break"
    SELF_SELECTED = "self_selected"
    COMPLAINT_SPIKE = "complaint_spike"
    TINY_STORE = "tiny_store"
    RAISED_TARGET = "raised_target"
    FEWER_ESCALATED = "fewer_escalated"
    LOOSENED_TARGET = "loosened_target"
    FELT_LATER = "felt_later"
    GOOD_STORE = "good_store"
    POOR_STORE = "poor_store"
    KINDER_TO_ITSELF = "kinder_to_itself"
    NARROW_AUDITOR = "narrow_auditor"


@dataclass(frozen=True)
class View:
    """An address at which a story is seen: a page, and what the URL says after it."""

    page: str
    address: tuple[tuple[str, str], ...]

    @property
    def link(self) -> str:
        """As it stands behind the address of the application: indicator?code=ECH-O01"""
        return f"{self.page}?{urlencode(self.address)}" if self.address else self.page


@dataclass(frozen=True)
class Story:
    """first to last: the months in which it happens, both included. views: where it must be seen, the best one first.

    subject: the codes that it is about (survey, item, indicator, process, district, store, rival), for those who ask
    the data instead of the pages.
    """

    code: StoryCode
    first: date
    last: date
    subject: tuple[tuple[str, str], ...]
    views: tuple[View, ...]

    def of(self, kind: str) -> str:
        """The code of one kind that it is about. KeyError if it is about none."""
        return dict(self.subject)[kind]


_SINCE_JANUARY = -1  # a first month that depends on the calendar: the latest January
_FIRST = "first"  # a month in an address that depends on the calendar: the story's first

_OVERALL = {"item": "overall.overall"}
_CATI, _WEB = {"survey": "cati", **_OVERALL}, {"survey": "web", **_OVERALL}
_HOTLINE = {"survey": "hotline_instant", "item": "hotline.overall"}
_LATE = {"district": cast.LATE_DISTRICT}
_AUDITORS = {"view": "auditors"}
_IMPROVED, _TINY, _SPIKE = (
    {"place": place}
    for place in (f"store.{cast.IMPROVED_STORE}", f"store.{cast.TINY_STORE}", f"district.{cast.SPIKE_DISTRICT}")
)

# code: place of the first month, place of the last month, subject, (page, address) of each view
_PLANTED: dict[StoryCode, tuple[int, int, dict[str, str], tuple[tuple[str, dict[str, str]], ...]]] = {
    StoryCode.REAL_FALL: (
        cast.FALL_FROM,
        LAST,
        {**_HOTLINE, "indicator": "HOT-P01", "process": "hotline"},
        (("satisfaction", _HOTLINE), ("matrix", {"cell": "hotline.perception"})),
    ),
    StoryCode.HIT_AND_MISS: (
        0,
        LAST,
        {"indicator": cast.HIT_AND_MISS},
        (("indicator", {"code": cast.HIT_AND_MISS}),),
    ),
    StoryCode.GREEN_OVER_RED: (
        LAST - 11,
        LAST,
        {"process": "promotions"},
        (("matrix", {"cell": "promotions.perception"}),),
    ),
    StoryCode.IMPROVED_STORE: (
        cast.IMPROVED_FROM,
        LAST,
        {
            "survey": "store_evaluation",
            "item": "stores.waiting",
            "district": cast.IMPROVED_DISTRICT,
            "store": cast.IMPROVED_STORE,
            "indicator": "STO-O01",
        },
        (("indicator", {"code": "STO-P03", **_IMPROVED}), ("indicator", {"code": "STO-O01", **_IMPROVED})),
    ),
    StoryCode.LATE_DISTRICT: (
        LAST,
        LAST,
        _LATE,
        (("matrix", {**_LATE, "cell": "network.operations"}), ("home", {})),
    ),
    StoryCode.RIVAL_MOVED: (
        cast.RIVAL_FROM,
        LAST,
        {**_CATI, "rival": "rival_a"},
        (("home", {}), ("satisfaction", _CATI)),
    ),
    StoryCode.METHOD_BREAK: (METHOD_BREAK, METHOD_BREAK, _CATI, (("satisfaction", {**_CATI, "month": _FIRST}),)),
    StoryCode.SELF_SELECTED: (WEB_START, LAST, _WEB, (("satisfaction", _WEB),)),
    StoryCode.COMPLAINT_SPIKE: (
        cast.SPIKE_MONTH,
        cast.SPIKE_MONTH,
        {"district": cast.SPIKE_DISTRICT, "indicator": "NET-C01"},
        (("indicator", {"code": "NET-C01", **_SPIKE, "month": _FIRST}),),
    ),
    StoryCode.TINY_STORE: (
        LAST,
        LAST,
        {
            "survey": "store_evaluation",
            "item": "stores.overall",
            "district": cast.TINY_DISTRICT,
            "store": cast.TINY_STORE,
            "indicator": "STO-P01",
        },
        (("indicator", {"code": "STO-P01", **_TINY}), ("indicator", {"code": "STO-P01", "level": "store"})),
    ),
    StoryCode.RAISED_TARGET: (
        _SINCE_JANUARY,
        LAST,
        {"indicator": cast.RAISED_TARGET},
        (("indicator", {"code": cast.RAISED_TARGET}),),
    ),
    StoryCode.FEWER_ESCALATED: (
        LAST - 11,
        LAST,
        {"indicator": "NET-C06"},
        (("indicator", {"code": "NET-C06"}), ("indicator", {"code": "NET-C01"})),
    ),
    StoryCode.LOOSENED_TARGET: (
        _SINCE_JANUARY,
        LAST,
        {"indicator": cast.LOOSENED_TARGET},
        (("indicator", {"code": cast.LOOSENED_TARGET}),),
    ),
    StoryCode.FELT_LATER: (
        0,
        LAST,
        {"process": "stores", "indicator": cast.FELT_LATER, "felt_by": cast.FELT_BY},
        (("relations", {}), ("indicator", {"code": cast.FELT_LATER})),
    ),
    StoryCode.GOOD_STORE: (
        LAST - 11,
        LAST,
        {"store": cast.GOOD_STORE, "district": cast.GOOD_DISTRICT},
        (("stores", {"view": "table", "class": "partner.small"}),),
    ),
    StoryCode.POOR_STORE: (
        LAST - 11,
        LAST,
        {"store": cast.POOR_STORE, "district": cast.POOR_DISTRICT},
        (("stores", {"view": "table", "class": "own.small"}),),
    ),
    StoryCode.KINDER_TO_ITSELF: (0, LAST, {"source": "self_audit"}, (("audits", _AUDITORS),)),
    StoryCode.NARROW_AUDITOR: (0, LAST, {"auditor": cast.NARROW_AUDITOR}, (("audits", _AUDITORS),)),
}


def stories(today: date) -> list[Story]:
    """Every planted story of a demo that was built on today."""
    calendar = Calendar.until(today)
    month = (*calendar.months, calendar.months[calendar.januaries()[-1]])  # place -1 is the latest January
    return [
        Story(
            code,
            month[first],
            month[last],
            tuple(subject.items()),
            tuple(View(page, _dated(address, month[first])) for page, address in views),
        )
        for code, (first, last, subject, views) in _PLANTED.items()
    ]


def _dated(address: dict[str, str], first: date) -> tuple[tuple[str, str], ...]:
    return tuple((name, f"{first:%Y-%m}" if value == _FIRST else value) for name, value in address.items())
