"""methods 7: ranks under other weights."""

import pytest

from sqm.rules.rivals.weight_sensitivity import rank_doubt


def test_who_is_better_in_everything_is_first_in_every_draw() -> None:
    found = rank_doubt({"own": [80, 70], "rival": [60, 50], "twin": [60, 50]}, [50, 50], draws=500)
    assert found["own"].rank_shares == (1.0, 0.0, 0.0)
    assert found["rival"].rank_shares == found["twin"].rank_shares == (0.0, 1.0, 0.0)


def test_two_mirrored_operators_win_half_of_the_draws() -> None:
    found = rank_doubt({"own": [80, 60], "rival": [60, 80]}, [50, 50])
    assert found["own"].rank_shares[0] == pytest.approx(0.5, abs=0.02)
    assert found["own"].mean_rank + found["rival"].mean_rank == pytest.approx(3.0)


def test_exact_share_of_a_uniform_weight() -> None:
    """60 u1 < 40 u2, both on 0.5-1.5, is a triangle with the corners (0.5, 0.75), (0.5, 1.5) and (1, 1.5)."""
    found = rank_doubt({"own": [1, 0], "rival": [0, 1]}, [60, 40], draws=40_000)
    assert found["rival"].rank_shares[0] == pytest.approx(0.5 * 0.75 * 0.5, abs=0.008)


def test_the_same_seed_gives_the_same_ranks() -> None:
    scores = {"own": [80, 60], "rival": [60, 80]}
    assert rank_doubt(scores, [50, 50]) == rank_doubt(scores, [50, 50])
    assert rank_doubt(scores, [50, 50], relative_range=0.0, draws=3)["own"].rank_shares == (1.0, 0.0)


def test_missing_scores() -> None:
    found = rank_doubt({"own": [70, None, 70], "rival": [60, 90, 60], "thin": [99, None, None]}, [40, 30, 30], draws=50)
    assert set(found) == {"own", "rival"}
    assert len(found["own"].rank_shares) == 2
    assert rank_doubt({"thin": [None, 1]}, [70, 30]) == {}
    assert rank_doubt({}, [70, 30]) == {}


@pytest.mark.parametrize(("weights", "width"), [([0, 0], 0.5), ([-1, 2], 0.5), ([1, 1], 1.0)])
def test_what_cannot_be_is_refused(weights: list[float], width: float) -> None:
    with pytest.raises(ValueError, match="weights"):
        rank_doubt({"own": [1, 2]}, weights, width)
