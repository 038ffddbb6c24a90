"""The marks of audit visits: points of items, flat, in the order of the visits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.reading import SCORE, Question
from sqm.intake.rows import decimals, fingerprint
from sqm.intake.rows.column import Column, read
from sqm.intake.rows.findings import Findings
from sqm.intake.words import numbers, visit_words
from sqm.intake.words.visit_words import POINTS

DIGITS = 2
ONE = 10**DIGITS
MOST = 99_999.0
Units = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Item:
    """What is asked. most: the points it can earn; column: the header under which the file has it."""

    code: str
    text: str
    most: float = 1.0
    critical: bool = False
    column: str = ""


@dataclass(frozen=True)
class Mark:
    """units: hundredths of a point, None where the item does not apply. blank: the cell holds nothing at all."""

    units: int | None
    problem: str = ""
    blank: bool = False


@dataclass(frozen=True)
class Marks:
    """One entry a mark; those of visit i stand at starts[i] .. starts[i + 1] - 1. item: place among the items;
    points and most in hundredths; applies: False for "does not apply" (then points is 0)."""

    starts: npt.NDArray[np.int64]
    item: npt.NDArray[np.int64]
    points: Units
    applies: Flags
    most: Units
    critical: Flags
    evidence: pa.Array


def column(grid: Grid, at: int, header: str, most: float, meaning: str, findings: Findings) -> Column[Mark]:
    """A column of marks of one item. most: its points; meaning: see visit_words.MARKS."""
    found = read(grid, at, header, explain(most, meaning))
    report(found, most, meaning, findings)
    return found


def explain(most: float, meaning: str) -> Callable[[list[str]], list[Mark]]:
    return lambda texts: [mark(text, most, meaning) for text in texts]


def mark(text: str, most: float, meaning: str) -> Mark:
    """What one cell says. A blank cell, N/A and the like: the item does not apply."""
    if visit_words.is_not_applicable(text):
        return Mark(None, blank=not text.strip())
    if text[:1] == "=" and len(text) > 1:
        return Mark(None, "formula_without_value")
    if meaning != POINTS:
        passed = visit_words.passed(text, meaning)
        if passed is None:
            return Mark(None, "mark_not_01")
        return Mark(decimals.units(Decimal(str(most)), DIGITS) if passed else 0)
    number = numbers.number(text)
    if number.value is None:
        return Mark(None, "" if number.code == "missing_word" else number.code or "not_a_number")
    if number.percent:
        return Mark(None, "not_a_number")
    if not 0 <= number.value <= Decimal(str(most)):
        return Mark(None, "points_outside")
    return Mark(decimals.units(number.value, DIGITS))


def report(found: Column[Mark], most: float, meaning: str, findings: Findings) -> None:
    expected = f"0-{most:g}" if meaning == POINTS else "0 / 1"
    found.report(findings, lambda one: one.problem, lambda code: Level.ROW, expected)


def units_of(found: Column[Mark]) -> tuple[Units, Flags, Flags]:
    """Hundredths, does it apply, and is anything written, for every row."""
    points = found.numbers(lambda one: one.units or 0)
    return points, found.flags(lambda one: one.units is not None), found.flags(lambda one: not one.blank)


def beside_each_other(columns: Sequence[tuple[Units, Flags, Flags]], items: Sequence[Item], count: int) -> Marks:
    """Marks of a file with a column for each item. columns: points, applies, listed of every visit, by item."""
    width = len(items)
    points, applies, listed = (
        np.stack([one[part] for one in columns], axis=1) if width else np.zeros((count, 0), np.int64)
        for part in range(3)
    )
    listed = listed.astype(bool)
    places = np.broadcast_to(np.arange(width), (count, width))[listed]
    most = np.array([decimals.units(Decimal(str(item.most)), DIGITS) for item in items], np.int64)
    critical = np.array([item.critical for item in items], bool)
    starts = np.concatenate([[0], np.cumsum(listed.sum(axis=1))]).astype(np.int64)
    return Marks(
        starts, places.astype(np.int64), points[listed], applies[listed].astype(bool), most[places],
        critical[places], pa.nulls(int(starts[-1]), pa.string()),
    )  # fmt: skip


def lists(marks: Marks, items: Sequence[Item]) -> list[pa.Array]:
    """items, points, max_points, critical and evidence as the schema has them."""
    offsets = pa.array(marks.starts, pa.int32())
    told = pa.array([item.code for item in items] or [""], pa.string())
    valid = marks.applies if len(marks.applies) else None
    flat = [
        told.take(pa.array(marks.item)), decimals.array(marks.points, SCORE, valid), decimals.array(marks.most, SCORE),
        pa.array(marks.critical, pa.bool_()), marks.evidence,
    ]  # fmt: skip
    return [pa.ListArray.from_arrays(offsets, values) for values in flat]


def hashes(marks: Marks, items: Sequence[Item]) -> fingerprint.Hashes:
    """A hash of the marks of every visit, whatever their order."""
    evidence = marks.evidence.fill_null("").dictionary_encode()
    words, places = evidence.dictionary.to_pylist(), evidence.indices.to_numpy(zero_copy_only=False).astype(np.int32)
    each = fingerprint.rows(
        [
            fingerprint.of_distinct("item", [item.code for item in items], marks.item.astype(np.int32)),
            fingerprint.of_numbers(np.where(marks.applies, marks.points, -1), 11),
            fingerprint.of_numbers(marks.most, 12), fingerprint.of_numbers(marks.critical.astype(np.int64), 13),
            fingerprint.of_distinct("evidence", words, places),
        ],
        len(marks.item),
    )  # fmt: skip
    summed = np.concatenate([np.zeros(1, np.uint64), np.cumsum(each, dtype=np.uint64)])
    totals: fingerprint.Hashes = summed[marks.starts[1:]] - summed[marks.starts[:-1]]
    return totals


def questions(items: Sequence[Item]) -> tuple[Question, ...]:
    """The items as a reading carries them, so that new ones can be registered with their words."""
    return tuple(
        Question(place, item.code, item.column or item.text, 0.0, item.most, item.text)
        for place, item in enumerate(items, 1)
    )
