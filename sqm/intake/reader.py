"""Read a whole file by its recipe: the one place where bytes become rows or problems. Never raises for bad content."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sqm.intake.files.grid import Grid, texts
from sqm.intake.first_look.source import Source, open_source
from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem
from sqm.intake.reading import Reading, nothing
from sqm.intake.recipe import ColumnUse, Recipe, Template
from sqm.intake.register import Register
from sqm.intake.rows import fingerprint, header_check, side_rows, store_rows  # fmt: skip
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.indicators import indicator_rows  # fmt: skip
from sqm.intake.rows.surveys import survey_rows  # fmt: skip
from sqm.intake.rows.surveys.survey_rows import Parsed
from sqm.intake.rows.targets import target_rows  # fmt: skip
from sqm.intake.rows.visits import visit_item_rows, visit_rows  # fmt: skip
from sqm.intake.words import masking, vocabulary

_Parser = Callable[[Grid, dict[int, ColumnUse], Recipe, Register, Limits, Findings], Parsed]
_PARSERS: dict[Template, _Parser] = {
    Template.SURVEY: survey_rows.parse,
    Template.INDICATOR: indicator_rows.parse,
    Template.STORES: store_rows.parse,
    Template.TARGETS: target_rows.parse,
    Template.VISITS: visit_rows.parse,
    Template.VISIT_ITEMS: visit_item_rows.parse,
}
_KEYS = frozenset({
    "respondent_id", "store_code", "answered_on", "month", "indicator", "district_code", "visit_id", "visited_on",
})  # fmt: skip
_FREE_TEXT = frozenset({"comment", "phone", "note", "ignore", "evidence", "failed_items"})
_FILLED = (_KEYS - {"respondent_id"}) | {
    "channel", "brand", "operator", "level", "place", "valid_from", "source", "theme", "checklist", "auditor",
    "store_name", "class", "size",
}  # fmt: skip
_REJECTED_KEPT = 20_000


def read(path: Path, file_name: str, recipe: Recipe, register: Register, limits: Limits) -> Reading:
    """Rows and problems of a file."""
    source = open_source(path, file_name, limits, recipe)
    if not source.readable or source.load is None:
        return nothing(recipe.template, tuple(source.problems))
    used = header_check.places(recipe, source.headers)
    checked = header_check.check(recipe, source.headers, used, ())
    if any(problem.level is Level.FILE for problem in checked):
        return nothing(recipe.template, (*source.problems, *checked))
    load, source.load = source.load, None
    grid = load()
    del load  # and with it the file's bytes
    if any(problem.level is Level.FILE for problem in grid.problems):
        return nothing(recipe.template, (*source.problems, *grid.problems))
    filled = [bool(header) or _any_text(grid.column(at)) for at, header in enumerate(source.headers)]
    checked = header_check.check(recipe, source.headers, used, filled)
    said = [*source.problems, *grid.problems, *checked]
    return _rows(grid, used, recipe, register, limits, source, said)


def _any_text(column: pa.ChunkedArray) -> bool:
    return bool(pc.any(pc.greater(pc.binary_length(texts(column.slice(0, 100_000))), 0)).as_py())


def _rows(
    grid: Grid, used: dict[int, ColumnUse], recipe: Recipe, register: Register, limits: Limits, source: Source,
    said: list[Problem],
) -> Reading:  # fmt: skip
    aside: list[Findings] = []
    fields = {at: use.field for at, use in used.items()}
    grid = side_rows.drop(grid, recipe, source.headers, fields, _required(used, recipe), aside)
    said += [problem for findings in aside for problem in findings.problems()]
    if not len(grid.rows):
        return nothing(recipe.template, (*said, Problem("file_no_rows", Level.FILE)))
    findings = Findings(grid.rows)
    _structure(grid, used, source.headers, findings)
    parsed = _PARSERS[recipe.template](grid, used, recipe, register, limits, findings)
    bad = findings.rejected()
    kept = ~(bad if parsed.firsts is None else bad[parsed.firsts]) & ~parsed.again
    good = parsed.table if kept.all() else parsed.table.filter(pa.array(kept))
    said += findings.problems()
    said.sort(key=lambda problem: list(Level).index(problem.level))
    months = () if recipe.template is Template.STORES else _months(parsed, kept)
    facts = (recipe.template.value, recipe.survey_code)
    return Reading(
        recipe.template, good, tuple(said), _rejected(grid, bad, findings, source.headers),
        fingerprint.whole(parsed.row_hashes[kept], *facts), parsed.questions, months, len(grid.rows),
    )  # fmt: skip


def _months(parsed: Parsed, kept: npt.NDArray[np.bool_]) -> tuple[date, ...]:
    if parsed.month_numbers is None:
        return ()
    return tuple(date(1970, 1, 1) + timedelta(days=int(number)) for number in np.unique(parsed.month_numbers[kept]))


def _required(used: dict[int, ColumnUse], recipe: Recipe) -> list[int]:
    """Columns that every data row fills."""
    if not recipe.is_template:
        return []
    columns = vocabulary.COLUMNS[recipe.template]
    names = {column.field for column in columns if column.required and column.field in _KEYS}
    return [at for at, use in sorted(used.items()) if use.field in names]


def _structure(grid: Grid, used: dict[int, ColumnUse], headers: tuple[str, ...], findings: Findings) -> None:
    """What the sheet says about its rows beside their values: refused, short, merged, formulas, hidden columns."""
    index_of = {int(row): index for index, row in enumerate(grid.rows)} if (
        grid.refused or grid.short or grid.merged or grid.formulas) else {}  # fmt: skip
    for row, code in grid.refused.items():
        if row in index_of:
            findings.reasons.setdefault(index_of[row], []).append(code)
    _short_rows(grid, used, index_of, findings)
    _merged(grid, used, index_of, findings)
    _formulas(grid, used, index_of, findings)
    hidden = [headers[at] for at in grid.hidden_columns if at < len(headers) and headers[at]]
    if hidden:
        findings.say(Problem("hidden_columns", Level.WARNING, column=hidden[0],
                             values=(("columns", ", ".join(hidden)),)))  # fmt: skip


def _short_rows(grid: Grid, used: dict[int, ColumnUse], index_of: dict[int, int], findings: Findings) -> None:
    """A row with too few cells is bad when a column that counts is among the missing ones."""
    worst: dict[Level, list[int]] = {}
    for row, cells in grid.short.items():
        if row in index_of and row not in grid.refused:
            lost = any(at >= cells and use.field not in _FREE_TEXT for at, use in used.items())
            worst.setdefault(Level.ROW if lost else Level.WARNING, []).append(index_of[row])
    for level, indexes in worst.items():
        cells = min(grid.short[int(grid.rows[index])] for index in indexes)
        findings.add("row_too_short", level, "", np.array(indexes, np.intp), cells=str(cells), columns=str(grid.width))


def _merged(grid: Grid, used: dict[int, ColumnUse], index_of: dict[int, int], findings: Findings) -> None:
    """A merged cell holds for all its rows; where it would repeat an answer or a number, that is asked."""
    for first, last, left, _ in grid.merged:
        use = used.get(left)
        top = index_of.get(first)
        if use is None or top is None or use.field in _FREE_TEXT:
            continue
        rows = np.array([index_of[row] for row in range(first, last + 1) if row in index_of], np.intp)
        if use.field not in _FILLED:
            findings.add("merged_cells", Level.ROW, use.header, rows)
            continue
        cells = grid.columns[left].to_pylist()
        text = cells[top]
        for index in rows.tolist():
            cells[index] = cells[index] or text
        grid.columns[left] = pa.chunked_array([pa.array(cells, pa.string())])
        findings.add("merged_filled", Level.WARNING, use.header, rows, [text])


def _formulas(grid: Grid, used: dict[int, ColumnUse], index_of: dict[int, int], findings: Findings) -> None:
    """Formulas of a workbook: text is kept literally, stored values are used and said; a number without a stored
    value is rejected where its column is read."""
    groups: dict[tuple[str, str], list[int]] = {}
    for row, at, stored in grid.formulas:
        use = used.get(at)
        if use is None or use.field in ("ignore", "phone") or row not in index_of:
            continue
        code = "formula_values_used" if stored else "formula_in_text" if use.field in ("comment", "note") else ""
        if code:
            groups.setdefault((code, use.header), []).append(index_of[row])
    for (code, header), indexes in groups.items():
        findings.add(code, Level.WARNING, header, np.array(indexes, np.intp))


def _rejected(grid: Grid, bad: npt.NDArray[np.bool_], findings: Findings, headers: tuple[str, ...]) -> pa.Table:
    """Rejected rows as the file has them (personal data masked), with the codes of what is wrong."""
    indexes = np.flatnonzero(bad)[:_REJECTED_KEPT]
    reasons = [";".join(dict.fromkeys(findings.reasons[index])) for index in indexes.tolist()]
    columns: dict[str, pa.Array] = {
        "source_row": pa.array(grid.rows[indexes], pa.int32()), "reasons": pa.array(reasons, pa.string())
    }  # fmt: skip
    for at, header in enumerate(headers):
        name = header or f"#{at + 1}"
        while name in columns:
            name += "'"
        cells = grid.column(at).take(pa.array(indexes)).to_pylist() if len(indexes) else []
        columns[name] = pa.array([masking.mask(cell) for cell in cells], pa.string())
    return pa.table(columns)
