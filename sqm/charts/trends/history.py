"""The history of one indicator as a process-behaviour chart: values with status, target as a step, natural limits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from sqm.charts import series, theme
from sqm.charts.plot import Band, Divider, Dots, EndLabel, Event, Layer, Line, Plot, Step, Values, Whiskers
from sqm.charts.theme import Palette

_SHAPES = {"met": "circle", "near": "triangle", "missed": "cross", "no_data": "circle", "no_target": "circle"}
_NUMBERS = ["value", "low", "high", "n", "target_low", "target_high"]
_LIMITS = ["centre", "lower", "upper"]


@dataclass(frozen=True)
class HistoryWords:
    """Translated words. statuses: word of each status; signals: word of each point type that is marked
    (improvement, concern, neutral); axis_from holds {start}; rebased and excluded name what a person decided."""

    target: str
    interval: str
    natural: str
    statuses: dict[str, str]
    signals: dict[str, str]
    axis_from: str
    rebased: str = ""
    excluded: str = ""


@dataclass(frozen=True)
class Marks:
    """What people said of months: events to name, months from which the limits are worked out anew, and months that
    do not count for the limits."""

    events: tuple[tuple[date, str], ...] = ()
    rebased: tuple[date, ...] = ()
    excluded: tuple[date, ...] = ()


@dataclass(frozen=True)
class Style:
    """decimals and scale of the indicator (scale: 100 for shares); from_zero: counts and rates start at 0."""

    decimals: int = 1
    scale: float = 1.0
    from_zero: bool = False
    dark: bool = False
    language: str = "en"


@dataclass(frozen=True)
class _Columns:
    """The frame as one tuple a column, over every month from the first to the last."""

    months: list[date]
    status: list[str]
    signal: list[str]
    numbers: dict[str, Values] = field(default_factory=dict)

    def where(self, name: str, keep: Sequence[bool]) -> Values:
        return tuple(value if kept else math.nan for value, kept in zip(self.numbers[name], keep, strict=True))


def history(
    rows: pd.DataFrame,
    words: HistoryWords,
    style: Style | None = None,
    marks: Marks | None = None,
    rival: tuple[str, dict[date, float]] | None = None,
) -> Plot:
    """rows: month, value, low, high, n, status, target_low, target_high (NaN where none), one row a month; and, where
    limits are known, centre, lower, upper, signal (a point type of the watch rules, '' where ordinary).

    A status no_data with a value rests on too few answers: drawn hollow and grey. rival: name and values by month.
    """
    style, marks = style or Style(), marks or Marks()
    colours = theme.palette(style.dark)
    columns = _columns(rows, style.scale)
    other = tuple((rival[1] if rival else {}).get(month, math.nan) * style.scale for month in columns.months)
    low, high, grid = _range(columns, other, style.from_zero)
    events = [(month, text) for month, text in marks.events if month in columns.months]
    return Plot(
        months=tuple(columns.months),
        axis=(low, high, grid),
        layers=(*_limits(columns, colours), Line(other, colours.rival), *_layers(columns, marks, colours)),
        labels=tuple(_labels(columns, words, colours, style.decimals, rival[0] if rival else "", other)),
        dividers=tuple(Divider(columns.months.index(m), words.rebased) for m in marks.rebased if m in columns.months),
        events=tuple(Event(columns.months.index(month), text) for month, text in events),
        readout=_readout(columns, words, style, marks),
        note=words.axis_from.format(start=f"{low:g}") if low > 0 else "",
        language=style.language,
        dark=style.dark,
    )


def _columns(rows: pd.DataFrame, scale: float) -> _Columns:
    frame = rows.assign(month=pd.to_datetime(rows["month"]))
    months = series.months_of(frame)
    known = frame.set_index("month").reindex(pd.to_datetime(months))
    has_row = known.index.isin(frame["month"])
    numbers = {}
    for name in [*_NUMBERS, *_LIMITS]:
        values = known[name].astype(float) if name in known else pd.Series(math.nan, index=known.index)
        if name.startswith("target"):  # a month without a row keeps the target; a row without one has none
            values = values.where(has_row, values.ffill())
        factor = 1.0 if name == "n" else scale
        numbers[name] = tuple(float(value) * factor for value in values)
    signal = known["signal"].fillna("") if "signal" in known else pd.Series("", index=known.index)
    return _Columns(months, list(known["status"].fillna("no_data").astype(str)), list(signal.astype(str)), numbers)


def _range(columns: _Columns, other: Values, from_zero: bool) -> tuple[float, float, list[float]]:
    sure = [status != "no_data" for status in columns.status]
    spread = [columns.numbers[name] for name in ("value", "target_low", "target_high", "lower", "upper")]
    spread += [columns.where("low", sure), columns.where("high", sure), other]
    values = [value for part in spread for value in part if math.isfinite(value)]
    if from_zero:
        values.append(0.0)
    wide = max(values) - min(values) if values else 0.0
    floor = 0.0 if values and min(value for value in columns.numbers["value"] + (0.0,) if value == value) >= 0 else None
    if floor is not None:  # natural limits may fall below what the indicator can be
        values = [max(value, 0.0) for value in values]
    return theme.nice_range(values, max(wide, abs(max(values, default=1.0)) * 0.05), floor)


def _limits(columns: _Columns, colours: Palette) -> list[Layer]:
    """The natural range as a faint grey band with dashed edges, its centre as a thin line; stepped at re-bases."""
    lower, upper = columns.numbers["lower"], columns.numbers["upper"]
    edges = [Step(values, colours.axis, 0.9, "2 4") for values in (lower, upper)]
    return [
        Band(lower, upper, colours.soft, 0.07, stepped=True),
        *edges,
        Step(columns.numbers["centre"], colours.axis, 0.7),
    ]


def _layers(columns: _Columns, marks: Marks, colours: Palette) -> list[Layer]:
    """Targets, then the line, then whiskers, rings around signals, and a mark for each status."""
    numbers, status = columns.numbers, columns.status
    low, high = numbers["target_low"], numbers["target_high"]
    layers: list[Layer] = [Band(low, high, colours.met, 0.10, stepped=True)]
    layers += [Step(bound, colours.target) for bound in (low, high)]
    layers.append(Line(numbers["value"], colours.axis))
    for thin, opacity in ((False, 0.75), (True, 0.3)):
        keep = [(each == "no_data") == thin for each in status]
        layers.append(Whiskers(columns.where("low", keep), columns.where("high", keep), colours.axis, opacity))
    rings = {"improvement": colours.own, "concern": colours.concern, "neutral": colours.soft}
    for signal, ink in rings.items():
        keep = [each == signal for each in columns.signal]
        layers.append(Dots(columns.where("value", keep), "none", ink, "circle", 6.6, 1.6))
    excluded = [month in marks.excluded for month in columns.months]
    layers.append(Dots(columns.where("value", excluded), "none", colours.soft, "diamond", 6.6, 1.2))
    return [*layers, *(_mark(columns, each, colours) for each in _SHAPES)]


def _mark(columns: _Columns, status: str, colours: Palette) -> Dots:
    """Each status has its own shape and fill: met solid, near solid, missed a cross, grey ones hollow."""
    ink = colours.status(status)
    fill = {"met": ink, "near": ink, "missed": "none"}.get(status, colours.background)
    values = columns.where("value", [each == status for each in columns.status])
    return Dots(values, fill, ink, _SHAPES[status], 3.8, 2.25 if status == "missed" else 1.5)


def _last(values: Values) -> tuple[int, float] | None:
    return max(((number, value) for number, value in enumerate(values) if math.isfinite(value)), default=None)


def _labels(
    columns: _Columns, words: HistoryWords, colours: Palette, decimals: int, rival: str, other: Values
) -> list[EndLabel]:
    labels = []
    last = _last(columns.numbers["value"])
    if last is not None:
        ink = colours.status(columns.status[last[0]])
        labels.append(EndLabel(f"{last[1]:,.{decimals}f}", last[1], ink, is_strong=True))
    for name in ("target_low", "target_high"):
        bound = _last(columns.numbers[name])
        if bound is not None:
            labels.append(EndLabel(f"{words.target} {bound[1]:g}", bound[1], colours.target))
    upper = _last(columns.numbers["upper"])
    if upper is not None:
        labels.append(EndLabel(words.natural, upper[1], colours.soft))
    end = _last(other)
    if end is not None:
        labels.append(EndLabel(f"{rival} {end[1]:,.{decimals}f}", end[1], colours.soft))
    return labels


def _readout(columns: _Columns, words: HistoryWords, style: Style, marks: Marks) -> dict[int, str]:
    """Sep 2026 · 78.3 · missed · Target 80 · 95 % interval 77.0 – 79.6 · n = 900 · Natural range 71.2 – 78.9"""
    told: dict[int, str] = {}
    events = dict(marks.events)
    for number, month in enumerate(columns.months):
        at = {name: values[number] for name, values in columns.numbers.items()}
        if not math.isfinite(at["value"]):
            continue
        parts = [theme.month_text(month, style.language), f"{at['value']:,.{style.decimals}f}"]
        parts.append(words.statuses.get(columns.status[number], ""))
        bounds = [f"{at[name]:g}" for name in ("target_low", "target_high") if math.isfinite(at[name])]
        parts.append(f"{words.target} {' – '.join(bounds)}" if bounds else "")
        parts.append(_between(words.interval, at["low"], at["high"], style.decimals))
        parts.append(f"n = {at['n']:,.0f}" if math.isfinite(at["n"]) else "")
        parts.append(_between(words.natural, at["lower"], at["upper"], style.decimals))
        parts.append(words.signals.get(columns.signal[number], ""))
        parts.append(words.excluded if month in marks.excluded else "")
        parts.append(events.get(month, ""))
        told[number] = " · ".join(part for part in parts if part)
    return told


def _between(word: str, low: float, high: float, decimals: int) -> str:
    return f"{word} {low:,.{decimals}f} – {high:,.{decimals}f}" if math.isfinite(low) else ""
