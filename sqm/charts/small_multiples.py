"""Many small trends in one picture on one scale: the eye finds the odd one. Drawn once as SVG (svg.to_svg)."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from sqm.charts import series, theme
from sqm.charts.drawing import Drawing, Sheet
from sqm.charts.theme import Palette

LEAST_SPAN = 10.0


@dataclass(frozen=True)
class Panel:
    """One small chart. note: a short line under the name ('81.2 ± 0.9, target 85'), coloured by status.

    points: as in trend.TrendData.own; rivals likewise with a column name; targets: month, value in chart units.
    """

    title: str
    note: str
    status: str
    points: pd.DataFrame
    targets: pd.DataFrame | None = None
    rivals: pd.DataFrame | None = None


def small_multiples(
    panels: Sequence[Panel],
    *,
    measure: str = "share",
    columns: int = 3,
    panel_width: int = 320,
    panel_height: int = 96,
    dark: bool = False,
    language: str = "en",
) -> Drawing:
    """All panels over the same months and the same vertical range. Needs one panel with points at least.

    One frame and one set of layers for all panels: nine charts side by side take six times as long to draw.
    """
    colours, sheet = theme.palette(dark), Sheet()
    parts = [_rows(number, panel, measure, colours) for number, panel in enumerate(panels)]
    rows = pd.concat(parts, ignore_index=True)
    months = series.months_of(rows[rows["role"] == "own"])
    low, high, grid = _range(rows)
    x = theme.month_axis(months, language, 3)
    y = theme.value_axis(low, high, grid, theme.decimals_of(grid))
    facet = alt.Facet(
        field="panel",
        type="ordinal",
        header=alt.Header(labelExpr="''", labelPadding=0, labelFontSize=1, title=None),
        sort="ascending",
    )
    chart = (
        alt.layer(*_lines(x, y, colours), *_dots(x, y), *_words(colours), data=sheet.named(rows))
        .properties(width=panel_width, height=panel_height)
        .facet(facet=facet, columns=columns, spacing=alt.RowColnumber(row=30, column=30))
    )
    chart.padding, chart.config = 6, theme.config(dark)
    return Drawing(chart, sheet.frames)


def shared_range(panels: Sequence[Panel], measure: str = "share") -> tuple[float, float]:
    """The vertical range that small_multiples uses, for the page to say where the axis starts."""
    parts = [_rows(number, panel, measure, theme.LIGHT) for number, panel in enumerate(panels)]
    low, high, _ = _range(pd.concat(parts, ignore_index=True))
    return low, high


def _rows(number: int, panel: Panel, measure: str, colours: Palette) -> pd.DataFrame:
    """One panel as one frame. role: the layer that draws a row; sure: the value where enough people answered."""
    own = series.with_gaps(series.percent_points(panel.points, measure)).assign(role="own")
    solid = series.sure(own)
    own["sure"] = solid["value"]
    own[["low", "high"]] = solid[["low", "high"]]
    parts = [own, _dot_rows(own, colours)]
    if panel.rivals is not None and not panel.rivals.empty:
        rivals = series.percent_points(panel.rivals, measure)
        rivals["line"] = panel.rivals["name"].astype(str).to_numpy() + "/" + rivals["line"]
        parts.append(series.with_gaps(rivals).assign(role="rival"))
    if panel.targets is not None:
        months, values = pd.to_datetime(panel.targets["month"]), panel.targets["value"].astype(float)
        parts.append(pd.DataFrame({"month": months, "value": values, "role": "target"}))
    words = pd.DataFrame(
        {
            "role": ["title", "note"],
            "text": [panel.title, panel.note],
            "ink": [colours.text, colours.status(panel.status)],
        }
    )
    out = pd.concat([*parts, words], ignore_index=True).assign(panel=number)
    return out.reindex(
        columns=["panel", "role", "line", "month", "value", "sure", "low", "high", "text", "ink", "fill"]
    )


def _dot_rows(own: pd.DataFrame, colours: Palette) -> pd.DataFrame:
    """The last point, and points that no line reaches; hollow and grey when they rest on too few answers."""
    has_value = own["value"].notna()
    is_last = has_value & (own["month"] == own.loc[has_value, "month"].max())
    dots: pd.DataFrame = own[is_last | series.alone(own)].assign(role="dot")
    grey = dots["showing"] == "grey"
    dots["ink"] = grey.map({True: colours.soft, False: colours.own})
    dots["fill"] = grey.map({True: colours.background, False: colours.own})
    return dots


def _range(rows: pd.DataFrame) -> tuple[float, float, list[float]]:
    """Around the lines, not around their bands: a band of a small month may leave the panel."""
    low, high, grid = theme.nice_range(list(rows["value"].dropna()), LEAST_SPAN, floor=0.0)
    return low, high, grid[:: 2 if len(grid) > 4 else 1]


def _of(role: str) -> alt.Chart:
    return alt.Chart().transform_filter(alt.FieldEqualPredicate(field="role", equal=role))


def _lines(x: alt.X, y: alt.Y, colours: Palette) -> list[alt.Chart]:
    detail = alt.Detail(field="line", type="nominal")

    def on(field: str) -> alt.Y:
        return alt.Y(field=field, type="quantitative", axis=y["axis"], scale=y["scale"])

    band = _of("own").mark_area(color=colours.own, opacity=colours.band_opacity, clip=True)
    weak = _of("own").mark_line(color=colours.own, strokeWidth=1, opacity=0.45)
    strong = _of("own").mark_line(color=colours.own, strokeWidth=2, strokeJoin="round")
    rival = _of("rival").mark_line(color=colours.rival, strokeWidth=1)
    target = _of("target").mark_line(color=colours.target, strokeWidth=1, interpolate="step")
    return [
        band.encode(x=x, y=on("low"), y2=alt.Y2(field="high"), detail=detail),
        rival.encode(x=x, y=y, detail=detail),
        target.encode(x=x, y=y),
        weak.encode(x=x, y=y, detail=detail),
        strong.encode(x=x, y=on("sure"), detail=detail),
    ]


def _dots(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    dot = _of("dot").mark_point(filled=True, opacity=1, size=30, strokeWidth=1.25)
    fill = alt.Fill(field="fill", type="nominal", scale=None, legend=None)
    return [dot.encode(x=x, y=y, fill=fill, stroke=alt.Stroke(field="ink", type="nominal", scale=None, legend=None))]


def _words(colours: Palette) -> list[alt.Chart]:
    """Name and note over the plot. Drawn as marks, because facet headers cannot take a colour each."""
    ink = alt.Color(field="ink", type="nominal", scale=None, legend=None)
    return [
        _of(role)
        .mark_text(align="left", baseline="bottom", fontSize=size, fontWeight=weight)
        .encode(x=alt.XValue(0), y=alt.YValue(top), text=alt.Text(field="text", type="nominal"), color=ink)
        for role, size, weight, top in (("title", 13, 600, -22), ("note", 11, 400, -7))
    ]
