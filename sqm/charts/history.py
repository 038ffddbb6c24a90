"""The history of one indicator: its values with status, the target as a step, intervals as whiskers."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from sqm.charts import series, theme
from sqm.charts.drawing import Drawing, Sheet
from sqm.charts.series import EndLabel
from sqm.charts.theme import Palette

SHAPES = {
    "met": "circle",
    "near": "triangle-up",
    "missed": "M-0.8,-0.8L0.8,0.8M0.8,-0.8L-0.8,0.8",
    "no_data": "circle",
    "no_target": "circle",
}


@dataclass(frozen=True)
class HistoryWords:
    """Translated words. statuses: word of each status; axis_from holds {start}; value names the indicator's unit."""

    target: str
    value: str
    interval: str
    answers: str
    month: str
    status: str
    statuses: dict[str, str]
    axis_from: str


def history(
    rows: pd.DataFrame,
    words: HistoryWords,
    *,
    decimals: int = 1,
    scale: float = 1.0,
    from_zero: bool = False,
    dark: bool = False,
    language: str = "en",
    title: str = "",
    subtitle: str = "",
    width: int | str = "container",
    height: int = 260,
    ticks: int = 7,
) -> Drawing:
    """rows: month, value, low, high, n, status, target_low, target_high (NaN where none), one row a month.

    scale: what the screen multiplies by (100 for shares). from_zero: counts and rates start at 0.
    A status no_data with a value rests on too few answers: drawn hollow and grey.
    """
    colours, sheet = theme.palette(dark), Sheet()
    frame = _scaled(rows, scale)
    months = series.months_of(frame)
    low, high, grid = _range(frame, from_zero)
    x = theme.month_axis(months, language, ticks, words.axis_from.format(start=f"{low:g}") if low > 0 else "")
    y = theme.value_axis(low, high, grid, theme.decimals_of(grid))
    labels = _labels(frame, words, colours, decimals)
    layers = [*_targets(sheet, frame, x, y, colours), *_values(sheet, frame, x, y, colours)]
    layers += _marks(sheet, frame, x, y, words, colours)
    layers.append(_hover(sheet, frame, x, y, words, language, decimals))
    texts = series.end_labels(sheet, labels, months[-1], low, high, height, colours)
    if texts is not None:
        layers.append(texts)
    chart = alt.layer(
        *layers,
        width=width,
        height=height,
        autosize=theme.sizing(width),
        title=theme.headline(title, subtitle),
        padding={"left": 4, "top": 4, "bottom": 4, "right": series.label_room(labels, width)},
        config=theme.config(dark),
    )
    return Drawing(chart, sheet.frames)


def _scaled(rows: pd.DataFrame, scale: float) -> pd.DataFrame:
    frame = pd.DataFrame({"month": pd.to_datetime(rows["month"]), "line": "", "status": rows["status"].astype(str)})
    for name in ("value", "low", "high", "target_low", "target_high"):
        frame[name] = rows[name].astype(float) * scale
    frame["n"] = rows["n"].astype(float)
    filled = series.with_gaps(frame)
    filled["status"] = filled["status"].fillna("no_data")
    filled[["target_low", "target_high"]] = _still_in_force(filled, rows)
    return filled


