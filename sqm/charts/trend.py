"""The satisfaction trend: own line strong with its interval, target as a dark step, rivals thin and grey."""

from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from sqm.charts import series, theme
from sqm.charts.drawing import Drawing, Sheet
from sqm.charts.series import EndLabel
from sqm.charts.theme import Palette

LEAST_SPAN = 10.0


@dataclass(frozen=True)
class TrendWords:
    """Translated words. axis_from holds {start}. value names what is drawn and its unit, e.g. 'Satisfied, %'."""

    own: str
    target: str
    value: str
    interval: str
    answers: str
    month: str
    method_changed: str
    few_answers: str
    axis_from: str


@dataclass(frozen=True)
class TrendData:
    """own: points of one line (rules.trends.points); rivals: the same with a column name (already translated);
    targets: month, value in chart units (0-100); breaks: month (rules.trends.breaks). measure: share or mean."""

    own: pd.DataFrame
    rivals: pd.DataFrame | None = None
    targets: pd.DataFrame | None = None
    breaks: pd.DataFrame | None = None
    measure: str = "share"


def trend(
    data: TrendData,
    words: TrendWords,
    *,
    dark: bool = False,
    language: str = "en",
    title: str = "",
    subtitle: str = "",
    width: int | str = "container",
    height: int = 300,
    ticks: int = 7,
) -> Drawing:
    """One chart, about 300 pixels high. Needs at least one own point with a month; values may be missing."""
    colours, sheet = theme.palette(dark), Sheet()
    own = series.with_gaps(series.percent_points(data.own, data.measure))
    rivals = _rival_points(data)
    targets = _steps(data.targets)
    months = series.months_of(own, rivals, targets)
    solid = series.sure(own)
    spread = [
        solid["low"],
        solid["high"],
        own["value"],
        *(part["value"] for part in (rivals, targets) if part is not None),
    ]
    low, high, grid = theme.nice_range(list(pd.concat(spread)), LEAST_SPAN, floor=0.0)
    note = words.axis_from.format(start=f"{low:g}") if low > 0 else ""
    x = theme.month_axis(months, language, ticks, note)
    y = theme.value_axis(low, high, grid, theme.decimals_of(grid))
    layers = [_band(sheet, solid, x, y, colours)]
    if data.breaks is not None and not data.breaks.empty:
        layers += _break_marks(sheet, data.breaks, months, x, words, colours)
    layers += _lines(sheet, (own, solid, rivals, targets), x, y, colours)
    layers += [*_dots(sheet, own, x, y, colours), _hover(sheet, own, x, y, words, language)]
    labels = _labels(own, rivals, targets, words, colours)
    texts = series.end_labels(sheet, labels, months[-1], low, high, height, colours)
    layers += [] if texts is None else [texts]
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


def _rival_points(data: TrendData) -> pd.DataFrame | None:
    if data.rivals is None or data.rivals.empty:
        return None
    rows = series.percent_points(data.rivals, data.measure)
    rows["name"] = data.rivals["name"].astype(str).to_numpy()
    rows["line"] = rows["name"] + "/" + rows["line"]
    names = rows.drop_duplicates("line").set_index("line")["name"]
    filled = series.with_gaps(rows)
    filled["name"] = filled["line"].map(names)
    return filled


def _steps(targets: pd.DataFrame | None) -> pd.DataFrame | None:
    if targets is None or targets["value"].notna().sum() == 0:
        return None
    return pd.DataFrame({"month": pd.to_datetime(targets["month"]), "value": targets["value"].astype(float)})


def _labels(
    own: pd.DataFrame, rivals: pd.DataFrame | None, targets: pd.DataFrame | None, words: TrendWords, colours: Palette
) -> list[EndLabel]:
    labels = []
    known = own[own["value"].notna()].sort_values("month")
    if not known.empty:
        last = float(known["value"].iloc[-1])
        labels.append(EndLabel(f"{words.own} {last:.1f}", last, colours.own, is_strong=True))
    if rivals is not None:
        for name, part in rivals[rivals["value"].notna()].sort_values("month").groupby("name", sort=False):
            last = float(part["value"].iloc[-1])
            labels.append(EndLabel(f"{name} {last:.1f}", last, colours.soft))
    if targets is not None:
        last = float(targets.dropna().sort_values("month")["value"].iloc[-1])
        labels.append(EndLabel(f"{words.target} {last:g}", last, colours.target))
    return labels


def _band(sheet: Sheet, own: pd.DataFrame, x: alt.X, y: alt.Y, colours: Palette) -> alt.Chart:
    return (
        sheet.on(own)
        .mark_area(color=colours.own, opacity=colours.band_opacity, interpolate="linear")
        .encode(
            x=x,
            y=alt.Y(field="low", type="quantitative", axis=y["axis"], scale=y["scale"]),
            y2=alt.Y2(field="high"),
            detail=alt.Detail(field="line", type="nominal"),
        )
    )


