"""The truth table, every combination, written down a second time as rows; and the order of the watch list."""

from itertools import product

import numpy as np
import pytest

from sqm.rules.targets import Status
from sqm.rules.watching.behaviour import (
    Behaviour,
    Evidence,
    behaviour_of,
    behaviours,
    evidence,
    priorities,
    priority_of,
    worsening,
)
from sqm.rules.watching.signals import Assurance, Variation
from sqm.rules.watching.watch import Monthly, watch
from tests.rules.watching.test_signals import with_gaps

ALL = list(product(Status, Variation, Assurance, Evidence))
# (statuses, variation, assurances ('*': all)) -> behaviour, given enough evidence
ROWS = [
    ("met", "concern", "*", "slipping"),
    ("met", "improvement", "*", "improving"),
    ("met", "common", "pass", "capable"),
    ("met", "common", "fail hit_and_miss", "luck"),
    ("met near missed", "common", "-", "ordinary"),
    ("near", "concern", "*", "slipping"),
    ("missed no_target", "concern", "*", "falling_for_real"),
    ("near missed", "improvement", "*", "recovering"),
    ("near missed", "common", "fail", "cannot_reach"),
    ("near missed", "common", "pass hit_and_miss", "by_chance"),
    ("no_target", "improvement", "*", "improving"),
    ("no_target", "common", "*", "ordinary"),
    ("met near missed no_target", "neutral_high neutral_low", "*", "changed"),
]


def expected(status: Status, variation: Variation, assurance: Assurance, given: Evidence) -> str:
    if status is Status.NO_DATA:
        return "no_data"
    if given is not Evidence.ENOUGH:
        return {"too_few": "too_early", "no_variation": "no_variation"}[given]
    if variation is Variation.NONE:
        return "too_early"
    words = (assurance.value or "-", "*")
    hits = [
        answer
        for statuses, variations, assurances, answer in ROWS
        if status.value in statuses.split()
        and variation.value in variations.split()
        and set(words) & set(assurances.split())
    ]
    assert len(hits) == 1, (status, variation, assurance)
    return hits[0]


@pytest.mark.parametrize("given", Evidence)
def test_every_combination_has_its_answer(given: Evidence) -> None:
    for status, variation, assurance in product(Status, Variation, Assurance):
        found = behaviour_of(status, variation, assurance, given)
        assert found == expected(status, variation, assurance, given), (status, variation, assurance)


def test_every_behaviour_occurs() -> None:
    assert {behaviour_of(*each) for each in ALL} == set(Behaviour)


def test_the_watch_list_begins_as_the_nhs_matrix_does() -> None:
    pairs = list(product(Variation, Assurance))
    order = sorted(pairs, key=lambda pair: priority_of(*pair))
    assert order[:3] == [
        (Variation.CONCERN, Assurance.FAIL),
        (Variation.CONCERN, Assurance.HIT_AND_MISS),
        (Variation.COMMON, Assurance.FAIL),
    ]
    assert all(variation is Variation.NONE for variation, _ in order[-4:])
    assert order[-5] == (Variation.IMPROVEMENT, Assurance.PASS)
    for assurance in Assurance:
        ranks = [priority_of(each, assurance) for each in (Variation.CONCERN, Variation.COMMON, Variation.IMPROVEMENT)]
        assert ranks[0] < min(ranks[1:])


def test_many_at_once_are_each_alone() -> None:
    values = with_gaps(21)
    values[0] = 3.0
    values[1, :32] = np.nan
    found = watch(Monthly(values, ["higher", "lower", "neutral"] * 100, target_low=0.5, target_high=0.5))
    statuses = ([status.value for status in Status] * 60)[:300]
    given = evidence(found)
    assert set(given.tolist()) == {each.value for each in Evidence}
    alone = [
        behaviour_of(Status(status), Variation(variation), Assurance(assurance), Evidence(word)).value
        for status, variation, assurance, word in zip(statuses, found.variation, found.assurance, given, strict=True)
    ]
    assert behaviours(statuses, found).tolist() == alone
    pairs = zip(found.variation, found.assurance, strict=True)
    assert priorities(found).tolist() == [priority_of(Variation(first), Assurance(second)) for first, second in pairs]


def test_worsening_counts_what_really_gets_worse_met_or_not() -> None:
    assert worsening(list(Behaviour)) == 2
    assert worsening([Behaviour.SLIPPING, Behaviour.BY_CHANCE, Behaviour.FALLING_FOR_REAL, Behaviour.SLIPPING]) == 3
