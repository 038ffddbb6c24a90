"""Store registers: one row, one store."""

import numpy as np
import pyarrow as pa

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.reading import STORES_SCHEMA
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register
from sqm.intake.rows import fingerprint
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.surveys import identities
from sqm.intake.rows.surveys.survey_rows import Parsed
from sqm.intake.words import numbers, spelling

_BOUNDS = {"longitude": 180.0, "latitude": 90.0}


def parse(
    grid: Grid, used: dict[int, ColumnUse], recipe: Recipe, register: Register, limits: Limits, findings: Findings
) -> Parsed:
    """All rows of the grid. A store may be new; its district may be new too."""
    place = {use.field: (at, use) for at, use in used.items()}
    count = len(grid.rows)
    texts = {field: _texts(grid, place, field, findings) for field in (
        "store_code", "name_en", "name_zh", "district_code", "class", "size")}  # fmt: skip
    texts["name_zh"] = [zh or en for zh, en in zip(texts["name_zh"], texts["name_en"], strict=True)]
    texts["name_en"] = [en or zh for zh, en in zip(texts["name_zh"], texts["name_en"], strict=True)]
    spots = {field: _coordinates(grid, place, field, findings) for field in _BOUNDS}
    parts = [texts[field] for field in texts] + [[str(value) for value in spots[field]] for field in spots]
    told = ["\x1f".join(cells) for cells in zip(*parts, strict=True)]
    row_hashes = fingerprint.of_strings(pa.array(told, pa.string()))
    header = place["store_code"][1].header if "store_code" in place else ""
    again = identities.report_doubles(pa.array(texts["store_code"], pa.string()), row_hashes, findings, header)
    table = pa.Table.from_arrays(
        [
            pa.array(grid.rows), *(pa.array(texts[field], pa.string()) for field in texts),
            *(pa.array(spots[field], pa.float64()) for field in _BOUNDS),
        ],
        schema=STORES_SCHEMA,
    )  # fmt: skip
    return Parsed(table, row_hashes, again, (), np.zeros(count, np.int32))


def _texts(grid: Grid, place: dict[str, tuple[int, ColumnUse]], field: str, findings: Findings) -> list[str]:
    if field not in place:
        return [""] * len(grid.rows)
    at, use = place[field]
    codes, texts = encoded(grid.column(at))
    is_code = field in ("store_code", "district_code")
    cleaned = [spelling.code(text) if is_code else spelling.bare(text) for text in texts]
    if is_code or field == "name_zh":
        blank = np.fromiter((not text for text in cleaned), bool, len(cleaned))
        findings.add("required_empty", Level.ROW, use.header, np.flatnonzero(blank[codes] if len(texts) else blank))
    return [cleaned[code] for code in codes.tolist()]


def _coordinates(
    grid: Grid, place: dict[str, tuple[int, ColumnUse]], field: str, findings: Findings
) -> list[float | None]:
    """Degrees, or None where the cell is blank; impossible ones reject their row."""
    if field not in place:
        return [None] * len(grid.rows)
    at, use = place[field]
    found = [numbers.number(text) for text in grid.column(at).to_pylist()]
    bound = _BOUNDS[field]
    wrong = [
        index for index, one in enumerate(found)
        if one.code not in ("", "missing_word") or (one.value is not None and abs(one.value) > bound)
    ]  # fmt: skip
    column = grid.column(at)
    findings.add("coordinate_invalid", Level.ROW, use.header, np.array(wrong, np.intp),
                 [column[index].as_py() for index in wrong[:3]], f"-{bound:g} .. {bound:g}")  # fmt: skip
    return [None if one.value is None or one.code else float(one.value) for one in found]
