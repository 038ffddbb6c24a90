"""Made-up workbooks and SPSS files: honest ones, odd ones and hostile ones."""

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from tests.badfiles.case import Case, Table, changed, indicator, survey, total

GOOD, GOOD12 = ("accept:20", "warn:20"), ("accept:12", "warn:12")
Edit = Callable[[Any, Worksheet], None]


def _sums(table: Table, column: str = "整体满意度") -> dict[str, float]:
    return {column: total(table, column)}


def _cell(header: str, text: str, as_text: bool) -> object:
    """What Excel would hold: numbers as numbers, days as days."""
    if as_text or not text:
        return text or None
    if header == "调查日期" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.fromisoformat(text)
    if header not in ("受访者编号", "手机号", "月份", "意见") and re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text


def book(table: Table, edit: Edit | None = None, as_text: bool = False, title: str = "Sheet1") -> bytes:
    """The table as a workbook, after edit had its way with it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    fill(sheet, table, as_text)
    if edit:
        edit(workbook, sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def fill(sheet: Any, table: Table, as_text: bool = False) -> None:
    for row in table:
        sheet.append(
            [_cell(header, text, as_text or row is table[0]) for header, text in zip(table[0], row, strict=True)]
        )


def repacked(content: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """The same archive with parts rewritten and added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return buffer.getvalue()


def _in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, part: part.replace(old, new, 1) if name.endswith("sheet1.xml") else part


def honest() -> Iterator[Case]:
    table, rates = survey(seed=31), indicator(seed=31)
    yield Case(
        "xlsx_clean.xlsx",
        book(table),
        ("accept:20",),
        sums=_sums(table),
        minima={"调查日期": min(r[2] for r in table[1:])},
    )
    yield Case("xlsx_text_cells.xlsx", book(table, as_text=True), GOOD, sums=_sums(table))
    yield Case("xlsx_indicator.xlsx", book(rates), ("accept:12",), sums=_sums(rates, "满意率"))

    def percent(_: Any, sheet: Worksheet) -> None:
        for row in range(2, 14):
            cell = sheet.cell(row, 5)
            cell.value, cell.number_format = float(str(cell.value)) / 100, "0.00%"

    yield Case("xlsx_percent_format.xlsx", book(rates, percent), GOOD12, sums=_sums(rates, "满意率"))

    def shares(_: Any, sheet: Worksheet) -> None:
        for row in range(2, 14):
            sheet.cell(row, 5).value = float(str(sheet.cell(row, 5).value)) / 100

    yield Case(
        "xlsx_shares.xlsx", book(rates, shares), ("warn:12", "reject"), columns=("满意率",), sums=_sums(rates, "满意率")
    )

    def epoch_1904(workbook: Any, _: Worksheet) -> None:
        workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    yield Case("xlsx_1904.xlsx", book(table, epoch_1904), GOOD, minima={"调查日期": min(r[2] for r in table[1:])})

    def padded(_: Any, sheet: Worksheet) -> None:
        for row in range(2, 22):
            sheet.cell(row, 1).value, sheet.cell(row, 1).number_format = row, "00000"

    yield Case("xlsx_padded_ids.xlsx", book(table, padded), GOOD, cells={"2|受访者编号": "00002"})

    def months(_: Any, sheet: Worksheet) -> None:
        for row in range(2, 14):
            sheet.cell(row, 1).value, sheet.cell(row, 1).number_format = date(2011, row - 1, 1), "yyyy-mm"

    yield Case("xlsx_month_dates.xlsx", book(rates, months), GOOD12, minima={"月份": "2011-01"})

    def general_days(_: Any, sheet: Worksheet) -> None:
        for row in range(2, 22):
            sheet.cell(row, 3).value, sheet.cell(row, 3).number_format = 40690 + row, "General"

    yield Case(
        "xlsx_serials.xlsx", book(table, general_days), ("warn:20", "accept:20", "reject"), columns=("调查日期",)
    )

    def times(_: Any, sheet: Worksheet) -> None:
        for row in range(2, 22):
            day = sheet.cell(row, 3).value
            assert isinstance(day, datetime)
            sheet.cell(row, 3).value = day.replace(hour=23, minute=59, second=59)

    yield Case("xlsx_times.xlsx", book(table, times), GOOD, minima={"调查日期": min(r[2] for r in table[1:])})


