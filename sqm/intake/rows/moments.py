"""Columns of days and months, with every doubt about them reported."""

from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register
from sqm.intake.rows.column import Column, read
from sqm.intake.rows.findings import Findings
from sqm.intake.words import dates, spelling
from sqm.intake.words.dates import Day
from sqm.intake.words.numbers import is_error_cell, is_missing_word

_EPOCH = date(1970, 1, 1).toordinal()
_REMARKS = dates.REMARKS
DayNumbers = npt.NDArray[np.int32]


def column(grid: Grid, at: int, use: ColumnUse, months: bool, required: bool, register: Register,
           findings: Findings) -> Column[Day]:  # fmt: skip
    """A column of days (or of months), each in 2000 .. today; problems are reported."""

    def meaning(texts: list[str]) -> list[Day]:
        found = (dates.months if months else dates.days)(texts)
        checked = [dates.in_range(day, register.today) for day in found]
        return [_blank_or(text, day, required) for text, day in zip(texts, checked, strict=True)]

    result = read(grid, at, use.header, meaning)
    for code in sorted({one.code for one in result.meanings} - {""}):
        rows, texts = result.indexes(lambda one, code=code: one.code == code)  # type: ignore[misc]
        level = Level.WARNING if code in _REMARKS else Level.ROW
        first = next((one.day.isoformat() for one in result.meanings if one.code == code and one.day), "")
        values = {"first": first} if code == "date_serial" else {}
        if code == "date_order_inferred":
            values = {"order": dates.order_word(result.texts)}
        elif code == "date_future":
            values = {"today": register.today.isoformat()}
        findings.add(code, level, use.header, rows, texts, "YYYY-MM" if months else "YYYY-MM-DD", **values)
    return result


def _blank_or(text: str, day: Day, required: bool) -> Day:
    if not spelling.bare(text) or is_missing_word(text):
        return Day(None, "required_empty" if required else "")
    if is_error_cell(text):
        return Day(None, "error_cell")
    return Day(None, "formula_without_value") if text[:1] == "=" else day


def numbers_of(found: Column[Day], count: int) -> DayNumbers:
    """Days since 1970-01-01 for every row; rows without a day count as day 0 (they are rejected)."""
    if not found.meanings:
        return np.zeros(count, np.int32)
    return found.numbers(lambda one: one.day.toordinal() - _EPOCH if one.day else 0, "int32").astype(np.int32)


def constant(recipe: Recipe, name: str) -> date | None:
    text = recipe.constant(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def of_survey(
    grid: Grid, place: dict[str, tuple[int, ColumnUse]], recipe: Recipe, register: Register, findings: Findings
) -> tuple[DayNumbers, DayNumbers]:
    """Day and month of every answer: from a date column, a month column, or the month declared for the file."""
    count = len(grid.rows)
    if "answered_on" in place:
        at, use = place["answered_on"]
        found = column(grid, at, use, False, True, register, findings)
        days = numbers_of(found, count)
        if "month" not in place:
            firsts = [replace(one, day=one.day.replace(day=1)) if one.day else one for one in found.meanings]
            return days, numbers_of(Column(use.header, found.codes, found.texts, firsts), count)
        at, use = place["month"]
        return days, numbers_of(column(grid, at, use, True, True, register, findings), count)
    if "month" in place:
        at, use = place["month"]
        months = numbers_of(column(grid, at, use, True, True, register, findings), count)
        return months, months
    declared = constant(recipe, "month") or constant(recipe, "answered_on") or date(1970, 1, 1)
    days = np.full(count, declared.toordinal() - _EPOCH, np.int32)
    first = declared.replace(day=1).toordinal() - _EPOCH
    return days, np.full(count, first, np.int32)
