"""One question, many answers: the share in the best boxes and the mean. CSAT (satisfied) and CES (easy).

The share alone hides whether the rest is lukewarm or furious, so the mean always stands beside it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqm.rules.sampling import CONFIDENCE, Interval, wilson

_GUARD = 1e-9


class Effort(StrEnum):
    """Two wordings whose numbers must never be joined or compared.

    agreement: CES 2.0, "made it easy", 1-7, 7 is best. effort: CES 1.0, "how much effort", 1-5, 1 is best.
    """

    AGREEMENT = "agreement"
    EFFORT = "effort"


_SCALES: dict[Effort, tuple[int, int]] = {Effort.AGREEMENT: (1, 7), Effort.EFFORT: (1, 5)}
_EASY_FROM = 5
_TOP_BOXES = 2


@dataclass(frozen=True)
class BoxScore:
    """share of answers in the best boxes, 0-1, with its Wilson interval; mean in points of the scale; index: the mean
    on 0-100 where 100 is the best answer. n: effective answers. share is None where no boxes are agreed (CES 1.0)."""

    n: float
    share: float | None
    interval: Interval | None
    mean: float
    index: float


def csat(
    counts: Mapping[int, float],
    scale_min: int = 1,
    scale_max: int = 5,
    n_eff: float | None = None,
    confidence: float = CONFIDENCE,
) -> BoxScore | None:
    """Top-2-box: 4 and 5 of 5. counts: answers (or sums of weights) per score; None without answers.

    On 1-10 this is 9 and 10, which is stricter than a satisfied answer (sampling.SATISFIED_FROM).
    """
    boxes = range(scale_max - _TOP_BOXES + 1, scale_max + 1)
    return _box_score(counts, (scale_min, scale_max), boxes, n_eff, confidence)


def customer_effort(
    counts: Mapping[int, float], version: Effort, n_eff: float | None = None, confidence: float = CONFIDENCE
) -> BoxScore | None:
    """CES 2.0: share of 5-7 on 1-7 (Dixon, Toman & DeLisi 2013). CES 1.0: mean only, and the index turned round."""
    low, high = _SCALES[version]
    if version is Effort.AGREEMENT:
        return _box_score(counts, (low, high), range(_EASY_FROM, high + 1), n_eff, confidence)
    return _box_score(counts, (low, high), None, n_eff, confidence, is_reversed=True)


def _box_score(
    counts: Mapping[int, float],
    scale: tuple[int, int],
    boxes: range | None,
    n_eff: float | None,
    confidence: float,
    is_reversed: bool = False,
) -> BoxScore | None:
    low, high = scale
    if any(not low <= score <= high for score in counts):
        raise ValueError("an answer outside its scale")
    total = math.fsum(counts.values())
    if not total > _GUARD:
        return None
    n = total if n_eff is None else n_eff
    mean = math.fsum(score * count for score, count in counts.items()) / total
    reached = 100.0 * (mean - low) / (high - low)
    share = None if boxes is None else math.fsum(counts.get(score, 0.0) for score in boxes) / total
    return BoxScore(
        n=n,
        share=share,
        interval=None if share is None else wilson(share * n, n, confidence),
        mean=mean,
        index=100.0 - reached if is_reversed else reached,
    )
