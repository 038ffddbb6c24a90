"""Operators that are no rivals but what everybody is held against: the province, the industry."""

from collections.abc import Iterable

from sqm.intake.words.vocabulary import INDUSTRY
from sqm.ui.doors.data_names import Names
from sqm.ui.words import _

PROVINCE = "province"


def is_benchmark(operator: str) -> bool:
    """By the code, or by the word that a file used for it."""
    return operator == PROVINCE or operator.casefold() in INDUSTRY


def first_of(operators: Iterable[str]) -> str:
    """The benchmark among operators, '' without one."""
    return next((code for code in operators if is_benchmark(code)), "")


def operator_name(code: str, names: Names) -> str:
    """As the register names it; a province that it does not know still has a name."""
    known = names.label("operator", code)
    return _("Province") if known == code == PROVINCE else known
