"""Days and months in the shapes people write them. What could be two different days is never guessed.

Every function takes the distinct texts of one column, because day/month order is a property of a column.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqm.intake.words.spelling import narrow

FIRST_DAY = date(2000, 1, 1)
_EXCEL_EPOCH = date(1899, 12, 30)
# SPSS counts seconds from 14 October 1582.
_SPSS_EPOCH = date(1582, 10, 14)
_NAMES = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name
}
_NAMES["sept"] = 9
_MONTH = "(?P<name>[A-Za-z]{3,9})\\.?"
_TIME = (
    r"(?:[T ]+(?:上午|下午)?\s*\d{1,2}\s*[:时点]\s*\d{1,2}\s*(?:[:分]\s*\d{1,2}(?:[.,]\d+)?秒?)?分?"
    r"\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_MOMENT = re.compile(r"([0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2})[ T][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?")
_WEEKDAY = re.compile(
    r"\s*[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?\s*|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE
)
_YMD = re.compile(r"(?P<y>\d{4})\s*[-/.年 _]\s*(?P<m>\d{1,2})\s*[-/.月 _]\s*(?P<d>\d{1,2})\s*[日号]?" + _TIME)
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[T ]?\d{4}(?:\d{2})?)?(?P<zone>Z)?")
_TRIPLE = re.compile(r"(?P<a>\d{1,2})\s*(?P<sep>[-/. ])\s*(?P<b>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4})" + _TIME)
_SHORT = re.compile(r"\d{1,2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?" + _TIME)
_DAY_NAME = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/. ]*" + _MONTH + r"[-/., ]*(?P<y>\d{4}|\d{2})" + _TIME)
_NAME_DAY = re.compile(_MONTH + r"[-/. ]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/., ]+(?P<y>\d{4}|\d{2})" + _TIME)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SPSS = re.compile(r"1[34]\d{9}(?:\.0*)?")
_YM = re.compile(r"(?P<y>\d{4})\s*(?P<sep>[-/.年 _])\s*(?P<m>\d{1,2})\s*(?:月份?)?")
_YM6 = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})")
_MY = re.compile(r"(?P<m>\d{1,2})\s*[-/._ ]\s*(?P<y>\d{4})")
_MONTH_YEAR = re.compile(_MONTH + r"[-/., ']*(?P<y>\d{4}|\d{2})")
_YEAR_MONTH = re.compile(r"(?P<y>\d{4}|\d{2})[-/., ]*" + _MONTH)
_HAN = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?"
)


@dataclass(frozen=True)
class Day:
    """day is None when code says why not. code may also be a remark on a day that was read (see REMARKS)."""

    day: date | None
    code: str = ""


REMARKS = frozenset({"date_serial", "date_order_inferred", "date_zone", "month_has_day"})
_INVALID = Day(None, "date_invalid")


def days(texts: Sequence[str]) -> list[Day]:
    """The day each text means."""
    parts = [_without_time(text) for text in texts]
    order, certain = _order(list(dict.fromkeys(parts)))
    known = {part: _day(part, order, certain) for part in dict.fromkeys(parts)}
    return [known[part] for part in parts]


def months(texts: Sequence[str]) -> list[Day]:
    """The first day of the month each text means."""
    order, certain = _order(texts)
    return [_month(text, order, certain) for text in texts]


def _without_time(text: str) -> str:
    """The day of a plain moment: a column of moments has many texts and few days."""
    match = _MOMENT.fullmatch(text)
    return match[1] if match else text


def order_word(texts: Sequence[str]) -> str:
    """How the 3/4/2011-like texts of a column are read."""
    return "month/day/year" if _order(texts)[0] == "mdy" else "day/month/year"


def in_range(found: Day, today: date) -> Day:
    """A day from 2000 on that is not in the future, else the reason why not."""
    if found.day is None:
        return found
    if found.day > today:
        return Day(None, "date_future")
    return Day(None, "date_too_old") if found.day < FIRST_DAY else found


def _order(texts: Sequence[str]) -> tuple[str, bool]:
    """Order of the columns' 3/4/2011-like texts: dmy, mdy, mixed or '' (open); and whether any text proves it."""
    day_first = month_first = False
    for text in texts:
        match = _TRIPLE.fullmatch(_plain(text))
        if match and match["a"] != match["b"]:
            day_first |= int(match["a"]) > 12
            month_first |= int(match["b"]) > 12
    if day_first and month_first:
        return "mixed", True
    return ("dmy" if day_first else "mdy" if month_first else ""), day_first or month_first


