"""The bounds and the tolerance of targets: written in the unit that the screen shows, kept in the indicator's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse
from sqm.intake.register import IndicatorEntry
from sqm.intake.rows.column import Column
from sqm.intake.rows.column import read as read_column
from sqm.intake.rows.findings import Findings
from sqm.intake.words import numbers
from sqm.intake.words.numbers import Number
from sqm.rules.targets import Direction, is_complete

Places = dict[str, tuple[int, ColumnUse]]
_LARGEST = Decimal(10) ** 12
_HUNDRED = Decimal(100)
_USES = {Direction.HIGHER: ("low",), Direction.LOWER: ("high",), Direction.RANGE: ("low", "high")}


@dataclass(frozen=True)
class Bounds:
    """By row, in the indicator's own unit (shares 0-1); None where there is no bound. tolerance is 0 when not said."""

    low: list[float | None]
    high: list[float | None]
    tolerance: list[float]


def read(grid: Grid, place: Places, entries: Sequence[IndicatorEntry | None], findings: Findings) -> Bounds:
    """Problems are reported: what the direction needs and lacks, bounds that cross, and numbers no unit can have."""
    cells = {field: _numbers(grid, place, field, findings) for field in ("low", "high", "tolerance")}
    kept: dict[str, list[float | None]] = {}
    for field, given in cells.items():
        wrong = {"target_outside_unit": [], "target_tolerance_negative": []}  # type: dict[str, list[int]]
        kept[field] = [
            _kept(index, number, entry, field, wrong)
            for index, (number, entry) in enumerate(zip(given, entries, strict=True))
        ]
        for code, rows in wrong.items():
            _say(code, Level.ROW, field, rows, grid, place, findings)
    _report_shares(grid, place, cells, entries, findings)
    _report_missing(grid, place, cells, kept, entries, findings)
    _report_unused(grid, place, kept, entries, findings)
    return Bounds(kept["low"], kept["high"], [value or 0.0 for value in kept["tolerance"]])


def _numbers(grid: Grid, place: Places, field: str, findings: Findings) -> list[Number]:
    if field not in place:
        return [numbers.BLANK] * len(grid.rows)
    at, use = place[field]

    def meaning(texts: list[str]) -> list[Number]:
        comma = any(numbers.number(text).code == "decimal_comma" for text in texts)
        return [_number(text, comma) for text in texts]

    column: Column[Number] = read_column(grid, at, use.header, meaning)
    column.report(findings, lambda one: one.code, lambda code: Level.WARNING if code in numbers.REMARKS else Level.ROW)
    return [column.meanings[code] for code in column.codes.tolist()]


def _number(text: str, comma: bool) -> Number:
    if text[:1] == "=" and len(text) > 1:
        return Number(None, "formula_without_value")
    found = numbers.number(text, comma_seen=comma)
    if found.code == "missing_word":
        return numbers.BLANK
    return Number(None, "target_outside_unit") if found.value is not None and abs(found.value) > _LARGEST else found


def _is_per_cent(entry: IndicatorEntry) -> bool:
    return entry.kind == "share" and entry.unit == "%"


def _kept(
    index: int, number: Number, entry: IndicatorEntry | None, field: str, wrong: dict[str, list[int]]
) -> float | None:
    """The number in the indicator's own unit; None when blank or wrong."""
    if number.value is None or entry is None:
        return None
    if field == "tolerance" and number.value < 0:
        wrong["target_tolerance_negative"].append(index)
        return None
    if _is_per_cent(entry):
        if not 0 <= number.value <= _HUNDRED:
            wrong["target_outside_unit"].append(index)
            return None
        return float(number.value / _HUNDRED)
    if number.percent:
        wrong["target_outside_unit"].append(index)
        return None
    return float(number.value)


def _report_shares(
    grid: Grid,
    place: Places,
    cells: dict[str, list[Number]],
    entries: Sequence[IndicatorEntry | None],
    findings: Findings,
) -> None:
    """0.9 for a share may be 0.9 % or 90 %. "At least 0.9 %" is never meant; "at most 0.9 %" may be, and is asked."""
    for field in ("low", "high"):
        doubtful: dict[Level, list[int]] = {}
        for index, (number, entry) in enumerate(zip(cells[field], entries, strict=True)):
            if entry is None or not _is_per_cent(entry) or number.value is None or number.percent:
                continue
            if 0 < number.value <= 1:
                level = Level.ROW if entry.direction == Direction.HIGHER else Level.WARNING
                doubtful.setdefault(level, []).append(index)
        for level, rows in doubtful.items():
            _say("target_looks_like_share", level, field, rows, grid, place, findings)


def _report_missing(
    grid: Grid,
    place: Places,
    cells: dict[str, list[Number]],
    kept: dict[str, list[float | None]],
    entries: Sequence[IndicatorEntry | None],
    findings: Findings,
) -> None:
    """A target without the bound of its direction would withdraw the target instead of setting one."""
    missing: dict[str, list[int]] = {"low": [], "high": []}
    crossed = []
    for index, entry in enumerate(entries):
        low, high = kept["low"][index], kept["high"][index]
        if low is not None and high is not None and low > high:
            crossed.append(index)
        if entry is None or is_complete(low, high, Direction(entry.direction)):
            continue
        for field in _USES[Direction(entry.direction)]:
            if kept[field][index] is None and cells[field][index].value is None and not cells[field][index].code:
                missing[field].append(index)
    for field, rows in missing.items():
        _say("target_bound_missing", Level.ROW, field, rows, grid, place, findings)
    _say("target_bounds_crossed", Level.ROW, "low", crossed, grid, place, findings)


def _report_unused(
    grid: Grid,
    place: Places,
    kept: dict[str, list[float | None]],
    entries: Sequence[IndicatorEntry | None],
    findings: Findings,
) -> None:
    """A bound on the side that is not judged is taken out, so that nobody believes that it counts."""
    for field in ("low", "high"):
        unused = [
            index
            for index, entry in enumerate(entries)
            if entry is not None and kept[field][index] is not None and field not in _USES[Direction(entry.direction)]
        ]
        _say("target_bound_unused", Level.WARNING, field, unused, grid, place, findings)
        for index in unused:
            kept[field][index] = None


def _say(code: str, level: Level, field: str, rows: list[int], grid: Grid, place: Places, findings: Findings) -> None:
    header, found = field, []  # type: str, list[str]
    if field in place:
        at, use = place[field]
        column = grid.column(at)
        header, found = use.header, [column[index].as_py() for index in rows[:3]]
    findings.add(code, level, header, np.array(rows, np.intp), [text for text in found if text])
