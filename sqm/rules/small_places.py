"""Which places may be named beside something that a person wrote, so that no group of one to four people shows.

A store with fewer than 5 is not named, and where the unnamed rest of its district would itself be one store or fewer
than 5 people, the next smallest store goes with it: otherwise the rest would be told by subtraction.
"""

from collections.abc import Mapping

from sqm.rules.sampling import HIDDEN_BELOW

FACTS_FROM = 10
"""[own] Channel and brand stand beside a comment only where a place has so many: they narrow a group further."""


def nameable(counts: Mapping[str, int], least: int = HIDDEN_BELOW) -> frozenset[str]:
    """The places that may be named, of those that make up one larger place. counts: people by place, each above 0."""
    ordered = sorted(counts, key=lambda place: (counts[place], place))
    hidden = [place for place in ordered if counts[place] < least]
    rest = [place for place in ordered if counts[place] >= least]
    while hidden and rest and (len(hidden) < 2 or sum(counts[place] for place in hidden) < least):
        hidden.append(rest.pop(0))
    return frozenset(rest)
