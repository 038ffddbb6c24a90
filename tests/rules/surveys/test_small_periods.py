"""Months put together, and wholes settled with their parts, against every way of subtracting."""

from datetime import date
from itertools import combinations

import numpy as np

from sqm.rules.periods import add_months
from sqm.rules.sampling import HIDDEN_BELOW
from sqm.rules.surveys.small_periods import (
    Block,
    Blocks,
    block_of,
    blocks,
    inside,
    settled,
    together,
)

START = date(2025, 1, 1)


def _month(at: int) -> date:
    return add_months(START, at)


def _counts(*people: int) -> dict[date, int]:
    return {_month(at): n for at, n in enumerate(people)}


def _spans(found: Blocks) -> list[tuple[int, int, int]]:
    """First and last month from the start, and people."""
    at = {_month(each): each for each in range(40)}
    return [(at[each.first], at[each.last], each.n) for each in found if each.is_shown]


def test_months_are_put_together_until_they_are_five() -> None:
    assert _spans(blocks(_counts(6, 2, 2, 3, 9, 4))) == [(0, 0, 6), (1, 3, 7), (4, 4, 9)], "the last four wait"
    assert _spans(blocks(_counts(0, 3, 0, 3, 0, 8))) == [(1, 3, 6), (5, 5, 8)], "months of nobody count for none"
    assert blocks({}) == () and blocks(_counts(4)) == ()


def test_a_month_more_opens_no_block_again() -> None:
    people = [int(n) for n in np.random.default_rng(3).integers(0, 7, 30)]
    for until in range(1, 30):
        before, after = blocks(_counts(*people[:until])), blocks(_counts(*people[: until + 1]))
        assert after[: len(before)] == before


def test_units_of_the_larger_place_are_not_cut() -> None:
    units = blocks(_counts(2, 3, 9, 9))
    assert _spans(units) == [(0, 1, 5), (2, 2, 9), (3, 3, 9)]
    assert _spans(blocks(_counts(1, 9, 3, 6), units)) == [(0, 1, 10), (2, 3, 9)]
    assert blocks(_counts(1, 9), units)[0].is_single and not blocks(_counts(1, 1, 1, 6), units)[0].is_single
    assert _spans(blocks({**_counts(6), _month(9): 8}, units)) == [(0, 1, 6)], "a month outside the units waits"


def test_a_window_counts_whole_blocks_only() -> None:
    found = blocks(_counts(6, 2, 3, 9))
    assert _spans(inside(found, _month(0), _month(1))) == [(0, 0, 6)]
    assert _spans(inside(found, _month(2), _month(3))) == [(3, 3, 9)]
    assert block_of(found, _month(2)) == found[1] and block_of(found, _month(4)) is None


def test_a_part_that_would_tell_another_gives_way() -> None:
    """b has 3 in the second month and 4 in the third: without a's second month the 3 would be left of the whole."""
    units = blocks(_counts(12, 12, 12))
    found = settled(units, {"a": _counts(6, 9, 8), "b": _counts(6, 3, 4)})
    assert _spans(found["b"]) == [(0, 0, 6), (1, 2, 7)]
    assert _spans(found["a"]) == [(0, 0, 6), (1, 2, 17)], "put together, not hidden"
    assert settled(units, {"a": _counts(6, 9, 8), "b": _counts(6, 3, 4), "c": _counts(0, 0, 0)})["c"] == ()


def test_the_last_few_hide_the_smallest_beside_them() -> None:
    units = blocks(_counts(30, 30))
    found = settled(units, {"a": _counts(10, 9), "b": _counts(10, 18), "c": _counts(10, 3)})
    assert _spans(found["c"]) == [(0, 0, 10)] and _spans(found["b"]) == [(0, 0, 10), (1, 1, 18)]
    assert _spans(found["a"]) == [(0, 0, 10)], "9 and 3 together are left"


def test_a_hidden_unit_is_not_told_by_its_parts() -> None:
    hidden = (Block(START, START, 20, 0, 0, is_shown=False),)
    found = settled(hidden, {"a": _counts(12), "b": _counts(8)})
    assert [_spans(found[name]) for name in "ab"] == [[(0, 0, 12)], []]


def test_nothing_of_one_to_four_is_left_whatever_is_subtracted() -> None:
    random = np.random.default_rng(11)
    kept = whole = 0
    for _ in range(150):
        months, size = int(random.integers(1, 8)), int(random.integers(1, 5))
        people = random.choice([0, 1, 2, 3, 4, 5, 7, 12], size=(size, months))
        nowhere = random.choice([0, 0, 1, 6], size=months)
        units = blocks(_counts(*(people.sum(axis=0) + nowhere)))
        found = settled(units, {f"p{at}": _counts(*row) for at, row in enumerate(people)})
        kept += sum(n for each in found.values() for _a, _b, n in _spans(each))
        whole += int(people.sum())
        _check(people, units, found)
    assert kept > 0.7 * whole, "not by hiding everything"


def _check(people: np.ndarray, units: Blocks, found: dict[str, Blocks]) -> None:
    for first, last in combinations(range(len(units) + 1), 2):
        left = sum(each.n for each in units[first:last])
        start, end = units[first].first, units[last - 1].last
        for each in found.values():
            shown = inside(each, start, end)
            assert all(block.n >= HIDDEN_BELOW for block in shown)
            left -= sum(block.n for block in shown)
        assert left == 0 or left >= HIDDEN_BELOW
    for name, each in found.items():
        row = people[int(name[1:])]
        for a, b, n in _spans(each):
            assert int(row[a : b + 1].sum()) == n


def test_few_parts_share_their_blocks_and_one_is_spared() -> None:
    """b has 2 in the second month: a waits for it. The text messages need not; in the fourth month they are 3."""
    people = {"sms": (9, 9, 9, 3, 9), "a": (9, 9, 9, 9, 9), "b": (9, 2, 4, 9, 9)}
    units = blocks(_counts(*(sum(each) for each in zip(*people.values(), strict=True))))
    found = together(units, {name: _counts(*each) for name, each in people.items()}, ["sms"])
    assert _spans(found["b"]) == [(0, 0, 9), (1, 2, 6), (3, 4, 18)]
    assert _spans(found["a"]) == [(0, 0, 9), (1, 2, 18), (3, 4, 18)]
    assert _spans(found["sms"]) == [(0, 0, 9), (1, 1, 9), (2, 2, 9), (3, 4, 12)]


def test_the_others_together_must_not_be_few_beside_the_spared_part() -> None:
    units = blocks(_counts(12, 12, 20))
    found = together(units, {"sms": _counts(9, 9, 9), "a": _counts(3, 3, 11)}, ["sms"])
    assert _spans(found["sms"]) == [(0, 1, 18), (2, 2, 9)] and _spans(found["a"]) == [(0, 1, 6), (2, 2, 11)]
    rare = together(units, {"sms": _counts(12, 12, 16), "a": _counts(0, 0, 4)}, ["sms"])
    assert _spans(rare["sms"]) == [(0, 0, 12), (1, 1, 12)] and rare["a"] == (), "the last month waits"
