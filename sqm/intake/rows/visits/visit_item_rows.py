"""Store audits with one row an item of a visit. Half a visit would have a wrong score: it is taken whole or not."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register
from sqm.intake.rows import codes, fingerprint  # fmt: skip
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.surveys import comments, identities  # fmt: skip
from sqm.intake.rows.surveys.survey_rows import Parsed
from sqm.intake.rows.visits import visit_facts, visit_items, visit_marks, visit_points, visit_table  # fmt: skip
from sqm.intake.rows.visits.visit_facts import NUMBERS, TEXTS, Facts
from sqm.intake.rows.visits.visit_marks import Item, Marks
from sqm.intake.words import spelling

Places = dict[str, tuple[int, ColumnUse]]
Rows = npt.NDArray[np.intp]
_YES = {"是": "1", "yes": "1", "y": "1", "1": "1", "true": "1", "否": "0", "no": "0", "n": "0", "0": "0", "false": "0"}


@dataclass(frozen=True)
class Grouped:
    """visit: for every row the place of its visit; firsts: for every visit its first row."""

    visit: npt.NDArray[np.int64]
    firsts: Rows


def parse(
    grid: Grid, used: dict[int, ColumnUse], recipe: Recipe, register: Register, limits: Limits, findings: Findings
) -> Parsed:
    """Visits of all rows of the grid; of a visit with a bad row every row is rejected."""
    place = {use.field: (at, use) for at, use in used.items()}
    facts = visit_facts.read_facts(grid, place, recipe, register, limits, findings)
    of = _grouped(facts)
    facts = replace(facts, comment=_joined_comments(facts.comment, of))
    _report_differing(facts, of, place, findings)
    items, item = _items(grid, place, recipe, register, findings)
    units = visit_points.read_points(grid, place, recipe, items, item, findings)
    critical = _critical(grid, place, items, item, findings)
    evidence = _evidence(grid, place, limits, findings)
    again = _doubles(place, facts, items, item, units, critical, findings)
    _report_incomplete(of, place, findings)
    order = np.argsort(of.visit, kind="stable")
    order = order[~again[order]]
    starts = np.searchsorted(of.visit[order], np.arange(len(of.firsts) + 1)).astype(np.int64)
    marks = Marks(
        starts, item[order], units.points[order], units.applies[order], units.most[order], critical[order],
        evidence.take(pa.array(order)),
    )  # fmt: skip
    hashes = visit_table.hashes(facts, of.firsts, marks, items)
    table = visit_table.table(grid.rows, facts, of.firsts, marks, items)
    months = visit_table.months_of(facts.days[of.firsts])
    return Parsed(table, hashes, np.zeros(len(of.firsts), bool), visit_marks.questions(items), months, of.firsts)


def _grouped(facts: Facts) -> Grouped:
    """Rows of one visit by its number; rows without one stand alone (they are rejected)."""
    seen: dict[str, int] = {}
    visit = np.empty(len(facts.days), np.int64)
    firsts: list[int] = []
    for row, text in enumerate(facts.texts["visit_id"].tolist()):
        key = text or f"\x1f{row}"
        if key not in seen:
            seen[key] = len(firsts)
            firsts.append(row)
        visit[row] = seen[key]
    return Grouped(visit, np.array(firsts, np.intp))


def _joined_comments(comment: pa.Array, of: Grouped) -> pa.Array:
    """What the rows of a visit say, each thing once, at the visit's first row."""
    told: dict[int, dict[str, None]] = {}
    for row, text in enumerate(comment.to_pylist()):
        if text:
            told.setdefault(int(of.visit[row]), {})[text] = None
    joined: list[str | None] = [None] * len(comment)
    for visit, texts in told.items():
        joined[int(of.firsts[visit])] = "\n".join(texts)
    return pa.array(joined, pa.string())


