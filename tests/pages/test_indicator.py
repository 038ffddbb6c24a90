"""The indicator page: history, certainty, definition, targets, places, sources, and codes that no catalogue names."""

import re

import pytest

from sqm.charts.theme import LIGHT
from tests.pages import operator
from tests.pages.conftest import Open, shown
from tests.pages.reading import charts


def test_history_has_the_stepped_target_and_the_status_of_each_month(open_page: Open) -> None:
    app = open_page("indicator", code="PRO-P01")
    assert not app.exception and not app.error
    wide, narrow = charts(shown(app))
    assert LIGHT.target in wide and LIGHT.missed in wide and LIGHT.missed in narrow
    assert re.search(r"Target \d", wide)
    assert re.search(r"Satisfaction with promotions: missed – .+; missed for 2 months in a row", shown(app))


def test_number_carries_interval_n_and_certainty(open_page: Open) -> None:
    page = shown(open_page("indicator", code="PRO-P01"))
    assert "95 % interval" in page
    assert "n = 400" in page
    assert "certain: the whole interval misses the target" in page


def test_definition_owner_and_targets_are_shown(open_page: Open) -> None:
    page = shown(open_page("indicator", code="PRO-P01"))
    for word in ("Definition", "Numerator", "Denominator", "Owner", "Control stage", "appraised", "first target"):
        assert word in page


def test_districts_stand_with_the_worst_on_top(open_page: Open) -> None:
    page = shown(open_page("indicator", code="PRO-P01"))
    table = page.split("places missed")[1].split("</table>")[0]
    assert table.count("place=district.") == 3
    values = [float(value) for value in re.findall(r'data-label="Value">([\d.]+) %', table)]
    assert len(values) == 3
    assert values == sorted(values)


def test_stores_are_a_click_away(open_page: Open) -> None:
    page = shown(open_page("indicator", code="STO-P01", level="store"))
    assert page.count("place=store.S") == len(operator.STORES)


def test_one_store_shows_its_own_history(open_page: Open) -> None:
    page = shown(open_page("indicator", code="STO-P01", place="store.S1"))
    assert "Store 1" in page


def test_sources_name_file_and_rows_only_when_asked(open_page: Open) -> None:
    code = {"code": operator.UNLISTED, "place": "operator.rival_a"}
    assert "First rows" not in shown(open_page("indicator", **code))
    page = shown(open_page("indicator", rows="1", **code))
    assert "Oct 2026 rests on 1 row of 1 file" in page
    assert "demonstration data (d-values)" in page


def test_an_auditor_sees_nothing_and_hr_no_rows(open_page: Open) -> None:
    assert "Show the files" in shown(open_page("indicator", code="PRO-P01", role="executive"))
    assert "Show the files" not in shown(open_page("indicator", code="PRO-P01", role="hr"))


def test_uploaded_code_is_named_by_its_code_and_escaped(open_page: Open) -> None:
    app = open_page("indicator", code=operator.UNLISTED)
    assert not app.exception and not app.error
    page = shown(app)
    assert "SPEED&lt;b&gt;1&lt;/b&gt;" in page
    assert "<b>1" not in page
    assert "41.50" in page
    assert "judged by no target" in page


@pytest.mark.parametrize("code", ["", "NOPE-1", "<script>alert(1)</script>"])
def test_without_a_known_code_all_indicators_are_offered(open_page: Open, code: str) -> None:
    app = open_page("indicator", code=code)
    assert not app.exception and not app.error
    page = shown(app)
    assert page.count("code=") >= 151
    assert "<script" not in page


def test_a_place_without_a_value_says_so(open_page: Open) -> None:
    page = shown(open_page("indicator", code="TAR-C01", place="district.D3"))
    assert "no value in Oct 2026" in page
