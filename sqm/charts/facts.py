"""What a chart says, as plain data, for the page to word: every chart needs a text for those who cannot see it."""

from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class LineFacts:
    """Ends and extremes of a line, in the unit of the frame; target: the one in force in the last month, or None.

    months: with a value; missing: without one between first and last.
    """

    first_month: date
    first: float
    last_month: date
    last: float
    lowest_month: date
    lowest: float
    highest_month: date
    highest: float
    months: int
    missing: int
    target: float | None


@dataclass(frozen=True)
class HistoryFacts:
    """line: as above. counts: months per status. missed_in_a_row: months missed up to and including the last one."""

    line: LineFacts
    status: str
    counts: dict[str, int]
    missed_in_a_row: int


def line_facts(points: pd.DataFrame, value: str = "share", targets: pd.DataFrame | None = None) -> LineFacts | None:
    """points: month and the column ``value``; targets: month, value. None when there is nothing to tell."""
    known = points[points[value].notna()].sort_values("month")
    if known.empty:
        return None
    months, values = pd.to_datetime(known["month"]), known[value].astype(float)
    first, last = months.iloc[0], months.iloc[-1]
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    lowest, highest = int(values.to_numpy().argmin()), int(values.to_numpy().argmax())
    return LineFacts(
        first_month=first.date(),
        first=float(values.iloc[0]),
        last_month=last.date(),
        last=float(values.iloc[-1]),
        lowest_month=months.iloc[lowest].date(),
        lowest=float(values.iloc[lowest]),
        highest_month=months.iloc[highest].date(),
        highest=float(values.iloc[highest]),
        months=int(months.nunique()),
        missing=span - int(months.nunique()),
        target=_target_at(targets, last),
    )


def history_facts(rows: pd.DataFrame) -> HistoryFacts | None:
    """rows: month, value, status, target_low, target_high, one a month."""
    rows = rows.sort_values("month")
    bound = rows["target_low"].where(rows["target_low"].notna(), rows["target_high"])
    line = line_facts(rows, "value", pd.DataFrame({"month": rows["month"], "value": bound}))
    if line is None:
        return None
    statuses = [str(status) for status in rows["status"]]
    in_a_row = 0
    for status in reversed(statuses):
        if status != "missed":
            break
        in_a_row += 1
    counts = {str(status): int(count) for status, count in rows["status"].value_counts().items()}
    return HistoryFacts(line, statuses[-1], counts, in_a_row)


def _target_at(targets: pd.DataFrame | None, month: pd.Timestamp) -> float | None:
    if targets is None:
        return None
    until = targets[(pd.to_datetime(targets["month"]) <= month) & targets["value"].notna()].sort_values("month")
    return None if until.empty else float(until["value"].iloc[-1])
