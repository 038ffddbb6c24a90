"""The stores of an audit file: of our templates only those of the register, of a mapped file new ones too."""

import numpy as np
import pyarrow as pa

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register
from sqm.intake.rows import codes
from sqm.intake.rows.findings import Findings
from sqm.intake.words import numbers, spelling, visit_words

Places = dict[str, tuple[int, ColumnUse]]
Texts = np.ndarray[tuple[int], np.dtype[np.object_]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
STORE_DAY = "store_day"
_BOUNDS = {"longitude": 180.0, "latitude": 90.0}


def codes_of(
    grid: Grid, place: Places, recipe: Recipe, register: Register, ids: Texts | None, names: Texts, findings: Findings
) -> Texts:
    """The code of every row's store: from its column, from the visit's number (65776_20170126), or by its name."""
    if "store_code" in place and recipe.is_template:
        at, use = place["store_code"]
        column = codes.stores(grid, at, use.header, register, True, findings)
        known = np.array([one.code for one in column.meanings] or [""], dtype=object)
        return known[column.codes] if len(column.codes) else np.empty(0, object)
    if "store_code" in place:
        at, use = place["store_code"]
        header, told = use.header, [spelling.code(text) for text in grid.column(at).to_pylist()]
    elif ids is not None and recipe.constant("id_holds") == STORE_DAY:
        header = place["visit_id"][1].header
        told = [spelling.code(visit_words.before_day(text)) for text in ids]
    else:
        header = place["store_name"][1].header
        by_name = {spelling.normal(name): code for name, code in register.store_names.items()}
        told = [by_name.get(spelling.normal(name)) or spelling.code(name) for name in names]
    found = np.array(told, dtype=object)
    findings.add("required_empty", Level.ROW, header, np.flatnonzero(found == ""))
    _say_new(found, header, register, findings)
    return found


def _say_new(found: Texts, header: str, register: Register, findings: Findings) -> None:
    """Stores that the file would register; where it names known ones beside them, a slip is likelier: a warning."""
    distinct = set(found.tolist()) - {""}
    new = sorted(distinct - set(register.stores))
    if not new:
        return
    level = Level.NOTE if len(new) == len(distinct) else Level.WARNING
    similar = spelling.similar(new[0], register.stores) if level is Level.WARNING else ""
    first = {code: index for index, code in reversed(list(enumerate(found.tolist())))}
    rows = np.array(sorted(first[code] for code in new), np.intp)
    findings.add("store_new", level, header, rows, new, similar=similar)


def districts_of(grid: Grid, place: Places, stores: Texts, register: Register, findings: Findings) -> Texts:
    """The register's district of a known store, else what the file says."""
    told = np.full(len(stores), "", dtype=object)
    if "district_code" in place:
        at, use = place["district_code"]
        known = {word: code for code, name in register.districts.items() for word in (code, name) if word}
        column = codes.words(grid, at, use.header, known, False, findings)
        if len(column.codes):
            told = np.array([one.code for one in column.meanings], dtype=object)[column.codes]
    return np.array([register.stores.get(code, own) for code, own in zip(stores, told, strict=True)], dtype=object)


def spots_of(grid: Grid, place: Places, findings: Findings) -> dict[str, Floats]:
    """Longitude and latitude in degrees; NaN where a cell is blank or impossible, and for the point 0, 0."""
    found = {field: _degrees(grid, place, field, findings) for field in _BOUNDS}
    nowhere = np.logical_or.reduce([np.isnan(one) for one in found.values()])
    nowhere |= np.logical_and.reduce([one == 0 for one in found.values()])
    for one in found.values():
        one[nowhere] = np.nan
    return found


def _degrees(grid: Grid, place: Places, field: str, findings: Findings) -> Floats:
    if field not in place:
        return np.full(len(grid.rows), np.nan)
    at, use = place[field]
    column: pa.ChunkedArray = grid.column(at)
    values = np.full(len(grid.rows), np.nan)
    wrong = []
    for index, text in enumerate(column.to_pylist()):
        one = numbers.number(text)
        if one.code not in ("", "missing_word") or (one.value is not None and abs(one.value) > _BOUNDS[field]):
            wrong.append(index)
        elif one.value is not None:
            values[index] = float(one.value)
    bound = f"-{_BOUNDS[field]:g} .. {_BOUNDS[field]:g}"
    findings.add("coordinate_invalid", Level.WARNING, use.header, np.array(wrong, np.intp),
                 [column[index].as_py() for index in wrong[:3]], bound)  # fmt: skip
    return values
