"""What goes into the competitiveness index, by hand."""

import pytest

from sqm.rules.rivals.competitiveness import composite
from sqm.rules.rivals.index_parts import benchmark_leads, index_lead, margin, process_mean, promoter_leads
from sqm.rules.rivals.index_weights import DEFAULT, Part
from sqm.rules.rivals.lead import Share, Standing
from sqm.rules.sampling import wilson
from sqm.rules.surveys.promoters import Counts, nps


def test_the_mean_of_processes_is_not_made_of_fewer() -> None:
    """80, 70 and 90 %: mean 80 %; half is the mean of the half widths, n the smallest."""
    shares = [Share(0.8, 400), Share(0.7, 500), Share(0.9, 300)]
    found = process_mean(shares)
    assert found is not None and found.value == pytest.approx(0.8) and found.n == 300
    widths = [each.high - each.low for p in shares if (each := wilson(p.p * p.n, p.n)) is not None]
    assert found.half == pytest.approx(sum(widths) / 6)
    assert process_mean([*shares, None]) is None
    assert process_mean([*shares, Share(0.9, 29)]) is None
    assert process_mean([]) is None


def test_each_operator_is_held_against_the_best_of_the_others() -> None:
    found = benchmark_leads({"own": Share(0.80, 3000), "a": Share(0.84, 1000), "b": Share(0.70, 1000), "c": None})
    values = {code: None if each is None else round(each.value, 6) for code, each in found.items()}
    assert values == {"own": -0.04, "a": 0.04, "b": -0.14, "c": None}
    assert benchmark_leads({"own": Share(0.8, 900)}) == {"own": None}
    assert benchmark_leads({"own": Share(0.8, 900), "a": Share(0.7, 29)}) == {"own": None, "a": None}


def test_word_of_mouth_in_points_of_the_net_promoter_score() -> None:
    found = promoter_leads({"own": nps(Counts(50, 30, 20)), "a": nps(Counts(40, 30, 30)), "b": None})
    assert found["own"] is not None and found["own"].value == pytest.approx(20.0)
    assert found["a"] is not None and found["a"].value == pytest.approx(-20.0)
    assert found["b"] is None


def test_margins_of_the_same_people_are_added_those_of_others_squared() -> None:
    """Weights 40/30/30 over 50-100 %, ±10 pp, ±20 points; halves of 2 pp, 3 pp and 6 points: 0.4 x 4, 0.3 x 15 and
    0.3 x 15 points; (1.6 + 4.5)^2 + 4.5^2 = 57.46, the root of which is 7.58."""
    definition = DEFAULT.definition
    values = {"processes": 0.8, "benchmark": 0.0, "word_of_mouth": 0.0}
    halves = {"processes": 0.02, "benchmark": 0.03, "word_of_mouth": 6.0}
    together = (frozenset({Part.PROCESSES.value, Part.BENCHMARK.value}),)
    made = composite(values, definition)
    assert made.arithmetic == pytest.approx(0.4 * 60 + 0.3 * 50 + 0.3 * 50)
    assert margin(made, definition, halves, together) == pytest.approx(57.46**0.5)
    without = composite({**values, "word_of_mouth": None}, definition)
    assert without.arithmetic == pytest.approx((0.4 * 60 + 0.3 * 50) / 0.7)
    assert margin(without, definition, halves, together) == pytest.approx(6.1 / 0.7)
    nothing = composite({"processes": 0.8}, definition)
    assert nothing.arithmetic is None and margin(nothing, definition, halves, together) is None


def test_two_indices_are_told_apart_only_beyond_both_margins() -> None:
    assert index_lead(60.0, 4.0, 50.0, 5.0).standing is Standing.AHEAD
    assert index_lead(50.0, 5.0, 60.0, 5.0).standing is Standing.NOT_DISTINGUISHABLE
