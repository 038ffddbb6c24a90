"""Guesses for files of store audits: inspections with a column for each item, scores with a list of what failed, or
one row an item. Sure enough only when a store, a day and marks are there and a word says that somebody visited."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqm.intake.first_look.look import Look
from sqm.intake.proposals import guesses
from sqm.intake.recipe import FIELDS, ColumnUse, Recipe, Template
from sqm.intake.register import AuditItem, Register
from sqm.intake.rows.visits import visit_items
from sqm.intake.rows.visits.visit_stores import STORE_DAY
from sqm.intake.words import dates, header_words, numbers, spelling, visit_headers, visit_words, vocabulary
from sqm.intake.words.visit_words import FAILED, PASSED, POINTS

_AUDIT = re.compile(r"audit|inspect|mystery|violation|checklist|暗访|检测|检查|巡检|走访|自查|明访", re.IGNORECASE)
_WRONG = re.compile(r"violat|fail|defici|违|不合格|扣分|缺陷|问题", re.IGNORECASE)
_RUN = re.compile(r"^(?P<stem>.*?)[ _.\-]*(?P<number>\d{1,3})$")
_POINTS = re.compile(r"[(（\[【]\s*(\d+(?:\.\d+)?)\s*(?:分|points?|pts?|marks?)\s*[)）\]】]\s*$", re.IGNORECASE)
_LEAST_RUN = 3
_MOST_POINTS = 100.0
_NUMBERS = ("longitude", "latitude", "minutes_waited", "minutes_handled", "score", "max_points")


@dataclass(frozen=True)
class _Run:
    """Columns of marks and what a mark seems to mean."""

    places: tuple[int, ...]
    meaning: str


def free_recipe(look: Look, register: Register, remembered: Mapping[str, ColumnUse], base: Recipe) -> Recipe | None:
    """A proposal when the file is surely one of store audits, else None."""
    told = f"{look.file_name}\n" + "\n".join(cell.text for cell in look.headers)
    if not _AUDIT.search(told):
        return None
    recipe = _recalled(of_file(look, register, base), remembered)
    have = {use.field for use in recipe.columns}
    store = have & {"store_code", "store_name"} or recipe.constant("id_holds") == STORE_DAY
    day = "visited_on" in have or recipe.constant("id_holds")
    found = {"score", "failed_items"} <= have or {"item_code", "points"} <= have or bool(recipe.items())
    return recipe if store and day and found else None


def of_file(look: Look, register: Register, base: Recipe) -> Recipe:
    """The best guess at a file that somebody says is one of store audits."""
    words = [cell.text for cell in look.headers]
    staff = {at for at, text in enumerate(words) if visit_words.is_staff(text)}
    fields = guesses.assigned(
        words, look, visit_headers.WORDS, lambda field, values: _fits(field, values, register), staff
    )
    by_item = guesses.assigned(
        words, look, visit_headers.ITEM_WORDS, lambda field, values: _fits(field, values, register), staff
    )
    code = header_words.survey_code(look.file_name)
    base = replace(base, survey_code=code, survey_name_en=_stem(look), survey_name_zh=_stem(look))
    if {"item_code", "points"} <= set(by_item.values()):
        fields = {at: field for at, field in fields.items() if at not in by_item} | by_item
        marks = _meaning([_values(look, at) for at, field in by_item.items() if field == "points"], look)
        recipe = replace(base, template=Template.VISIT_ITEMS, columns=_uses(look, fields))
        recipe = recipe.with_constant("marks", POINTS if "max_points" in by_item.values() else marks)
    else:
        run = _run(look, set(fields) | staff)
        recipe = replace(base, template=Template.VISITS, columns=_uses(look, fields, run, code, register))
        recipe = recipe.with_constant("marks", run.meaning)
    return _declared(recipe, look)


def _declared(recipe: Recipe, look: Look) -> Recipe:
    """What holds for the whole file. Only the third party's visits are scored; a file's name may say otherwise."""
    own = re.search(r"self[ _-]?audit|自查|自检", look.file_name, re.IGNORECASE)
    have = {use.field for use in recipe.columns}
    if "source" not in have:
        recipe = recipe.with_constant("source", visit_words.SELF_AUDIT if own else visit_words.THIRD_PARTY)
    if "visited_on" not in have and "visit_id" in have:
        at = next(use.position for use in recipe.columns if use.field == "visit_id")
        ids = _values(look, at)
        if ids and all(visit_words.day_in(text) for text in ids):
            store = "store_code" not in have and all(visit_words.before_day(text) for text in ids)
            recipe = recipe.with_constant("id_holds", STORE_DAY if store else "day")
    return recipe


def _stem(look: Look) -> str:
    return look.file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]


def _recalled(recipe: Recipe, remembered: Mapping[str, ColumnUse]) -> Recipe:
    """What the analyst said of a header before; the marks of a checklist are known by the study as a whole."""
    columns = []
    for use in recipe.columns:
        known = remembered.get(use.header)
        fits = known is not None and known.field in FIELDS[recipe.template] and "item" not in (known.field, use.field)
        columns.append(replace(use, field=known.field) if known is not None and fits else use)
    return replace(recipe, columns=tuple(columns))


def _fits(field: str, values: Sequence[str], register: Register) -> bool:
    """Do the values allow the field that the header promises?"""
    if field == "visited_on":
        return _most(values, [day.day is not None for day in dates.days(list(values))])
    if field in _NUMBERS:
        return _most(values, [numbers.number(text).value is not None for text in values])
    if field in ("store_name", "failed_items", "class", "size", "district_code"):
        return bool(values) and not _most(values, [numbers.number(text).value is not None for text in values], 0.5)
    if field == "source":
        known = {spelling.normal(word).casefold() for word in visit_words.SOURCES}
        return _most(values, [spelling.normal(text).casefold() in known for text in values])
    return bool(values) or field in ("comment", "evidence", "auditor")


def _most(values: Sequence[str], flags: Sequence[bool], enough: float = 0.8) -> bool:
    return bool(values) and sum(flags) >= enough * len(values)


def _values(look: Look, at: int) -> tuple[str, ...]:
    return look.distinct[at] if at < len(look.distinct) else ()


def _run(look: Look, taken: set[int]) -> _Run:
    """The longest row of headers of one stem with running numbers (FC01 .. FC56) that hold marks; without one, all
    columns of marks of 0 and 1, and columns whose header says its points (8 points)."""
    groups: dict[str, list[int]] = {}
    for at, cell in enumerate(look.headers):
        match = _RUN.match(spelling.normal(cell.text))
        if match and at not in taken and _is_marks(_values(look, at)):
            groups.setdefault(match["stem"].casefold(), []).append(at)
    best = max(groups.values(), key=len, default=[])
    if len(best) < _LEAST_RUN:
        free = [at for at in range(len(look.headers)) if at not in taken and look.headers[at].text]
        best = [at for at in free if _POINTS.search(look.headers[at].text) and _is_marks(_values(look, at))]
        best = best or [at for at in free if _values(look, at) and _is_binary(_values(look, at))]
    return _Run(tuple(best), _meaning([_values(look, at) for at in best], look))


def _is_marks(values: Sequence[str]) -> bool:
    found = [numbers.number(text) for text in values if not visit_words.is_not_applicable(text)]
    if not found:
        return False
    return all(one.value is not None and 0 <= one.value <= _MOST_POINTS for one in found) or _is_binary(values)


def _is_binary(values: Sequence[str]) -> bool:
    told = [text for text in values if not visit_words.is_not_applicable(text)]
    return bool(told) and all(visit_words.passed(text, PASSED) is not None for text in told)


def _meaning(columns: Sequence[Sequence[str]], look: Look) -> str:
    """0 and 1 in four of five columns are no points; a word about what was wrong makes 1 a failure."""
    if not columns or sum(_is_binary(values) for values in columns) < 0.8 * len(columns):
        return POINTS
    told = f"{look.file_name}\n" + "\n".join(f"{cell.text} {cell.label}" for cell in look.headers)
    return FAILED if _WRONG.search(told) else PASSED


def _uses(
    look: Look, fields: Mapping[int, str], run: _Run | None = None, code: str = "", register: Register | None = None
) -> tuple[ColumnUse, ...]:
    known = visit_items.known(register) if register else {}
    columns = []
    for at, cell in enumerate(look.headers):
        if run is not None and at in run.places:
            columns.append(_item(cell.text, cell.label, at, run.meaning, _values(look, at), code, known))
        else:
            columns.append(ColumnUse(cell.text, fields.get(at, "ignore"), position=at, label=cell.label))
    return tuple(columns)


def _item(
    header: str, label: str, at: int, meaning: str, values: Sequence[str], code: str, known: Mapping[str, AuditItem]
) -> ColumnUse:
    """A column of marks. Its most points: as the header says, as the checklist has it, else the highest value seen."""
    entry = known.get(spelling.header(header))
    said = most_in(header)
    seen = [float(value) for value in (numbers.number(text).value for text in values) if value is not None]
    most = said or (entry.most if entry else 0.0) or (max(seen, default=1.0) if meaning == POINTS else 1.0) or 1.0
    named = entry.code if entry else visit_words.item_code(code, header)
    return ColumnUse(header, "item", named, scale_min=0.0, scale_max=most, position=at, label=label or header,
                     critical=entry.critical if entry else False)  # fmt: skip


def most_in(header: str) -> float:
    """8 of ``Queue guided (8 points)``; 0 where a header says no points."""
    match = _POINTS.search(spelling.normal(header))
    return float(match[1]) if match else 0.0


def of_template(look: Look, base: Recipe, register: Register) -> Recipe:
    """The recipe of a file with the headers of one of our audit templates. Other columns are items when they have an
    item's name or end in their points; a column of persons who were visited keeps its name, to be refused."""
    known = visit_items.known(register)
    columns = []
    for at, (cell, column) in enumerate(
        zip(look.headers, vocabulary.match([cell.text for cell in look.headers], base.template), strict=True)
    ):
        if column is not None:
            columns.append(ColumnUse(cell.text, column.field, position=at, label=cell.label))
        elif visit_words.is_staff(cell.text):
            columns.append(ColumnUse(cell.text, "staff", position=at))
        elif (
            base.template is Template.VISITS
            and cell.text
            and (spelling.header(cell.text) in known or most_in(cell.text))
        ):
            columns.append(_item(cell.text, _bare(cell.text), at, POINTS, (), "", known))
        else:
            columns.append(ColumnUse(cell.text, "ignore", position=at, label=cell.label))
    return replace(base, columns=tuple(columns), is_template=True)


def _bare(header: str) -> str:
    return _POINTS.sub("", header).strip() or header
