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
    panel_width: int = 300,
    panel_height: int = 92,
    dark: bool = False,
    language: str = "en",
) -> Drawing:
    """All panels over the same months and the same vertical range. Needs one panel with points at least."""
    frames = [_Frames.of(panel, measure) for panel in panels]
    months = series.months_of(*(frame.own for frame in frames))
    low, high, grid = _range(frames)
    sheet = Sheet()
    charts = [
        _panel(
            sheet,
            panel,
            frame,
            theme.month_axis(months, language, 3),
            (low, high, grid),
            dark,
            panel_width,
            panel_height,
        )
        for panel, frame in zip(panels, frames, strict=True)
    ]
    chart = alt.concat(*charts, columns=columns, padding=6, config=theme.config(dark))
    return Drawing(chart, sheet.frames)


def shared_range(panels: Sequence[Panel], measure: str = "share") -> tuple[float, float]:
    """The vertical range that small_multiples uses, for the page to say where the axis starts."""
    low, high, _ = _range([_Frames.of(panel, measure) for panel in panels])
    return low, high


@dataclass(frozen=True)
class _Frames:
    own: pd.DataFrame
    targets: pd.DataFrame | None
    rivals: pd.DataFrame | None

    @staticmethod
    def of(panel: Panel, measure: str) -> "_Frames":
        own = series.with_gaps(series.percent_points(panel.points, measure))
        targets, rivals = panel.targets, None
        if targets is not None:
            targets = targets.assign(month=pd.to_datetime(targets["month"]), value=targets["value"].astype(float))
            targets = targets if targets["value"].notna().any() else None
        if panel.rivals is not None and not panel.rivals.empty:
            rows = series.percent_points(panel.rivals, measure)
            rows["line"] = panel.rivals["name"].astype(str).to_numpy() + "/" + rows["line"]
            rivals = series.with_gaps(rows)
        return _Frames(own, targets, rivals)


def _range(frames: Sequence[_Frames]) -> tuple[float, float, list[float]]:
    """Around the lines, not around their bands: a band of a small month may leave the panel."""
    values = [
        part["value"] for frame in frames for part in (frame.own, frame.targets, frame.rivals) if part is not None
    ]
    low, high, grid = theme.nice_range(list(pd.concat(values)), LEAST_SPAN, floor=0.0)
    return low, high, grid[:: 2 if len(grid) > 4 else 1]


def _panel(
    sheet: Sheet,
    panel: Panel,
    frames: _Frames,
    x: alt.X,
    scale: tuple[float, float, list[float]],
    dark: bool,
    width: int,
    height: int,
) -> alt.LayerChart:
    colours = theme.palette(dark)
    y = theme.value_axis(*scale, theme.decimals_of(scale[2]))
    band = alt.Y(field="low", type="quantitative", axis=y["axis"], scale=y["scale"])
    detail = alt.Detail(field="line", type="nominal")
    layers = [
        sheet.on(series.sure(frames.own))
        .mark_area(color=colours.own, opacity=colours.band_opacity, clip=True)
        .encode(x=x, y=band, y2=alt.Y2(field="high"), detail=detail)
    ]
    if frames.rivals is not None:
        rival = sheet.on(frames.rivals).mark_line(color=colours.rival, strokeWidth=1)
        layers.append(rival.encode(x=x, y=y, detail=detail))
    if frames.targets is not None:
        target = sheet.on(frames.targets).mark_line(color=colours.target, strokeWidth=1, interpolate="step")
        layers.append(target.encode(x=x, y=y))
    if (frames.own["showing"] == "grey").any():
        weak = sheet.on(frames.own).mark_line(color=colours.own, strokeWidth=1, opacity=0.45)
        layers.append(weak.encode(x=x, y=y, detail=detail))
    line = sheet.on(series.sure(frames.own)).mark_line(color=colours.own, strokeWidth=2, strokeJoin="round")
    layers.append(line.encode(x=x, y=y, detail=detail))
    dots = _dots(sheet, frames.own, x, y, colours)
    return alt.layer(
        *layers,
        *dots,
        width=width,
        height=height,
        title=alt.TitleParams(
            text=panel.title,
            subtitle=[panel.note] if panel.note else [],
            fontSize=13,
            subtitleFontSize=11,
            subtitleColor=colours.status(panel.status),
            subtitlePadding=3,
            offset=6,
        ),
    )


def _dots(sheet: Sheet, own: pd.DataFrame, x: alt.X, y: alt.Y, colours: Palette) -> list[alt.Chart]:
    has_value = own["value"].notna()
    if not has_value.any():
        return []
    is_last = has_value & (own["month"] == own.loc[has_value, "month"].max())
    rows = own[is_last | series.alone(own)]
    grey = rows["showing"] == "grey"
    layers = []
    if (~grey).any():
        layers.append(
            sheet.on(rows[~grey]).mark_point(filled=True, opacity=1, size=30, color=colours.own).encode(x=x, y=y)
        )
    if grey.any():
        hollow = sheet.on(rows[grey]).mark_point(
            filled=True, opacity=1, size=30, fill=colours.background, stroke=colours.soft, strokeWidth=1.25
        )
        layers.append(hollow.encode(x=x, y=y))
    return layers
