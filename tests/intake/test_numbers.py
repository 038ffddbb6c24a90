"""Numbers as people and spreadsheets write them."""

from decimal import Decimal

import pytest

from sqm.intake.words.numbers import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("７", "7"),
        (" 7 ", "7"),
        ("7.0", "7.0"),
        ("-1", "-1"),
        ("−1", "-1"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1 234", "1234"),
        ("1'234", "1234"),
        ("1.234.567", "1234567"),
        ("１，２３４．５", "1234.5"),
        (".5", ".5"),
        ("+3", "3"),
        ("\u200b8\u00a0", "8"),
    ],
)
def test_a_number_is_read(text: str, value: str) -> None:
    assert number(text).value == Decimal(value)
    assert number(text).code == ""


@pytest.mark.parametrize(
    "text", ["abc", "7分", "八", "7²", "1e3", "1/2", "7-8", "0x7", "--7", "7..5", "①", "1,23,4", "inf", "(7)", "½", "٧"]
)
def test_what_is_no_number(text: str) -> None:
    assert number(text).value is None
    assert number(text).code == "not_a_number"


@pytest.mark.parametrize("text", ["-", "—", "N/A", "null", "NaN", "空", "无", "拒答", "/"])
def test_words_for_no_answer(text: str) -> None:
    assert number(text).code == "missing_word"


def test_a_comma_is_read_where_it_can_mean_one_thing_only() -> None:
    assert number("69,52").value == Decimal("69.52")
    assert number("69,52").code == "decimal_comma"
    assert number("1.234,5").value == Decimal("1234.5")
    assert number("69,520").code == "number_ambiguous"
    assert number("1,234", whole=True).value == 1234
    assert number("1,234", whole=True, comma_seen=True).code == "number_ambiguous"
    assert number("1.234", whole=True, comma_seen=True).value == 1234


def test_per_cent_signs_errors_and_blanks() -> None:
    assert number("69.52 ％").value == Decimal("69.52")
    assert number("69.52 ％").percent
    assert number("#DIV/0!").code == "error_cell"
    assert number("  ") == number("")
    assert number("").code == ""
