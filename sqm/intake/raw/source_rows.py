"""Single rows of a raw file, as the file has them: found by the person in them, or read by their number.

The database keeps only masked texts, so this is the one way back to a phone number or to what somebody really wrote.
"""

import re
from pathlib import Path

import numpy as np

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.first_look.source import Source, open_source
from sqm.intake.limits import Limits
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.rows import header_check
from sqm.intake.rows.column import unquoted
from sqm.intake.words import spelling

_PHONE_DIGITS = 7
"""Fewer digits than this find nobody: they stand in too many numbers."""
_COMPARED = 11  # the last digits of a number: country codes and a 0 before it are left out


def matching(
    path: Path, file_name: str, recipe: Recipe | None, respondent: str, phone: str, limits: Limits
) -> list[int]:
    """Excel numbers of the rows whose respondent id is ``respondent``, or in which ``phone`` stands anywhere.

    recipe None: a file of which nobody has said what its columns are; then every column may hold the id.
    Raises ValueError for a file that cannot be read.
    """
    source, grid, used = _opened(path, file_name, recipe, limits)
    found = np.zeros(len(grid.rows), bool)
    wanted, digits = spelling.bare(respondent), _digits(phone)
    answers = {at for at, use in used.items() if use.field == "item"}
    for at in range(len(source.headers)):
        is_id = recipe is None or (at in used and used[at].field == "respondent_id")
        by_id = bool(wanted) and is_id
        by_phone = len(digits) >= _PHONE_DIGITS and at not in answers
        if not by_id and not by_phone:
            continue
        codes, texts = encoded(grid.column(at))
        hits = np.fromiter(
            ((by_id and spelling.bare(unquoted(text)) == wanted) or (by_phone and digits in _digits(text, all_of=True))
             for text in texts), bool, len(texts),
        )  # fmt: skip
        if hits.any():
            found |= hits[codes]
    return [int(row) for row in grid.rows[found]]


def cells(path: Path, file_name: str, recipe: Recipe, row: int, limits: Limits) -> dict[str, str]:
    """Field -> text of one row, of the fields phone and comment only; several phones stand with a comma between them.

    Raises ValueError for a file that cannot be read; a row that is not there gives no fields.
    """
    _, grid, used = _opened(path, file_name, recipe, limits)
    index = np.flatnonzero(grid.rows == row)
    told: dict[str, str] = {}
    for at, use in sorted(used.items()):
        if use.field in ("phone", "comment") and len(index):
            text = spelling.bare(str(grid.column(at)[int(index[0])].as_py()))
            told[use.field] = ", ".join(each for each in (told.get(use.field, ""), text) if each)
    return told


def _opened(
    path: Path, file_name: str, recipe: Recipe | None, limits: Limits
) -> tuple[Source, Grid, dict[int, ColumnUse]]:
    source = open_source(path, file_name, limits, recipe)
    if not source.readable or source.load is None:
        raise ValueError("unreadable")
    used = header_check.places(recipe, source.headers) if recipe else {}
    return source, source.load(), used


def _digits(text: str, all_of: bool = False) -> str:
    digits = re.sub(r"\D", "", spelling.normal(text))
    return digits if all_of else digits[-_COMPARED:]
