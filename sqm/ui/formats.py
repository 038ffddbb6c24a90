"""How numbers and months are written, the same everywhere. Shares come in as 0-1 and go out in per cent."""

import math
from datetime import date, datetime

from sqm.ui.words import Language, _, language

MISSING = "–"
_TIED = "\u00a0"  # a number and its unit stay on one line
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or value != value


def number(value: float | None, decimals: int = 0, signed: bool = False) -> str:
    """1,234.5 with a true minus sign; – for a missing value. Half is rounded away from zero, as a report does."""
    if value is None or _is_missing(value):
        return MISSING
    scale = 10**decimals
    rounded = math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)
    text = f"{abs(rounded):,.{decimals}f}"
    if rounded < 0:
        return f"−{text}"
    return f"+{text}" if signed and rounded > 0 else text


def count(value: int | float | None) -> str:
    """A whole number with thousands separators."""
    return number(None if value is None else float(value), 0)


def share(value: float | None, decimals: int = 1) -> str:
    """0.812 -> 81.2 %"""
    return MISSING if value is None or _is_missing(value) else f"{number(value * 100, decimals)}{_TIED}%"


def share_interval(value: float | None, low: float | None, high: float | None, decimals: int = 1) -> str:
    """0.812, 0.803, 0.821 -> 81.2 ± 0.9 %. An interval that is not symmetric shows half of its width."""
    if value is None or low is None or high is None or any(_is_missing(part) for part in (value, low, high)):
        return share(value, decimals)
    return f"{number(value * 100, decimals)}{_TIED}±{_TIED}{number((high - low) * 50, decimals)}{_TIED}%"


def points(value: float | None, decimals: int = 1) -> str:
    """A difference of two shares (0-1), in percentage points: +0.4 pp / +0.4 个百分点."""
    if value is None or _is_missing(value):
        return MISSING
    return _("{points} pp", points=number(value * 100, decimals, signed=True))


def unit(code: str) -> str:
    """The word after a number, from indicators.unit; empty for a bare score or count."""
    match code:
        case "%":
            return "%"
        case "per_10k":
            return _("per 10,000")
        case "per_million":
            return _("per million")
        case "day":
            return _("days")
        case "hour":
            return _("hours")
        case "min":
            return _("min")
        case "sec":
            return _("s")
        case "pp":
            return _("pp")
        case _other:
            return ""


def indicator_value(value: float | None, unit_code: str, decimals: int, with_unit: bool = True) -> str:
    """A value of an indicator as the matrix shows it. Shares and pp are stored 0-1."""
    if value is None or _is_missing(value):
        return MISSING
    shown = value * 100 if unit_code in ("%", "pp") else value
    word = unit(unit_code) if with_unit else ""
    return f"{number(shown, decimals)}{_TIED}{word}" if word else number(shown, decimals)


def sample(n: int | float | None) -> str:
    """n = 3,280"""
    return f"n = {count(n)}"


def month(value: date | None) -> str:
    """Sep 2026 / 2026年9月"""
    if value is None or _is_missing(value):
        return MISSING
    if language() is Language.ZH:
        return f"{value.year}年{value.month}月"
    return f"{_MONTHS[value.month - 1]} {value.year}"


def months(first: date | None, last: date | None) -> str:
    """Sep 2025 – Sep 2026 / 2025年9月至2026年9月; one month stands alone."""
    if first is None or last is None:
        return MISSING
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    joint = "至" if language() is Language.ZH else " – "
    return f"{month(first)}{joint}{month(last)}"


def day(value: date | None) -> str:
    """8 Oct 2026 / 2026年10月8日"""
    if value is None or _is_missing(value):
        return MISSING
    if language() is Language.ZH:
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None) -> str:
    """A point in time (UTC), to the minute: 2026-10-08 09:30."""
    return MISSING if value is None or _is_missing(value) else value.strftime("%Y-%m-%d %H:%M")


def size(n_bytes: int) -> str:
    """A size of a file, as file managers count: 812 B, 14 kB, 3.2 MB, 200 MB."""
    if n_bytes < 1024:
        return f"{n_bytes} B"
    if n_bytes < 1024**2:
        return f"{n_bytes / 1024:.0f} kB"
    return f"{number(n_bytes / 1024**2, 1).removesuffix('.0')} MB"
