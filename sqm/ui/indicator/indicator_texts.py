"""Words and numbers of one judged indicator row (rules/matrix/series.py), the same in every table and on every page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from sqm.rules.sampling import Reliability
from sqm.rules.surveys.trends import Movement, Word
from sqm.rules.targets import Certainty, Status
from sqm.ui import formats
from sqm.ui.formats import MISSING
from sqm.ui.words import N_, _, n_

Row = Mapping[Any, Any] | pd.Series

_CERTAINTY = {
    Certainty.MET_CERTAIN: N_("certain: the whole interval meets the target"),
    Certainty.MET_UNCERTAIN: N_("uncertain: the interval reaches across the target"),
    Certainty.MISSED_UNCERTAIN: N_("uncertain: the interval reaches across the target"),
    Certainty.MISSED_CERTAIN: N_("certain: the whole interval misses the target"),
    Certainty.NO_INTERVAL: N_("no interval: not from a sample whose size is known"),
    Certainty.NO_DATA: N_("no data"),
    Certainty.NO_TARGET: N_("no target"),
}
_RELIABILITY = {
    Reliability.RELIABLE: N_("reliable"),
    Reliability.INDICATIVE: N_("indicative"),
    Reliability.INSUFFICIENT: N_("too few answers"),
}
_STAGES = {"prevent": N_("prevention"), "control": N_("process control"), "result": N_("result")}
_SIGNS = {"higher": "≥", "lower": "≤"}
_REASONS = {
    "not_reported": N_("not reported"),
    "too_few": N_("too few answers to judge"),
    "hidden": N_("not shown: fewer than 5 answers, here or where subtraction would tell them"),
}


def value(row: Row) -> str:
    """With its unit, and with as many decimals as it takes to see on which side of its target it stands."""
    return formats.indicator_value(known(row["value"]), str(row["unit"]), int(row["decimals_shown"]))


def amount(number: float | None, unit: str, decimals: int) -> str:
    """Any number in an indicator's unit."""
    return formats.indicator_value(known(number), unit, decimals)


def target(row: Row) -> str:
    """≥ 70.0 % · ≤ 12 · 68.0 to 72.0 %"""
    unit, decimals = str(row["unit"]), int(row["decimals"])
    low, high = known(row["target_low"]), known(row["target_high"])
    if row["direction"] == "range" and low is not None and high is not None:
        first = formats.indicator_value(low, unit, decimals, with_unit=False)
        return f"{first} – {formats.indicator_value(high, unit, decimals)}"
    bound = high if row["direction"] == "lower" else low
    return MISSING if bound is None else f"{_SIGNS[str(row['direction'])]} {amount(bound, unit, decimals)}"


def since(row: Row) -> str:
    """since Jan 2026; empty without a target."""
    start = row["target_from"]
    return "" if start is None or pd.isna(start) else _("since {month}", month=formats.month(start))


def change(row: Row) -> str:
    """Against the month before, signed as it is (not as it is judged)."""
    difference = known(row["change"])
    if difference is None:
        return MISSING
    if row["unit"] in ("%", "pp"):
        return formats.points(difference)
    return formats.number(difference, max(int(row["decimals"]), 0), signed=True)


def interval(row: Row) -> str:
    """79.1 – 82.0; empty where there is none."""
    low, high = known(row["low"]), known(row["high"])
    if low is None or high is None or known(row["value"]) is None:
        return ""
    unit, decimals = str(row["unit"]), max(int(row["decimals"]), 1 if row["unit"] == "%" else 0)
    first = formats.indicator_value(low, unit, decimals, with_unit=False)
    return f"{first} – {formats.indicator_value(high, unit, decimals, with_unit=False)}"


def sample(row: Row) -> str:
    """n = 3,280; empty where nobody was counted."""
    n = known(row["n"])
    return "" if n is None else formats.sample(n)


def status(row: Row) -> Status:
    return Status(str(row["status"]))


def why_not(row: Row) -> str:
    """Why there is no judgement: not reported, too few answers; empty when there is one."""
    return _(_REASONS[str(row["reason"])]) if row["reason"] in _REASONS else ""


def certainty(row: Row) -> str:
    return _(_CERTAINTY[Certainty(str(row["certainty"]))])


def reliability(row: Row) -> str:
    return _(_RELIABILITY[Reliability(str(row["reliability"]))]) if row["reliability"] else ""


def stage(code: str) -> str:
    """Where in the control loop an indicator stands."""
    return _(_STAGES[code]) if code in _STAGES else code


def role(appraised: bool) -> str:
    """Operations indicators come from departments' own systems and count for no appraisal."""
    return _("appraised") if appraised else _("observed, not appraised")


def streak(months: int) -> str:
    """missed for the 3rd month; empty for a first miss."""
    return "" if months < 2 else n_("missed for {n} month", "missed for {n} months in a row", months)


def difference(move: Movement, measure: str = "share") -> str:
    """+0.9 pp for shares, +0.9 points for means on 0-100."""
    if move.difference is None or measure == "share":
        return formats.points(move.difference)
    return _("{number} points", number=formats.number(move.difference, 1, signed=True))


def movement(move: Movement, since_month: date, measure: str = "share") -> str:
    """What may be said about two months of a survey: +0.9 pp since Sep 2026: not distinguishable from chance."""
    month, points = formats.month(since_month), difference(move, measure)
    match move.word:
        case Word.UP:
            return _("{points} since {month}: a rise", points=points, month=month)
        case Word.DOWN:
            return _("{points} since {month}: a fall", points=points, month=month)
        case Word.NOT_DISTINGUISHABLE:
            return _("{points} since {month}: not distinguishable from chance", points=points, month=month)
        case Word.NOT_COMPARABLE:
            return _("not comparable with {month}: the method changed", month=month)
        case Word.NO_DATA:
            return _("nothing to compare in {month}", month=month)


def movement_in_a_year(move: Movement, measure: str = "share") -> str:
    """The same against twelve months before, short."""
    points = difference(move, measure)
    match move.word:
        case Word.UP:
            return _("{points} in a year, a rise", points=points)
        case Word.DOWN:
            return _("{points} in a year, a fall", points=points)
        case Word.NOT_DISTINGUISHABLE:
            return _("{points} in a year, within chance", points=points)
        case Word.NOT_COMPARABLE:
            return _("method changed within a year")
        case Word.NO_DATA:
            return _("no month to compare a year ago")


def movement_short(move: Movement, measure: str = "share") -> str:
    """For a table whose column says against what."""
    points = difference(move, measure)
    match move.word:
        case Word.UP:
            return _("{points}, a rise", points=points)
        case Word.DOWN:
            return _("{points}, a fall", points=points)
        case Word.NOT_DISTINGUISHABLE:
            return _("{points}, within chance", points=points)
        case Word.NOT_COMPARABLE:
            return _("method changed")
        case Word.NO_DATA:
            return formats.MISSING


def known(raw: object) -> float | None:
    """A number of a record, None where it has none."""
    if raw is None or pd.isna(raw):  # type: ignore[call-overload]
        return None
    return float(raw)  # type: ignore[arg-type]
