"""Target files: one row, one target of an indicator for a scope, from a month on."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sqm.intake.files.grid import Grid
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.reading import TARGETS_SCHEMA
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import IndicatorEntry, Register, target_key
from sqm.intake.rows import codes, fingerprint
from sqm.intake.rows.column import Column, read
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.surveys import comments, identities
from sqm.intake.rows.surveys.survey_rows import Parsed
from sqm.intake.rows.targets import target_bounds, target_months, target_places
from sqm.intake.words import spelling

Places = dict[str, tuple[int, ColumnUse]]


def parse(
    grid: Grid, used: dict[int, ColumnUse], recipe: Recipe, register: Register, limits: Limits, findings: Findings
) -> Parsed:
    """All rows of the grid, bad ones too (their problems are in findings)."""
    place = {use.field: (at, use) for at, use in used.items()}
    entries = _indicators(grid, place, register, findings)
    scopes = target_places.read(grid, place, register, findings)
    month = target_months.read(grid, place, recipe, register, findings)
    bounds = target_bounds.read(grid, place, entries, findings)
    department = _departments(grid, place, register, findings)
    reason = _reasons(grid, place, limits, findings)
    indicator = [entry.code if entry else "" for entry in entries]
    days = [np.datetime64(int(day), "D").astype(object) for day in month]
    keys = [
        target_key(code, level, scope, day)
        for code, level, scope, day in zip(indicator, scopes.levels, scopes.codes, days, strict=True)
    ]
    _report_signed(place, keys, register, findings)
    told = zip(keys, bounds.low, bounds.high, bounds.tolerance, department, reason, strict=True)
    row_hashes = fingerprint.of_strings(pa.array(["\x1f".join(map(str, cells)) for cells in told], pa.string()))
    again = _doubles(place, keys, scopes, row_hashes, findings)
    table = pa.Table.from_arrays(
        [
            pa.array(grid.rows),
            pa.array(indicator, pa.string()),
            pa.array(scopes.levels, pa.string()),
            pa.array(scopes.codes, pa.string()),
            pa.array(month, pa.int32()).view(pa.date32()),
            *(pa.array(one, pa.float64()) for one in (bounds.low, bounds.high, bounds.tolerance)),
            pa.array(department, pa.string()),
            pa.array(reason, pa.string()),
        ],
        schema=TARGETS_SCHEMA,
    )
    return Parsed(table, row_hashes, again, (), month)


def _indicators(grid: Grid, place: Places, register: Register, findings: Findings) -> list[IndicatorEntry | None]:
    """The indicator of every row. A target of something that nobody knows would judge nothing, so it is refused."""
    at, use = place["indicator"]
    words = register.indicator_words()

    def meaning(texts: list[str]) -> list[IndicatorEntry | None]:
        return [words.get(spelling.normal(text).casefold()) for text in texts]

    column = read(grid, at, use.header, meaning, labelled=True)
    for where, text in enumerate(column.texts):
        if column.meanings[where] is None:
            rows = np.flatnonzero(column.codes == where)
            blank = not spelling.bare(text)
            similar = spelling.similar(spelling.normal(text).casefold(), words)
            code = "required_empty" if blank else "target_indicator_unknown"
            findings.add(code, Level.ROW, use.header, rows, [text], **({} if blank else {"similar": similar}))
    return [column.meanings[code] for code in column.codes.tolist()]


def _departments(grid: Grid, place: Places, register: Register, findings: Findings) -> list[str]:
    at, use = place["department"]
    column = codes.words(grid, at, use.header, register.departments, bool(register.departments), findings)
    _report_blank(column.codes, [one.code or one.problem for one in column.meanings], use, findings)
    return _of_rows(column)


def _of_rows(column: Column[codes.Code]) -> list[str]:
    return [column.meanings[code].code for code in column.codes.tolist()]


def _reasons(grid: Grid, place: Places, limits: Limits, findings: Findings) -> list[str]:
    at, use = place["reason"]
    reasons = [
        spelling.bare(text or "") for text in comments.read(grid, at, use.header, limits, findings)[0].to_pylist()
    ]
    blank = [index for index, text in enumerate(reasons) if not text]
    findings.add("required_empty", Level.ROW, use.header, np.array(blank, np.intp))
    return reasons


def _report_blank(at: npt.NDArray[np.int32], words: list[str], use: ColumnUse, findings: Findings) -> None:
    blank = np.fromiter((not word for word in words), bool, len(words))
    findings.add("required_empty", Level.ROW, use.header, np.flatnonzero(blank[at]))


def _report_signed(place: Places, keys: list[str], register: Register, findings: Findings) -> None:
    """What both sides signed is not changed by one of them alone."""
    signed = [index for index, key in enumerate(keys) if key in register.signed]
    findings.add("target_signed", Level.ROW, place["valid_from"][1].header, np.array(signed, np.intp))


def _doubles(
    place: Places,
    keys: list[str],
    scopes: target_places.Scopes,
    row_hashes: fingerprint.Hashes,
    findings: Findings,
) -> npt.NDArray[np.bool_]:
    """One target for an indicator, scope and month: repetitions are dropped, contradictions rejected. A row whose
    indicator or place is not known is told once, by that."""
    known = [key if key[0] != "\x1f" and level else "" for key, level in zip(keys, scopes.levels, strict=True)]
    headers = [place[field][1].header for field in ("indicator", "place", "valid_from") if field in place]
    return identities.report_doubles(pa.array(known, pa.string()), row_hashes, findings, " + ".join(headers))
