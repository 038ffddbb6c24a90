"""Business of a store by month: all transactions, those at the counter, those on self-service, named at their ends.

Drawn by sqm/charts/plot.py from zero, so that a counter that falls while the total does not is seen for what it is:
people move to self-service.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqm.charts.plot import Dots, EndLabel, Layer, Line, Plot, Values, runs
from sqm.charts.theme import nice_range, palette


@dataclass(frozen=True)
class VolumeMonth:
    """Numbers of transactions; NaN where not reported."""

    month: date
    total: float
    counter: float
    self_service: float


@dataclass(frozen=True)
class VolumeWords:
    """Names at the lines' ends; unit: small print under the axis, such as transactions in thousands, with divisor 1000
    (Chinese readers count in 10,000)."""

    total: str
    counter: str
    self_service: str
    unit: str = ""
    divisor: float = 1.0


def volume_plot(
    months: Sequence[VolumeMonth], words: VolumeWords, *, language: str = "en", dark: bool = False
) -> Plot | None:
    """For plot.figure; None when no month has a number."""
    rows = sorted(months, key=lambda each: each.month)
    lines = {
        name: tuple(getattr(each, name) / words.divisor for each in rows)
        for name in ("total", "counter", "self_service")
    }
    known = [value for values in lines.values() for value in values if math.isfinite(value)]
    if not known:
        return None
    colours = palette(dark)
    styles = (
        ("total", words.total, colours.text, 1.6),
        ("counter", words.counter, colours.concern, 2.0),
        ("self_service", words.self_service, colours.own, 2.0),
    )
    layers: list[Layer] = []
    for name, _word, ink, width in styles:
        layers += [Line(lines[name], ink, width), *_alone(lines[name], ink)]
    return Plot(
        months=tuple(each.month for each in rows),
        axis=nice_range([0.0, *known], floor=0.0),
        layers=tuple(layers),
        labels=tuple(_label(lines[name], word, ink) for name, word, ink, _width in styles if _ends(lines[name])),
        readout=_readout(lines, styles, len(rows)),
        note=words.unit,
        language=language,
        dark=dark,
    )


def _alone(values: Values, ink: str) -> list[Dots]:
    """A month without neighbours, which no line shows."""
    lonely = {run[0] for run in runs(values) if len(run) == 1}
    kept = tuple(value if place in lonely else math.nan for place, value in enumerate(values))
    return [Dots(kept, ink, ink, size=2.4, width=0.5)] if lonely else []


def _ends(values: Values) -> list[float]:
    return [value for value in values if math.isfinite(value)]


def _label(values: Values, word: str, ink: str) -> EndLabel:
    last = _ends(values)[-1]
    return EndLabel(f"{word} {_number(last)}", last, ink, is_strong=True)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == round(value) else f"{value:,.1f}"


def _readout(lines: dict[str, Values], styles: Sequence[tuple[str, str, str, float]], count: int) -> dict[int, str]:
    found = {}
    for place in range(count):
        told = [
            f"{word} {_number(lines[name][place])}"
            for name, word, _i, _w in styles
            if math.isfinite(lines[name][place])
        ]
        if told:
            found[place] = " · ".join(told)
    return found
