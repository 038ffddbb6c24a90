"""Stores in order of need: below their class beyond chance first, then by score; unknown ones last."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqm.rules.stores.fair_ranks import Standing
from sqm.rules.stores.store_results import StoreResult
from sqm.rules.stores.store_score import passes


@dataclass(frozen=True)
class Need:
    """standing: within its class, None where the store has no place. is_below: under the pass mark with enough of its
    score collected, as the cascade counts it; False without a mark."""

    store: str
    result: StoreResult
    standing: Standing | None
    is_below: bool


def in_order(
    results: Mapping[str, StoreResult], standings: Mapping[str, Standing], pass_mark: float | None
) -> tuple[Need, ...]:
    """The neediest first. standings: of the stores that have a place."""
    found = [
        Need(
            store,
            result,
            standings.get(store),
            result.score.is_ranked and passes(result.score.score, pass_mark) is False,
        )
        for store, result in results.items()
    ]
    return tuple(sorted(found, key=_order))


def _order(need: Need) -> tuple[bool, bool, float, str]:
    """Stores of which too little was collected come last: nothing is known of them."""
    score = need.result.score
    return not score.is_ranked, need.standing is not Standing.BELOW, score.score or 0.0, need.store
