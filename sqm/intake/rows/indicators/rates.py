"""Per cent columns and sample sizes. 0.6952 among per cents is never silently 0.6952 %."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse
from sqm.intake.rows.column import Column, read
from sqm.intake.rows.findings import Findings
from sqm.intake.words import numbers
from sqm.intake.words.numbers import Number

_LARGEST_N = 2_000_000_000
_HUNDRED = Decimal(100)
_WARNINGS = frozenset({"decimal_comma", "rate_as_share"})


@dataclass(frozen=True)
class Rate:
    """per_cent in 0..100, None when the cell cannot stand; problem says why, or is a remark."""

    per_cent: Decimal | None
    problem: str = ""


def rates(grid: Grid, at: int, use: ColumnUse, findings: Findings) -> Column[Rate]:
    """A column of per cents, with or without the sign."""
    column = read(grid, at, use.header, _rates)
    column.report(
        findings, lambda one: one.problem, lambda code: Level.WARNING if code in _WARNINGS else Level.ROW, "0-100"
    )
    return column


def _rates(texts: list[str]) -> list[Rate]:
    found = [numbers.number(text) for text in texts]
    bare = [one.value for one in found if one.value is not None and not one.percent]
    fractions = any(0 < value < 1 for value in bare)
    signed = any(one.percent for one in found)
    as_shares = fractions and not signed and all(0 <= value <= 1 for value in bare)
    return [_rate(text, one, as_shares) for text, one in zip(texts, found, strict=True)]


def _rate(text: str, number: Number, as_shares: bool) -> Rate:
    if text[:1] == "=" and len(text) > 1:
        return Rate(None, "formula_without_value")
    if number.value is None:
        return Rate(None, "required_empty" if number.code in ("", "missing_word") else number.code)
    value = number.value * _HUNDRED if as_shares else number.value
    if not 0 <= value <= _HUNDRED:
        return Rate(None, "out_of_range")
    if as_shares:
        return Rate(value, "rate_as_share")
    if 0 < value < 1 and not number.percent:
        return Rate(value, "rate_mixed_share")
    return Rate(value, number.code)


def sizes(grid: Grid, at: int, use: ColumnUse, comma_seen: bool, required: bool, findings: Findings) -> Column[Number]:
    """A column of sample sizes: whole numbers from 1 on. A meaning with a code is no size."""

    def meaning(texts: list[str]) -> list[Number]:
        return [_size(text, numbers.number(text, whole=True, comma_seen=comma_seen), required) for text in texts]

    column = read(grid, at, use.header, meaning)
    column.report(findings, lambda one: one.code, lambda _: Level.ROW, ">= 1")
    return column


def _size(text: str, number: Number, required: bool) -> Number:
    if text[:1] == "=" and len(text) > 1:
        return Number(None, "formula_without_value")
    if number.value is None:
        blank = number.code in ("", "missing_word")
        return Number(None, ("required_empty" if required else "") if blank else number.code)
    if number.percent:
        return Number(None, "not_a_number")
    if number.value != number.value.to_integral_value():
        return Number(None, "not_whole")
    if not 1 <= number.value <= _LARGEST_N:
        return Number(None, "n_invalid")
    return replace(number, code="")


def uses_decimal_comma(grid: Grid, at: int) -> bool:
    """Some cell of the column can only be read with a decimal comma."""
    return any(numbers.number(text).code == "decimal_comma" for text in encoded(grid.column(at))[1])
