"""Watermelons: processes that are green outside (operations) and red inside (what customers say), and the reverse.

A side is red as its cell in the matrix is: one indicator missed is enough. It is green when none of its judged
indicators is missed; near counts as green. A side without a judged indicator is neither.
"""

from datetime import date
from enum import StrEnum

import pandas as pd

from sqm.rules.targets import JUDGED

OUTSIDE = "operations"
INSIDE = ("perception", "complaints")


class Mismatch(StrEnum):
    GREEN_OUTSIDE = "green_outside"
    RED_OUTSIDE = "red_outside"


def monthly_cells(judged: pd.DataFrame) -> pd.DataFrame:
    """month, process_code, dimension_code, met, near, missed, counted of every month; cells without a judged indicator
    are left out. judged: rows of series.judge_months. Months ascend, processes keep their order in the matrix."""
    keys = ["month", "process_code", "dimension_code"]
    rows = judged[judged["status"].isin(list(JUDGED))]
    counts = rows.groupby([*keys, "status"], sort=False).size().unstack("status", fill_value=0)
    counts = counts.reindex(columns=[status.value for status in JUDGED], fill_value=0).rename_axis(columns=None)
    cells = counts.assign(counted=counts.sum(axis=1)).reset_index()
    return cells.sort_values("month", kind="stable", ignore_index=True)


def mismatches(cells: pd.DataFrame, month: date) -> pd.DataFrame:
    """One row per process that is a watermelon in the month, green outside first, then by share missed inside.

    cells: of monthly_cells, several months. Columns: process_code, code, months_in_a_row (up to and including the
    month, of the same code), and met, near, missed, counted of each side as operations_met, perception_missed ...
    (0 where a side has no judged indicator).
    """
    sides = _sides(cells[cells["month"] <= pd.Timestamp(month)])
    sides["code"] = _codes(sides)
    now = sides[(sides["month"] == pd.Timestamp(month)) & (sides["code"] != "")].copy()
    now["months_in_a_row"] = [
        _in_a_row(sides[sides["process_code"] == process], month, code)
        for process, code in zip(now["process_code"], now["code"], strict=True)
    ]
    inside = sum(now[f"{side}_counted"] for side in INSIDE)
    missed = now[[f"{side}_missed" for side in INSIDE]].sum(axis=1)
    missed_outside = now[f"{OUTSIDE}_missed"] / now[f"{OUTSIDE}_counted"]
    size = (missed / inside).where(now["code"] == Mismatch.GREEN_OUTSIDE, missed_outside)
    now = now.assign(is_reverse=now["code"] == Mismatch.RED_OUTSIDE, size=-size.astype(float))
    now = now.sort_values(["is_reverse", "size"], kind="stable").drop(columns=["is_reverse", "size", "month"])
    return now.reset_index(drop=True)


def hidden(judged: pd.DataFrame, month: date) -> tuple[str, ...]:
    """Codes of the processes that are green outside and red inside, the worst inside first. judged: of one month."""
    cells = monthly_cells(judged.assign(month=pd.Timestamp(month)))
    if cells.empty:
        return ()
    found = mismatches(cells, month)
    return tuple(found.loc[found["code"] == Mismatch.GREEN_OUTSIDE, "process_code"].astype(str))


def _sides(cells: pd.DataFrame) -> pd.DataFrame:
    """One row per month and process, the counts of the three dimensions side by side."""
    out = cells[["month", "process_code"]].drop_duplicates(ignore_index=True)
    for side in (OUTSIDE, *INSIDE):
        part = cells[cells["dimension_code"] == side].drop(columns="dimension_code")
        names = {name: f"{side}_{name}" for name in (*[status.value for status in JUDGED], "counted")}
        out = out.merge(part.rename(columns=names), on=["month", "process_code"], how="left")
    counts = list(out.columns.drop(["month", "process_code"]))
    out[counts] = out[counts].astype(float).fillna(0.0).astype(int)
    return out


def _codes(sides: pd.DataFrame) -> "pd.Series[str]":
    inside_missed = sides[[f"{side}_missed" for side in INSIDE]].sum(axis=1)
    inside_counted = sides[[f"{side}_counted" for side in INSIDE]].sum(axis=1)
    outside_missed, outside_counted = sides[f"{OUTSIDE}_missed"], sides[f"{OUTSIDE}_counted"]
    is_green_outside = (outside_counted > 0) & (outside_missed == 0) & (inside_missed > 0)
    is_red_outside = (outside_missed > 0) & (inside_counted > 0) & (inside_missed == 0)
    codes = pd.Series("", index=sides.index, dtype=object)
    codes[is_green_outside] = Mismatch.GREEN_OUTSIDE.value
    codes[is_red_outside] = Mismatch.RED_OUTSIDE.value
    return codes


def _in_a_row(rows: pd.DataFrame, month: date, code: str) -> int:
    """Months without a gap, counted back from the month."""
    by_month = dict(zip(rows["month"], rows["code"], strict=True))
    count, at = 0, pd.Timestamp(month)
    while by_month.get(at) == code:
        count, at = count + 1, at - pd.offsets.MonthBegin(1)
    return count
