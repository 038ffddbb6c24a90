"""methods 3.6."""

import numpy as np
import pytest

from sqm.rules.sampling import Floats
from sqm.rules.surveys.design_effect import linearised
from sqm.rules.surveys.indices import weighted_index

NAN = float("nan")
WEIGHTS = [0.3885, 0.3190, 0.2925]


def answers(n: int = 60) -> Floats:
    return np.random.default_rng(6).integers(1, 11, (n, 3)).astype(np.float64)


def test_bounds_are_0_and_100_whatever_the_scale() -> None:
    for low, high in ((1.0, 10.0), (0.0, 10.0), (1.0, 5.0)):
        worst, best = (weighted_index([[end] * 3] * 2, WEIGHTS, low, high) for end in (low, high))
        assert worst is not None and best is not None
        assert (worst.value, best.value) == (pytest.approx(0.0), pytest.approx(100.0))
        assert best.interval is None  # all agree: a width of 0 would claim certainty


def test_weights_that_do_not_add_up_to_1_do_not_understate() -> None:
    small, large = (weighted_index(answers(), [times * w for w in WEIGHTS]) for times in (0.9, 5.0))
    assert small is not None and large is not None
    assert small.value == pytest.approx(large.value)
    assert small.weights == pytest.approx(WEIGHTS)


def test_error_of_weighted_and_clustered_answers_is_that_of_the_respondents_indices() -> None:
    table, w = answers(), np.random.default_rng(7).uniform(0.5, 2.0, 60)
    stores = [place // 5 for place in range(60)]
    own = (table - 1) @ np.array(WEIGHTS) / 9 * 100
    found = weighted_index(table, WEIGHTS, weights=w, clusters=stores)
    expected = linearised(own, w, clusters=stores)
    assert found is not None and expected.interval is not None and found.interval is not None
    assert (found.value, found.se) == pytest.approx((expected.mean, expected.se))
    assert (found.interval.low, found.interval.high) == pytest.approx((expected.interval.low, expected.interval.high))


def test_a_missing_answer_leaves_its_respondent_out_of_that_item_only() -> None:
    found = weighted_index([[10, 10], [4, NAN], [NAN, NAN]])
    assert found is not None
    assert found.item_means == (7.0, 10.0)
    assert found.value == pytest.approx((100 * 6 / 9 + 100) / 2)
    assert (found.n, found.n_complete, found.is_partial) == (2, 1, False)


def test_error_with_missing_answers_agrees_with_a_bootstrap() -> None:
    random = np.random.default_rng(9)
    table = np.clip(random.normal(7, 1, (300, 1)) + random.normal(0, 1, (300, 3)), 1, 10)
    table[random.uniform(size=table.shape) < 0.3] = NAN
    found = weighted_index(table, WEIGHTS)
    drawn = [weighted_index(table[random.integers(300, size=300)], WEIGHTS) for _ in range(800)]
    assert found is not None and found.se is not None
    assert found.se == pytest.approx(float(np.std([each.value for each in drawn if each is not None])), rel=0.08)


def test_an_item_without_any_answer_makes_a_partial_index() -> None:
    found = weighted_index([[8, NAN, 6], [9, NAN, 7]], [0.5, 0.25, 0.25])
    assert found is not None and found.is_partial
    assert found.weights == pytest.approx((2 / 3, 0.0, 1 / 3))
    assert found.value == pytest.approx(100 * (2 / 3 * 7.5 + 1 / 3 * 5.5) / 9)
    assert np.isnan(found.item_means[1])


def test_nobody_or_one_respondent() -> None:
    assert weighted_index([[NAN, NAN]]) is None
    assert weighted_index([[NAN, 5]], [1.0, 0.0]) is None
    one = weighted_index([[7, 8, 9]])
    assert one is not None and one.se is None and one.interval is None


def test_the_interval_stays_on_the_scale() -> None:
    found = weighted_index([[10, 10], [10, 10], [10, 9]])
    assert found is not None and found.interval is not None
    assert found.interval.high == 100.0


@pytest.mark.parametrize(
    ("rows", "items", "people"),
    [([[11, 5]], None, None), ([[0.5, 5]], None, None), ([[5, 5]], [1.0, -1.0], None), ([[5, 5]], None, [0.0])],
)
def test_what_cannot_be_is_refused(
    rows: list[list[float]], items: list[float] | None, people: list[float] | None
) -> None:
    with pytest.raises(ValueError):
        weighted_index(rows, items, weights=people)
