"""A history in the height of a text line. Written by hand: 151 of them cost a few milliseconds, not 151 renderings."""

import math
from collections.abc import Sequence
from datetime import date

import pandas as pd

from sqm.charts.theme import Palette, palette

_PAD = 3.0


def recent_values(
    history: pd.DataFrame, months: Sequence[date], key: str = "indicator_code"
) -> dict[str, list[float | None]]:
    """A list of values per key over ``months`` (None where there is none), for a line chart column of a table.

    history: key, month, value, one row a key and month.
    """
    wide = history.assign(month=pd.to_datetime(history["month"])).pivot(index=key, columns="month", values="value")
    wide = wide.reindex(columns=pd.to_datetime(list(months)))
    return {
        str(code): [None if pd.isna(value) else float(value) for value in row]
        for code, row in zip(wide.index, wide.to_numpy(), strict=True)
    }


def sparkline(
    values: Sequence[float | None],
    targets: Sequence[float | None] = (),
    status: str = "",
    *,
    dark: bool = False,
    width: int = 96,
    height: int = 24,
) -> str:
    """An SVG of numbers only (no text from data): grey line, target as a thin step, last point in its status colour.

    values and targets: one a month, oldest first, None where there is none; a gap breaks the line.
    """
    colours = palette(dark)
    known = [value for value in (*values, *targets) if value is not None and math.isfinite(value)]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    )
    opening += ' aria-hidden="true">'
    if not known or not any(_is_number(value) for value in values):
        return f"{opening}</svg>"
    place = _Places(len(values), min(known), max(known), width, height)
    steps = _path(_stepped(place, targets), colours.target, 0.9) if targets else ""
    line = _path(_runs(place, values), colours.axis, 1.4)
    return f"{opening}{steps}{line}{_dots(place, values, colours, status)}</svg>"


class _Places:
    """From month number and value to pixels."""

    def __init__(self, count: int, low: float, high: float, width: int, height: int) -> None:
        self.step = (width - 2 * _PAD) / max(count - 1, 1)
        self.low, self.height = low, height
        self.factor = (height - 2 * _PAD) / (high - low) if high > low else 0.0

    def x(self, place: float) -> float:
        return _PAD + place * self.step

    def y(self, value: float) -> float:
        if self.factor == 0.0:
            return self.height / 2
        return self.height - _PAD - (value - self.low) * self.factor


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _runs(place: _Places, values: Sequence[float | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for number, value in enumerate(values):
        if value is None or not math.isfinite(value):
            runs.append([])
        else:
            runs[-1].append((place.x(number), place.y(value)))
    return [run for run in runs if run]


def _stepped(place: _Places, targets: Sequence[float | None]) -> list[list[tuple[float, float]]]:
    """Each month's target reaches half a month to both sides."""
    runs: list[list[tuple[float, float]]] = [[]]
    last = len(targets) - 1
    for number, target in enumerate(targets):
        if target is None or not math.isfinite(target):
            runs.append([])
            continue
        y = place.y(target)
        runs[-1] += [(place.x(max(number - 0.5, 0.0)), y), (place.x(min(number + 0.5, float(last))), y)]
    return [run for run in runs if run]


def _path(runs: list[list[tuple[float, float]]], colour: str, thickness: float) -> str:
    data = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) for run in runs if len(run) > 1)
    return f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{thickness}"/>' if data else ""


def _dots(place: _Places, values: Sequence[float | None], colours: Palette, status: str) -> str:
    """The newest value, and values that stand alone in a gap."""
    dots = ""
    last = max(number for number, value in enumerate(values) if _is_number(value))
    for number, value in enumerate(values):
        if value is None or not math.isfinite(value):
            continue
        before = number > 0 and _is_number(values[number - 1])
        after = number + 1 < len(values) and _is_number(values[number + 1])
        if number == last or not (before or after):
            ink = colours.status(status) if number == last else colours.axis
            dots += f'<circle cx="{place.x(number):.1f}" cy="{place.y(value):.1f}" r="2.2" fill="{ink}"/>'
    return dots
