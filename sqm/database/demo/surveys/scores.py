"""From a satisfied share to scores of 1 to 10 that look like people's answers."""

import numpy as np
from numpy.typing import NDArray

from sqm.database.demo.company.calendar import Floats

Scores = NDArray[np.int8]

MISSING = np.int8(0)  # becomes null on the way into the database
_STEPS = 200


def _table(shares: dict[int, float]) -> Scores:
    """Scores in ascending order, each as often as its share says."""
    return np.repeat(np.array(list(shares), np.int8), [round(share * _STEPS) for share in shares.values()])


# People like round verdicts: 8 and 10 among the satisfied, 5 and 7 among the others, 1 as a protest.
_UNSATISFIED = _table({1: 0.06, 2: 0.03, 3: 0.06, 4: 0.08, 5: 0.21, 6: 0.22, 7: 0.34})
_SATISFIED = _table({8: 0.41, 9: 0.22, 10: 0.37})


def moods(random: np.random.Generator, respondents: int) -> NDArray[np.float32]:
    """How inclined each respondent is to praise, uniform in 0 to 1."""
    return random.random(respondents, dtype=np.float32)


def draw(
    random: np.random.Generator, share: Floats, mood: NDArray[np.float32], halo: Floats, answered: float = 0.97
) -> Scores:
    """Scores of 1-10, shape (respondents, items), whose expected share of 8 and more is share of the same shape.

    mood: one a respondent; halo: for each item, how often an answer follows the mood instead of the item (this is
    what correlates the answers). answered: chance that an item is answered at all.
    """
    uniform = random.random(share.shape, dtype=np.float32)
    follows = random.random(share.shape, dtype=np.float32) < halo.astype(np.float32)
    uniform = np.where(follows, mood[:, None], uniform)
    fall = np.clip(1.0 - share, 0.01, 0.99).astype(np.float32)
    low = _UNSATISFIED[np.minimum(uniform / fall * _STEPS, _STEPS - 1).astype(np.int16)]
    high = _SATISFIED[np.clip((uniform - fall) / (1.0 - fall) * _STEPS, 0, _STEPS - 1).astype(np.int16)]
    scores: Scores = np.where(uniform < fall, low, high)
    scores[random.random(share.shape, dtype=np.float32) > answered] = MISSING
    return scores
