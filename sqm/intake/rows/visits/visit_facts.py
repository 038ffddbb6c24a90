"""What every row of an audit file says of its visit: which store, when, by whom, how long it took."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register
from sqm.intake.rows import codes, moments
from sqm.intake.rows.column import read
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.surveys import comments, identities
from sqm.intake.rows.visits import visit_stores
from sqm.intake.words import numbers, spelling, visit_words
from sqm.intake.words.numbers import Number

Places = dict[str, tuple[int, ColumnUse]]
Texts = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
_LONGEST = 720.0  # minutes: nobody waits longer than a store is open
_TEXT = ("store_name", "class", "size", "checklist", "auditor")
TEXTS = ("store_code", *_TEXT, "district_code", "source", "theme")
NUMBERS = ("longitude", "latitude", "minutes_waited", "minutes_handled", "score")


@dataclass(frozen=True)
class Facts:
    """A value for every row. texts: TEXTS and visit_id, '' where the file says nothing; days since 1970-01-01;
    numbers: NUMBERS, NaN where there is none; comment: masked, null where there is none."""

    texts: dict[str, Texts]
    days: npt.NDArray[np.int32]
    numbers: dict[str, Floats]
    comment: pa.Array


def read_facts(
    grid: Grid, place: Places, recipe: Recipe, register: Register, limits: Limits, findings: Findings
) -> Facts:
    """All rows, bad ones too (their problems are in findings)."""
    count = len(grid.rows)
    ids = _ids(grid, place, findings)
    texts = {field: _plain(grid, place, field) for field in _TEXT}
    texts["store_code"] = visit_stores.codes_of(grid, place, recipe, register, ids, texts["store_name"], findings)
    texts["district_code"] = visit_stores.districts_of(grid, place, texts["store_code"], register, findings)
    texts["source"] = _sources(grid, place, recipe, findings)
    texts["theme"] = _words(grid, place, "theme", recipe, register, findings)
    if not place.get("checklist"):
        texts["checklist"] = np.full(count, recipe.constant("checklist"), object)
    days = _days(grid, place, recipe, register, findings)
    measured = {
        "minutes_waited": _measured(grid, place, "minutes_waited", _LONGEST, findings),
        "minutes_handled": _measured(grid, place, "minutes_handled", _LONGEST, findings),
        "score": _measured(grid, place, "score", 100.0, findings),
        **visit_stores.spots_of(grid, place, findings),
    }
    if "comment" in place:
        at, use = place["comment"]
        comment = comments.read(grid, at, use.header, limits, findings)[0]
    else:
        comment = pa.nulls(count, pa.string())
    texts["visit_id"] = ids if ids is not None else _made_ids(texts, days)
    return Facts(texts, days, measured, comment)


def _ids(grid: Grid, place: Places, findings: Findings) -> Texts | None:
    if "visit_id" not in place:
        return None
    at, use = place["visit_id"]
    found = identities.read(grid, at, use.header, findings)
    return np.array(found.to_pylist(), dtype=object)


def _made_ids(texts: dict[str, Texts], days: npt.NDArray[np.int32]) -> Texts:
    """A visit without a number of its own is told by store, day, source and theme."""
    spelled = days.astype("datetime64[D]").astype(str)
    parts = zip(texts["store_code"], spelled, texts["source"], texts["theme"], strict=True)
    return np.array([":".join(part for part in each if part) for each in parts], dtype=object)


def _plain(grid: Grid, place: Places, field: str) -> Texts:
    if field not in place:
        return np.full(len(grid.rows), "", dtype=object)
    at, texts = encoded(grid.column(place[field][0]))
    cleaned = np.array([spelling.bare(text) for text in texts] or [""], dtype=object)
    return cleaned[at] if len(at) else np.empty(0, object)


def _sources(grid: Grid, place: Places, recipe: Recipe, findings: Findings) -> Texts:
    """Who made the visit. A file without such a column is of the source that was declared for it; a cell is never
    taken for the third party in silence: that is the only source that is scored."""
    count = len(grid.rows)
    if "source" not in place:
        return np.full(count, recipe.constant("source") or visit_words.THIRD_PARTY, dtype=object)
    at, use = place["source"]
    column = codes.words(grid, at, use.header, visit_words.SOURCES, True, findings)
    blank, _ = column.indexes(lambda one: not one.code and not one.problem)
    findings.add("required_empty", Level.ROW, use.header, blank)
    return _objects([one.code for one in column.meanings], column.codes)


def _words(grid: Grid, place: Places, field: str, recipe: Recipe, register: Register, findings: Findings) -> Texts:
    """A theme that nobody knows is its own code."""
    if field not in place:
        return np.full(len(grid.rows), recipe.constant(field), dtype=object)
    at, use = place[field]
    column = codes.words(grid, at, use.header, register.themes, False, findings)
    return _objects([one.code for one in column.meanings], column.codes)


def _objects(meanings: list[str], at: npt.NDArray[np.int32]) -> Texts:
    return np.array(meanings or [""], dtype=object)[at] if len(at) else np.empty(0, object)


def _days(grid: Grid, place: Places, recipe: Recipe, register: Register, findings: Findings) -> npt.NDArray[np.int32]:
    count = len(grid.rows)
    if "visited_on" in place:
        at, use = place["visited_on"]
        return moments.numbers_of(moments.column(grid, at, use, False, True, register, findings), count)
    at, use = place["visit_id"]
    told = [visit_words.day_in(text) for text in grid.column(at).to_pylist()]
    alone = Grid([pa.chunked_array([pa.array(told, pa.string())])], grid.rows)
    without = np.array([index for index, text in enumerate(told) if not text], np.intp)
    findings.add("visit_id_no_day", Level.ROW, use.header, without,
                 [str(grid.column(at)[int(index)]) for index in without[:3]])  # fmt: skip
    return moments.numbers_of(moments.column(alone, 0, use, False, False, register, findings), count)


def _measured(grid: Grid, place: Places, field: str, most: float, findings: Findings) -> Floats:
    """Numbers from 0 to most, NaN for a blank cell."""
    if field not in place:
        return np.full(len(grid.rows), np.nan)
    at, use = place[field]
    below = "minutes_negative" if field.startswith("minutes") else "out_of_range"
    column = read(grid, at, use.header, _meaning(most, below, field == "score"))
    for code in sorted({one.code for one in column.meanings} - {""}):
        rows, texts = column.indexes(lambda one, code=code: one.code == code)  # type: ignore[misc]
        findings.add(code, Level.ROW, use.header, rows, texts, f"0-{most:g}")
    values = [float(one.value) if one.value is not None else np.nan for one in column.meanings]
    return np.array(values or [np.nan])[column.codes] if len(column.codes) else np.empty(0)


def _meaning(most: float, below: str, per_cent: bool) -> Callable[[list[str]], list[Number]]:
    def one(text: str) -> Number:
        if text[:1] == "=" and len(text) > 1:
            return Number(None, "formula_without_value")
        found = numbers.number(text)
        if found.value is None:
            return Number(None, "" if found.code == "missing_word" else found.code)
        if found.percent and not per_cent:
            return Number(None, "not_a_number")
        if found.value < 0:
            return Number(None, below)
        return Number(None, "out_of_range") if found.value > most else Number(found.value)

    return lambda texts: [one(text) for text in texts]
