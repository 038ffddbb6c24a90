"""Scores follow the share that was asked for, and the halo correlates them."""

import numpy as np
import pytest

from sqm.database.demo.noise import drift, stream
from sqm.database.demo.surveys.scores import MISSING, draw, moods


@pytest.mark.parametrize("share", [0.15, 0.5, 0.83, 0.97])
@pytest.mark.parametrize("halo", [0.0, 0.6])
def test_the_satisfied_share_is_the_share_asked_for(share: float, halo: float) -> None:
    random = stream("test")
    wanted = np.full((60_000, 2), share)
    scores = draw(random, wanted, moods(random, len(wanted)), np.full(2, halo), answered=0.9)
    answered = scores[scores != MISSING]
    assert answered.min() >= 1 and answered.max() <= 10
    assert (answered >= 8).mean() == pytest.approx(share, abs=0.006)
    assert len(answered) / scores.size == pytest.approx(0.9, abs=0.01)


def test_the_halo_correlates_answers() -> None:
    def correlation(halo: float) -> float:
        random = stream("test")
        wanted = np.full((20_000, 2), 0.8)
        scores = draw(random, wanted, moods(random, len(wanted)), np.full(2, halo), answered=1.0)
        return float(np.corrcoef(scores.T)[0, 1])

    assert abs(correlation(0.0)) < 0.03
    assert 0.2 < correlation(0.6) < 0.5


def test_drift_has_its_spread_and_memory() -> None:
    wander = drift(stream("test"), 4_000, spread=2.0, memory=0.5)
    assert wander.std() == pytest.approx(2.0, rel=0.05)
    assert np.corrcoef(wander[:-1].ravel(), wander[1:].ravel())[0, 1] == pytest.approx(0.5, abs=0.03)
