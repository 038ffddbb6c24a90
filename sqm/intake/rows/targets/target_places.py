"""Where a target holds: the company, a district or a store."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse
from sqm.intake.register import Register
from sqm.intake.rows.findings import Findings
from sqm.intake.words import spelling, vocabulary


@dataclass(frozen=True)
class Scopes:
    """For every row the level (company, district, store; '' where the row is rejected) and the code on it."""

    levels: list[str]
    codes: list[str]


@dataclass(frozen=True)
class _Scope:
    level: str = ""
    code: str = ""
    problem: str = ""
    is_about_level: bool = False
    similar: str = ""


def read(grid: Grid, place: dict[str, tuple[int, ColumnUse]], register: Register, findings: Findings) -> Scopes:
    """A level that is not said is told by the place: a store's code, a district's, or none for the company."""
    count = len(grid.rows)
    blank = [""] * count
    levels = grid.column(place["level"][0]).to_pylist() if "level" in place else blank
    places = grid.column(place["place"][0]).to_pylist() if "place" in place else blank
    find = _finder(register)
    known: dict[tuple[str, str], _Scope] = {}
    rows: dict[tuple[str, str], list[int]] = {}
    for index, pair in enumerate(zip(levels, places, strict=True)):
        rows.setdefault(pair, []).append(index)
    for pair in rows:
        known[pair] = find(spelling.normal(pair[0]).casefold(), spelling.normal(pair[1]))
        _report(pair, known[pair], place, rows[pair], findings)
    found = [known[pair] for pair in zip(levels, places, strict=True)]
    return Scopes([one.level for one in found], [one.code for one in found])


def _report(
    pair: tuple[str, str],
    scope: _Scope,
    place: dict[str, tuple[int, ColumnUse]],
    rows: list[int],
    findings: Findings,
) -> None:
    if not scope.problem:
        return
    text = pair[0] if scope.is_about_level else pair[1]
    field = "level" if scope.is_about_level or "place" not in place else "place"
    values = {"similar": scope.similar} if scope.problem == "target_place_unknown" else {}
    expected = " / ".join(sorted(set(vocabulary.LEVELS.values()))) if scope.problem == "code_unknown" else ""
    header = place[field][1].header if field in place else ""
    findings.add(scope.problem, Level.ROW, header, np.array(rows, np.intp), [text] if text else [], expected, **values)


def _finder(register: Register) -> Callable[[str, str], _Scope]:
    """What a level's word and a place's word mean. Codes come before names."""
    names = {spelling.normal(name): code for code, name in register.districts.items() if name}
    districts = {**names, **{code: code for code in register.districts}}
    stores = {**register.store_names, **{code: code for code in register.stores}}
    words = {"district": districts, "store": stores}

    def find(level_word: str, place_word: str) -> _Scope:
        level = vocabulary.LEVELS.get(level_word, "")
        if level_word and not level:
            return _Scope(problem="code_unknown", is_about_level=True)
        if level == "company" or not (level or place_word):
            return _Scope(problem="target_place_unneeded") if place_word else _Scope("company")
        if not place_word:
            return _Scope(problem="required_empty")
        for one in [level] if level else ["store", "district"]:
            code = words[one].get(place_word, "") or words[one].get(place_word.upper(), "")
            if code:
                return _Scope(one, code)
        near = spelling.similar(place_word.upper(), {**words.get(level, {**districts, **stores})})
        return _Scope(problem="target_place_unknown", similar=near)

    return find
