"""What a page must show of the demo: each planted story with its months, its page and the filters to set there.

The same stories in words stand in data/README.md. Tests look for them in the data and, page by page, on the screen.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqm.database.demo import cast
from sqm.database.demo.calendar import LAST, METHOD_BREAK, WEB_START, Calendar


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


@dataclass(frozen=True)
class Story:
    """first to last: the months in which it happens, both included. page: home, matrix or satisfaction.

    filters: what to set on that page, as the words of its URL (process, district, store, survey, item, indicator,
    brand, rival) with their codes.
    """

    code: StoryCode
    first: date
    last: date
    page: str
    filters: tuple[tuple[str, str], ...]

    def filter(self, name: str) -> str:
        """The code that one filter is set to. KeyError if the story does not set it."""
        return dict(self.filters)[name]


_SINCE_JANUARY = -1  # a first month that depends on the calendar: the latest January

# code, place of the first month, place of the last month, page, filters
_PLANTED: tuple[tuple[StoryCode, int, int, str, dict[str, str]], ...] = (
    (
        StoryCode.REAL_FALL,
        cast.FALL_FROM,
        LAST,
        "satisfaction",
        {"survey": "hotline_instant", "item": "hotline.overall", "indicator": "HOT-P01"},
    ),
    (StoryCode.HIT_AND_MISS, 0, LAST, "matrix", {"process": "e_channels", "indicator": cast.HIT_AND_MISS}),
    (StoryCode.GREEN_OVER_RED, LAST - 11, LAST, "matrix", {"process": "promotions"}),
    (
        StoryCode.IMPROVED_STORE,
        cast.IMPROVED_FROM,
        LAST,
        "satisfaction",
        {
            "survey": "store_evaluation",
            "item": "stores.waiting",
            "district": cast.IMPROVED_DISTRICT,
            "store": cast.IMPROVED_STORE,
            "indicator": "STO-O01",
        },
    ),
    (StoryCode.LATE_DISTRICT, LAST, LAST, "matrix", {"district": cast.LATE_DISTRICT}),
    (
        StoryCode.RIVAL_MOVED,
        cast.RIVAL_FROM,
        LAST,
        "home",
        {"survey": "cati", "item": "overall.overall", "rival": "rival_a"},
    ),
    (
        StoryCode.METHOD_BREAK,
        METHOD_BREAK,
        METHOD_BREAK,
        "satisfaction",
        {"survey": "cati", "item": "overall.overall"},
    ),
    (StoryCode.SELF_SELECTED, WEB_START, LAST, "satisfaction", {"survey": "web", "item": "overall.overall"}),
    (
        StoryCode.COMPLAINT_SPIKE,
        cast.SPIKE_MONTH,
        cast.SPIKE_MONTH,
        "matrix",
        {"district": cast.SPIKE_DISTRICT, "indicator": "NET-C01"},
    ),
    (
        StoryCode.TINY_STORE,
        LAST,
        LAST,
        "satisfaction",
        {
            "survey": "store_evaluation",
            "item": "stores.overall",
            "district": cast.TINY_DISTRICT,
            "store": cast.TINY_STORE,
        },
    ),
    (StoryCode.RAISED_TARGET, _SINCE_JANUARY, LAST, "matrix", {"indicator": cast.RAISED_TARGET}),
    (StoryCode.FEWER_ESCALATED, LAST - 11, LAST, "matrix", {"indicator": "NET-C06"}),
    (StoryCode.LOOSENED_TARGET, _SINCE_JANUARY, LAST, "matrix", {"indicator": cast.LOOSENED_TARGET}),
)


def stories(today: date) -> list[Story]:
    """Every planted story of a demo that was built on today."""
    calendar = Calendar.until(today)
    month = (*calendar.months, calendar.months[calendar.januaries()[-1]])  # place -1 is the latest January
    return [
        Story(code, month[first], month[last], page, tuple(filters.items()))
        for code, first, last, page, filters in _PLANTED
    ]
