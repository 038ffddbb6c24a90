"""A cell that lists what a visit found wrong: every item that any visit of the file lists was asked on all of them."""

from dataclasses import dataclass

import numpy as np

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.problems import Level, Problem
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.visits import visit_items
from sqm.intake.rows.visits.visit_marks import ONE, Flags, Item, Units
from sqm.intake.words import spelling
from sqm.intake.words.masking import mask

SEPARATOR = ". "
_KINDS = 300  # a column with more different entries is a comment, not a list of items
_ENDS = " .;,|。；，、"


@dataclass(frozen=True)
class Failed:
    """For every item its points, whether it applies and whether it is listed, by visit."""

    items: list[Item]
    columns: list[tuple[Units, Flags, Flags]]


def read_failed(grid: Grid, at: int, use: ColumnUse, recipe: Recipe, register: Register, findings: Findings) -> Failed:
    """A listed item has 0 points of 1, one that other visits list has 1 of 1; too many kinds are a FILE problem."""
    codes, texts = encoded(grid.column(at))
    separator = recipe.constant("separator") or SEPARATOR
    parted = [_entries(text, separator) for text in texts]
    kinds = list(dict.fromkeys(entry for entries in parted for entry in entries))
    if len(kinds) > _KINDS:
        values = (("kinds", str(len(kinds))), ("limit", str(_KINDS)))
        findings.say(Problem("failed_items_not_a_list", Level.FILE, column=use.header, values=values))
        return Failed([], [])
    known = visit_items.known(register)
    items = [visit_items.item(mask(entry), known, recipe, 1.0, use.header) for entry in kinds]
    place = {entry: where for where, entry in enumerate(kinds)}
    failed = np.zeros((len(texts), len(kinds)), bool)
    for where, entries in enumerate(parted):
        failed[where, [place[entry] for entry in entries]] = True
    by_visit = failed[codes] if len(codes) else np.zeros((0, len(kinds)), bool)
    everywhere = np.ones(len(codes), bool)
    columns = [(np.where(by_visit[:, one], 0, ONE), everywhere, everywhere) for one in range(len(kinds))]
    return Failed(items, columns)


def _entries(text: str, separator: str) -> list[str]:
    """Entries of a cell, each once. A separator with a space (". ") parts only where the space is."""
    parts = (part.strip(_ENDS) for part in f"{spelling.bare(text)} ".split(separator))
    return [part for part in dict.fromkeys(parts) if part]
