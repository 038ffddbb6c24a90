"""Re-based and excluded months of one indicator on one scope, with their reasons."""

from datetime import date

import pytest

from sqm.rules.decisions import Kind, withdraw
from sqm.rules.watching.watch_marks import Marks, all_marks, exclude, marks, rebase
from tests.rules.deciding import log

MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)


def test_marks_of_one_indicator_and_scope() -> None:
    made = log(
        rebase("k1", MAY, "new platform"),
        exclude("k1", JULY, "typhoon"),
        exclude("k1", JULY, "flood", ("district", "D1")),
        rebase("k2", JULY, "other"),
        exclude("k1", date(2026, 7, 9), "typhoon and strike"),
    )
    found = marks(made, "k1")
    assert found.rebase == {MAY: "new platform"}
    assert found.excluded == {JULY: "typhoon and strike"}
    assert found.ids == {(Kind.REBASED, MAY): "d1", (Kind.POINT_EXCLUDED, JULY): "d5"}
    assert marks(made, "k1", ("district", "D1")).excluded == {JULY: "flood"}
    assert marks(made, "k3") == Marks({}, {}, {})
    assert set(all_marks(made)) == {("k1", "company", ""), ("k1", "district", "D1"), ("k2", "company", "")}


def test_a_mark_that_was_taken_back_is_gone() -> None:
    made = log(rebase("k1", MAY, "new platform"), withdraw("d1"))
    assert marks(made, "k1") == Marks({}, {}, {})


@pytest.mark.parametrize("mark", [rebase, exclude])
def test_a_mark_has_a_reason(mark) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="reason"):
        mark("k1", MAY, " ")
