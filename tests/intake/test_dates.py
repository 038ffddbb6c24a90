"""Days and months in every shape; what could be two days is refused."""

from datetime import date

import pytest

from sqm.intake.words.dates import Day, days, in_range, months

JUNE_5 = date(2011, 6, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2011-06-05",
        "2011/6/5",
        "2011.06.05",
        "20110605",
        "2011年6月5日",
        "2011年06月05号",
        "2011-06-05 13:20:11",
        "2011/6/5 8:05",
        "2011-06-05T08:00:00+08:00",
        "5-Jun-2011",
        "June 5, 2011",
        "Jun 5 2011",
        "5 June 2011",
        "２０１１－０６－０５",
        " 2011-06-05 ",
        "二〇一一年六月五日",
        "2011年6月5日 星期日",
        "Sunday, June 5, 2011",
        "20110605132011",
        "2011-06-05 08:00 PM",
    ],
)
def test_a_day_that_can_only_mean_one_day(text: str) -> None:
    assert days([text]) == [Day(JUNE_5)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("11-06-05", "date_two_digit_year"),
        ("5-Jun-11", "date_two_digit_year"),
        ("05/06/2011", "date_ambiguous"),
        ("2011-02-30", "date_invalid"),
        ("2011-13-01", "date_invalid"),
        ("2011-23-06", "date_invalid"),
        ("昨天", "date_invalid"),
        ("13:20", "date_invalid"),
        ("1307232000", "date_invalid"),
        ("110605", "date_two_digit_year"),
        ("2011-06", "date_invalid"),
        ("2011-00-10", "date_invalid"),
        ("", "date_invalid"),
    ],
)
def test_a_day_that_is_refused(text: str, code: str) -> None:
    assert days([text]) == [Day(None, code)]


def test_serials_and_zones_are_read_and_said() -> None:
    assert days(["40699", "40699.5"]) == [Day(JUNE_5, "date_serial")] * 2
    assert days(["2011-06-05T02:00:00Z"]) == [Day(JUNE_5, "date_zone")]


def test_the_column_proves_the_order_of_day_and_month() -> None:
    assert days(["05/06/2011", "23/06/2011"])[0] == Day(JUNE_5, "date_order_inferred")
    assert days(["06/05/2011", "06/23/2011"])[0] == Day(JUNE_5, "date_order_inferred")
    assert {day.code for day in days(["06/23/2011", "23/06/2011", "05/06/2011"])} == {"date_mixed_order"}
    assert days(["05.06.2011"]) == [Day(JUNE_5, "date_order_inferred")]


@pytest.mark.parametrize(
    "text",
    [
        "2011-06",
        "2011/6",
        "201106",
        "2011-6",
        "Jun-2011",
        "June 2011",
        "2011年6月",
        "2011年06月份",
        "06/2011",
        "6/2011",
        "2011.06",
        "2011-06-01",
        "20110601",
        "06_2011",
        "二〇一一年六月",
        "2011 Jun",
    ],
)
def test_a_month_that_can_only_mean_one_month(text: str) -> None:
    assert months([text]) == [Day(date(2011, 6, 1))]


@pytest.mark.parametrize(
    "text", ["2011-13", "2011-00", "Jun-11", "6月", "2011", "2011Q2", "2011.1", "11-06", "", "June"]
)
def test_a_month_that_is_refused(text: str) -> None:
    assert months([text])[0].day is None


def test_a_day_stands_for_its_month_and_is_said() -> None:
    assert months(["2011-06-30"]) == [Day(date(2011, 6, 1), "month_has_day")]


def test_only_days_from_2000_until_today() -> None:
    today = date(2026, 11, 21)
    assert in_range(Day(today), today) == Day(today)
    assert in_range(Day(date(2026, 11, 22)), today).code == "date_future"
    assert in_range(Day(date(1999, 12, 31)), today).code == "date_too_old"
