"""What is red in a month: whose it is, how long it has lasted, and whether it is red here alone.

statuses: indicator -> status of the month; streaks: indicator -> months missed in a row, those without any may be left
out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqm.rules.targets import JUDGED, Status

LASTING_MONTHS = 3
"""Missed for so many months in a row, a red is no passing one [own]."""


@dataclass(frozen=True)
class Owned:
    """owner: a department, '' for none. codes: its red indicators, the longest missed first."""

    owner: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Here:
    """codes: red in a place, first those that the whole does not miss, then the longest missed. alone: those."""

    codes: tuple[str, ...]
    alone: frozenset[str]


def by_owner(statuses: Mapping[str, str], owners: Mapping[str, str], streaks: Mapping[str, int]) -> tuple[Owned, ...]:
    """Who owns the red ones, the one with most of them first."""
    found: dict[str, list[str]] = {}
    for code in _red(statuses):
        found.setdefault(owners.get(code, ""), []).append(code)
    owned = [Owned(owner, _longest_first(codes, streaks)) for owner, codes in found.items()]
    return tuple(sorted(owned, key=lambda each: (-len(each.codes), each.owner)))


def lasting(statuses: Mapping[str, str], streaks: Mapping[str, int]) -> int:
    """How many of the red ones have lasted."""
    return sum(streaks.get(code, 0) >= LASTING_MONTHS for code in _red(statuses))


def here(statuses: Mapping[str, str], whole: Mapping[str, str], streaks: Mapping[str, int]) -> Here:
    """What is red in a place, beside the same indicators of the whole. alone: the whole meets it, or nearly."""
    red = _red(statuses)
    alone = frozenset(code for code in red if whole.get(code) in (Status.MET, Status.NEAR))
    return Here(tuple(sorted(red, key=lambda code: (code not in alone, -streaks.get(code, 0)))), alone)


def judged(statuses: Mapping[str, str]) -> int:
    """Indicators with a value and a target."""
    return sum(status in JUDGED for status in statuses.values())


def _red(statuses: Mapping[str, str]) -> list[str]:
    return [code for code, status in statuses.items() if status == Status.MISSED]


def _longest_first(codes: Iterable[str], streaks: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: -streaks.get(code, 0)))
