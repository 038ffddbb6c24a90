"""The matrix on the small operator: grid, drill-down by address and by click, filters, download."""

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from sqm.database.indicators.indicators import Place
from sqm.rules.access import EVERYTHING
from sqm.ui import links
from sqm.ui.matrix import matrix_download
from sqm.ui.words import use
from tests.pages import operator
from tests.pages.conftest import Open, shown
from tests.pages.reading import card, rows


def rows_of_list(page: str) -> list[str]:
    return re.findall(r"code=([A-Z]{3}-[PCO]\d\d)", page.split("sqm-list")[1].split("</table>")[0])


def test_worst_cell_is_open_and_its_worst_indicator_is_on_top(open_page: Open) -> None:
    app = open_page("matrix")
    assert not app.exception and not app.error
    page = shown(app)
    assert page.count("sqm-chosen") == 1
    listed = page.split("sqm-list")[1]
    assert listed.index("sqm-missed") < listed.index("sqm-met")


def test_planted_fall_is_named_in_its_cell(open_page: Open) -> None:
    page = shown(open_page("matrix", cell="promotions.perception"))
    assert "Promotions, Customer perception: 1 of 6 missed" in page
    assert rows_of_list(page)[0] == "PRO-P01"
    assert "missed for 2 months in a row" in page


@pytest.mark.parametrize("district", ["", "D01"])
def test_store_answers_have_the_same_interval_as_on_the_satisfaction_page(
    open_page: Open, demo_file: Path, district: str
) -> None:
    """Answers of one store resemble each other: every page gives them the same, wider interval."""

    def see(page: str, **address: str) -> str:
        return shown(open_page(page, database=demo_file, **address))

    grid = see("matrix", cell="stores.perception", district=district)
    listed = {row[0]: row for row in rows(grid, css="sqm-list")}["Satisfaction with queueing in stores"]
    low, high = (float(part) for part in listed[5].split(" n = ")[0].split(" – "))
    part = {"by": "district", "part": district} if district else {}
    asked = see("satisfaction", survey="store_evaluation", item="stores.waiting", **part)
    newest = rows(asked, "The numbers")[0]
    share, half = re.findall(r"[\d.]+", newest[1])
    assert (listed[2], listed[5].split(" n = ")[1]) == (f"{share} %", newest[2])
    assert float(half) == pytest.approx((high - low) / 2, abs=0.11)  # both ends and the half are rounded
    n = float(newest[2].replace(",", ""))
    simple = 1.96 * 100 * (float(share) / 100 * (1 - float(share) / 100) / n) ** 0.5
    assert float(half) > simple * 1.05
    detail = card(see("indicator", code="STO-P03", place=f"district.{district}" if district else ""), "Value")
    assert f"{low} – {high}" in detail
    assert "equal answers" in detail


def test_every_indicator_of_a_cell_is_listed_once(open_page: Open) -> None:
    listed = rows_of_list(shown(open_page("matrix", cell="network.operations")))
    assert len(listed) == len(set(listed)) == 10


def test_operations_are_marked_as_observed(open_page: Open) -> None:
    page = shown(open_page("matrix", cell="network.operations"))
    assert page.split("sqm-list")[1].split("</table>")[0].count("observed, not appraised") == 10


def test_district_filter_judges_the_district(open_page: Open) -> None:
    company = shown(open_page("matrix"))
    district = shown(open_page("matrix", district=operator.SILENT))
    assert "all districts" in company
    assert "North &lt;i&gt;district" in district
    assert company != district
    assert "place=district.D3" in district


@pytest.mark.parametrize("query", [{"cell": "x.y"}, {"cell": "<script>"}, {"district": "D99"}, {"month": "soon"}])
def test_unknown_choices_are_dropped(open_page: Open, query: dict[str, str]) -> None:
    app = open_page("matrix", **query)
    assert not app.exception and not app.error
    assert "<script" not in shown(app)
    assert "all districts" in shown(app)


def test_changing_the_month_changes_the_page(open_page: Open) -> None:
    app = open_page("matrix")
    app.selectbox(key="filter_month_en").select("2026-07").run()
    assert not app.exception
    assert "Jul 2026, all districts" in shown(app)


def test_reconstruction_is_said(open_page: Open) -> None:
    assert "our reconstruction" in shown(open_page("matrix"))


def test_uploaded_indicators_outside_the_catalogue_are_linked_and_escaped(open_page: Open) -> None:
    page = shown(open_page("matrix"))
    assert "Further indicators from uploads" in page
    assert "SPEED&lt;b&gt;1&lt;/b&gt;" in page
    assert "code=SPEED%3Cb%3E1%3C%2Fb%3E" in page


def test_a_link_of_ours_is_followed_and_others_are_not() -> None:
    assert links.target("matrix?lang=en&cell=a.b") == ("matrix", {"lang": "en", "cell": "a.b"})
    assert links.target(".?month=2026-09") == ("home", {"month": "2026-09"})
    for foreign in ("https://example.org/matrix", "//example.org/matrix", "javascript:alert(1)", "nowhere", "m" * 501):
        assert links.target(foreign) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_workbook_has_every_indicator_with_colour_symbol_and_word(
    open_page: Open, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page("matrix")
    with use(lang):
        content = matrix_download.book(EVERYTHING, operator.LAST, Place())
    book = openpyxl.load_workbook(BytesIO(content))
    grid, listed = book.worksheets
    header = next(row for row in listed.iter_rows() if row[0].value in ("Code", "编码"))[0].row
    rows = [row for row in listed.iter_rows(min_row=header + 1) if row[0].value]
    assert len(rows) == 151
    missed = [row for row in rows if str(row[4].value).startswith("✕")]
    assert missed and all(row[4].fill.start_color.rgb == "FFFDECEA" for row in missed)
    word = {"en": "missed", "zh": "未达标"}[lang]
    assert all(word in str(row[4].value) for row in missed)
    assert grid.max_row >= 9 + 4
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