def sheets() -> Iterator[Case]:
    table, more, rates = survey(seed=32), survey(seed=33, month=7), indicator(seed=32)

    def second(workbook: Any, _: Worksheet) -> None:
        fill(workbook.create_sheet("7月"), more)

    yield Case("sheet_two.xlsx", book(table, second), ("warn:20", "reject"))

    def cover(workbook: Any, sheet: Worksheet) -> None:
        front = workbook.create_sheet("说明", 0)
        front["A1"] = "填表说明"

    yield Case("sheet_cover_first.xlsx", book(table, cover), GOOD, sums=_sums(table))

    def hidden(workbook: Any, _: Worksheet) -> None:
        fill(workbook.create_sheet("旧"), more)
        workbook["旧"].sheet_state = "hidden"

    yield Case("sheet_hidden.xlsx", book(table, hidden), ("warn:20", "reject"), sums=_sums(table))

    def hidden_rows(_: Any, sheet: Worksheet) -> None:
        for row in (4, 5, 6):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["F"].hidden = True

    yield Case(
        "sheet_hidden_rows.xlsx", book(table, hidden_rows), ("warn:20", "accept:20"), rows=(4, 5, 6), sums=_sums(table)
    )

    def merged(_: Any, sheet: Worksheet) -> None:
        sheet["B4"] = "S003"
        sheet.merge_cells("B4:B7")

    yield Case("sheet_merged_store.xlsx", book(table, merged), ("warn:20", "reject"), rows=(4, 5, 6, 7))

    def merged_score(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("E4:E7")

    yield Case("sheet_merged_score.xlsx", book(table, merged_score), ("reject", "warn:16"), rows=(4, 5, 6, 7))

    def total_row(_: Any, sheet: Worksheet) -> None:
        sheet.append(["合计", None, None, "=SUM(D2:D13)", 79.78, None])

    yield Case(
        "sheet_total_formula.xlsx",
        book(rates, total_row),
        ("warn:12", "reject"),
        rows=(14,),
        sums=_sums(rates, "满意率"),
    )

    def titled(_: Any, sheet: Worksheet) -> None:
        sheet.insert_rows(1, 3)
        sheet["A1"] = "2011年6月营业厅满意度调查表"
        sheet.merge_cells("A1:K1")
        sheet["A2"] = "单位：分"

    yield Case("sheet_titles.xlsx", book(table, titled), GOOD, sums=_sums(table))

    def grouped(_: Any, sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        for at, word in enumerate(table[0], 1):
            if at < 5 or at > 9:
                sheet.cell(1, at).value, sheet.cell(2, at).value = word, None
                sheet.merge_cells(start_row=1, end_row=2, start_column=at, end_column=at)
        sheet["E1"] = "满意度评分"
        sheet.merge_cells("E1:I1")

    yield Case("sheet_two_header_rows.xlsx", book(table, grouped), (*GOOD, "reject"), sums=_sums(table))

    def far_cell(_: Any, sheet: Worksheet) -> None:
        sheet["XFD1048576"] = " "

    yield Case("sheet_far_blank_cell.xlsx", book(table, far_cell), (*GOOD, "reject"))

    def formulas(_: Any, sheet: Worksheet) -> None:
        sheet["E5"] = "=3+4"

    yield Case(
        "sheet_formula_score.xlsx", book(table, formulas), ("reject", "warn:19"), rows=(5,), columns=("整体满意度",)
    )

    def comment_formula(_: Any, sheet: Worksheet) -> None:
        sheet["K5"] = '=HYPERLINK("http://127.0.0.1:8377/x","a")'

    yield Case(
        "sheet_formula_comment.xlsx", book(table, comment_formula), (*GOOD, "reject"), rows=(5,), sums=_sums(table)
    )

    def errors(_: Any, sheet: Worksheet) -> None:
        sheet["E5"], sheet["F6"] = "#N/A", "#DIV/0!"

    yield Case(
        "sheet_errors.xlsx", book(table, errors), ("reject", "warn:18"), rows=(5, 6), columns=("整体满意度", "环境")
    )

    def number_ids(_: Any, sheet: Worksheet) -> None:
        sheet["A5"] = 123456789012345678

    yield Case(
        "sheet_long_number_id.xlsx", book(table, number_ids), ("reject", "warn:19"), rows=(5,), columns=("受访者编号",)
    )

    def many(workbook: Any, _: Worksheet) -> None:
        for number in range(80):
            workbook.create_sheet(f"s{number}")

    yield Case("sheet_many.xlsx", book(table, many), ("reject", *GOOD))
    cached = repacked(book(table, formulas), _in_sheet(b"<f>3+4</f><v />", b"<f>3+4</f><v>7</v>"))
    yield Case("sheet_formula_cached.xlsx", cached, GOOD, sums=_sums(changed(table, r5_整体满意度="7")))


def hostile() -> Iterator[Case]:
    table = survey(seed=34)
    good = book(table)
    yield Case("xlsx_cut.xlsx", good[: len(good) * 2 // 3], ("reject",))
    flipped = bytearray(good)
    at = good.index(b"xl/worksheets/sheet1.xml") + 300
    flipped[at] ^= 0xFF
    yield Case("xlsx_crc.xlsx", bytes(flipped), ("reject",))
    declared = _in_sheet(b"<worksheet", b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:8377/">]><worksheet')
    yield Case("xlsx_dtd.xlsx", repacked(good, declared), ("reject",))
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    yield Case("xlsx_laughs.xlsx", repacked(good, _in_sheet(b"<worksheet", laughs)), ("reject",))
    yield Case("xlsx_macro.xlsx", repacked(good, lambda _, part: part, {"xl/vbaProject.bin": b"x" * 100}), ("reject",))
    yield Case(
        "xlsx_links.xlsx",
        repacked(good, lambda _, part: part, {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        (*GOOD, "reject"),
    )
    bomb = _in_sheet(b"</sheetData>", b" " * 120_000_000 + b"</sheetData>")
    yield Case("xlsx_bomb.xlsx", repacked(good, bomb), ("reject",))
    yield Case(
        "xlsx_nested.xlsx", repacked(good, lambda _, part: part, {"xl/media/a.zip": b"\x00" * 110_000_000}), ("reject",)
    )
    yield Case("xlsx_shared_bomb.xlsx", _shared_bomb(table, 32_000), ("reject",))
    yield Case("xlsx_shared_giant.xlsx", _shared_bomb(table, 4_000_000), ("reject",))
    lost = repacked(_shared_bomb(table, 10), lambda name, part: b"" if name.endswith("sharedStrings.xml") else part)
    yield Case("xlsx_no_strings.xlsx", lost, ("reject",))
    yield Case("xlsx_not_xml.xlsx", repacked(good, _in_sheet(b"<worksheet", b"<<worksheet")), ("reject",))
    yield Case(
        "xlsx_word.xlsx",
        repacked(good, lambda _, part: part).replace(b"xl/workbook.xml", b"wo/workbook.xml"),
        ("reject",),
    )
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)
    yield Case("xlsx_encrypted.xlsx", encrypted, ("reject",))
    yield Case("xlsx_named_csv.csv", good, ("reject",))
    yield Case("xlsx_row_number.xlsx", repacked(good, _in_sheet(b'<row r="5"', b'<row r="99999999999"')), ("reject",))


def _shared_bomb(table: Table, length: int) -> bytes:
    """One long text, stored once, in the comment of 6,000 rows."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet()
    for at, word in enumerate(table[0]):
        sheet.write_string(0, at, word)
    for row in range(1, 6001):
        for at, cell in enumerate(["", "S001", "2011-06-01", "", "5", "", "", "", "", "", "@" * 20]):
            sheet.write_string(row, at, cell or f"R{row}")
    workbook.close()
    return repacked(buffer.getvalue(), lambda name, part: part.replace(b"@" * 20, b"x" * length))


def spss() -> Iterator[Case]:
    table = survey(seed=35)
    labels = {float(n): f"S{n:03d}" for n in range(1, 21)}
    frame = pd.DataFrame(
        {
            "resp_id": [row[0] for row in table[1:]],
            "store": [float(row[1][1:]) for row in table[1:]],
            "svy_date": [date.fromisoformat(row[2]) for row in table[1:]],
            "q1": [float(row[4]) for row in table[1:]],
            "comment": [row[10] for row in table[1:]],
        }
    )
    names = ["受访者编号", "营业厅编码", "调查日期", "整体满意度", "意见"]
    yield Case("sav_clean.sav", _sav(frame, names, {"store": labels}), ("accept:20",), sums=_sums(table))
    missing = frame.assign(q1=[99.0, 98.0, *frame["q1"][2:]])
    declared = _sav(missing, names, {"store": labels}, {"q1": [98.0, 99.0]})
    yield Case("sav_user_missing.sav", declared, (*GOOD,), sums={"整体满意度": float(frame["q1"][2:].sum())})
    undeclared = _sav(missing, names, {"store": labels})
    yield Case("sav_undeclared.sav", undeclared, ("reject", "warn:18"), rows=(2, 3), columns=("整体满意度",))
    unlabelled = _sav(frame.assign(store=[25.0, *frame["store"][1:]]), names, {"store": labels})
    yield Case("sav_store_without_label.sav", unlabelled, ("reject", "warn:19"), rows=(2,), columns=("营业厅编码",))
    yield Case("sav_compressed.zsav", _sav(frame, names, {"store": labels}, compress=True), GOOD, sums=_sums(table))
    yield Case("sav_cut.sav", declared[:800], ("reject",))
    yield Case(
        "sav_store_missing.sav",
        _sav(frame.drop(columns="store"), [*names[:1], *names[2:]], {}),
        ("reject",),
        columns=("营业厅编码",),
    )


def _sav(
    frame: pd.DataFrame,
    names: list[str],
    labels: dict[str, dict[float, str]],
    missing: dict[str, list[float]] | None = None,
    compress: bool = False,
) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sav"
        pyreadstat.write_sav(
            frame,
            str(path),
            column_labels=names,
            variable_value_labels=labels,
            missing_ranges=missing or {},
            compress=compress,
        )
        return path.read_bytes()


def all_cases() -> list[Case]:
    return [*honest(), *sheets(), *hostile(), *spss()]
