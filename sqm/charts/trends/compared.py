"""Ours against others over months: our line strong with its interval, others thin and grey; a lead against its zero."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqm.charts import theme
from sqm.charts.plot import Band, Divider, Dots, EndLabel, Layer, Line, Plot, Values
from sqm.charts.theme import Palette

LEAST_SPAN = 10.0


@dataclass(frozen=True)
class Run:
    """One operator's line in pieces: a line is never drawn across a change of method or of what it is made of."""

    name: str
    pieces: tuple[Values, ...]

    @property
    def last(self) -> float | None:
        """Its latest value."""
        known = [(at, each) for values in self.pieces for at, each in enumerate(values) if math.isfinite(each)]
        return max(known)[1] if known else None


@dataclass(frozen=True)
class Comparison:
    """low, high: our interval, in the pieces of ``own``. dividers: first month behind each, and its words. readout: by
    month number. axis_from holds {start}; parity names the line at 0, '' for none."""

    months: tuple[date, ...]
    own: Run
    low: tuple[Values, ...]
    high: tuple[Values, ...]
    others: tuple[Run, ...] = ()
    dividers: tuple[tuple[date, str], ...] = ()
    readout: dict[int, str] = field(default_factory=dict)
    axis_from: str = ""
    parity: str = ""


def compared(found: Comparison, *, dark: bool = False, language: str = "en") -> Plot:
    """Needs a month at least; values may be missing."""
    colours = theme.palette(dark)
    low, high, ticks = _axis(found)
    return Plot(
        months=found.months,
        axis=(low, high, ticks),
        layers=tuple(_layers(found, colours)),
        labels=tuple(_labels(found, colours)),
        dividers=tuple(
            Divider(found.months.index(month), words) for month, words in found.dividers if month in found.months
        ),
        readout=found.readout,
        note=found.axis_from.format(start=f"{low:g}") if low > 0 else "",
        language=language,
        dark=dark,
    )


def _axis(found: Comparison) -> tuple[float, float, list[float]]:
    pieces = [*found.own.pieces, *found.low, *found.high, *(each for other in found.others for each in other.pieces)]
    values = [value for values in pieces for value in values if math.isfinite(value)]
    return theme.nice_range([*values, 0.0] if found.parity else values, LEAST_SPAN, None if found.parity else 0.0)


def _layers(found: Comparison, colours: Palette) -> list[Layer]:
    layers: list[Layer] = [
        Band(low, high, colours.own, colours.band_opacity) for low, high in zip(found.low, found.high, strict=True)
    ]
    if found.parity:
        layers.append(Line((0.0,) * len(found.months), colours.target))
    layers += [Line(values, colours.rival) for other in found.others for values in other.pieces]
    layers += [Line(values, colours.own, 2.5) for values in found.own.pieces]
    layers.append(Dots(_alone_or_last(found.own.pieces), colours.own, colours.own))
    return layers


def _alone_or_last(pieces: Sequence[Values]) -> Values:
    """The latest value, and those without a neighbour in their piece: a line cannot show them."""
    width = len(pieces[0]) if pieces else 0
    kept = [math.nan] * width
    known = [(at, values[at], values) for values in pieces for at in range(width) if math.isfinite(values[at])]
    for at, value, values in known:
        beside = [values[near] for near in (at - 1, at + 1) if 0 <= near < width]
        if at == max(each[0] for each in known) or not any(math.isfinite(each) for each in beside):
            kept[at] = value
    return tuple(kept)


def _labels(found: Comparison, colours: Palette) -> list[EndLabel]:
    own = found.own.last
    labels = [] if own is None else [EndLabel(_end(found.own.name, own), own, colours.own, is_strong=True)]
    for other in found.others:
        if other.last is not None:
            labels.append(EndLabel(_end(other.name, other.last), other.last, colours.soft))
    if found.parity:
        labels.append(EndLabel(found.parity, 0.0, colours.target))
    return labels


def _end(name: str, value: float) -> str:
    sign = "−" if value < 0 else ""
    return f"{name} {sign}{abs(value):.1f}"
