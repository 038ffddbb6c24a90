"""Every month but the last is published, on the 8th of the next one; one was published anew after a late report."""

from datetime import date, datetime, time

import pandas as pd

from sqm.database.connection import Cursor
from sqm.database.demo.company.calendar import LAST, Calendar
from sqm.database.demo.company.cast import LATE_DISTRICT
from sqm.database.indicators import sealed
from sqm.database.indicators.sealed import Seal
from sqm.rules.matrix.revisions import compare
from sqm.rules.periods import add_months

WHO = "service_quality"
REVISED = LAST - 2  # the month that was published before the late district had reported
_PUBLISHED_ON, _REVISED_ON = 8, 19  # days of the following month
_SUMMED = ["numerator", "denominator", "n", "parts"]


def seal_past(cursor: Cursor, calendar: Calendar) -> list[tuple[Seal, dict[str, object]]]:
    """Keep the figures of all published months; returns each publication with the facts of its decision."""
    past, revised = calendar.months[:-1], calendar.months[REVISED]
    final = sealed.judge(cursor, past[0], past[-1])
    early = sealed.judge(cursor, revised, revised, amend=lambda sums: _without_late_report(sums, revised))
    was = final["month"] == pd.Timestamp(revised)
    change = compare(early, final[was])
    seals = [(_seal(month, 1, _PUBLISHED_ON, ""), _facts(1, "")) for month in past]
    note = f"late report of district {LATE_DISTRICT}"
    again = _seal(revised, 2, _REVISED_ON, note)
    seals.append((again, _facts(2, note, len(change.moved), len(change.flipped))))
    frames = [final[~was].assign(revision=1), early.assign(revision=1), final[was].assign(revision=2)]
    figures = sealed.table_of(cursor, pd.concat(frames, ignore_index=True))
    sealed.keep(cursor, [seal for seal, _ in seals], figures)
    return seals


def _seal(month: date, revision: int, day: int, note: str) -> Seal:
    return Seal(month, revision, datetime.combine(add_months(month, 1).replace(day=day), time(9)), WHO, note)


def _facts(revision: int, note: str, moved: int = 0, flipped: int = 0) -> dict[str, object]:
    return {"revision": revision, "note": note, "moved": moved, "flipped": flipped}


def _without_late_report(sums: pd.DataFrame, month: date) -> pd.DataFrame:
    """The monthly sums as they were before the district reported its operations: its rows are not there, and the
    company's rows, which add the districts up, lack them."""
    in_month = pd.to_datetime(sums["month"]) == pd.Timestamp(month)
    of_operations = sums["indicator_code"].str.contains("-O") & sums["weight_squares"].isna()
    late = in_month & of_operations & (sums["level"] == "district") & (sums["scope_code"] == LATE_DISTRICT)
    missing = sums[late].set_index("indicator_code")[_SUMMED].astype(float)
    kept = sums[~late].copy()
    company = (pd.to_datetime(kept["month"]) == pd.Timestamp(month)) & (kept["level"] == "company")
    short = company & kept["indicator_code"].isin(missing.index)
    kept[_SUMMED] = kept[_SUMMED].astype(float)
    kept.loc[short, _SUMMED] -= missing.loc[kept.loc[short, "indicator_code"]].to_numpy()
    return kept
