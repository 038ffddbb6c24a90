"""Numerator, denominator and n of every value, from whatever columns the file has."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse
from sqm.intake.register import IndicatorEntry
from sqm.intake.rows import decimals
from sqm.intake.rows.column import Column, read
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.indicators import rates
from sqm.intake.words import numbers
from sqm.intake.words.numbers import Number

SCALE = 6
_ONE = 10**SCALE
_LARGEST = Decimal(10) ** 12
Units = npt.NDArray[np.int64]


def parts(
    grid: Grid, place: dict[str, tuple[int, ColumnUse]], entries: Sequence[IndicatorEntry | None],
    entry_codes: npt.NDArray[np.int32], findings: Findings,
) -> tuple[Units, Units, Units]:  # fmt: skip
    """Millionths of the numerator and the denominator, and n (-1 = unknown).

    n and rate: n x rate / 100 out of n. numerator and denominator: as they stand. value: a share's per cent becomes a
    part of 1, a rate per 10,000 stands over its 10,000, all else over 1.
    """
    count = len(grid.rows)
    n = np.full(count, -1, np.int64)
    if "n" in place:
        at, use = place["n"]
        comma = "rate" in place and rates.uses_decimal_comma(grid, place["rate"][0])
        column = rates.sizes(grid, at, use, comma, "rate" in place, findings)
        n = _whole(column, count)
    if "rate" in place:
        at, use = place["rate"]
        rate = rates.rates(grid, at, use, findings)
        units = _units([one.per_cent for one in rate.meanings], rate.codes, count)
        base = np.where(n > 0, n, 1)
        return (units * base + 50) // 100, base * _ONE, n
    if "numerator" in place:
        top = _plain(grid, place["numerator"], findings)
        bottom = _plain(grid, place["denominator"], findings, above_zero=True) if "denominator" in place else None
        return top, bottom if bottom is not None else np.full(count, _ONE, np.int64), n
    if "value" in place:
        divisor, bottom = _scaling(entries, entry_codes, count)
        value = _plain(grid, place["value"], findings)
        return (value + divisor // 2) // divisor, bottom, n
    return np.zeros(count, np.int64), np.full(count, _ONE, np.int64), n


def _scaling(
    entries: Sequence[IndicatorEntry | None], entry_codes: npt.NDArray[np.int32], count: int
) -> tuple[Units, Units]:
    """By row: what to divide the value by, and the denominator that goes with it."""
    if not entries:
        return np.ones(count, np.int64), np.full(count, _ONE, np.int64)
    divisors = [100 if entry and entry.kind == "share" and entry.unit == "%" else 1 for entry in entries]
    bottoms = [round(entry.per) * _ONE if entry and entry.kind == "rate" else _ONE for entry in entries]
    return np.array(divisors, np.int64)[entry_codes], np.array(bottoms, np.int64)[entry_codes]


def _plain(grid: Grid, place: tuple[int, ColumnUse], findings: Findings, above_zero: bool = False) -> Units:
    at, use = place

    def meaning(texts: list[str]) -> list[Number]:
        comma = any(numbers.number(text).code == "decimal_comma" for text in texts)
        return [_number(text, comma, above_zero) for text in texts]

    column = read(grid, at, use.header, meaning)
    column.report(
        findings, lambda one: one.code, lambda code: Level.WARNING if code in numbers.REMARKS else Level.ROW,
        "> 0" if above_zero else "",
    )  # fmt: skip
    return _units([one.value for one in column.meanings], column.codes, len(grid.rows))


def _number(text: str, comma: bool, above_zero: bool) -> Number:
    found = numbers.number(text, comma_seen=comma)
    if text[:1] == "=" and len(text) > 1:
        return Number(None, "formula_without_value")
    if found.value is None:
        return Number(None, "required_empty" if found.code in ("", "missing_word") else found.code)
    if abs(found.value) > _LARGEST or (above_zero and found.value <= 0):
        return Number(None, "out_of_range")
    return found


def _units(values: Sequence[Decimal | None], codes: npt.NDArray[np.int32], count: int) -> Units:
    if not values:
        return np.zeros(count, np.int64)
    table = np.array([decimals.units(value, SCALE) if value is not None else 0 for value in values], np.int64)
    return table[codes]


def _whole(column: Column[Number], count: int) -> Units:
    if not column.meanings:
        return np.full(count, -1, np.int64)
    return column.numbers(lambda one: int(one.value) if one.value is not None else -1)
