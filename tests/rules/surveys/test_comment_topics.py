"""Topics by words, and which places may be named."""

import pytest

from sqm.rules.surveys.comment_topics import Topic, counted, topics_of
from sqm.rules.surveys.small_places import nameable


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("排队等了四十分钟", {Topic.WAITING}),
        ("Waited in the queue, the clerk was rude", {Topic.WAITING, Topic.STAFF}),
        ("套餐太贵", {Topic.PRICE}),
        ("很好，谢谢", {Topic.PRAISE}),
        ("不太满意", set()),
        ("满意，但是不满意排队", {Topic.WAITING, Topic.PRAISE}),
        ("surrounded by awaits", set()),
        ("", set()),
    ],
)
def test_the_topics_of_a_comment(text: str, topics: set[Topic]) -> None:
    assert topics_of(text) == topics


def test_a_comment_of_two_topics_counts_for_both() -> None:
    counts = counted([frozenset({Topic.WAITING, Topic.STAFF}), frozenset({Topic.WAITING}), frozenset()])
    assert (counts[Topic.WAITING], counts[Topic.STAFF], counts[Topic.PRICE]) == (2, 1, 0)


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ({"a": 9, "b": 5}, {"a", "b"}),
        ({"a": 9, "b": 7, "c": 3}, {"a"}),  # c alone would be the rest: b goes with it
        ({"a": 9, "b": 3, "c": 2}, {"a", "b", "c"} - {"b", "c"}),  # two stores, five people together
        ({"a": 9, "b": 7, "c": 2, "d": 2}, {"a"}),  # two stores, but only four people
        ({"a": 4}, set()),
        ({"a": 30, "b": 4}, set()),
        ({}, set()),
    ],
)
def test_no_store_of_one_to_four_people_is_told_by_subtraction(counts: dict[str, int], named: set[str]) -> None:
    assert nameable(counts) == named
    hidden = {place: n for place, n in counts.items() if place not in named}
    assert not hidden or not named or (len(hidden) > 1 and sum(hidden.values()) >= 5)
