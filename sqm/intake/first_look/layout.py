"""Where the header stands: title rows above it, merged group headers, Qualtrics' two or three header rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqm.intake.words import vocabulary
from sqm.intake.words.numbers import number
from sqm.intake.words.spelling import bare

SEARCHED_ROWS = 40
_IMPORT_ID = re.compile(r'^\s*\{\s*"?ImportId', re.IGNORECASE)
_SURVEY_TOOL_ID = re.compile(r"^(?:[QV]\d+(?:[._ -].*)?|Q[A-Z]{1,3}\d+\w*)$")


@dataclass(frozen=True)
class Layout:
    """headers: texts of the header, bare; labels: wording per column ('' if none). header_row 0: none was found.
    skip_rows: rows below the header that are no data. title_rows: non-blank rows above it. Excel row numbers."""

    headers: tuple[str, ...]
    labels: tuple[str, ...]
    header_row: int
    skip_rows: tuple[int, ...] = ()
    title_rows: tuple[int, ...] = ()


def find(rows: Sequence[tuple[int, Sequence[str]]]) -> Layout:
    """The layout of a sheet from its first rows (Excel row number, cells)."""
    cleaned = [(at, [bare(cell) for cell in cells]) for at, cells in rows[:SEARCHED_ROWS]]
    filled = [(at, cells) for at, cells in cleaned if any(cells)]
    if not filled:
        return Layout((), (), 0)
    best = _template_row(filled)
    return best if best else _free_row(filled)


def _template_row(filled: list[tuple[int, list[str]]]) -> Layout | None:
    """The row, or two rows taken together, that names most columns of a template."""
    best: tuple[int, int, list[str]] | None = None
    for index, (_, cells) in enumerate(filled):
        count = vocabulary.best_template(cells)[1]
        if best is None or count > best[0]:
            best = (count, index, cells)
        if index and filled[index - 1][0] == filled[index][0] - 1:
            joined = _joined(filled[index - 1][1], cells)
            if vocabulary.best_template(joined)[1] > max(count, best[0]) and _wordy(cells):
                best = (vocabulary.best_template(joined)[1], index, joined)
    if best is None or vocabulary.best_template(best[2])[0] is None:
        return None
    _, index, headers = best
    below = [at for at, cells in filled[index + 1 : index + 3] if _is_import_row(cells)]
    above = tuple(at for at, _ in filled[:index])
    return Layout(tuple(headers), ("",) * len(headers), filled[index][0], tuple(below), above)


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    return [low or up for up, low in zip(upper, lower, strict=True)]


def _wordy(cells: Sequence[str]) -> bool:
    """No cell is a number: such a row can be part of a header."""
    return all(number(cell).value is None for cell in cells if cell)


def _is_import_row(cells: Sequence[str]) -> bool:
    return any(_IMPORT_ID.match(cell) for cell in cells)


def _free_row(filled: list[tuple[int, list[str]]]) -> Layout:
    """The header of a file that is no template: the first row that is nearly as wide as the widest and all words."""
    widest = max(sum(1 for cell in cells if cell) for _, cells in filled)
    for index, (at, cells) in enumerate(filled):
        named = [cell for cell in cells if cell]
        if len(named) >= max(1, 0.6 * widest) and _wordy(named):
            labels, skipped = _label_rows(cells, filled[index + 1 : index + 3])
            return Layout(tuple(cells), labels, at, skipped, tuple(row for row, _ in filled[:index]))
    return Layout((), (), 0)


def _label_rows(headers: list[str], below: list[tuple[int, list[str]]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Qualtrics: ids, question texts and (since 2018) a row of ImportIds."""
    nothing = ("",) * len(headers)
    named = [text for text in headers if text]
    coded = sum(1 for text in named if _SURVEY_TOOL_ID.match(text)) >= 0.4 * len(named)
    has_import = any(_is_import_row(cells) for _, cells in below)
    if not below or not (has_import or (coded and _wordy(below[0][1]))):
        return nothing, ()
    first = below[0][1] + [""] * len(headers)
    skipped = [below[0][0]] + [at for at, cells in below[1:] if _is_import_row(cells)]
    return tuple(first[: len(headers)]), tuple(skipped)
