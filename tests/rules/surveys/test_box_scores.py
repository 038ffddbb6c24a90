"""methods 3.7, CSAT and CES."""

import pytest

from sqm.rules.sampling import wilson
from sqm.rules.surveys.box_scores import Effort, csat, customer_effort


def test_csat_is_the_two_best_boxes_of_any_scale() -> None:
    five, ten = csat({1: 1, 3: 4, 4: 3, 5: 2}), csat({8: 5, 9: 3, 10: 2}, 1, 10)
    assert five is not None and ten is not None
    assert (five.share, five.mean, five.index) == (0.5, pytest.approx(3.5), pytest.approx(62.5))
    assert ten.share == 0.5
    assert five.interval == wilson(5, 10)


def test_weights_change_the_shares_and_n_eff_the_interval() -> None:
    found = csat({2: 30.0, 5: 70.0}, n_eff=40.0)
    assert found is not None
    assert (found.share, found.n, found.interval) == (pytest.approx(0.7), 40.0, wilson(28.0, 40.0))


def test_the_two_versions_of_effort_point_in_opposite_directions() -> None:
    easy, effort = customer_effort({7: 10}, Effort.AGREEMENT), customer_effort({1: 10}, Effort.EFFORT)
    assert easy is not None and effort is not None
    assert (easy.mean, easy.index, easy.share) == (7.0, 100.0, 1.0)
    assert (effort.mean, effort.index, effort.share, effort.interval) == (1.0, 100.0, None, None)


def test_easy_begins_at_5_of_7() -> None:
    found = customer_effort({4: 1, 5: 1, 6: 1, 7: 1}, Effort.AGREEMENT)
    assert found is not None and found.share == 0.75


def test_nothing_and_what_cannot_be() -> None:
    assert csat({}) is None and csat({3: 0}) is None
    with pytest.raises(ValueError, match="scale"):
        csat({6: 1})
    with pytest.raises(ValueError, match="scale"):
        customer_effort({6: 1}, Effort.EFFORT)
