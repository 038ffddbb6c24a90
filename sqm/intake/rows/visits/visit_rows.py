"""Store audits with one row a visit: a column for each item, or one cell that lists the failed ones, or a score."""

import numpy as np
import pyarrow as pa

from sqm.intake.files.grid import Grid
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.surveys import identities
from sqm.intake.rows.surveys.survey_rows import Parsed
from sqm.intake.rows.visits import failed_items, visit_facts, visit_marks, visit_table
from sqm.intake.rows.visits.visit_marks import Item
from sqm.intake.words.visit_words import POINTS

Places = dict[str, tuple[int, ColumnUse]]


def parse(
    grid: Grid, used: dict[int, ColumnUse], recipe: Recipe, register: Register, limits: Limits, findings: Findings
) -> Parsed:
    """All rows of the grid, bad ones too (their problems are in findings)."""
    place = {use.field: (at, use) for at, use in used.items() if use.field != "item"}
    count = len(grid.rows)
    facts = visit_facts.read_facts(grid, place, recipe, register, limits, findings)
    items, columns = _marked(grid, used, recipe, findings)
    if "failed_items" in place:
        at, use = place["failed_items"]
        told = failed_items.read_failed(grid, at, use, recipe, register, findings)
        items, columns = [*items, *told.items], [*columns, *told.columns]
    marks = visit_marks.beside_each_other(columns, items, count)
    empty = (np.diff(marks.starts) == 0) & np.isnan(facts.numbers["score"])
    findings.add("visit_empty", Level.ROW, "", np.flatnonzero(empty))
    hashes = visit_table.hashes(facts, np.arange(count), marks, items)
    header = place["visit_id"][1].header if "visit_id" in place else ""
    ids = pa.array(facts.texts["visit_id"], pa.string())
    again = identities.report_doubles(ids, hashes, findings, header)
    months = visit_table.months_of(facts.days)
    table = visit_table.table(grid.rows, facts, np.arange(count), marks, items)
    return Parsed(table, hashes, again, visit_marks.questions(items), months)


def _marked(
    grid: Grid, used: dict[int, ColumnUse], recipe: Recipe, findings: Findings
) -> tuple[list[Item], list[tuple[visit_marks.Units, visit_marks.Flags, visit_marks.Flags]]]:
    """The item columns in the file's order. Of our template, which has the items of every theme, a blank cell is no
    answer at all; of other files it is an item of the checklist that did not apply."""
    meaning = recipe.constant("marks") or POINTS
    items, columns = [], []
    for at, use in sorted(used.items()):
        if use.field != "item":
            continue
        most = use.scale_max or 1.0
        found = visit_marks.column(grid, at, use.header, most, meaning, findings)
        points, applies, written = visit_marks.units_of(found)
        listed = written if recipe.is_template else np.ones(len(points), bool)
        items.append(Item(use.item_code, use.label or use.header, most, use.critical, use.header))
        columns.append((points, applies, listed))
    return items, columns
