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


def stories(today: date) -> list[Story]:
    """Every planted story of a demo that was built on today."""
    calendar = Calendar.until(today)
    month = calendar.months
    raised = month[calendar.januaries()[-1]]

    def story(code: StoryCode, first: date, page: str, *, last: date = calendar.last, **filters: str) -> Story:
        return Story(code, first, last, page, tuple(filters.items()))

    return [
        story(
            StoryCode.REAL_FALL,
            month[cast.FALL_FROM],
            "satisfaction",
            survey="hotline_instant",
            item="hotline.overall",
            indicator="HOT-P01",
        ),
        story(StoryCode.HIT_AND_MISS, month[0], "matrix", process="e_channels", indicator=cast.HIT_AND_MISS),
        story(StoryCode.GREEN_OVER_RED, month[LAST - 11], "matrix", process="promotions"),
        story(
            StoryCode.IMPROVED_STORE,
            month[cast.IMPROVED_FROM],
            "satisfaction",
            survey="store_evaluation",
            item="stores.waiting",
            store=cast.IMPROVED_STORE,
            indicator="STO-O01",
        ),
        story(StoryCode.LATE_DISTRICT, month[LAST], "matrix", district=cast.LATE_DISTRICT),
        story(
            StoryCode.RIVAL_MOVED,
            month[cast.RIVAL_FROM],
            "home",
            survey="cati",
            item="overall.overall",
            rival="rival_a",
        ),
        story(
            StoryCode.METHOD_BREAK,
            month[METHOD_BREAK],
            "satisfaction",
            last=month[METHOD_BREAK],
            survey="cati",
            item="overall.overall",
        ),
        story(StoryCode.SELF_SELECTED, month[WEB_START], "satisfaction", survey="web", item="overall.overall"),
        story(
            StoryCode.COMPLAINT_SPIKE,
            month[cast.SPIKE_MONTH],
            "matrix",
            last=month[cast.SPIKE_MONTH],
            district=cast.SPIKE_DISTRICT,
            indicator="NET-C01",
        ),
        story(
            StoryCode.TINY_STORE,
            month[LAST],
            "satisfaction",
            survey="store_evaluation",
            item="stores.overall",
            store=cast.TINY_STORE,
        ),
        story(StoryCode.RAISED_TARGET, raised, "matrix", indicator=cast.RAISED_TARGET),
        story(StoryCode.FEWER_ESCALATED, month[LAST - 11], "matrix", indicator="NET-C06"),
        story(StoryCode.LOOSENED_TARGET, raised, "matrix", indicator=cast.LOOSENED_TARGET),
    ]
