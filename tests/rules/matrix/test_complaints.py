"""methods 8."""

from datetime import date

import pandas as pd
import pytest

from sqm.rules.matrix.complaints import first_contact_resolution, relative_load
from sqm.rules.sampling import wilson


def contacts(*rows: tuple[str, int, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer", "day", "first_line_resolvable"])
    frame["day"] = pd.to_datetime([f"2026-05-{day:02d}" for day in frame["day"]])
    return frame.assign(issue="bill")


def test_load_by_hand() -> None:
    found = relative_load({"own": 30, "rival": 10}, {"own": 2000.0, "rival": 2000.0})
    assert (found["own"].share, found["own"].rate, found["own"].relative) == pytest.approx((0.75, 0.015, 1.5))
    assert found["rival"].relative == pytest.approx(0.5)


@pytest.mark.parametrize("users", [None, 0.0])
def test_unknown_users_of_one_leave_the_shares_of_all(users: float | None) -> None:
    found = relative_load({"own": 30, "rival": 10}, {"own": 2000.0, "rival": users})
    assert (found["own"].share, found["own"].rate, found["own"].relative) == (0.75, 0.015, None)
    assert found["rival"].rate is None
    assert relative_load({"own": 0}, {"own": 5.0})["own"].share is None


def test_a_repeat_up_to_the_window_is_the_same_episode() -> None:
    found = first_contact_resolution(contacts(("a", 1, True), ("a", 8, True), ("b", 1, True), ("b", 9, False)))
    assert (found.episodes, found.resolved, found.net_episodes, found.net_resolved) == (3, 2, 2, 1)
    assert found.gross_interval == wilson(2, 3) and found.net_interval == wilson(1, 2)


def test_a_chain_of_repeats_is_one_episode() -> None:
    found = first_contact_resolution(contacts(("a", 15, True), ("a", 1, True), ("a", 8, True)))
    assert (found.episodes, found.resolved) == (1, 0)


def test_another_issue_is_another_episode() -> None:
    rows = contacts(("a", 1, True), ("a", 2, True))
    rows["issue"] = ["bill", "network"]
    assert first_contact_resolution(rows).resolved == 2


def test_what_can_still_be_repeated_is_not_counted_yet() -> None:
    rows = contacts(("a", 1, True), ("b", 10, True), ("c", 14, True))
    found = first_contact_resolution(rows, as_of=date(2026, 5, 17))
    assert (found.episodes, found.too_young) == (2, 1)


def test_no_contact() -> None:
    found = first_contact_resolution(contacts(("a", 1, False)).iloc[:0])
    assert (found.episodes, found.gross, found.net, found.gross_interval) == (0, None, None, None)
