"""The index over time: ours strong with its interval, rivals thin; broken wherever months must not be compared."""

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from sqm.charts.plot import Plot, Values
from sqm.charts.trends.compared import Comparison, Run, compared
from sqm.ui import formats
from sqm.ui.competitiveness import competitiveness_words as words
from sqm.ui.competitiveness.index.data_index import IndexMonth
from sqm.ui.doors.data_names import Names
from sqm.ui.satisfaction.data_satisfaction import OWN
from sqm.ui.words import _


def chart(found: Sequence[IndexMonth], names: Names, spoken: str, dark: bool) -> Plot:
    """Months from the first with an index of ours on."""
    first = next(at for at, each in enumerate(found) if _value(each, OWN) is not None)
    shown = found[first:]
    kinds = [_kind(each) for each in shown]
    changed = [at for at in range(1, len(shown)) if kinds[at] != kinds[at - 1] and kinds[at][1]]
    starts = [0, *changed, len(shown)]
    spans = list(pairwise(starts))

    def pieces(code: str, offset: float = 0.0) -> tuple[Values, ...]:
        return tuple(
            tuple(_number(each, code, offset) if start <= at < end else math.nan for at, each in enumerate(shown))
            for start, end in spans
        )

    drawn = Comparison(
        months=tuple(each.month for each in shown),
        own=Run(names.label("operator", OWN), pieces(OWN)),
        low=pieces(OWN, -1.0),
        high=pieces(OWN, 1.0),
        others=tuple(Run(names.label("operator", code), pieces(code)) for code in shown[-1].made if code != OWN),
        dividers=_dividers(shown, changed),
        readout={at: _readout(each, names) for at, each in enumerate(shown) if _value(each, OWN) is not None},
        axis_from=_("The axis starts at {start}."),
    )
    return compared(drawn, dark=dark, language=spoken)


def _dividers(shown: Sequence[IndexMonth], changed: Sequence[int]) -> tuple[tuple[date, str], ...]:
    """A word that would run into the one before it is left out; the notes under the chart say it."""
    found: list[tuple[date, str]] = []
    free = 0
    for at in changed:
        word = _why(shown[at - 1], shown[at]) if at >= free else ""
        found.append((shown[at].month, word))
        free = at + len(shown) // 3 if word else free
    return tuple(found)


def told(found: Sequence[IndexMonth]) -> str:
    """The chart in a sentence: first and last."""
    known = [(each.month, value) for each in found if (value := _value(each, OWN)) is not None]
    (first_month, first), (last_month, last) = known[0], known[-1]
    return _(
        "Index {first} in {first_month}, {last} in {last_month}.",
        first=formats.number(first, 1),
        first_month=formats.month(first_month),
        last=formats.number(last, 1),
        last_month=formats.month(last_month),
    )


def _value(each: IndexMonth, code: str) -> float | None:
    return each.made[code].arithmetic if code in each.made else None


def _number(each: IndexMonth, code: str, offset: float) -> float:
    value = _value(each, code)
    if value is None:
        return math.nan
    return value + offset * (each.margins[code] or 0.0) if offset else value


def _kind(each: IndexMonth) -> tuple[str, bool, tuple[str, ...], tuple[float, ...]]:
    """Months of one kind may stand on one line: method, has an index, parts that are there, weights."""
    own = each.own
    return (
        each.method,
        own is not None and own.arithmetic is not None,
        tuple(sorted(own.shares)) if own is not None else (),
        tuple(each.version.definition.weights.values()),
    )


def _why(before: IndexMonth, after: IndexMonth) -> str:
    if before.method != after.method:
        return _("method changed")
    if before.version.definition.weights != after.version.definition.weights:
        return _("new weights")
    return _("other parts asked")


def _readout(each: IndexMonth, names: Names) -> str:
    parts = [formats.month(each.month)]
    for code, made in each.made.items():
        if made.arithmetic is not None:
            half = each.margins[code] if code == OWN else None
            parts.append(f"{names.label('operator', code)} {words.plus_minus(made.arithmetic, half)}")
    parts.append(_("weights {weights}", weights=words.weights(each.version)))
    return " · ".join(parts)
