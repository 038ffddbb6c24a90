"""Frames made ready for drawing: gaps stay gaps, shares become percent, labels find their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from sqm.charts.drawing import Sheet
from sqm.charts.theme import LABEL_SIZE, Palette, apart, text_width


@dataclass(frozen=True)
class EndLabel:
    """A word at the end of a line; value is where the line ends, in chart units."""

    text: str
    value: float
    colour: str
    is_strong: bool = False


def percent_points(points: pd.DataFrame, measure: str) -> pd.DataFrame:
    """month, line, value, low, high, n, showing from trend points; measure is share (made percent) or mean (0-100).

    line names survey and method: a line is never drawn across a change of method.
    """
    low, high, factor = ("low", "high", 100.0) if measure == "share" else ("mean_low", "mean_high", 1.0)
    return pd.DataFrame(
        {
            "month": pd.to_datetime(points["month"]),
            "line": points["survey_code"].astype(str) + "/" + points["method_code"].astype(str),
            "value": points[measure].astype(float) * factor,
            "low": points[low].astype(float) * factor,
            "high": points[high].astype(float) * factor,
            "n": points["n"].astype(float),
            "showing": points["showing"].astype(str),
        }
    )


def with_gaps(frame: pd.DataFrame, line: str = "line") -> pd.DataFrame:
    """A row without values for every month that a line lacks between its first and last, so that the line breaks."""
    if frame.empty:
        return frame
    parts = []
    for name, part in frame.groupby(line, sort=False):
        months = pd.date_range(part["month"].min(), part["month"].max(), freq="MS", name="month")
        filled = part.set_index("month").reindex(months).reset_index()
        filled[line] = name
        parts.append(filled)
    return pd.concat(parts, ignore_index=True)


def sure(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without the figures of months that rest on too few answers: no strong line leads through them."""
    out = frame.copy()
    out.loc[out["showing"] == "grey", ["value", "low", "high"]] = float("nan")
    return out


def alone(frame: pd.DataFrame, line: str = "line") -> "pd.Series[bool]":
    """Points without a neighbour month on their line: a line cannot show them, so they need a dot."""
    has_value = frame["value"].notna()
    before = has_value.groupby(frame[line]).shift(fill_value=False)
    after = has_value.groupby(frame[line]).shift(-1, fill_value=False)
    return has_value & ~before & ~after


def months_of(*frames: pd.DataFrame | None) -> list[date]:
    """Every month from the first to the last in any frame, as dates."""
    stamps = pd.concat([pd.to_datetime(frame["month"]) for frame in frames if frame is not None and not frame.empty])
    return [stamp.date() for stamp in pd.date_range(stamps.min(), stamps.max(), freq="MS")]


def end_labels(
    sheet: Sheet, labels: Sequence[EndLabel], month: date, low: float, high: float, height: int, colours: Palette
) -> alt.LayerChart | None:
    """The labels right of the plot at ``month``, moved apart where they would overlap. Give room by label_room."""
    if not labels:
        return None
    gap = (high - low) * (LABEL_SIZE + 3) / height
    places = apart({str(place): each.value for place, each in enumerate(labels)}, gap)
    rows = pd.DataFrame(
        {
            "month": pd.Timestamp(month),
            "value": [places[str(place)] for place in range(len(labels))],
            "text": [each.text for each in labels],
            "colour": [each.colour for each in labels],
            "strong": [each.is_strong for each in labels],
        }
    )
    layers = [
        _texts(sheet, rows[rows["strong"] == strong], strong)
        for strong in (False, True)
        if (rows["strong"] == strong).any()
    ]
    return alt.layer(*layers)


def label_room(labels: Sequence[EndLabel], width: int | str) -> int:
    """Pixels to keep free at the right of the plot; a chart that fits its place makes room for its marks by itself."""
    if width == "container":
        return 8
    return round(max((text_width(each.text) for each in labels), default=0.0)) + 14 if labels else 8


def _texts(sheet: Sheet, rows: pd.DataFrame, strong: bool) -> alt.Chart:
    return (
        sheet.on(rows)
        .mark_text(
            align="left", baseline="middle", dx=8, fontSize=LABEL_SIZE, fontWeight=600 if strong else 400, clip=False
        )
        .encode(
            x=alt.X(field="month", type="temporal"),
            y=alt.Y(field="value", type="quantitative"),
            text=alt.Text(field="text", type="nominal"),
            color=alt.Color(field="colour", type="nominal", scale=None, legend=None),
        )
    )
