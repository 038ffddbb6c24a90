"""Would the ranks be the same with other weights? Nobody can prove that 25 is right and 20 is wrong.

Each weight is multiplied by a number between 0.5 and 1.5, again and again (OECD/JRC Handbook 2008, uncertainty
analysis). A rank that survives nearly all draws does not hang on the weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sqm.rules.rivals.competitiveness import LEAST_COVERAGE
from sqm.rules.targets import GUARD

RANGE = 0.5
DRAWS = 10_000
SEED = 7


@dataclass(frozen=True)
class RankDoubt:
    """rank_shares: share of draws at rank 1, 2, ... (ties share a rank); mean_rank over all draws."""

    rank_shares: tuple[float, ...]
    mean_rank: float


def rank_doubt(
    scores: Mapping[str, Sequence[float | None]],
    weights: Sequence[float],
    relative_range: float = RANGE,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, RankDoubt]:
    """scores: per operator the components' scores 0-100, in the order of weights; None where missing.

    Operators with less than two thirds of the weight have no index, so they are not ranked and not in the result.
    relative_range: 0.5 draws between half and one and a half of each weight.
    """
    w = np.asarray(weights, dtype=np.float64)
    if not bool(np.all(w >= 0)) or w.sum() <= 0 or not 0 <= relative_range < 1:
        raise ValueError("weights from 0 up, not all 0, and a range below 1")
    table = np.array(
        [[np.nan if score is None else score for score in row] for row in scores.values()], dtype=np.float64
    ).reshape(len(scores), len(w))
    present = np.isfinite(table)
    ranked = present @ w / w.sum() >= LEAST_COVERAGE - GUARD
    names = [code for code, is_ranked in zip(scores, ranked, strict=True) if is_ranked]
    table, present = table[ranked], present[ranked].astype(np.float64)
    factors = np.random.default_rng(seed).uniform(1.0 - relative_range, 1.0 + relative_range, (draws, len(w)))
    drawn = w * factors
    index = drawn @ np.where(present > 0, table, 0.0).T / (drawn @ present.T)
    ranks = 1 + (index[:, None, :] > index[:, :, None] + GUARD).sum(axis=2)
    return {
        code: RankDoubt(
            rank_shares=tuple(float((ranks[:, place] == rank + 1).mean()) for rank in range(len(names))),
            mean_rank=float(ranks[:, place].mean()),
        )
        for place, code in enumerate(names)
    }
