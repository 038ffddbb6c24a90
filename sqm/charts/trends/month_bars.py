"""One bar a month from zero, with its interval; marked months stand out and carry the number of a row in a table."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from sqm.charts import theme
from sqm.charts.plot import Divider, Layer, Place, Plot, Values, Whiskers, runs

WIDEST = 18.0
_ROOM = 0.62  # of the distance between two months


@dataclass(frozen=True)
class Bars:
    """Upright bars from zero."""

    values: Values
    colour: str
    opacity: float = 1.0

    def draw(self, place: Place) -> str:
        width = min(WIDEST, _ROOM * (place.right - place.left) / max(place.count - 1, 1))
        data = "".join(
            f"M{place.x(each) - width / 2:.1f} {place.bottom:.1f}V{place.y(self.values[each]):.1f}h{width:.1f}"
            f"V{place.bottom:.1f}z"
            for run in runs(self.values)
            for each in run
        )
        return f'<path d="{data}" fill="{self.colour}" opacity="{self.opacity}"/>' if data else ""


@dataclass(frozen=True)
class Tags:
    """A short word over a month. values: what it stands above."""

    words: Mapping[int, str]
    values: Values
    colour: str

    def draw(self, place: Place) -> str:
        return "".join(
            f'<text x="{place.x(at):.1f}" y="{place.y(self.values[at]) - 5:.1f}" fill="{self.colour}" '
            f'text-anchor="middle" font-weight="600">{escape(word)}</text>'
            for at, word in self.words.items()
            if math.isfinite(self.values[at])
        )


@dataclass(frozen=True)
class MonthBars:
    """On 0-100. marked: by month number the tag of a month that stands out; dividers as in charts.compared."""

    months: tuple[date, ...]
    values: Values
    low: Values
    high: Values
    marked: Mapping[int, str]
    readout: dict[int, str]
    dividers: tuple[tuple[date, str], ...] = ()


def month_bars(found: MonthBars, *, dark: bool = False, language: str = "en") -> Plot:
    """The axis runs from 0 to 100: bars that do not begin at zero lie."""
    colours = theme.palette(dark)
    ordinary = tuple(math.nan if at in found.marked else value for at, value in enumerate(found.values))
    marked = tuple(value if at in found.marked else math.nan for at, value in enumerate(found.values))
    layers: tuple[Layer, ...] = (
        Bars(ordinary, colours.rival, 0.6),
        Bars(marked, colours.own),
        Whiskers(found.low, found.high, colours.text, 0.75),
        Tags(found.marked, found.high, colours.own),
    )
    return Plot(
        months=found.months,
        axis=(0.0, 100.0, [0.0, 25.0, 50.0, 75.0, 100.0]),
        layers=layers,
        dividers=tuple(
            Divider(found.months.index(month), words) for month, words in found.dividers if month in found.months
        ),
        readout=found.readout,
        language=language,
        dark=dark,
    )
