"""An indicator file held against itself: totals outside the range of their parts, and columns copied forward.

Both are warnings: published tables do contain such rows, and only who made the file can say which number is wrong.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level, Problem, shown
from sqm.intake.recipe import ColumnUse
from sqm.intake.register import IndicatorEntry
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.indicators import waves
from sqm.intake.words import spelling, vocabulary

LEAST_PARTS = 2
LEAST_PLACES = 5
MOST_QUESTIONS, MOST_TABLE_ROWS = 200, 100_000
NAMED_ALONE = 50
"""So many findings of one kind are told one by one; a file with more of them is wrong as a whole."""

_GUARD = 1e-9
_ADDED_UP = frozenset({"count", "level"})
_RATIO = re.compile(
    r"率|比例|占比|满意度|平均|均值|得分|指数|%|\brate\b|ratio|share|percent|average|mean|score|taxa|índice|indicador",
    re.IGNORECASE,
)
Indexes = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Values:
    """The rows of an indicator file. indicator: place of each row's name in names; month: days since 1970; level and
    scope as stored; value: numerator / denominator (the numerator of a count); kept: rows that nothing speaks against.
    """

    names: Sequence[str]
    entries: Sequence[IndicatorEntry | None]
    indicator: npt.NDArray[np.int32]
    month: npt.NDArray[np.int32]
    level: npt.NDArray[np.object_]
    scope: npt.NDArray[np.object_]
    value: npt.NDArray[np.float64]
    kept: npt.NDArray[np.bool_]

    def month_name(self, index: int) -> str:
        return str(np.datetime64(int(self.month[index]), "D"))[:7]


def report(grid: Grid, place: dict[str, tuple[int, ColumnUse]], values: Values, findings: Findings) -> None:
    """Say what is not plausible, naming the rows."""
    at, use = next((place[field] for field in ("value", "rate", "numerator") if field in place), (-1, None))
    if use is None:
        return
    _report_totals(grid, at, use.header, values, findings)
    _report_repeated(use.header, values, findings)
    _report_waves(grid, place, use.header, values, findings)


def _report_waves(
    grid: Grid, place: dict[str, tuple[int, ColumnUse]], header: str, values: Values, findings: Findings
) -> None:
    """Tables of several questions; a file with many places is no such table."""
    rows = np.flatnonzero(values.kept)
    if not waves.LEAST_PARTS < len(values.names) <= MOST_QUESTIONS or not 0 < len(rows) <= MOST_TABLE_ROWS:
        return
    at = next((place[field][0] for field in ("store_code", "district_code", "operator") if field in place), None)
    words = [header] * len(values.kept) if at is None else [shown(cell) for cell in grid.column(at).to_pylist()]
    places = _numbered(values.level + "\x1f" + values.scope)
    held = waves.waves(values.names, values.indicator, places, values.month, values.value, rows, words)
    ratios = np.array([_is_ratio(*pair) for pair in zip(values.names, values.entries, strict=True)], bool)
    # what the catalogue does not know and no word tells apart is taken for a ratio when it is never above 100
    unknown = np.array([entry is None for entry in values.entries], bool)
    with_values = np.nanmax(np.where(np.isfinite(held.value), held.value, 0.0), axis=0)
    waves.report(header, held, ratios | (unknown & (with_values <= 100)), findings)


def _report_totals(grid: Grid, at: int, header: str, values: Values, findings: Findings) -> None:
    """A weighted mean of parts never lies outside them: a total that does is wrong, or one of its parts is."""
    ratios = np.array([_is_ratio(*pair) for pair in zip(values.names, values.entries, strict=True)], bool)
    whole = np.flatnonzero(values.kept & (values.level != "store") & ratios[values.indicator])
    groups: dict[tuple[int, int], list[int]] = {}
    for index in whole.tolist():
        groups.setdefault((int(values.indicator[index]), int(values.month[index])), []).append(index)
    outside: list[tuple[int, list[int]]] = []
    for members in groups.values():
        outside += [(total, parts) for total, parts in _totals(members, values) if _is_outside(total, parts, values)]
    cells = grid.column(at)
    for total, parts in outside[:NAMED_ALONE]:
        ordered = sorted(parts, key=lambda index: float(values.value[index]))
        low, high = (shown(cells[index].as_py()) for index in (ordered[0], ordered[-1]))
        above = values.value[total] > values.value[ordered[-1]]
        nearest = ordered[-1] if above else ordered[0]
        rows = (int(findings.rows[total]), int(findings.rows[nearest]))
        told = {
            "indicator": values.names[values.indicator[total]],
            "month": values.month_name(total),
            "total_row": str(rows[0]),
            "part_row": str(rows[1]),
            "low": low,
            "high": high,
            "count": "1",
        }
        code = "total_above_parts" if above else "total_below_parts"
        found, expected = shown(cells[total].as_py()), f"{low} – {high}"
        findings.say(Problem(code, Level.WARNING, rows[0], header, found, expected, tuple(told.items()), rows))
    _report_rest(header, [total for total, _ in outside[NAMED_ALONE:]], findings)


def _report_rest(header: str, totals: list[int], findings: Findings) -> None:
    """Those beyond NAMED_ALONE in one problem, whose rows are the totals alone."""
    findings.add("totals_outside_parts", Level.WARNING, header, np.array(totals, np.intp))


def _is_ratio(name: str, entry: IndicatorEntry | None) -> bool:
    """Of an indicator that the catalogue does not have only the name can tell."""
    return entry.kind not in _ADDED_UP if entry else bool(_RATIO.search(name))


def _totals(members: Sequence[int], values: Values) -> Iterable[tuple[int, list[int]]]:
    """Pairs of a total and its parts among the rows of one indicator and month: the industry and its operators (the
    company is one of them), the company and its districts."""
    industry, operators, company, districts = [], [], [], []  # type: list[int], list[int], list[int], list[int]
    for index in members:
        word = spelling.normal(str(values.scope[index])).casefold()
        if values.level[index] == "operator":
            (industry if word in vocabulary.INDUSTRY else operators).append(index)
        elif values.level[index] == "district" and vocabulary.LEVELS.get(word) != "company":
            districts.append(index)
        else:
            company.append(index)
    if len(operators) + len(company) >= LEAST_PARTS:
        yield from ((total, operators + company) for total in industry)
    if len(districts) >= LEAST_PARTS:
        yield from ((total, districts) for total in company)


def _is_outside(total: int, parts: Sequence[int], values: Values) -> bool:
    among = values.value[np.array(parts, np.intp)]
    slack = _GUARD * max(1.0, float(np.abs(among).max()))
    return bool(values.value[total] > among.max() + slack or values.value[total] < among.min() - slack)


def _report_repeated(header: str, values: Values, findings: Findings) -> None:
    """All places of an indicator say in a month exactly what they said the month before: a column copied forward.

    Places that all have one value (nothing happened anywhere) prove nothing.
    """
    rows = np.flatnonzero(values.kept)
    if len(rows) < 2 * LEAST_PLACES:
        return
    months = values.month[rows].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    places = _numbered(values.level[rows] + "\x1f" + values.scope[rows])
    order = np.lexsort((months, places, values.indicator[rows]))
    rows, months, places = rows[order], months[order], places[order]
    indicator, value = values.indicator[rows], values.value[rows]
    again = np.zeros(len(rows), bool)
    again[1:] = (
        (indicator[1:] == indicator[:-1])
        & (places[1:] == places[:-1])
        & (months[1:] == months[:-1] + 1)
        & (value[1:] == value[:-1])
    )
    span = int(months.max() - months.min()) + 1
    _, group = np.unique(indicator.astype(np.int64) * span + (months - months.min()), return_inverse=True)
    sizes, repeats = np.bincount(group), np.bincount(group, weights=again)
    suspects = np.flatnonzero((sizes >= LEAST_PLACES) & (repeats == sizes))
    told = 0
    for wave in suspects.tolist():
        members = rows[group == wave]
        if told >= NAMED_ALONE or len(np.unique(values.value[members])) < 2:
            continue
        told += 1
        name = values.names[values.indicator[members[0]]]
        month = values.month_name(int(members[0]))
        before = str(np.datetime64(month, "M") - 1)
        findings.add("column_repeated", Level.WARNING, header, members, (), "", indicator=name, month=month,
                     before=before)  # fmt: skip


def _numbered(words: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    return np.unique(words.astype(str), return_inverse=True)[1].astype(np.int64)
