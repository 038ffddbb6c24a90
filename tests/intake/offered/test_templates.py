"""A downloaded template that is filled in passes; its example row is left out."""

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.offered import templates
from sqm.intake.proposals import proposal
from sqm.intake.reading import Reading
from sqm.intake.recipe import Template
from sqm.intake.register import AuditItem, IndicatorEntry, Register

REGISTER = Register(
    today=date(2026, 11, 21),
    stores={"S001": "D01", "S002": "D01"},
    indicators=(IndicatorEntry("stores.overall", name_en="Store satisfaction", name_zh="营业厅整体满意度"),),
    departments={"marketing": "marketing", "市场经营部": "marketing"},
    targets_from=date(2026, 11, 1),
    audit_items=(
        AuditItem("on_site_management.queue_guide", 8.0, True, "Queue guided: a ticket offered", "引导取号、分流到位"),
        AuditItem("on_site_management.leaflets", 4.0, False, "Leaflets in place", "宣传资料齐全"),
        AuditItem("handling.minutes", 10.0, False, "Handling time", "业务办理时长"),
    ),
    themes={"on_site_management": "on_site_management", "现场管理": "on_site_management"},
)
FILLED = {
    Template.SURVEY: ["00042", "S002", "2026-10-05", "sms", "9", "8", "", "10", "7", "", "quick"],
    Template.INDICATOR: ["2026-10", "S002", "stores.overall", "120", "86.5", ""],
    Template.TARGETS: ["stores.overall", "", "S002", "2026-11", "82", "", "2", "marketing", "agreed in November"],
    Template.VISITS: [
        "V1", "S002", "2026-10-05", "自查", "现场管理", "", "A7", "8.5", "", "", "tidy", "8", "N/A", "9.5",
    ],
    Template.VISIT_ITEMS: [
        "V1", "S002", "2026-10-05", "self audit", "现场管理", "", "A7", "8.5", "",
        "宣传资料齐全", "3", "4", "", "a.jpg", "",
    ],
    Template.STORES: ["S900", "新店", "New store", "D01", "", "", "121.47", "31.23"],
}  # fmt: skip
EVERY = [(template, language) for template in Template for language in ("zh", "en")]


def read(content: bytes, name: str, folder: Path) -> Reading:
    path = folder / "raw"
    path.write_bytes(content)
    recipe = proposal.propose(opening.look(path, name, Limits()), REGISTER)
    assert recipe.is_template
    return reader.read(path, name, recipe, REGISTER, Limits())


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_the_csv_template_filled_in_passes(template: Template, language: str, tmp_path: Path) -> None:
    content = templates.text(template, language, REGISTER)
    assert content.startswith(b"\xef\xbb\xbf")
    row = io.StringIO()
    csv.writer(row).writerow(FILLED[template])
    reading = read(content + row.getvalue().encode(), "x.csv", tmp_path)
    assert reading.verdict() == "accept", reading.problems
    assert reading.rows["source_row"].to_pylist() == [3]


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_the_workbook_template_filled_in_passes(template: Template, language: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(templates.workbook(template, language, REGISTER)))
    assert len(book.sheetnames) == 2
    book.worksheets[0].append(FILLED[template])
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read(buffer.getvalue(), "x.xlsx", tmp_path)
    assert reading.verdict() == "accept", reading.problems
    assert reading.rows.num_rows == 1


def test_csv_and_workbook_of_one_content_have_one_fingerprint(tmp_path: Path) -> None:
    row = io.StringIO()
    csv.writer(row).writerow(FILLED[Template.SURVEY])
    chinese = read(templates.text(Template.SURVEY, "zh", REGISTER) + row.getvalue().encode(), "x.csv", tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(templates.workbook(Template.SURVEY, "en", REGISTER)))
    book.worksheets[0].append(FILLED[Template.SURVEY])
    buffer = io.BytesIO()
    book.save(buffer)
    assert read(buffer.getvalue(), "x.xlsx", tmp_path).content_hash == chinese.content_hash
