"""Complementary suppression over one partition, against every way of subtracting."""

import numpy as np
import pandas as pd

from sqm.rules.sampling import HIDDEN_BELOW
from sqm.rules.surveys.small_places import REST, nameable, veiled


def test_the_next_smallest_goes_with_a_part_that_subtraction_would_tell() -> None:
    assert nameable({"a": 3, "b": 9, "c": 40}) == {"c"}
    assert nameable({"a": 3, "b": 3, "c": 9}) == {"c"}, "two together are 6"
    assert nameable({"a": 1, "b": 2, "c": 9, "d": 40}) == {"d"}, "two together are 3"
    assert nameable({"a": 3, "b": 9}) == frozenset()
    assert nameable({"a": 5, "b": 9}) == {"a", "b"}
    assert nameable({"a": 3}) == frozenset()


def test_those_in_no_part_are_never_shown_and_may_hide_others() -> None:
    assert nameable({"a": 9, "b": 40, REST: 100}) == {"a", "b"}
    assert nameable({"a": 9, "b": 40, REST: 2}) == {"b"}
    assert nameable({"a": 3, "b": 40, REST: 100}) == {"b"}, "what is left is 103"
    assert nameable({"a": 1, "b": 40, REST: 2}) == frozenset(), "what is left would be 3"


def test_what_is_hidden_is_nobody_or_at_least_five() -> None:
    random = np.random.default_rng(5)
    for _ in range(2000):
        parts = {f"p{at}": int(random.integers(1, 15)) for at in range(int(random.integers(1, 7)))}
        if random.random() < 0.5:
            parts[REST] = int(random.integers(1, 9))
        shown = nameable(parts)
        left = sum(n for part, n in parts.items() if part not in shown)
        assert left == 0 or left >= HIDDEN_BELOW or not shown
        assert REST not in shown and all(parts[part] >= HIDDEN_BELOW for part in shown)


def test_wholes_are_judged_one_by_one() -> None:
    rows = pd.DataFrame(
        [("x", 1, "a", 2), ("x", 1, "a", 1), ("x", 1, "b", 9), ("x", 1, "c", 40), ("x", 2, "a", 9), ("x", 2, "b", 8)],
        columns=["item", "month", "part", "n"],
    )
    assert veiled(rows, ["item", "month"], "part") == {("x", 1, "a"), ("x", 1, "b")}
    assert veiled(rows[rows["month"] == 2], ["item", "month"], "part") == frozenset()
    assert veiled(rows.iloc[:0], ["item", "month"], "part") == frozenset()
