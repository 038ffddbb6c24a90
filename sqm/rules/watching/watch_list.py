"""The watch list of a month (methods 2.7): beyond chance above early warnings, each with what people made of it.

An entry is one indicator on one place; it may rest on several rules, and a review answers all of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from sqm.rules.periods import add_months
from sqm.rules.targets import Status
from sqm.rules.watching.reviews import Flag, Review, Verdict


class Signal(StrEnum):
    """The rules that put an indicator on the list."""

    LARGE_FLUCTUATION = "large_fluctuation"
    CONSECUTIVE_DECLINE = "consecutive_decline"
    SLOW_DRIFT = "slow_drift"
    EARLY_WARNING = "early_warning"


class Group(StrEnum):
    """The parts of the list, in their order. unreachable: ordinary variation that never reaches the target."""

    BEYOND_CHANCE = "beyond_chance"
    UNREACHABLE = "unreachable"
    EARLY = "early"
    SETTLED = "settled"


@dataclass(frozen=True)
class Entry:
    """first_month: where the present signal began. missed: months missed in a row. review: None as long as nobody
    decided; an entry that is dismissed, or put off until a later month, is settled."""

    indicator_code: str
    group: Group
    signals: tuple[Signal, ...]
    first_month: date
    missed: int
    priority: int
    review: Review | None

    def flags(self, level: str, code: str) -> tuple[Flag, ...]:
        """What a review answers: one flag a rule."""
        return tuple(Flag(self.indicator_code, level, code, self.first_month, str(each)) for each in self.signals)


def watch_list(
    frame: pd.DataFrame,
    month: date,
    streaks: Mapping[str, int],
    reviews: Mapping[Flag, Review],
    place: tuple[str, str] = ("company", ""),
) -> tuple[Entry, ...]:
    """frame: watch_frame.Watched.frame of a month. streaks: months missed in a row. The most urgent entry first."""
    found = [_entry(row, month, streaks, reviews, place) for row in frame.to_dict("records")]
    order = list(Group)
    kept = [each for each in found if each is not None]
    return tuple(sorted(kept, key=lambda each: (order.index(each.group), each.priority, -each.missed)))


def flags_of(entries: Iterable[Entry], place: tuple[str, str] = ("company", "")) -> set[Flag]:
    """Every flag of a list: what a rule's report card counts as raised."""
    return {flag for entry in entries for flag in entry.flags(*place)}


def _entry(
    row: Mapping[object, object],
    month: date,
    streaks: Mapping[str, int],
    reviews: Mapping[Flag, Review],
    place: tuple[str, str],
) -> Entry | None:
    code = str(row["indicator_code"])
    signals = _signals(row)
    is_stuck = row["behaviour"] == "cannot_reach" and row["status"] == Status.MISSED
    if not signals and not is_stuck:
        return None
    beyond = bool(row["beyond_chance"])
    first = _first(row, month, beyond)
    group = Group.BEYOND_CHANCE if beyond else Group.EARLY if signals else Group.UNREACHABLE
    review = _review(Entry(code, group, signals, first, 0, 0, None).flags(*place), reviews)
    if review is not None and _is_settled(review, month):
        group = Group.SETTLED
    priority = row["priority"]
    return Entry(code, group, signals, first, streaks.get(code, 0), int(str(priority)), review)


def _signals(row: Mapping[object, object]) -> tuple[Signal, ...]:
    """A large fluctuation counts only the wrong way: where it is beyond chance and no decline explains it."""
    if row["beyond_chance"]:
        declines = bool(row["consecutive_decline"])
        both = (Signal.LARGE_FLUCTUATION, bool(row["large_fluctuation"])), (Signal.CONSECUTIVE_DECLINE, declines)
        return tuple(signal for signal, is_raised in both if is_raised)
    early = (Signal.SLOW_DRIFT, row["slow_drift"]), (Signal.EARLY_WARNING, row["early_warning"])
    return tuple(signal for signal, is_raised in early if is_raised)


def _first(row: Mapping[object, object], month: date, beyond: bool) -> date:
    """Of an early warning: the first of its moves."""
    first = row["first_month"]
    if beyond and isinstance(first, pd.Timestamp) and not pd.isna(first):
        return first.date()
    moves = int(str(row["adverse_moves"]))
    return add_months(month, 1 - moves) if row["early_warning"] else month


def _review(flags: tuple[Flag, ...], reviews: Mapping[Flag, Review]) -> Review | None:
    """The latest word on any of the rules."""
    known = [reviews[flag] for flag in flags if flag in reviews]
    return max(known, key=lambda review: review.decided_at, default=None)


def _is_settled(review: Review, month: date) -> bool:
    return review.verdict is Verdict.DISMISSED or (review.verdict is Verdict.REMINDED and not review.is_open(month))
