"""Survey files: one row, one respondent."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sqm.intake.files.grid import Grid
from sqm.intake.limits import Limits
from sqm.intake.reading import SCORE, SURVEY_SCHEMA, Question
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register
from sqm.intake.rows import codes, decimals, fingerprint, moments
from sqm.intake.rows.codes import Code
from sqm.intake.rows.column import Column
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.surveys import comments, identities, items, weights
from sqm.intake.rows.surveys.items import Answer


@dataclass(frozen=True)
class Parsed:
    """Rows of a file in canonical columns with a hash for every row; again: exact repetitions of an earlier row.
    firsts: where several rows of the file make one of the table, which share their fate: the first of each."""

    table: pa.Table
    row_hashes: fingerprint.Hashes
    again: npt.NDArray[np.bool_]
    questions: tuple[Question, ...] = ()
    month_numbers: npt.NDArray[np.int32] | None = None
    firsts: npt.NDArray[np.intp] | None = None


def parse(
    grid: Grid, used: dict[int, ColumnUse], recipe: Recipe, register: Register, limits: Limits, findings: Findings
) -> Parsed:
    """All rows of the grid, bad ones too (their problems are in findings and their cells are blank)."""
    place = {use.field: (at, use) for at, use in used.items() if use.field != "item"}
    strict = recipe.is_template
    count = len(grid.rows)
    ids = _ids(grid, place, findings, count)
    day, month = moments.of_survey(grid, place, recipe, register, findings)
    words = _words(grid, place, recipe, register, strict, findings)
    asked = _asked(used, recipe)
    answered = [items.answers(grid, at, use, strict, findings) for at, use in asked]
    weight, weight_hash = weights.read(grid, place, findings)
    if "comment" in place:
        at, use = place["comment"]
        comment, comment_hash = comments.read(grid, at, use.header, limits, findings)
    else:
        comment, comment_hash = pa.nulls(count, pa.string()), fingerprint.of_strings(pa.array([""]))
    hashes = [fingerprint.of_numbers(day, 3), fingerprint.of_numbers(month, 4)]
    hashes += [_code_hash(name, words[name]) for name in words]
    hashes += [_answer_hash(use.item_code, column) for (_, use), column in zip(asked, answered, strict=True)]
    hashes += [weight_hash, comment_hash]
    if ids is not None:
        hashes.append(fingerprint.of_strings(ids))
    row_hashes = fingerprint.rows(hashes, count)
    again = np.zeros(count, bool)
    if ids is not None:
        again = identities.report_doubles(ids, row_hashes, findings, place["respondent_id"][1].header)
    table = pa.Table.from_arrays(
        [
            pa.array(grid.rows), ids if ids is not None else pa.repeat(pa.scalar(""), count),
            pa.array(day, pa.int32()).view(pa.date32()), pa.array(month, pa.int32()).view(pa.date32()),
            *(_texts(words[name], count) for name in ("store", "district", "operator", "channel", "brand")),
            weight, _scores(answered, count), comment,
        ],
        schema=SURVEY_SCHEMA,
    )  # fmt: skip
    return Parsed(table, row_hashes, again, _questions(asked, answered), month)


def _ids(grid: Grid, place: dict[str, tuple[int, ColumnUse]], findings: Findings, count: int) -> pa.Array | None:
    if "respondent_id" not in place:
        return None
    at, use = place["respondent_id"]
    return identities.read(grid, at, use.header, findings) if count else pa.array([], pa.string())


def _words(
    grid: Grid, place: dict[str, tuple[int, ColumnUse]], recipe: Recipe, register: Register, strict: bool,
    findings: Findings,
) -> dict[str, Column[Code] | str]:  # fmt: skip
    """A column, or one code for the whole file, for store, district, operator, channel and brand."""
    found: dict[str, Column[Code] | str] = {
        "store": recipe.constant("store_code"), "district": recipe.constant("district_code"),
        **{kind: recipe.constant(kind) for kind in ("operator", "channel", "brand")},
    }  # fmt: skip
    if "store_code" in place:
        at, use = place["store_code"]
        column = codes.stores(grid, at, use.header, register, strict, findings)
        found["store"] = column
        if "district_code" not in place:
            districts = [Code(register.stores.get(one.code, "")) for one in column.meanings]
            found["district"] = Column(use.header, column.codes, column.texts, districts)
    if "district_code" in place:
        at, use = place["district_code"]
        found["district"] = codes.words(grid, at, use.header, _districts(register), False, findings)
    for kind in ("operator", "channel", "brand"):
        if kind in place:
            at, use = place[kind]
            known = codes.channels(register) if kind == "channel" else register.labels.get(kind, {})
            found[kind] = codes.words(grid, at, use.header, known, strict and kind == "channel", findings)
    return found


def _districts(register: Register) -> dict[str, str]:
    return {word: code for code, name in register.districts.items() for word in (code, name) if word}


def _asked(used: dict[int, ColumnUse], recipe: Recipe) -> list[tuple[int, ColumnUse]]:
    """The item columns in the order of the recipe, which for the template is the template's own."""
    order = {use.item_code: place for place, use in enumerate(recipe.items())}
    asked = [(at, use) for at, use in used.items() if use.field == "item"]
    return sorted(asked, key=lambda one: order[one[1].item_code])


def _questions(asked: list[tuple[int, ColumnUse]], answered: list[Column[Answer]]) -> tuple[Question, ...]:
    """A scale that nobody declared is taken from the answers."""
    questions = []
    for place, ((_, use), column) in enumerate(zip(asked, answered, strict=True), 1):
        low, high = use.scale_min, use.scale_max
        if low is None or high is None:
            seen = [one.units / 10**items.SCALE_DIGITS for one in column.meanings if one.units is not None]
            low, high = items.scale_of(seen) if seen else (0.0, 1.0)
        questions.append(Question(place, use.item_code, use.header, low, high, use.label, use.role, use.process_code))
    return tuple(questions)


def _texts(words: Column[Code] | str, count: int) -> pa.Array:
    if isinstance(words, str):
        return pa.repeat(pa.scalar(words), count)
    told = pa.array([one.code for one in words.meanings], pa.string())
    return told.take(pa.array(words.codes)) if len(told) else pa.repeat(pa.scalar(""), count)


def _code_hash(name: str, words: Column[Code] | str) -> fingerprint.Hashes:
    if isinstance(words, str):
        return np.array(fingerprint.of_text(f"{name}\x1f{words}"), np.uint64).reshape(1)
    return fingerprint.of_distinct(name, [one.code for one in words.meanings], words.codes)


def _answer_hash(item: str, column: Column[Answer]) -> fingerprint.Hashes:
    texts = ["" if one.units is None else str(one.units) for one in column.meanings]
    return fingerprint.of_distinct(item, texts, column.codes)


def _scores(answered: list[Column[Answer]], count: int) -> pa.Array:
    """A list of scores for every row, null where there is no answer."""
    units = (column.numbers(lambda one: one.units or 0) if column.meanings else None for column in answered)
    present = [
        column.flags(lambda one: one.units is not None)
        if any(one.units is None for one in column.meanings) else None
        for column in answered
    ]  # fmt: skip
    return decimals.lists(units, present, count, SCORE)
