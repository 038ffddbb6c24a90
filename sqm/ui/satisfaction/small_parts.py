"""Points of a brand, channel or district that may not be shown, because they or a part beside them are too few."""

from dataclasses import replace

import numpy as np
import pandas as pd

from sqm.database.surveys import surveys
from sqm.database.surveys.surveys import Slice
from sqm.rules.access import EVERYTHING
from sqm.rules.sampling import Showing
from sqm.rules.surveys import small_places
from sqm.rules.surveys.trends import FIGURES
from sqm.ui.doors.data import database

_KEYS = ["survey_code", "method_code", "item_code", "operator_code", "month"]
_CHOSEN = "\x00chosen"  # several parts that are shown as one


def hide(points: pd.DataFrame, chosen: Slice, by: str) -> pd.DataFrame:
    """The points without the figures that subtraction would need. by: the breakdown, '' for none.

    Counted over all districts, whoever looks.
    """
    for name, wanted in (("brand", chosen.brands), ("channel", chosen.channels), ("district", chosen.districts)):
        if (by == name or wanted) and len(points):
            points = _hide(points, chosen, name, wanted, by == name)
    return points


def _hide(points: pd.DataFrame, chosen: Slice, name: str, wanted: tuple[str, ...], is_split: bool) -> pd.DataFrame:
    column = f"{name}_code"
    whole = _whole(chosen, name)
    counts = surveys.segment_sums(database(), EVERYTHING, whole)
    union = wanted if len(wanted) > 1 and not is_split else ()
    part = counts[column].where(~counts[column].isin(union), _CHOSEN)
    found = small_places.veiled(counts.assign(**{column: part}), _KEYS, column)
    if not found:
        return points
    shown = points[column].astype(str) if is_split else pd.Series(_CHOSEN if union else wanted[0], points.index)
    keys = zip(*(points[key] for key in _KEYS), shown, strict=True)
    hidden = np.fromiter((key in found for key in keys), bool, len(points))
    out = points.copy()
    out.loc[hidden, "showing"] = Showing.HIDDEN.value
    out.loc[hidden, FIGURES] = np.nan
    return out


def _whole(chosen: Slice, name: str) -> Slice:
    """The slice with all parts of one kind, kept apart."""
    free = replace(chosen, by_brand=name == "brand", by_channel=name == "channel", by_district=name == "district")
    if name == "brand":
        return replace(free, brands=())
    return replace(free, channels=()) if name == "channel" else replace(free, districts=())
