"""What made a difference, one bar a part beside a common zero, with its interval; the sum below. HTML, not a picture:
names wrap, numbers can be copied, and a narrow screen puts the bar under its name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqm.ui.markup import NOTHING, Html, div, el, span

_HALF = 48.0  # per cent of the width on either side of zero, a little less than half


@dataclass(frozen=True)
class Bar:
    """value with its limits (None without) in one unit for all bars; written: the number as it reads.

    kind: 'ours' for what we did, 'sum' for the total, '' for the rest.
    """

    name: str
    value: float
    written: str
    low: float | None = None
    high: float | None = None
    kind: str = ""


def bars(rows: Sequence[Bar]) -> Html:
    """To the right of the line is more; all bars share a scale."""
    reach = [abs(each) for row in rows for each in (row.value, row.low, row.high) if each is not None]
    widest = max(reach, default=0.0) or 1.0
    return div("sqm-parts", *(_row(row, widest) for row in rows))


def _row(row: Bar, widest: float) -> Html:
    whisker = NOTHING
    if row.low is not None and row.high is not None:
        whisker = el("b", style=_between(row.low, row.high, widest))
    bar = el("i", style=_between(min(row.value, 0.0), max(row.value, 0.0), widest))
    css = f"sqm-part sqm-{row.kind}" if row.kind else "sqm-part"
    return div(
        css,
        span("", row.name),
        el("span", bar, whisker, css="sqm-part-bar", aria_hidden="true"),
        span("sqm-part-value", row.written),
    )


def _between(low: float, high: float, widest: float) -> str:
    return f"left:{50 + _HALF * low / widest:.2f}%;width:{_HALF * (high - low) / widest:.2f}%"