def _still_in_force(filled: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """A month without a row keeps the target of the month before; a month with a row and no target has none."""
    bounds = filled[["target_low", "target_high"]]
    return bounds.where(filled["month"].isin(pd.to_datetime(rows["month"])), bounds.ffill())


def _range(frame: pd.DataFrame, from_zero: bool) -> tuple[float, float, list[float]]:
    sure = frame[frame["status"] != "no_data"]
    columns = [frame[name] for name in ("value", "target_low", "target_high")] + [sure["low"], sure["high"]]
    values = list(pd.concat(columns).dropna())
    if from_zero:
        values.append(0.0)
    spread = max(values) - min(values) if values else 0.0
    least = max(spread, abs(max(values, default=1.0)) * 0.05)
    floor = 0.0 if values and min(values) >= 0 else None
    return theme.nice_range(values, least, floor)


def _labels(frame: pd.DataFrame, words: HistoryWords, colours: Palette, decimals: int) -> list[EndLabel]:
    labels = []
    known = frame[frame["value"].notna()]
    if not known.empty:
        last = known.iloc[-1]
        ink = colours.status(str(last["status"]))
        labels.append(EndLabel(f"{last['value']:,.{decimals}f}", float(last["value"]), ink, is_strong=True))
    for name in ("target_low", "target_high"):
        bounds = frame[name].dropna()
        if not bounds.empty:
            labels.append(EndLabel(f"{words.target} {bounds.iloc[-1]:g}", float(bounds.iloc[-1]), colours.target))
    return labels


def _targets(sheet: Sheet, frame: pd.DataFrame, x: alt.X, y: alt.Y, colours: Palette) -> list[alt.Chart]:
    """One step line a bound; between the two bounds of a range a faint band."""
    layers = []
    if frame["target_low"].notna().any() and frame["target_high"].notna().any():
        band = sheet.on(frame).mark_area(color=colours.met, opacity=0.10, interpolate="step")
        lower = alt.Y(field="target_low", type="quantitative", axis=y["axis"], scale=y["scale"])
        layers.append(band.encode(x=x, y=lower, y2=alt.Y2(field="target_high")))
    for name in ("target_low", "target_high"):
        if frame[name].notna().any():
            bound = alt.Y(field=name, type="quantitative", axis=y["axis"], scale=y["scale"])
            line = sheet.on(frame).mark_line(color=colours.target, strokeWidth=1.25, interpolate="step")
            layers.append(line.encode(x=x, y=bound))
    return layers


def _values(sheet: Sheet, frame: pd.DataFrame, x: alt.X, y: alt.Y, colours: Palette) -> list[alt.Chart]:
    layers = [sheet.on(frame).mark_line(color=colours.axis, strokeWidth=1.25, strokeJoin="round").encode(x=x, y=y)]
    has_interval = frame["low"].notna() & frame["value"].notna()
    is_thin = frame["status"] == "no_data"
    for rows, opacity in ((frame[has_interval & ~is_thin], 0.75), (frame[has_interval & is_thin], 0.3)):
        if not rows.empty:
            whisker = sheet.on(rows).mark_rule(color=colours.axis, strokeWidth=1.25, opacity=opacity, clip=True)
            low = alt.Y(field="low", type="quantitative", axis=y["axis"], scale=y["scale"])
            layers.append(whisker.encode(x=x, y=low, y2=alt.Y2(field="high")))
    return layers


def _marks(
    sheet: Sheet, frame: pd.DataFrame, x: alt.X, y: alt.Y, words: HistoryWords, colours: Palette
) -> list[alt.Chart]:
    """One layer a status, so that each has its own fill: met solid, near solid, missed a cross, grey ones hollow."""
    layers = []
    for status in SHAPES:
        part = frame[frame["value"].notna() & (frame["status"] == status)]
        if part.empty:
            continue
        ink = colours.status(status)
        solid = status in ("met", "near")
        mark = sheet.on(part).mark_point(
            shape=SHAPES[status],
            filled=True,
            opacity=1,
            size=58 if status == "near" else 50,
            fill=ink if solid else colours.background if status != "missed" else "transparent",
            stroke=ink,
            strokeWidth=2.25 if status == "missed" else 1.5,
        )
        layers.append(mark.encode(x=x, y=y))
    return layers


def _hover(
    sheet: Sheet, frame: pd.DataFrame, x: alt.X, y: alt.Y, words: HistoryWords, language: str, decimals: int
) -> alt.Chart:
    rows = frame[frame["value"].notna()].copy()
    rows["word"] = rows["status"].map(words.statuses).fillna("")
    rows["interval"] = _ranges(rows["low"], rows["high"], decimals)
    rows["aim"] = [
        " – ".join(f"{bound:g}" for bound in pair if pd.notna(bound)) or "–"
        for pair in zip(rows["target_low"], rows["target_high"], strict=True)
    ]
    tips = [
        alt.Tooltip(field="month", type="temporal", format=theme.month_format(language), title=words.month),
        alt.Tooltip(field="value", type="quantitative", format=f",.{decimals}f", title=words.value),
        alt.Tooltip(field="aim", type="nominal", title=words.target),
        alt.Tooltip(field="word", type="nominal", title=words.status),
    ]
    if rows["low"].notna().any():
        tips.append(alt.Tooltip(field="interval", type="nominal", title=words.interval))
    if rows["n"].notna().any():
        tips.append(alt.Tooltip(field="n", type="quantitative", format=",d", title=words.answers))
    return sheet.on(rows).mark_point(filled=True, opacity=0, size=260).encode(x=x, y=y, tooltip=tips)


def _ranges(low: "pd.Series[float]", high: "pd.Series[float]", decimals: int) -> list[str]:
    return [
        f"{first:,.{decimals}f} – {last:,.{decimals}f}" if pd.notna(first) else "–"
        for first, last in zip(low, high, strict=True)
    ]
