"""Numbers as people and spreadsheets write them. A text that could be two numbers is never guessed."""

import re
from dataclasses import dataclass
from decimal import Decimal

from sqm.intake.words.spelling import narrow

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_COMMA_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_ONE_COMMA_GROUP = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}")
_SPACE_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:[ '’][0-9]{3})+(?:[.,][0-9]+)?")
_DOT_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_ERROR = re.compile(
    r"#(?:N/A|DIV/0!|NAME\?|GETTING_DATA|(?:REF|VALUE|NUM|NULL|SPILL|CALC|BLOCKED|FIELD|CONNECT)!)", re.IGNORECASE
)
_MISSING = frozenset({
    "-", "--", "---", "—", "——", "–", "―", "/", "\\", ".", "n/a", "na", "n.a.", "nan", "null", "none", "nil",
    "missing", "无", "空", "缺失", "空白", "未答", "未填", "未填写", "拒答", "拒绝回答", "不适用", "不清楚", "不知道",
    "无回答", "没有",
    "no answer", "refused", "not applicable", "don't know", "(blank)", "(null)", "<null>", "\\n",
})  # fmt: skip


@dataclass(frozen=True)
class Number:
    """value is None when there is none: code '' = blank, else why. percent: a per cent sign was written.
    code may be a remark on a number that was read: decimal_comma."""

    value: Decimal | None
    code: str = ""
    percent: bool = False


REMARKS = frozenset({"decimal_comma"})
BLANK = Number(None)


def is_error_cell(text: str) -> bool:
    """#N/A, #DIV/0! and their kin, as a spreadsheet writes them."""
    return text[:1] == "#" and bool(_ERROR.fullmatch(text.strip()))


def number(text: str, whole: bool = False, comma_seen: bool = False) -> Number:
    """What number a text is. whole: the column holds whole numbers, so that 1,234 can only be grouped thousands.
    comma_seen: other texts of the file use a decimal comma, so that dots group."""
    plain = narrow(text)
    if not plain:
        return BLANK
    if plain.casefold() in _MISSING:
        return Number(None, "missing_word")
    if is_error_cell(plain):
        return Number(None, "error_cell")
    percent = plain.endswith("%")
    if percent:
        plain = plain[:-1].rstrip()
    value, code = _value(plain, whole, comma_seen)
    return Number(value, code, percent and value is not None)


def _value(plain: str, whole: bool, comma_seen: bool) -> tuple[Decimal | None, str]:
    if len(plain) > 40:
        return None, "not_a_number"
    if _PLAIN.fullmatch(plain):
        if comma_seen and whole and _DOT_GROUPS.fullmatch(plain):
            return Decimal(plain.replace(".", "")), ""
        return Decimal(plain), ""
    if _COMMA_GROUPS.fullmatch(plain):
        if _ONE_COMMA_GROUP.fullmatch(plain) and (not whole or comma_seen):
            return None, "number_ambiguous"
        return Decimal(plain.replace(",", "")), ""
    if _SPACE_GROUPS.fullmatch(plain):
        return Decimal(re.sub("[ '’]", "", plain).replace(",", ".")), ""
    if _DOT_GROUPS.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(",", ".")), "decimal_comma" if "," in plain else ""
    if _DECIMAL_COMMA.fullmatch(plain):
        return Decimal(plain.replace(",", ".")), "decimal_comma"
    return None, "not_a_number"


def is_missing_word(text: str) -> bool:
    """A word that stands for "no answer"."""
    return narrow(text).casefold() in _MISSING
