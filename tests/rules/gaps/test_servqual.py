"""methods 3.1."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sqm.rules.gaps.servqual import Dimension, Pairs, PointsFrom, gap_five, holm, of_means

SHARED = Path(os.environ.get("SQM_SHARED") or Path(__file__).resolve().parents[4] / "shared")
KOREAN = SHARED / "data" / "servqual_kano_ipa_kiosk_kr_cp949.csv"

BY_HAND = Pairs(
    expectations=[[6, 7, 6], [5, None, 6], [7, 7, 5]],
    perceptions=[[5, 4, 6], [5, 5, 4], [4, 7, 4]],
    dimensions=["a", "a", "b"],
    order=("a", "b"),
    points=[[60, 40], [50, 50], [1, 3]],
)


def test_by_hand() -> None:
    """Item gaps -1 -3 0 / 0 - -2 / -3 0 -1; people a: -2, 0, -1.5; b: 0, -2, -1."""
    found = gap_five(BY_HAND)
    assert [each.gap.mean for each in found.dimensions if each.gap] == pytest.approx([-3.5 / 3, -1.0])
    assert [(each.mean, each.n) for each in found.items if each] == [(-4 / 3, 3), (-1.5, 2), (-1.0, 3)]
    assert found.unweighted is not None and found.weighted is not None
    assert found.unweighted.mean == pytest.approx((-1 - 1 - 1.25) / 3)
    assert found.weighted.mean == pytest.approx((-1.2 - 1.0 + (-0.25 * 1.5 - 0.75)) / 3)  # 1 and 3 count as 25, 75
    assert found.mean_points == pytest.approx((1.35 / 3, 1.65 / 3))
    assert found.points_from is PointsFrom.CUSTOMERS
    assert found.servperf is not None
    assert found.servperf.mean == pytest.approx((5.25 + 4.5 + 4.75) / 3)


def test_points_that_are_no_split_are_rejected_and_the_person_stays_in_the_gap() -> None:
    found = gap_five(replace(BY_HAND, points=[[60, 40], [0, 0], [-10, 110]]))
    assert found.rejected_points == 2
    assert found.weighted is not None and found.weighted.n == 1
    assert found.unweighted is not None and found.unweighted.n == 3
    missing = gap_five(replace(BY_HAND, points=[[None, None]] * 3))
    assert (missing.weighted, missing.rejected_points, missing.mean_points) == (None, 3, ())


def test_points_default_to_the_published_ones_only_for_the_five_dimensions() -> None:
    assert gap_five(replace(BY_HAND, points=None)).points_from is PointsFrom.NOBODY
    assert gap_five(replace(BY_HAND, points=None)).weighted is None
    five = Pairs([[5] * 5, [6] * 5], [[4, 5, 5, 5, 5], [6, 5, 6, 6, 6]], list(Dimension))
    found = gap_five(five)
    assert found.points_from is PointsFrom.DEFAULT
    assert found.weighted is not None
    assert found.weighted.mean == pytest.approx((-0.11 - 0.32) / 2)


def test_a_person_without_a_dimension_leaves_the_total_but_stays_in_the_others() -> None:
    found = gap_five(replace(BY_HAND, perceptions=[[5, 4, None], [5, 5, 4], [4, 7, 4]]))
    assert [each.gap.n for each in found.dimensions if each.gap] == [3, 2]
    assert found.unweighted is not None and found.unweighted.n == 2
    nobody = gap_five(replace(BY_HAND, perceptions=[[5, 4, None]] * 3))
    assert nobody.dimensions[1].gap is None
    assert nobody.unweighted is None and nobody.items[2] is None


def test_intervals_and_holm_agree_with_scipy() -> None:
    random = np.random.default_rng(1)
    expected = random.integers(4, 8, (80, 10)).astype(float)
    perceived = np.clip(expected - random.integers(-1, 3, (80, 10)), 1, 7)
    names = [name for name in Dimension for _ in range(2)]
    found = gap_five(Pairs(expected, perceived, names))
    raw = []
    for d, each in enumerate(found.dimensions):
        test = stats.ttest_1samp((perceived - expected)[:, 2 * d : 2 * d + 2].mean(axis=1), 0.0)
        raw.append(float(test.pvalue))
        limits = test.confidence_interval()
        assert each.gap is not None and each.gap.interval is not None
        assert (each.gap.interval.low, each.gap.interval.high) == pytest.approx((limits.low, limits.high))
    assert [each.p_holm for each in found.dimensions] == pytest.approx(holm(raw))


def test_holm_by_hand() -> None:
    assert holm([0.01, None, 0.04, 0.03]) == pytest.approx([0.03, None, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_expectations_at_the_ceiling_are_flagged() -> None:
    high = gap_five(replace(BY_HAND, expectations=[[7, 7, 6], [6, 6, 6], [7, 6, 6]]))
    assert [each.is_at_ceiling for each in high.dimensions] == [True, False]
    assert not gap_five(replace(BY_HAND, scale_max=10.0)).dimensions[0].is_at_ceiling


def test_survey_weights_count_people_and_stores_cost_answers() -> None:
    twice = gap_five(replace(BY_HAND, weights=[2.0, 1.0, 1.0]))
    assert twice.unweighted is not None
    assert twice.unweighted.mean == pytest.approx((-2 - 1 - 1.25) / 4)
    random = np.random.default_rng(2)
    store = np.repeat(np.arange(12), 20)
    perceived = np.clip(5 + random.normal(0, 1, 12)[store][:, None] + random.normal(0, 0.5, (240, 2)), 1, 7)
    pairs = Pairs(np.full((240, 2), 6.0), perceived, ["a", "a"], order=("a",))
    alone, together = gap_five(pairs).unweighted, gap_five(replace(pairs, clusters=list(store))).unweighted
    assert alone is not None and together is not None
    assert together.se > 2 * alone.se


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        gap_five(replace(BY_HAND, scale_max=6.0))
    with pytest.raises(ValueError, match="one dimension"):
        gap_five(replace(BY_HAND, dimensions=["a", "b"]))
    with pytest.raises(ValueError, match="people x dimensions"):
        gap_five(replace(BY_HAND, points=[[1, 2, 3]] * 3))


def test_published_means_with_a_hole() -> None:
    assert of_means([-1.0, None, -2.0], [10, 50, 30]) == pytest.approx((-1.5, -1.75))
    assert of_means([None], [1]) == (None, None)
    assert of_means([-1.0], [0]) == (-1.0, None)
    with pytest.raises(ValueError, match="negative"):
        of_means([-1.0], [-5])


@pytest.mark.skipif(not KOREAN.exists(), reason="no shared data")
def test_the_korean_questionnaire_has_the_gap_of_its_manifest() -> None:
    rows = pd.read_csv(KOREAN, encoding="cp949")
    wanted = [name for name in rows if "(기대 설문)" in name]
    got = [name for name in rows if "(인지 설문)" in name]
    assert len(wanted) == len(got) == 24
    found = gap_five(Pairs(rows[wanted].to_numpy(), rows[got].to_numpy(), ["all"] * 24, order=("all",)))
    only = found.dimensions[0]
    assert only.expectation is not None and only.perception is not None and only.gap is not None
    assert (round(only.expectation.mean, 2), round(only.perception.mean, 2)) == (5.97, 4.87)
    assert round(only.gap.mean, 2) == -1.10
    assert only.gap.n == 207  # four were screened out
