"""Which parts of a whole may be shown or named, so that no group of one to four people shows, nor by subtraction.

A part with fewer than 5 is hidden, and where what is hidden of the whole would itself be one part or fewer than 5
people, the next smallest part goes with it: otherwise the total less what is shown would tell it (complementary
suppression over one partition). Counts must be those of the whole partition, whoever looks: who sees fewer parts of it
may know the others from elsewhere.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from sqm.rules.sampling import HIDDEN_BELOW

FACTS_FROM = 10
"""[own] Channel and brand stand beside a comment only where a place has so many: they narrow a group further."""
REST = "\x00rest"
"""Stands for those of a whole who are in none of its parts (answers without a district): never shown by itself."""


def nameable(counts: Mapping[str, int], least: int = HIDDEN_BELOW) -> frozenset[str]:
    """The places that may be named, of those that make up one larger place. counts: people by place, each above 0.

    The key REST is hidden whatever its size.
    """
    ordered = sorted(counts, key=lambda place: (counts[place], place))
    hidden = [place for place in ordered if counts[place] < least or place == REST]
    rest = [place for place in ordered if place not in hidden]
    is_safe = all(place == REST for place in hidden) and sum(counts[place] for place in hidden) >= least
    while hidden and rest and not is_safe and (len(hidden) < 2 or sum(counts[place] for place in hidden) < least):
        hidden.append(rest.pop(0))
    return frozenset(rest)


def veiled(rows: pd.DataFrame, keys: Sequence[str], part: str) -> frozenset[tuple[object, ...]]:
    """(*keys, part) of all parts that may not be shown. rows: keys, part, n; the rows of one set of keys make up one
    whole whose total is shown. Several rows of a part are added up."""
    counted = rows.groupby([*keys, part], sort=False, observed=True)["n"].sum().reset_index()
    counted = counted[counted["n"] > 0]
    small = counted[(counted["n"] < HIDDEN_BELOW) | (counted[part] == REST)][list(keys)].drop_duplicates()
    if small.empty:
        return frozenset()
    found: set[tuple[object, ...]] = set()
    for key, family in counted.merge(small, on=list(keys)).groupby(list(keys), sort=False):
        counts = {str(code): int(n) for code, n in zip(family[part], family["n"], strict=True)}
        found |= {(*key, code) for code in counts.keys() - nameable(counts)}
    return frozenset(found)
