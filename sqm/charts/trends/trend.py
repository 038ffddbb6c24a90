"""The satisfaction trend: own line strong with its interval, target as a dark step, rivals thin and grey."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.charts import series, theme
from sqm.charts.plot import Band, Divider, Dots, EndLabel, Event, Layer, Line, Plot, Step, Values
from sqm.charts.theme import Palette

LEAST_SPAN = 10.0


@dataclass(frozen=True)
class TrendWords:
    """Translated words. axis_from holds {start}."""

    own: str
    target: str
    method_changed: str
    few_answers: str
    axis_from: str


@dataclass(frozen=True)
class TrendData:
    """own: points of one line (rules.trends.points); rivals: the same with a column name (already translated);
    targets: month, value in chart units (0-100); breaks: month (rules.trends.breaks). measure: share or mean.
    events: month and title (already translated), in time order."""

    own: pd.DataFrame
    rivals: pd.DataFrame | None = None
    targets: pd.DataFrame | None = None
    breaks: pd.DataFrame | None = None
    measure: str = "share"
    events: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class _Lines:
    """Everything as one number a month. own: per survey and method, all of it; sure: without months of few answers."""

    months: list[date]
    own: tuple[Values, ...]
    sure: tuple[Values, ...]
    low: tuple[Values, ...]
    high: tuple[Values, ...]
    rivals: tuple[tuple[str, Values], ...]
    targets: Values


def trend(data: TrendData, words: TrendWords, *, dark: bool = False, language: str = "en") -> Plot:
    """Needs at least one own point with a month; values may be missing."""
    colours = theme.palette(dark)
    own, rivals = series.percent_points(data.own, data.measure), _rival_points(data)
    lines = _lines(own, rivals, data.targets)
    low, high, grid = _range(lines)
    return Plot(
        months=tuple(lines.months),
        axis=(low, high, grid),
        layers=tuple(_layers(lines, colours)),
        labels=tuple(_labels(lines, words, colours)),
        dividers=_dividers(data.breaks, lines.months, words),
        events=tuple(Event(lines.months.index(month), text) for month, text in data.events if month in lines.months),
        readout=_readout(own, lines, words, language, dict(data.events)),
        note=words.axis_from.format(start=f"{low:g}") if low > 0 else "",
        language=language,
        dark=dark,
    )


def _rival_points(data: TrendData) -> pd.DataFrame | None:
    if data.rivals is None or data.rivals.empty:
        return None
    rows = series.percent_points(data.rivals, data.measure)
    return rows.assign(name=data.rivals["name"].astype(str).to_numpy())


def _lines(own: pd.DataFrame, rivals: pd.DataFrame | None, targets: pd.DataFrame | None) -> _Lines:
    months = series.months_of(own, rivals, targets)
    index, few = pd.to_datetime(pd.Series(months)), own["showing"] == "grey"
    wide = own.assign(**{f"sure_{name}": own[name].mask(few) for name in ("value", "low", "high")}).pivot(
        index="month", columns="line", values=["value", "sure_value", "sure_low", "sure_high"]
    )
    wide = wide.reindex(index)
    names = list(dict.fromkeys(own["line"]))

    def of(column: str) -> tuple[Values, ...]:
        return tuple(tuple(float(value) for value in wide[column, name]) for name in names)

    others: list[tuple[str, Values]] = []
    if rivals is not None:
        for (name, _line), part in rivals.groupby(["name", "line"], sort=False):
            values = part.set_index("month")["value"].reindex(index)
            others.append((str(name), tuple(float(value) for value in values)))
    steps = (math.nan,) * len(months)
    if targets is not None and not targets.empty:
        agreed = pd.Series(targets["value"].to_numpy(dtype=float), index=pd.to_datetime(targets["month"]))
        steps = tuple(float(value) for value in agreed.reindex(index))
    return _Lines(months, of("value"), of("sure_value"), of("sure_low"), of("sure_high"), tuple(others), steps)


def _range(lines: _Lines) -> tuple[float, float, list[float]]:
    """Around all lines and the intervals that rest on enough answers."""
    spread = [*lines.own, *lines.low, *lines.high, lines.targets, *(values for _name, values in lines.rivals)]
    return theme.nice_range([value for values in spread for value in values], LEAST_SPAN, floor=0.0)


def _layers(lines: _Lines, colours: Palette) -> list[Layer]:
    """From the weakest to the strongest: bands, rivals, target, own with few answers, own, marks."""
    pairs = zip(lines.low, lines.high, strict=True)
    layers: list[Layer] = [Band(low, high, colours.own, colours.band_opacity) for low, high in pairs]
    layers += [Line(values, colours.rival) for _name, values in lines.rivals]
    layers.append(Step(lines.targets, colours.target))
    few = tuple(_without(values, sure) for values, sure in zip(lines.own, lines.sure, strict=True))
    layers += [Line(v, colours.own, 1.0, 0.45) for v, rest in zip(lines.own, few, strict=True) if _known(rest)]
    layers += [Line(values, colours.own, 2.5) for values in lines.sure]
    layers += [Dots(_strong(values, lines.own), colours.own, colours.own) for values in lines.sure]
    layers += [Dots(values, colours.background, colours.soft) for values in few]
    return layers


def _known(values: Values) -> list[int]:
    return [number for number, value in enumerate(values) if math.isfinite(value)]


def _without(values: Values, others: Values) -> Values:
    """The values where the others have none."""
    return tuple(math.nan if math.isfinite(other) else value for value, other in zip(values, others, strict=True))


def _strong(values: Values, own: Sequence[Values]) -> Values:
    """The last own point, and points without a neighbour month: a line cannot show them, so they need a dot."""
    last = max((number for line in own for number in _known(line)), default=-1)
    known = set(_known(values))
    keep = {number for number in known if number == last or not known & {number - 1, number + 1}}
    return tuple(value if number in keep else math.nan for number, value in enumerate(values))


def _labels(lines: _Lines, words: TrendWords, colours: Palette) -> list[EndLabel]:
    """Where each line ends: own with its number, rivals, the target."""

    def last(parts: Sequence[Values]) -> float | None:
        known = [(number, values[number]) for values in parts for number in _known(values)]
        return max(known)[1] if known else None

    labels = []
    own = last(lines.own)
    if own is not None:
        labels.append(EndLabel(f"{words.own} {own:.1f}", own, colours.own, is_strong=True))
    for name in dict.fromkeys(name for name, _values in lines.rivals):
        rival = last([values for each, values in lines.rivals if each == name])
        if rival is not None:
            labels.append(EndLabel(f"{name} {rival:.1f}", rival, colours.soft))
    target = last([lines.targets])
    if target is not None:
        labels.append(EndLabel(f"{words.target} {target:g}", target, colours.target))
    return labels


def _dividers(breaks: pd.DataFrame | None, months: list[date], words: TrendWords) -> tuple[Divider, ...]:
    if breaks is None or breaks.empty:
        return ()
    found = [stamp.date() for stamp in pd.to_datetime(breaks["month"])]
    return tuple(Divider(months.index(month), words.method_changed) for month in found if month in months)


def _readout(
    own: pd.DataFrame, lines: _Lines, words: TrendWords, language: str, events: dict[date, str]
) -> dict[int, str]:
    """Sep 2026 · Own 82.4 (81.1 – 83.7) · n = 3,280 · Target 80 · Rival A 79.9"""
    told: dict[int, str] = {}
    for row in own[own["value"].notna()].to_dict("records"):
        month = pd.Timestamp(row["month"]).date()
        number = lines.months.index(month)
        spread = f" ({row['low']:.1f} – {row['high']:.1f})" if pd.notna(row["low"]) else ""
        parts = [theme.month_text(month, language), f"{words.own} {row['value']:.1f}{spread}", f"n = {row['n']:,.0f}"]
        if row["showing"] == "grey":
            parts.append(words.few_answers)
        if math.isfinite(lines.targets[number]):
            parts.append(f"{words.target} {lines.targets[number]:g}")
        parts += [f"{name} {values[number]:.1f}" for name, values in lines.rivals if math.isfinite(values[number])]
        told[number] = " · ".join([*parts, events[month]] if month in events else parts)
    return told
