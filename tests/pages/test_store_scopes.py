"""The doors to store scores, on the demonstration: whoever sees one store gets that store's figures and no other's."""

from datetime import date
from pathlib import Path

import pytest

from sqm.rules.access import EVERYTHING, NOTHING, Scope
from sqm.rules.stores.store_results import Compared
from sqm.ui.stores.doors import data_scores
from sqm.ui.stores.doors.data_scores import UNSEEN, Span

STORE, DISTRICT = "S104", "D10"
MANAGER = Scope(frozenset({DISTRICT}), frozenset({STORE}))
BRANCH = Scope(frozenset({DISTRICT}), None)


@pytest.fixture(autouse=True)
def demonstration(demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(demo_file))


@pytest.fixture
def month() -> date:
    return data_scores.months()[-1]


def test_a_manager_gets_the_same_figures_of_the_own_store_and_none_of_others(month: date) -> None:
    whole, own = (data_scores.view(scope, month, Span.YEAR) for scope in (EVERYTHING, MANAGER))
    assert len(whole.results) == 130
    assert set(own.results) == {STORE}
    assert own.results[STORE] == whole.results[STORE]
    assert own.place(STORE) == whole.place(STORE)
    assert own.place("S105") is None
    for what in Compared:
        seen = {each.code for table in own.tables[what].values() if table is not None for each in table.stores}
        assert seen == {STORE, UNSEEN}
    assert data_scores.view(NOTHING, month, Span.YEAR).results == {}


def test_a_district_gets_its_stores(month: date) -> None:
    own = data_scores.view(BRANCH, month, Span.QUARTER)
    assert STORE in own.results
    assert {row["district_code"] for row in data_scores.stores(BRANCH).values()} == {DISTRICT}
    assert set(own.results) == set(data_scores.stores(BRANCH))


def test_visits_and_months_are_cut_to_the_scope(month: date) -> None:
    found = data_scores.scored_visits(MANAGER, month, Span.YEAR)
    assert set(found.visits["store_code"]) == {STORE}
    assert set(found.losses["store"]) == {STORE}
    assert data_scores.history(MANAGER, STORE, month)
    assert data_scores.history(MANAGER, "S105", month) == ()
    assert data_scores.places_bought(MANAGER, month, Span.YEAR, "S105", 5.0) is None
    assert data_scores.places_bought(MANAGER, month, Span.YEAR, STORE, 5.0) is not None


def test_what_every_store_lost_adds_up(month: date) -> None:
    for result in data_scores.view(EVERYTHING, month, Span.QUARTER).results.values():
        if result.score.score is not None:
            assert sum(each.points for each in result.gains) == pytest.approx(100 - result.score.score)


def test_praise_names_stores_that_passed_every_visit(month: date) -> None:
    found = data_scores.scored_visits(EVERYTHING, month, Span.YEAR)
    group = data_scores.view(EVERYTHING, month, Span.YEAR).results[STORE].group
    item = found.losses.loc[found.losses["is_failed"], "item"].iloc[0]
    for praise in data_scores.praised(month, Span.YEAR, STORE, item):
        rows = found.losses[(found.losses["store"] == praise.store) & (found.losses["item"] == item)]
        rows = rows[rows["points"].notna()]
        assert len(rows) == praise.visits > 1
        assert not rows["is_failed"].any()
        assert data_scores.view(EVERYTHING, month, Span.YEAR).results[praise.store].group == group
        assert praise.store != STORE
