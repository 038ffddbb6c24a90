"""methods 3.7, NPS."""

import numpy as np
import pytest

from sqm.rules.rivals.lead import Standing
from sqm.rules.sampling import z_of
from sqm.rules.surveys.promoters import Counts, Nps, counts_of, nps, nps_lead


def score(promoters: float, passives: float, detractors: float, n_eff: float | None = None) -> Nps:
    found = nps(Counts(promoters, passives, detractors), n_eff)
    assert found is not None
    return found


def test_kinds_of_answers() -> None:
    assert counts_of([0, 6, 7, 8, 9, 10, float("nan")]) == Counts(2, 2, 2)
    assert counts_of([10, 0], [1.5, 0.5]) == Counts(1.5, 0, 0.5)
    with pytest.raises(ValueError, match="0-10"):
        counts_of([11])


def test_plain_form_by_hand() -> None:
    found = score(162, 108, 54)
    assert not found.is_adjusted
    assert found.value == pytest.approx(100 / 3)
    assert found.se == pytest.approx(100 * (5 / 9 / 324) ** 0.5)
    assert found.interval.high - found.value == pytest.approx(found.margin) == pytest.approx(z_of() * found.se)


@pytest.mark.parametrize(
    ("counts", "is_adjusted"),
    [((60, 20, 20), False), ((59, 20, 20), True), ((200, 50, 0), True), ((0, 0, 900), True), ((200, 0, 50), True)],
)
def test_few_answers_or_an_empty_kind_take_the_adjusted_form(counts: tuple[int, int, int], is_adjusted: bool) -> None:
    assert score(*counts).is_adjusted is is_adjusted


def test_promoters_only_are_not_certain() -> None:
    found = score(10, 0, 0)
    p, d, n = 10.75 / 13, 0.75 / 13, 13
    assert found.value == 100.0 and found.interval.high == 100.0
    assert found.se == pytest.approx(100 * ((p + d - (p - d) ** 2) / n) ** 0.5)
    assert found.interval.low == pytest.approx(100 * (p - d) - z_of() * found.se)


def test_the_adjusted_interval_holds_what_it_promises() -> None:
    """95 % of samples of 30 from a lopsided population contain its score; the plain form falls well short."""
    random, shares = np.random.default_rng(12), np.array([0.9, 0.08, 0.02])
    hits = {True: 0, False: 0}
    for row in random.multinomial(30, shares, size=3000):
        for adjusted in hits:
            found = nps(Counts(*row), is_adjusted=adjusted)
            assert found is not None
            hits[adjusted] += found.interval.low <= 88.0 <= found.interval.high
    assert hits[True] / 3000 > 0.93 > hits[False] / 3000


def test_weighted_answers_count_for_what_they_are_worth() -> None:
    found, whole = score(300.0, 200.0, 100.0, n_eff=150.0), score(300, 200, 100)
    assert (found.value, found.promoter_share, found.n) == (pytest.approx(whole.value), 0.5, 150.0)
    assert found.se == pytest.approx(2 * whole.se)


def test_difference_of_two_scores() -> None:
    own, rival = score(600, 300, 100), score(400, 400, 200)
    found = nps_lead(own, rival)
    half = z_of() * (own.se**2 + rival.se**2) ** 0.5
    assert found.standing is Standing.AHEAD
    assert (found.difference, found.low, found.high) == pytest.approx((30.0, 30.0 - half, 30.0 + half))
    assert nps_lead(rival, own).standing is Standing.BEHIND
    assert nps_lead(score(40, 30, 30), score(37, 33, 30)).standing is Standing.NOT_DISTINGUISHABLE
    assert nps_lead(own, nps(Counts(0, 0, 0))).standing is Standing.NO_DATA