def _lines(
    sheet: Sheet,
    frames: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame | None, pd.DataFrame | None],
    x: alt.X,
    y: alt.Y,
    colours: Palette,
) -> list[alt.Chart]:
    """From the weakest to the strongest: rivals, target, own with few answers, own."""
    own, solid, rivals, targets = frames
    lines = [] if rivals is None else [_rival_lines(sheet, rivals, x, y, colours)]
    if targets is not None:
        lines.append(_target_line(sheet, targets, x, y, colours))
    if len(solid["value"].dropna()) < len(own["value"].dropna()):
        lines.append(_weak_line(sheet, own, x, y, colours))
    return [*lines, _own_line(sheet, solid, x, y, colours)]


def _own_line(sheet: Sheet, own: pd.DataFrame, x: alt.X, y: alt.Y, colours: Palette) -> alt.Chart:
    return (
        sheet.on(own)
        .mark_line(color=colours.own, strokeWidth=2.5, strokeCap="round", strokeJoin="round")
        .encode(x=x, y=y, detail=alt.Detail(field="line", type="nominal"))
    )


def _weak_line(sheet: Sheet, own: pd.DataFrame, x: alt.X, y: alt.Y, colours: Palette) -> alt.Chart:
    """Through every month, also those with few answers: the eye may follow, but is told not to rely on it."""
    return (
        sheet.on(own)
        .mark_line(color=colours.own, strokeWidth=1, opacity=0.45)
        .encode(x=x, y=y, detail=alt.Detail(field="line", type="nominal"))
    )


def _rival_lines(sheet: Sheet, rivals: pd.DataFrame, x: alt.X, y: alt.Y, colours: Palette) -> alt.Chart:
    return (
        sheet.on(rivals)
        .mark_line(color=colours.rival, strokeWidth=1.25, strokeJoin="round")
        .encode(x=x, y=y, detail=alt.Detail(field="line", type="nominal"))
    )


def _target_line(sheet: Sheet, targets: pd.DataFrame, x: alt.X, y: alt.Y, colours: Palette) -> alt.Chart:
    return sheet.on(targets).mark_line(color=colours.target, strokeWidth=1.25, interpolate="step").encode(x=x, y=y)


def _dots(sheet: Sheet, own: pd.DataFrame, x: alt.X, y: alt.Y, colours: Palette) -> list[alt.Chart]:
    """Hollow grey: too few answers. Filled: the last point, and points that no line reaches."""
    has_value = own["value"].notna()
    grey = has_value & (own["showing"] == "grey")
    is_last = has_value & (own["month"] == own.loc[has_value, "month"].max())
    strong = (is_last | series.alone(series.sure(own))) & ~grey
    layers = []
    if strong.any():
        layers.append(
            sheet.on(own[strong]).mark_point(filled=True, opacity=1, size=42, color=colours.own).encode(x=x, y=y)
        )
    if grey.any():
        hollow = sheet.on(own[grey]).mark_point(
            filled=True, opacity=1, size=44, fill=colours.background, stroke=colours.soft, strokeWidth=1.5
        )
        layers.append(hollow.encode(x=x, y=y))
    return layers


def _hover(sheet: Sheet, own: pd.DataFrame, x: alt.X, y: alt.Y, words: TrendWords, language: str) -> alt.Chart:
    rows = own[own["value"].notna()].copy()
    rows["interval"] = [
        f"{low:.1f} – {high:.1f}" if pd.notna(low) else "–" for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
    rows["note"] = rows["showing"].map({"grey": words.few_answers}).fillna("")
    tips = [
        alt.Tooltip(field="month", type="temporal", format=theme.month_format(language), title=words.month),
        alt.Tooltip(field="value", type="quantitative", format=".1f", title=words.value),
        alt.Tooltip(field="interval", type="nominal", title=words.interval),
        alt.Tooltip(field="n", type="quantitative", format=",d", title=words.answers),
    ]
    if (rows["note"] != "").any():
        tips.append(alt.Tooltip(field="note", type="nominal", title=" "))
    return sheet.on(rows).mark_point(filled=True, opacity=0, size=260).encode(x=x, y=y, tooltip=tips)


def _break_marks(
    sheet: Sheet, breaks: pd.DataFrame, months: list[date], x: alt.X, words: TrendWords, colours: Palette
) -> list[alt.Chart]:
    """A dashed rule half a month before the first month of the new method, with its word above."""
    rows = pd.DataFrame(
        {"month": pd.to_datetime(breaks["month"]) - pd.Timedelta(days=15), "text": words.method_changed}
    )
    middle = pd.Timestamp(months[len(months) // 2])
    rule = sheet.on(rows).mark_rule(color=colours.soft, strokeDash=[3, 3], strokeWidth=1).encode(x=x)
    texts = [
        sheet.on(part)
        .mark_text(align=align, baseline="bottom", dx=dx, dy=-3, fontSize=theme.LABEL_SIZE, color=colours.soft)
        .encode(x=x, y=alt.YValue(0), text=alt.Text(field="text", type="nominal"))
        for part, align, dx in ((rows[rows["month"] <= middle], "left", -4), (rows[rows["month"] > middle], "right", 4))
        if not part.empty
    ]
    return [rule, *texts]
