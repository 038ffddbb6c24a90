"""From which month a target judges. A judged month never changes because a target changed later."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register
from sqm.intake.rows.column import Column
from sqm.intake.rows.column import read as read_column
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.moments import DayNumbers, numbers_of
from sqm.intake.words import dates, spelling
from sqm.intake.words.dates import Day

MOST_YEARS_AHEAD = 5


def read(
    grid: Grid, place: dict[str, tuple[int, ColumnUse]], recipe: Recipe, register: Register, findings: Findings
) -> DayNumbers:
    """The first day of every row's month, as days since 1970; problems are reported.

    The recipe's own targets_from wins over the register's: a rebuild must refuse what was refused, and no more.
    """
    at, use = place["valid_from"]
    said = recipe.constant("targets_from")
    first = date.fromisoformat(said) if said else register.targets_from or dates.FIRST_DAY
    last = date(register.today.year + MOST_YEARS_AHEAD, 12, 1)

    def meaning(texts: list[str]) -> list[Day]:
        return [
            _checked(text, day, first, last, register.sealed)
            for text, day in zip(texts, dates.months(texts), strict=True)
        ]

    column = read_column(grid, at, use.header, meaning)
    told = {"open": f"{first:%Y-%m}", "sealed": f"{register.sealed or first:%Y-%m}", "last": f"{last:%Y-%m}"}
    for code in sorted({one.code for one in column.meanings} - {""}):
        _report(code, column, use, told, findings)
    return numbers_of(column, len(grid.rows))


def _report(code: str, column: Column[Day], use: ColumnUse, told: dict[str, str], findings: Findings) -> None:
    rows, texts = column.indexes(lambda one: one.code == code)
    named: dict[str, Sequence[str]] = {
        "target_month_over": ("open",),
        "target_month_sealed": ("sealed",),
        "target_month_far": ("last",),
    }
    values = {name: told[name] for name in named.get(code, ())}
    level = Level.WARNING if code in dates.REMARKS else Level.ROW
    if code == "date_serial":
        values = {"first": next((f"{one.day}" for one in column.meanings if one.code == code), "")}
    elif code == "date_order_inferred":
        values = {"order": dates.order_word(column.texts)}
    findings.add(code, level, use.header, np.asarray(rows, np.intp), texts, "YYYY-MM", **values)


def _checked(text: str, found: Day, first: date, last: date, sealed: date | None) -> Day:
    if not spelling.bare(text):
        return Day(None, "required_empty")
    if found.day is None:
        return found
    if found.day < dates.FIRST_DAY:
        return Day(None, "date_too_old")
    if found.day < first:  # which is after the last sealed month
        is_sealed = sealed is not None and found.day <= sealed
        return Day(None, "target_month_sealed" if is_sealed else "target_month_over")
    return Day(None, "target_month_far") if found.day > last else found
