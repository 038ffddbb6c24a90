"""Our own templates to download: headers in Chinese or English, one example row, and a sheet of rules.

What is offered here passes the checks when it is filled in; the example row is recognised and left out.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

import xlsxwriter

from sqm.intake.offered import visit_templates
from sqm.intake.recipe import AUDITS, Template
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
    "level": (
        "company（公司）、district（区县）或 store（营业厅）；空白时由单位编码判断，两者都空白即公司",
        "company, district or store; blank: told by the place code, and the company when that is blank too"),
    "place_code": ("区县或营业厅编码；公司一级留空", "code of the district or store; blank for the company"),
    "effective_month": (
        "从哪个月起考核，如 {next}；不早于本月，也不得在已发布的月份之内",
        "the first month it judges, such as {next}; not before the current month, nor in or before a published one"),
    "low": (
        "越高越好与区间型指标必填；占比写百分数（90 即 90%）",
        "needed where higher is better, and for a range; shares as per cent (90 is 90 %)"),
    "high": ("越低越好与区间型指标必填；单位同上", "needed where lower is better, and for a range; the same unit"),
    "tolerance": ("不小于 0，单位同上；空白为 0", "0 or more, the same unit; blank = 0"),
    "agreed_by": ("商定该目标的部门，编码或名称", "the department that agreed, by code or name"),
    "reason": ("为何是这个目标；必填", "why this target"),
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
    **visit_templates.RULES,
}  # fmt: skip


def headers(template: Template, language: str, register: Register) -> list[str]:
    """The header row. language: zh or en."""
    columns = vocabulary.COLUMNS[template]
    fixed = [column.name_zh if language == "zh" else column.name_en for column in columns]
    return [*fixed, *visit_templates.item_headers(template, language, register)]


def example(template: Template, language: str, register: Register) -> list[str]:
    """One row that shows how to fill in; marked so that a file with it still in is read without it."""
    store = next(iter(register.stores), "S001")
    day = (register.today - timedelta(days=1)).isoformat()
    mark = _EXAMPLE[language]
    if template in AUDITS:
        return visit_templates.example(template, language, register, mark)
    if template is Template.SURVEY:
        channel = "前台" if language == "zh" else "front_desk"
        return [mark, store, day, channel, "9", "8", "8", "10", "9", "", "办理很快" if language == "zh" else "quick"]
    if template is Template.INDICATOR:
        return [day[:7], store, _indicator_word(register, language), "120", "86.5", mark]
    if template is Template.TARGETS:
        owner = next(iter(register.departments), "service_quality")
        return [_indicator_word(register, language), "company", "", day[:7], "80", "", "2", owner, mark]
    return [mark, "中山路营业厅" if language == "zh" else "Main Street store", "Main Street", "D01", "", "", "", ""]


def _indicator_word(register: Register, language: str) -> str:
    named = next(iter(register.indicators), None)
    return (named.name_zh if language == "zh" else named.name_en) if named else "stores.overall"


def text(template: Template, language: str, register: Register) -> bytes:
    """The template as CSV: UTF-8 with byte order mark, so that spreadsheets show Chinese."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([headers(template, language, register), example(template, language, register)])
    return buffer.getvalue().encode("utf-8-sig")


def workbook(template: Template, language: str, register: Register) -> bytes:
    """The template as XLSX: a data sheet whose cells are text (nothing eats zeros or bends dates), a rules sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    names = _SHEET[language]
    data, rules = book.add_worksheet(names[0]), book.add_worksheet(names[1])
    bold, plain = book.add_format({"bold": True, "num_format": "@"}), book.add_format({"num_format": "@"})
    columns = headers(template, language, register)
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
    places = {
        "store": next(iter(register.stores), "S001"),
        "day": last.isoformat(),
        "month": last.isoformat()[:7],
        "next": register.today.isoformat()[:7],
    }
    rows = []
    for column in vocabulary.COLUMNS[template]:
        told = _RULES.get(column.name_en, _RULES["overall"])[0 if language == "zh" else 1]
        needed = _YES[language][0 if column.required else 1]
        name = column.name_zh if language == "zh" else column.name_en
        rows.append([name, needed, told.format(**places)])
    items = visit_templates.item_rules(template, language, register)
    return [*rows, *([name, _YES[language][1], told] for name, told in items)]
