"""Indicator files: one row, one value of an indicator for a month and a place."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sqm.intake.files.grid import Grid
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.reading import INDICATOR_SCHEMA, PART
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import IndicatorEntry, Register
from sqm.intake.rows import codes, decimals, fingerprint, moments
from sqm.intake.rows.codes import Code
from sqm.intake.rows.column import Column, read
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.indicators import plausibility
from sqm.intake.rows.indicators.parts import parts
from sqm.intake.rows.surveys import comments, identities
from sqm.intake.rows.surveys.survey_rows import Parsed
from sqm.intake.words import spelling

Places = dict[str, tuple[int, ColumnUse]]


@dataclass(frozen=True)
class Named:
    """An indicator by its code in the register, or by the file's own word."""

    code: str
    entry: IndicatorEntry | None = None
    problem: str = ""


@dataclass(frozen=True)
class Scopes:
    """Where each value holds: level (store, district, operator, company), code on that level, district."""

    level: pa.Array
    scope: pa.Array
    district: pa.Array


def parse(
    grid: Grid, used: dict[int, ColumnUse], recipe: Recipe, register: Register, limits: Limits, findings: Findings
) -> Parsed:
    """All rows of the grid, bad ones too (their problems are in findings)."""
    place = {use.field: (at, use) for at, use in used.items()}
    count = len(grid.rows)
    named = _indicators(grid, place, recipe, register, findings)
    month = _months(grid, place, recipe, register, findings)
    scopes = _scopes(grid, place, recipe, register, findings)
    numerator, denominator, n = parts(grid, place, [one.entry for one in named.meanings], named.codes, findings)
    note, note_hash = _notes(grid, place, limits, findings)
    indicator = _taken([one.code for one in named.meanings], named.codes, count)
    key = fingerprint.rows(
        [
            fingerprint.of_distinct("indicator", [one.code for one in named.meanings], named.codes),
            fingerprint.of_numbers(month, 4), _hash("level", scopes.level), _hash("scope", scopes.scope),
        ],
        count,
    )  # fmt: skip
    row_hashes = fingerprint.rows(
        [
            key, fingerprint.of_numbers(numerator, 7), fingerprint.of_numbers(denominator, 8),
            fingerprint.of_numbers(n, 9), note_hash,
        ],
        count,
    )  # fmt: skip
    again = _doubles(indicator, month, scopes, row_hashes, place, findings)
    kept = ~findings.rejected() & ~again
    values = plausibility.Values(
        *_distinct(named), month,
        scopes.level.to_numpy(zero_copy_only=False), scopes.scope.to_numpy(zero_copy_only=False),
        numerator / np.where(denominator > 0, denominator, 1), kept & (denominator > 0),
    )  # fmt: skip
    plausibility.report(grid, place, values, findings)
    table = pa.Table.from_arrays(
        [
            pa.array(grid.rows), indicator, pa.array(month, pa.int32()).view(pa.date32()), scopes.level, scopes.scope,
            scopes.district, decimals.array(numerator, PART), decimals.array(denominator, PART),
            pa.array(np.maximum(n, 0).astype(np.int32), mask=n < 0), note.fill_null(""),
        ],
        schema=INDICATOR_SCHEMA,
    )  # fmt: skip
    return Parsed(table, row_hashes, again, (), month)


def _taken(texts: list[str], at: npt.NDArray[np.int32], count: int) -> pa.Array:
    return pa.array(texts, pa.string()).take(pa.array(at)) if texts else pa.repeat(pa.scalar(""), count)


def _hash(name: str, column: pa.Array) -> fingerprint.Hashes:
    coded = column.dictionary_encode()
    return fingerprint.of_distinct(name, coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False))


def _indicators(grid: Grid, place: Places, recipe: Recipe, register: Register, findings: Findings) -> Column[Named]:
    words = register.indicator_words()

    def meaning(texts: list[str]) -> list[Named]:
        found = []
        for text in texts:
            word = spelling.bare(text)
            entry = words.get(spelling.normal(word).casefold())
            problem = "required_empty" if not word else "error_cell" if word.startswith("#N/A") else ""
            found.append(Named(entry.code if entry else word, entry, problem or ("" if entry else "indicator_unknown")))
        return found

    if "indicator" not in place:
        only = meaning([recipe.constant("indicator")])
        return Column("", np.zeros(len(grid.rows), np.int32), [recipe.constant("indicator")], only)
    at, use = place["indicator"]
    column = read(grid, at, use.header, meaning, labelled=True)
    column.report(
        findings, lambda one: one.problem, lambda code: Level.NOTE if code == "indicator_unknown" else Level.ROW
    )
    return column


