"""Events by month with the charts that they belong on, and comments of an indicator."""

from datetime import date

import pytest

from sqm.rules.decisions import withdraw
from sqm.rules.matrix.events import EventKind, add_event, comment, comments, events
from tests.rules.deciding import log

MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)


def test_events_come_oldest_month_first_and_without_those_taken_back() -> None:
    made = log(
        add_event(date(2026, 7, 19), EventKind.NETWORK, "Cut-over", "割接", "network", "D07"),
        add_event(MAY, EventKind.CAMPAIGN, "", "五一促销"),
        add_event(MAY, EventKind.POLICY, "wrong", ""),
        withdraw("d3"),
    )
    first, second = events(made)
    assert (first.event_id, first.title_en, first.title_zh, first.kind) == ("d2", "五一促销", "五一促销", "campaign")
    assert (second.month, second.process_code, second.district_code) == (JULY, "network", "D07")


@pytest.mark.parametrize(
    ("process", "district", "here"),
    [("network", "D07", True), ("network", "", True), ("network", "D01", False), ("hotline", "D07", False)],
)
def test_an_event_belongs_on_charts_of_its_process_and_district(process: str, district: str, here: bool) -> None:
    (event,) = events(log(add_event(JULY, EventKind.NETWORK, "Cut-over", "割接", "network", "D07")))
    assert event.concerns(process, district) is here
    (of_all,) = events(log(add_event(JULY, EventKind.POLICY, "Reform", "改革")))
    assert of_all.concerns(process, district)


def test_comments_of_an_indicator_newest_first() -> None:
    made = log(comment("k1", " one "), comment("k2", "other"), comment("k1", "two", date(2026, 7, 9)))
    assert [(each.comment_id, each.text, each.month) for each in comments(made, "k1")] == [
        ("d3", "two", JULY),
        ("d1", "one", None),
    ]


def test_nothing_is_said_without_words() -> None:
    with pytest.raises(ValueError, match="title"):
        add_event(MAY, EventKind.POLICY, " ", "")
    with pytest.raises(ValueError, match="text"):
        comment("k1", " ")