def _report_differing(facts: Facts, of: Grouped, place: Places, findings: Findings) -> None:
    """Rows of one visit that contradict its first row about store, day, source and the like."""
    spoken = of.firsts[of.visit]
    told = {**{name: facts.texts[name] for name in TEXTS if name in place}, "visited_on": facts.days}
    for name, values in told.items():
        differ = np.flatnonzero(values != values[spoken])
        _differing(name, differ, facts, place, findings)
    for name in NUMBERS:
        values = facts.numbers[name]
        same = (values == values[spoken]) | (np.isnan(values) & np.isnan(values[spoken]))
        _differing(name, np.flatnonzero(~same), facts, place, findings)


def _differing(name: str, rows: Rows, facts: Facts, place: Places, findings: Findings) -> None:
    header = place[name][1].header if name in place else ""
    found = list(dict.fromkeys(facts.texts["visit_id"][rows].tolist()))
    findings.add("visit_parts_differ", Level.ROW, header, rows, found)


def _items(
    grid: Grid, place: Places, recipe: Recipe, register: Register, findings: Findings
) -> tuple[list[Item], npt.NDArray[np.int64]]:
    """The items of the file, and for every row the place of its own among them."""
    at, use = place["item_code"]
    coded, texts = encoded(grid.column(at))
    words = visit_items.known(register)
    found = [visit_items.item(text, words, recipe, 0.0, "") for text in texts]
    blank = np.array([not spelling.bare(text) for text in texts] or [False], bool)
    findings.add("required_empty", Level.ROW, use.header, np.flatnonzero(blank[coded] if len(coded) else []))
    items: dict[str, Item] = {}
    for one in found:
        items.setdefault(one.code, one)
    visit_items.say_new(found, coded, register, use.header, findings)
    order = {code: where for where, code in enumerate(items)}
    places = np.array([order[one.code] for one in found] or [0], np.int64)
    return list(items.values()), places[coded] if len(coded) else np.empty(0, np.int64)


def _critical(
    grid: Grid, place: Places, items: list[Item], item: npt.NDArray[np.int64], findings: Findings
) -> visit_marks.Flags:
    """As the row says; where it says nothing, as the checklist has it."""
    own = np.array([one.critical for one in items] or [False], bool)[item] if len(item) else np.empty(0, bool)
    if "critical" not in place:
        return own
    at, use = place["critical"]
    column = codes.words(grid, at, use.header, _YES, True, findings)
    said = column.numbers(lambda one: {"1": 1, "0": 0}.get(one.code, -1))
    return np.where(said < 0, own, said == 1)


def _evidence(grid: Grid, place: Places, limits: Limits, findings: Findings) -> pa.Array:
    if "evidence" not in place:
        return pa.nulls(len(grid.rows), pa.string())
    at, use = place["evidence"]
    return comments.read(grid, at, use.header, limits, findings)[0]


def _doubles(
    place: Places, facts: Facts, items: list[Item], item: npt.NDArray[np.int64], units: visit_points.Points,
    critical: visit_marks.Flags, findings: Findings,
) -> visit_marks.Flags:  # fmt: skip
    """One mark for an item of a visit: repetitions are dropped, contradictions rejected."""
    names = [items[where].code for where in item.tolist()]
    keys = [
        f"{visit}\x1f{code}" if visit and code else ""
        for visit, code in zip(facts.texts["visit_id"].tolist(), names, strict=True)
    ]
    hashes = fingerprint.rows(
        [
            fingerprint.of_numbers(np.where(units.applies, units.points, -1), 11),
            fingerprint.of_numbers(units.most, 12), fingerprint.of_numbers(critical.astype(np.int64), 13),
        ],
        len(keys),
    )  # fmt: skip
    headers = [place[field][1].header for field in ("visit_id", "item_code") if field in place]
    return identities.report_doubles(pa.array(keys, pa.string()), hashes, findings, " + ".join(headers))


def _report_incomplete(of: Grouped, place: Places, findings: Findings) -> None:
    """Good rows of a visit that has a bad one."""
    bad = findings.rejected()
    lost = np.zeros(len(of.firsts), bool)
    lost[of.visit[bad]] = True
    header = place["visit_id"][1].header if "visit_id" in place else ""
    findings.add("visit_incomplete", Level.ROW, header, np.flatnonzero(lost[of.visit] & ~bad))
