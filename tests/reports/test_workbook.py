"""The workbook holds what it is given: coloured words, numbers that are numbers, and no text that is a formula."""

from io import BytesIO

import openpyxl
import pytest

from sqm.reports.workbook import Cell, Look, Number, Table, harmless, number_format, workbook

LOOKS = {"missed": Look("#C62828", "#FDECEA")}


def book_of(*rows: tuple[Cell | Number, ...], name: str = "Matrix") -> openpyxl.Workbook:
    table = Table(name, "=Title", ("@note",), ("A", "-B"), rows, (20, 10))
    return openpyxl.load_workbook(BytesIO(workbook([table], LOOKS, "SQM")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /c calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")']
)
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = book_of((Cell(text), Number(1.0, "0"))).active
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert sheet.hyperlinks == [] if hasattr(sheet, "hyperlinks") else True


def test_plain_text_is_left_as_it_is() -> None:
    assert harmless("促销活动 – 5 of 6") == "促销活动 – 5 of 6"
    assert harmless("") == ""


def test_status_colours_its_cell_and_no_other() -> None:
    sheet = book_of((Cell("✕ missed", "missed"), Cell("plain"))).active
    coloured, plain = sheet.cell(5, 1), sheet.cell(5, 2)
    assert coloured.value == "✕ missed"
    assert coloured.fill.start_color.rgb == "FFFDECEA"
    assert coloured.font.color.rgb == "FFC62828"
    assert plain.fill.fill_type is None


def test_numbers_stay_numbers_with_their_format_and_gaps_stay_empty() -> None:
    sheet = book_of(
        (Number(0.8123, number_format("%", 1)), Number(None, "0")), (Number(float("nan"), "0"), Cell("x"))
    ).active
    assert sheet.cell(5, 1).value == pytest.approx(0.8123)
    assert sheet.cell(5, 1).number_format == "0.0%"
    assert sheet.cell(5, 2).value is None
    assert sheet.cell(6, 1).value is None


def test_formats_of_units() -> None:
    assert number_format("%", 2) == "0.00%"
    assert number_format("min", 0) == "#,##0"
    assert number_format("per_10k", 1) == "#,##0.0"


@pytest.mark.parametrize("name", ["a" * 40, "a/b:c*[d]?", "'quoted'", "", "指标矩阵"])
def test_any_sheet_name_opens(name: str) -> None:
    assert len(book_of((Cell("x"), Cell("y")), name=name).sheetnames[0]) in range(1, 32)
