"""The company and every district judged at once: what is kept of a month when it is published.

The same rules as matrix.judge_month on each place, in one pass.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from sqm.rules.matrix.matrix import SUM_COLUMNS, improvement, with_decimals, with_shortfall, without_thin_figures
from sqm.rules.matrix.series import DEFINING, attach_targets
from sqm.rules.periods import add_months, month_range
from sqm.rules.targets import judge_frame
from sqm.rules.values import value_frame

PLACE = ["level", "scope_code"]
_KEY = ["month", *PLACE, "indicator_code"]


def judge_everywhere(
    indicators: pd.DataFrame,
    sums: pd.DataFrame,
    targets: pd.DataFrame,
    first: date,
    last: date,
    districts: Sequence[str],
) -> pd.DataFrame:
    """One row per month from first to last, place (the company, then each district) and indicator valid in the month.

    sums: rows of level company and district from the month before ``first`` on, with level, scope_code and n_eff. The
    judged columns are those of matrix.judge_month; of an indicator those of series.DEFINING; month is datetime64.
    """
    rows = _asked(indicators, month_range(add_months(first, -1), last), districts)
    parts = sums.assign(month=pd.to_datetime(sums["month"]))[[*_KEY, *SUM_COLUMNS, "n_eff"]]
    rows = rows.merge(parts, on=_KEY, how="left", validate="one_to_one")
    rows["parts"] = rows["parts"].fillna(0)
    rows = rows.astype(dict.fromkeys([*SUM_COLUMNS, "n_eff"], float))
    own = rows["scope_code"].where(rows["level"] == "district", "\0")
    rows = attach_targets(rows, targets, [("district", own), ("company", "")])
    computed = value_frame(rows)
    rows = pd.concat([rows.drop(columns=["n", "n_eff"]), computed], axis=1)
    rows = pd.concat([rows, judge_frame(rows)], axis=1)
    rows = with_decimals(with_shortfall(without_thin_figures(rows)))
    return _with_previous(rows, first)


def _asked(indicators: pd.DataFrame, months: Sequence[date], districts: Sequence[str]) -> pd.DataFrame:
    places = pd.DataFrame([("company", ""), *(("district", code) for code in districts)], columns=PLACE)
    when = pd.DataFrame({"month": pd.to_datetime(pd.Series(months))})
    rows = when.merge(places, how="cross").merge(
        indicators[DEFINING].sort_values("position", kind="stable"), how="cross"
    )
    starts, ends = pd.to_datetime(rows["valid_from"]), pd.to_datetime(rows["valid_to"])
    is_valid = (starts < rows["month"] + pd.offsets.MonthBegin(1)) & (ends.isna() | (ends >= rows["month"]))
    return rows[is_valid].drop(columns=["valid_from", "valid_to"]).reset_index(drop=True)


def _with_previous(rows: pd.DataFrame, first: date) -> pd.DataFrame:
    """previous_value, previous_status ('' if not valid the month before), change, improvement."""
    before = rows[[*_KEY, "value", "status"]].rename(columns={"value": "previous_value", "status": "previous_status"})
    before["month"] = before["month"] + pd.offsets.MonthBegin(1)
    now = rows[rows["month"] >= pd.Timestamp(first)].merge(before, on=_KEY, how="left")
    now["previous_status"] = now["previous_status"].fillna("").astype(str)
    now["previous_value"] = now["previous_value"].astype(float)
    now["change"] = now["value"] - now["previous_value"]
    now["improvement"] = improvement(now)
    return now
