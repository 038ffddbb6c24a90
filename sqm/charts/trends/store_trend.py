"""The score of a store at each of its audits: dots at their months, joined thinly over months without an audit, and
the range that chance makes as a faint band."""

import itertools
import math
from dataclasses import dataclass, field
from datetime import date

from sqm.charts import theme
from sqm.charts.plot import Band, Dots, EndLabel, Layer, Line, Plot, Step, Values
from sqm.rules.periods import month_range

LEAST_SPAN = 10.0
_MOST = 100.0


@dataclass(frozen=True)
class Audits:
    """values: month -> score, 0-100, oldest first, at least one. limits: (low, centre, high) of today or None. signals:
    month -> improvement or concern."""

    values: dict[date, float]
    limits: tuple[float, float, float] | None = None
    signals: dict[date, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TrendWords:
    """Translated words. axis_from holds {start}; signals: word of improvement and concern."""

    score: str
    centre: str
    natural: str
    axis_from: str
    signals: dict[str, str]


def store_trend(audits: Audits, words: TrendWords, *, dark: bool = False, language: str = "en") -> Plot:
    """A plot over all months from the first audit to the last."""
    colours = theme.palette(dark)
    months = month_range(min(audits.values), max(audits.values))
    values = tuple(audits.values.get(month, math.nan) for month in months)
    known = [value for value in values if math.isfinite(value)]
    low, high, ticks = theme.nice_range([*known, *(audits.limits or ())], LEAST_SPAN, floor=0.0)
    low, high, ticks = max(low, 0.0), min(high, _MOST), [tick for tick in ticks if 0.0 <= tick <= _MOST]
    layers: list[Layer] = []
    labels = [EndLabel(f"{words.score} {known[-1]:.1f}", known[-1], colours.own, is_strong=True)]
    if audits.limits is not None:
        under, centre, over = (tuple(min(max(each, low), high) for _ in months) for each in audits.limits)
        layers += [Band(under, over, colours.soft, 0.08), Step(centre, colours.axis, 0.8, "4 4")]
        layers += [Step(edge, colours.axis, 0.9, "2 4") for edge in (under, over)]
        labels.append(EndLabel(f"{words.centre} {audits.limits[1]:.1f}", centre[-1], colours.soft))
    layers.append(Line(_joined(values), colours.own, 1.0, 0.45))
    layers.append(Dots(values, colours.own, colours.background, size=4.2))
    for kind, ink, shape in (("improvement", colours.met, "triangle"), ("concern", colours.concern, "diamond")):
        marked = tuple(
            value if audits.signals.get(month) == kind else math.nan
            for month, value in zip(months, values, strict=True)
        )
        layers.append(Dots(marked, ink, colours.background, shape, 5.4))
    return Plot(
        months=tuple(months),
        axis=(low, high, ticks),
        layers=tuple(layers),
        labels=tuple(labels),
        readout=_readout(months, audits, words, language),
        note=words.axis_from.format(start=f"{low:g}") if low > 0 else "",
        language=language,
        dark=dark,
    )


def _joined(values: Values) -> Values:
    """Straight over months without a value."""
    known = [number for number, value in enumerate(values) if math.isfinite(value)]
    out = list(values)
    for first, last in itertools.pairwise(known):
        for number in range(first + 1, last):
            out[number] = values[first] + (values[last] - values[first]) * (number - first) / (last - first)
    return tuple(out)


def _readout(months: tuple[date, ...], audits: Audits, words: TrendWords, language: str) -> dict[int, str]:
    told = {}
    for number, month in enumerate(months):
        if month not in audits.values:
            continue
        parts = [theme.month_text(month, language), f"{words.score} {audits.values[month]:.1f}"]
        if audits.limits is not None:
            parts.append(f"{words.natural} {audits.limits[0]:.1f} – {audits.limits[2]:.1f}")
        if audits.signals.get(month) in words.signals:
            parts.append(words.signals[audits.signals[month]])
        told[number] = " · ".join(parts)
    return told