def _distinct(named: Column[Named]) -> tuple[list[str], list[IndicatorEntry | None], npt.NDArray[np.int32]]:
    """The indicators as the file first writes each, their entries, and the place of every row's among them."""
    first: dict[str, int] = {}
    words: list[str] = []
    entries: list[IndicatorEntry | None] = []
    for text, one in zip(named.texts, named.meanings, strict=True):
        if one.code not in first:
            first[one.code] = len(first)
            words.append(spelling.bare(text))
            entries.append(one.entry)
    places = np.fromiter((first[one.code] for one in named.meanings), np.int32, len(named.meanings))
    return words, entries, places[named.codes]


def _months(grid: Grid, place: Places, recipe: Recipe, register: Register, findings: Findings) -> npt.NDArray[np.int32]:
    if "month" in place:
        at, use = place["month"]
        found = moments.column(grid, at, use, True, True, register, findings)
        return moments.numbers_of(found, len(grid.rows))
    return moments.of_survey(grid, {}, recipe, register, findings)[1]


def _scopes(grid: Grid, place: Places, recipe: Recipe, register: Register, findings: Findings) -> Scopes:
    """The finest place a row names: store, else district, else another operator, else the company."""
    count = len(grid.rows)
    strict = recipe.is_template
    level, scope, district = (np.full(count, "", dtype=object) for _ in range(3))
    level[:] = "company"
    if "operator" in place or recipe.constant("operator"):
        operator = _words(grid, place, "operator", recipe, register.labels.get("operator", {}), findings)
        other = (operator != "") & (operator != "own")
        level[other], scope[other] = "operator", operator[other]
    if "district_code" in place or recipe.constant("district_code"):
        known = {word: code for code, name in register.districts.items() for word in (code, name) if word}
        district = _words(grid, place, "district_code", recipe, known, findings)
        there = district != ""
        level[there], scope[there] = "district", district[there]
    if "store_code" in place:
        at, use = place["store_code"]
        column = codes.stores(grid, at, use.header, register, strict, findings)
        store = _objects(column, count)
        there = store != ""
        level[there], scope[there] = "store", store[there]
        districts = Column("", column.codes, [], [Code(register.stores.get(one.code, "")) for one in column.meanings])
        district = np.where(there, _objects(districts, count), district)
    return Scopes(*(pa.array(one, pa.string()) for one in (level, scope, district)))


def _words(
    grid: Grid, place: Places, field: str, recipe: Recipe, known: Mapping[str, str], findings: Findings
) -> npt.NDArray[np.object_]:
    if field not in place:
        return np.full(len(grid.rows), recipe.constant(field), dtype=object)
    at, use = place[field]
    column = codes.words(grid, at, use.header, known, False, findings)
    return _objects(column, len(grid.rows))


def _objects(column: Column[Code], count: int) -> npt.NDArray[np.object_]:
    if not column.meanings:
        return np.full(count, "", dtype=object)
    return np.array([one.code for one in column.meanings], dtype=object)[column.codes]


def _notes(grid: Grid, place: Places, limits: Limits, findings: Findings) -> tuple[pa.Array, fingerprint.Hashes]:
    if "note" not in place:
        return pa.nulls(len(grid.rows), pa.string()), fingerprint.of_strings(pa.array([""]))
    at, use = place["note"]
    return comments.read(grid, at, use.header, limits, findings)


def _doubles(
    indicator: pa.Array, month: npt.NDArray[np.int32], scopes: Scopes, row_hashes: fingerprint.Hashes, place: Places,
    findings: Findings,
) -> npt.NDArray[np.bool_]:  # fmt: skip
    """One value for an indicator, month and place: repetitions are dropped, contradictions rejected."""
    days = [str(np.datetime64(int(day), "D"))[:7] for day in month]
    told = (days, scopes.scope.to_pylist(), indicator.to_pylist(), scopes.level.to_pylist())
    keys = ["\x1f".join(key) for key in zip(*told, strict=True)]
    headers = [place[field][1].header for field in ("month", "store_code", "operator", "indicator") if field in place]
    return identities.report_doubles(pa.array(keys, pa.string()), row_hashes, findings, " + ".join(headers))
