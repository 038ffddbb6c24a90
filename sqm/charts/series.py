"""Frames made ready for drawing: shares become percent, months are complete."""

from datetime import date

import pandas as pd


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


def months_of(*frames: pd.DataFrame | None) -> list[date]:
    """Every month from the first to the last in any frame, as dates."""
    stamps = pd.concat([pd.to_datetime(frame["month"]) for frame in frames if frame is not None and not frame.empty])
    return [stamp.date() for stamp in pd.date_range(stamps.min(), stamps.max(), freq="MS")]
