"""Red indicators of a month, by owner, by how long, and against the whole, by hand."""

from sqm.rules.matrix.reds import Here, Owned, by_owner, here, judged, lasting

STATUSES = {"a": "missed", "b": "missed", "c": "met", "d": "missed", "e": "near", "f": "no_data", "g": "no_target"}
STREAKS = {"a": 1, "b": 3, "d": 7}


def test_owners_are_ordered_by_how_much_of_the_red_is_theirs() -> None:
    owners = {"a": "market", "b": "market", "c": "market", "d": "hall"}
    assert by_owner(STATUSES, owners, STREAKS) == (Owned("market", ("b", "a")), Owned("hall", ("d",)))


def test_red_without_an_owner_is_nobodys_and_equal_owners_are_ordered_by_code() -> None:
    found = by_owner(STATUSES, {"a": "z", "b": "y"}, STREAKS)
    assert found == (Owned("", ("d",)), Owned("y", ("b",)), Owned("z", ("a",)))
    assert by_owner({"c": "met"}, {}, {}) == ()


def test_three_months_in_a_row_are_lasting() -> None:
    assert lasting(STATUSES, STREAKS) == 2
    assert lasting(STATUSES, {"a": 2, "c": 9}) == 0


def test_what_only_this_place_misses_comes_first() -> None:
    """The whole misses d too; of b it knows nothing, so b is not said to be red here alone."""
    whole = {"a": "near", "d": "missed", "b": "no_data"}
    assert here(STATUSES, whole, STREAKS) == Here(("a", "d", "b"), frozenset({"a"}))
    assert here({"c": "met"}, whole, {}) == Here((), frozenset())


def test_judged_are_those_with_a_value_and_a_target() -> None:
    assert judged(STATUSES) == 5