def _plain(text: str) -> str:
    plain = narrow(text)
    if "星期" in plain or "周" in plain or "礼拜" in plain or plain[:1].isalpha():
        plain = _WEEKDAY.sub(" ", plain).strip()
    match = _HAN_DATE.fullmatch(plain)
    if match:
        year = "".join(str(_HAN[character]) for character in match[1])
        tail = f"-{_han(match[3])}" if match[3] else ""
        return f"{year}-{_han(match[2])}{tail}"
    return plain


def _han(text: str) -> int:
    """一 .. 三十一 as a number."""
    if "十" not in text:
        return _HAN[text] if len(text) == 1 else 99
    tens, _, ones = text.partition("十")
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)


def _day(text: str, order: str, certain: bool) -> Day:
    plain = _plain(text)
    match = _YMD.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if match:
        return _made(match["y"], match["m"], match["d"], _zone_code(match["zone"]))
    match = _TRIPLE.fullmatch(plain)
    if match:
        return _ordered(match, order, certain)
    if _SHORT.fullmatch(plain) or re.fullmatch(r"\d{6}", plain):
        return Day(None, "date_two_digit_year" if not _YM6.fullmatch(plain) else "date_invalid")
    match = _DAY_NAME.fullmatch(plain) or _NAME_DAY.fullmatch(plain)
    if match and match["name"].casefold() in _NAMES:
        if len(match["y"]) == 2:
            return Day(None, "date_two_digit_year")
        return _made(match["y"], str(_NAMES[match["name"].casefold()]), match["d"], _zone_code(match["zone"]))
    if _SERIAL.fullmatch(plain) and 36526 <= float(plain) < 73051:
        return Day(_EXCEL_EPOCH + timedelta(days=int(float(plain))), "date_serial")
    if _SPSS.fullmatch(plain):
        return Day(_SPSS_EPOCH + timedelta(seconds=int(float(plain))), "date_serial")
    return _INVALID


def _zone_code(zone: str | None) -> str:
    """Our customers live at +08:00; another zone may mean another day, which is taken as written and said."""
    return "date_zone" if zone and zone.replace(":", "") != "+0800" else ""


def _ordered(match: re.Match[str], order: str, certain: bool) -> Day:
    """3/4/2011: only with proof from the column; with dots the day stands first everywhere."""
    a, b, remark = match["a"], match["b"], "date_order_inferred"
    if a == b or int(a) == int(b):
        return _made(match["y"], a, b, "")
    if order == "mixed":
        return Day(None, "date_mixed_order")
    if not certain and match["sep"] == ".":
        order = "dmy"
    if not order:
        return Day(None, "date_ambiguous")
    return _made(match["y"], b, a, remark) if order == "dmy" else _made(match["y"], a, b, remark)


def _made(year: str, month: str, day: str, code: str) -> Day:
    try:
        return Day(date(int(year), int(month), int(day)), code)
    except ValueError:
        return _INVALID


def _month(text: str, order: str, certain: bool) -> Day:
    plain = _plain(text)
    match = _YM.fullmatch(plain)
    if match:
        if match["sep"] == "." and match["m"] == "1":  # 2011.1 may be 2011.10 that lost its zero in a spreadsheet
            return Day(None, "date_ambiguous")
        return _made(match["y"], match["m"], "1", "")
    match = _YM6.fullmatch(plain) or _MY.fullmatch(plain)
    if match:
        return _made(match["y"], match["m"], "1", "")
    match = _MONTH_YEAR.fullmatch(plain) or _YEAR_MONTH.fullmatch(plain)
    if match and match["name"].casefold() in _NAMES:
        if len(match["y"]) == 2:
            return Day(None, "date_two_digit_year")
        return _made(match["y"], str(_NAMES[match["name"].casefold()]), "1", "")
    found = _day(text, order, certain)
    if found.day is None:
        return found
    code = found.code or ("month_has_day" if found.day.day != 1 else "")
    return Day(found.day.replace(day=1), code)
