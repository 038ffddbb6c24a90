"""What the last months would have been under new targets: asked before they are stored."""

from datetime import date

import pandas as pd

from sqm.rules.periods import add_months
from sqm.rules.targets import Status, judge_frame

LOOK_BACK = 12
"""Months, the newest with any value included."""


def first_month(newest: date) -> date:
    """Where the look back begins."""
    return add_months(newest, 1 - LOOK_BACK)


def missed_under(history: pd.DataFrame, proposed: pd.DataFrame) -> pd.DataFrame:
    """How many of the months behind us each new target would have called missed, and how many were.

    history: rows of series.judge_months of one place (indicator_code, value, direction, status, reason). A value that
    rests on too few answers does not count. proposed: indicator_code, low, high, tolerance; a row for each target.
    Out, on the index of proposed: months (with a value that counts), missed, missed_before (under the targets of then).
    """
    counted = history[(history["reason"] == "") & history["value"].notna()]
    pairs = proposed.assign(row=proposed.index)[["row", "indicator_code", "low", "high", "tolerance"]].rename(
        columns={"low": "target_low", "high": "target_high"}
    )
    pairs = pairs.merge(counted[["indicator_code", "value", "direction", "status"]], on="indicator_code")
    then = judge_frame(pairs)["status"]
    found = pd.DataFrame(
        {
            "row": pairs["row"],
            "months": 1,
            "missed": (then == Status.MISSED).astype(int),
            "missed_before": (pairs["status"] == Status.MISSED).astype(int),
        }
    )
    sums = found.groupby("row")[["months", "missed", "missed_before"]].sum()
    return sums.reindex(proposed.index, fill_value=0).astype(int)
