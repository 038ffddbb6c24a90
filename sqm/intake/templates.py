"""Our own templates to download: headers in Chinese or English, one example row, and a sheet of rules.

What is offered here passes the checks when it is filled in; the example row is recognised and left out.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

import xlsxwriter

from sqm.intake.recipe import Template
from sqm.intake.register import Register
from sqm.intake.words import vocabulary

_EXAMPLE = {"zh": "示例（请删除本行）", "en": "EXAMPLE (delete this row)"}
_SHEET = {"zh": ("数据", "填写说明"), "en": ("data", "rules")}
_RULE_HEADS = {"zh": ("列", "是否必填", "规则"), "en": ("column", "required", "rule")}
_YES = {"zh": ("必填", "选填"), "en": ("required", "optional")}
_RULES: dict[str, tuple[str, str]] = {
    "respondent_id": (
        "文本，同一文件内不得重复；00123 与 123 是两个人", "text, once in a file; 00123 and 123 are two people"),
    "store_code": ("营业厅档案中的编码，如 {store}", "a code of the store register, such as {store}"),
    "survey_date": (
        "真实日期，如 {day}；不晚于今天，不早于 2000 年", "a real day such as {day}, not after today, not before 2000"),
    "channel": ("前台、外呼或短信，可空", "front_desk, outbound or sms; may be blank"),
    "overall": ("1-10 的整数，空白表示未回答", "a whole number 1-10; blank = no answer"),
    "phone": ("不保存", "not kept"),
    "comment": (
        "原文，其中的个人信息会被遮盖；不超过 32767 字",
        "free text; personal data in it is masked; up to 32,767 characters"),
    "month": ("年月，如 {month}", "a month such as {month}"),
    "indicator": ("指标目录中的编码或名称", "a code or name of the indicator catalogue"),
    "n": ("不小于 1 的整数", "a whole number from 1 on"),
    "rate": ("0-100（百分数，不是 0-1 的小数）", "0-100 (per cent, not a fraction of 1)"),
    "note": ("可空", "may be blank"),
    "store_name": ("名称", "name"),
    "name_en": ("英文名称，可空", "English name; may be blank"),
    "district_code": ("所属区县分公司编码", "code of the district branch it belongs to"),
    "class": ("可空", "may be blank"),
    "size": ("可空", "may be blank"),
    "longitude": ("十进制度，可空", "decimal degrees; may be blank"),
    "latitude": ("十进制度，可空", "decimal degrees; may be blank"),
}  # fmt: skip


def headers(template: Template, language: str) -> list[str]:
    """The header row. language: zh or en."""
    columns = vocabulary.COLUMNS[template]
    return [column.name_zh if language == "zh" else column.name_en for column in columns]


def example(template: Template, language: str, register: Register) -> list[str]:
    """One row that shows how to fill in; marked so that a file with it still in is read without it."""
    store = next(iter(register.stores), "S001")
    day = (register.today - timedelta(days=1)).isoformat()
    mark = _EXAMPLE[language]
    if template is Template.SURVEY:
        channel = "前台" if language == "zh" else "front_desk"
        return [mark, store, day, channel, "9", "8", "8", "10", "9", "", "办理很快" if language == "zh" else "quick"]
    if template is Template.INDICATOR:
        named = next(iter(register.indicators), None)
        word = (named.name_zh if language == "zh" else named.name_en) if named else "stores.overall"
        return [day[:7], store, word, "120", "86.5", mark]
    return [mark, "中山路营业厅" if language == "zh" else "Main Street store", "Main Street", "D01", "", "", "", ""]


def text(template: Template, language: str, register: Register) -> bytes:
    """The template as CSV: UTF-8 with byte order mark, so that spreadsheets show Chinese."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([headers(template, language), example(template, language, register)])
    return buffer.getvalue().encode("utf-8-sig")


def workbook(template: Template, language: str, register: Register) -> bytes:
    """The template as XLSX: a data sheet whose cells are text (nothing eats zeros or bends dates), a rules sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    names = _SHEET[language]
    data, rules = book.add_worksheet(names[0]), book.add_worksheet(names[1])
    bold, plain = book.add_format({"bold": True, "num_format": "@"}), book.add_format({"num_format": "@"})
    columns = headers(template, language)
    data.set_column(0, len(columns) - 1, 16, plain)
    _write(data, 0, columns, bold)
    _write(data, 1, example(template, language, register), plain)
    data.freeze_panes(1, 0)
    rules.set_column(0, 1, 14)
    rules.set_column(2, 2, 70)
    _write(rules, 0, _RULE_HEADS[language], bold)
    for row, cells in enumerate(_rules(template, language, register), 1):
        _write(rules, row, cells, plain)
    book.close()
    return buffer.getvalue()


def _write(sheet: "xlsxwriter.worksheet.Worksheet", row: int, cells: Sequence[str], style: object) -> None:
    for at, cell in enumerate(cells):
        sheet.write_string(row, at, cell, style)


def _rules(template: Template, language: str, register: Register) -> list[list[str]]:
    last = date(register.today.year, register.today.month, 1) - timedelta(days=1)
    places = {"store": next(iter(register.stores), "S001"), "day": last.isoformat(), "month": last.isoformat()[:7]}
    rows = []
    for column in vocabulary.COLUMNS[template]:
        told = _RULES.get(column.name_en, _RULES["overall"])[0 if language == "zh" else 1]
        needed = _YES[language][0 if column.required else 1]
        name = column.name_zh if language == "zh" else column.name_en
        rows.append([name, needed, told.format(**places)])
    return rows
