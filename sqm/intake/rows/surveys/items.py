"""Answers: scores on a scale, or missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.recipe import ColumnUse
from sqm.intake.rows import decimals
from sqm.intake.rows.column import Column, read
from sqm.intake.rows.findings import Findings
from sqm.intake.words import kano_words, numbers, spelling
from sqm.rules.surveys.instrument import Facet

SCALE_DIGITS = 2
_LARGEST = 99_999  # decimal(7, 2)


@dataclass(frozen=True)
class Answer:
    """units: hundredths of a point; None = missing. problem: why the cell cannot stand, or missing_word."""

    units: int | None
    problem: str = ""


_MISSING = Answer(None)
_LEVELS = {"missing_word": Level.WARNING}
_KANO = (Facet.FUNCTIONAL, Facet.DYSFUNCTIONAL)


def answers(grid: Grid, at: int, use: ColumnUse, whole: bool, findings: Findings) -> Column[Answer]:
    """The scores of one item. whole: halves are no answers."""
    low, high = use.scale_min, use.scale_max
    declared = _declared(use.missing)
    is_kano = use.role in _KANO

    def meaning(texts: list[str]) -> list[Answer]:
        if is_kano:
            texts = [_as_number(text) for text in texts]
        return [_answer(text, low, high, whole, declared, use.missing) for text in texts]

    column = read(grid, at, use.header, meaning)
    expected = f"{low:g}-{high:g}" if low is not None and high is not None else ""
    column.report(findings, lambda one: one.problem, lambda code: _LEVELS.get(code, Level.ROW), expected)
    return column


def _as_number(text: str) -> str:
    """I like it -> 1; what is none of a Kano question's answers stays as it is."""
    point = kano_words.point(text)
    return text if point is None else str(point)


def _declared(missing: Sequence[str]) -> list[tuple[Decimal, Decimal]]:
    """Declared missing values as ranges: "99" and "2000..3000"."""
    ranges = []
    for text in missing:
        low, dots, high = text.partition("..")
        try:
            ranges.append((Decimal(low.strip()), Decimal((high if dots else low).strip())))
        except InvalidOperation:
            continue
    return ranges


def _answer(text: str, low: float | None, high: float | None, whole: bool,
            declared: list[tuple[Decimal, Decimal]], words: Sequence[str]) -> Answer:  # fmt: skip
    if words and spelling.bare(text) in words:
        return _MISSING
    if text[:1] == "=" and len(text) > 1:
        return Answer(None, "formula_without_value")
    number = numbers.number(text)
    if number.value is None:
        return Answer(None, number.code)
    value = number.value
    if any(first <= value <= last for first, last in declared):
        return _MISSING
    if number.percent:
        return Answer(None, "not_a_number")
    if (low is not None and value < Decimal(str(low))) or (high is not None and value > Decimal(str(high))):
        return Answer(None, "out_of_range")
    if abs(value) > _LARGEST:
        return Answer(None, "out_of_range")
    if whole and value != value.to_integral_value():
        return Answer(None, "not_whole")
    if number.code:
        return Answer(None, "not_a_number")  # 7,5: on a scale of whole points a comma is a slip
    return Answer(decimals.units(value, SCALE_DIGITS))


def scale_of(values: Sequence[float]) -> tuple[float, float]:
    """The usual scale that fits the values seen: 0-1, 1-5, 1-7, 1-10, 0-10, 0-100, else their own range."""
    low, high = min(values), max(values)
    for first, last in ((0.0, 1.0), (1.0, 5.0), (1.0, 7.0), (1.0, 10.0), (0.0, 10.0), (0.0, 100.0)):
        if first <= low and high <= last:
            return first, last
    return low, high
