"""Nobody decides on a store or district outside their scope."""

from datetime import date

import pytest

from sqm.errors import SqmError
from sqm.rules.access import EVERYTHING, NOTHING, Scope
from sqm.rules.audits.appeals import Verdict, raise_appeal, rule
from sqm.rules.audits.supplementary import Means, choose_means
from sqm.rules.decision_places import place_of, require_place
from sqm.rules.decisions import Draft, withdraw
from sqm.rules.matrix.events import comment
from sqm.rules.stores.actions import Opening, State, move, open_action
from tests.rules.deciding import log

APPEAL = raise_appeal("v1", "licence", "S1", "D1", 20.0, "it hung there")
OF_DISTRICT = open_action(Opening("greeters", "D1", "manager", date(2026, 12, 1), 1.0))
MEANS = choose_means("D2", [Means.CALLBACK], date(2026, 12, 1))
LOG = log(APPEAL, OF_DISTRICT, withdraw("d1"))
DISTRICT, STORE = Scope(frozenset({"D1"}), None), Scope(frozenset({"D1"}), frozenset({"S1"}))


@pytest.mark.parametrize(
    ("draft", "place"),
    [
        (APPEAL, ("D1", "S1")),
        (rule("d1", Verdict.UPHELD, "r"), ("D1", "S1")),
        (withdraw("d3"), ("D1", "S1")),
        (move("d2", State.DO), ("D1", "")),
        (MEANS, ("D2", "")),
        (withdraw("d9"), None),
        (comment("HOT-P01", "a note"), None),
    ],
)
def test_the_place_of_a_decision(draft: Draft, place: tuple[str, str] | None) -> None:
    assert place_of(draft, LOG) == place


@pytest.mark.parametrize(
    ("scope", "draft", "holds"),
    [
        (STORE, APPEAL, True),
        (STORE, raise_appeal("v2", "licence", "S2", "D1", 20.0, "r"), False),
        (STORE, OF_DISTRICT, False),
        (STORE, move("d2", State.DO), False),
        (DISTRICT, OF_DISTRICT, True),
        (DISTRICT, withdraw("d1"), True),
        (DISTRICT, MEANS, False),
        (NOTHING, APPEAL, False),
        (EVERYTHING, MEANS, True),
        (NOTHING, comment("HOT-P01", "a note"), True),
    ],
)
def test_only_inside_the_scope(scope: Scope, draft: Draft, holds: bool) -> None:
    if holds:
        require_place(scope, draft, LOG)
        return
    with pytest.raises(SqmError) as refused:
        require_place(scope, draft, LOG)
    assert refused.value.code == "not_allowed"
