"""Runs of equal results of an item, by hand."""

from datetime import date

import pandas as pd
import pytest

from sqm.rules.audits.item_runs import changed, runs

DAYS = {f"v{number}": date(2026, number, 10) for number in range(1, 7)}
NAN = float("nan")


def _losses(*rows: tuple[str, str, float, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["visit", "item", "points", "is_failed"])


def test_the_run_begins_after_the_last_other_result() -> None:
    rows = _losses(
        ("v1", "a", 0.0, True),
        ("v2", "a", 8.0, False),
        ("v3", "a", 2.0, True),
        ("v5", "a", 0.0, True),
        ("v5", "b", 4.0, False),
        ("v1", "b", 4.0, False),
    )
    found = runs(rows, DAYS)
    assert (found["a"].is_failing, found["a"].since, found["a"].last) == (True, date(2026, 3, 10), date(2026, 5, 10))
    assert (found["a"].visits, found["a"].known, found["a"].last_visit) == (2, 4, "v5")
    assert not found["a"].is_new and not found["a"].is_open_ended
    assert not found["b"].is_failing and found["b"].is_open_ended and found["b"].since == date(2026, 1, 10)


def test_a_visit_in_which_the_item_did_not_apply_neither_ends_nor_prolongs_a_run() -> None:
    rows = _losses(("v1", "a", 0.0, True), ("v2", "a", NAN, False), ("v3", "a", 0.0, True))
    found = runs(rows, DAYS)["a"]
    assert (found.since, found.visits, found.known) == (date(2026, 1, 10), 2, 2)


def test_the_order_of_the_rows_does_not_matter_and_unknown_visits_are_left_out() -> None:
    rows = _losses(("v3", "a", 0.0, True), ("v1", "a", 8.0, False), ("lost", "a", 8.0, False))
    found = runs(rows, DAYS)["a"]
    assert found.is_failing and found.since == date(2026, 3, 10) and found.known == 2


def test_what_the_last_visits_changed() -> None:
    rows = _losses(
        ("v1", "worse", 8.0, False),
        ("v6", "worse", 0.0, True),
        ("v1", "better", 0.0, True),
        ("v6", "better", 8.0, False),
        ("v6", "first seen", 0.0, True),
        ("v1", "old news", 8.0, False),
        ("v4", "old news", 0.0, True),
    )
    failed, passed = changed(runs(rows, DAYS).values(), date(2026, 6, 1))
    assert [each.item for each in failed] == ["worse"]
    assert [each.item for each in passed] == ["better"]


@pytest.mark.parametrize("rows", [_losses(), _losses(("v1", "a", NAN, False))])
def test_nothing_known_is_no_run(rows: pd.DataFrame) -> None:
    assert runs(rows, DAYS) == {}
