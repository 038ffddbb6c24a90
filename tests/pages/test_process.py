"""The process pages on the small operator: ranking and map of all, and one process with its drivers and departments."""

import re
from pathlib import Path

import pytest

from sqm.database import migrations
from sqm.database.connection import Database
from sqm.rules.access import EVERYTHING
from sqm.rules.targets import Status
from sqm.ui.doors import data_names
from sqm.ui.matrix import data_matrix
from sqm.ui.process import data_process, process_trend, process_words
from tests.pages import operator
from tests.pages.conftest import Open, shown
from tests.pages.reading import finding, headings, number, plain, rows


def columns(page: str) -> list[str]:
    """The three dimensions, each as one piece of HTML."""
    return page.split('class="sqm-trio"')[1].split("sqm-duties")[0].split("<section>")[1:4]


def codes(fragment: str) -> list[str]:
    return re.findall(r"code=([A-Z]{3}-[PCO]\d\d)", fragment)


def test_without_a_choice_the_processes_are_ranked_by_the_share_missed(open_page: Open) -> None:
    app = open_page("process")
    assert not app.exception and not app.error
    ranked = rows(shown(app), css="sqm-ranking")
    assert len(ranked) == 9

    def share(cell: str) -> float:
        found = re.search(r"(\d+) of (\d+) missed", cell)
        return int(found[1]) / int(found[2]) if found else 0.0

    view = data_matrix.month_view(EVERYTHING, operator.LAST)
    shares = [row["missed"] / row["counted"] for row in view.weakest]
    assert shares == sorted(shares, reverse=True) and shares[0] > 0
    assert [share(row[1]) > 0 for row in ranked][: len(shares)] == [each > 0 for each in shares]
    names = data_names.names()
    worst = names.processes[str(view.weakest[0]["process_code"])]["name_en"]
    assert ranked[0][0] == worst
    assert finding(shown(app)).startswith(f"{worst} is weakest: {int(view.weakest[0]['missed'])} of ")


def test_each_process_of_the_ranking_leads_to_its_page(open_page: Open) -> None:
    table = shown(open_page("process")).split("sqm-ranking")[1].split("</table>")[0]
    assert set(re.findall(r"process\?lang=en&amp;process=(\w+)", table)) == set(operator.PROCESSES)


def test_the_map_names_one_lead_a_process_and_counts_every_indicator_once(open_page: Open) -> None:
    duties = rows(shown(open_page("process")), css="sqm-map")
    assert len(duties) == 9
    totals = 0
    for row in duties:
        cells = [cell for cell in row[1:] if cell]
        assert sum("leads" in cell for cell in cells) == 1
        assert all("leads" in cell or "supports" in cell for cell in cells)
        totals += sum(int(cell.split("/")[1].split()[0]) for cell in cells)
    view = data_matrix.month_view(EVERYTHING, operator.LAST)
    assert totals == len(view.rows)


@pytest.mark.parametrize("process", operator.PROCESSES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_process_has_its_page(open_page: Open, process: str, lang: str) -> None:
    app = open_page("process", lang, process=process)
    assert not app.exception and not app.error
    page = shown(app)
    record = data_names.names().processes[process]
    assert record[f"driver_{lang}"] in plain(page.replace("&#x27;", "'"))
    mine = [row for row in data_names.names().indicators.values() if row["process_code"] == process]
    found = [code for part in columns(page) for code in codes(part)]
    assert sorted(found) == sorted(str(row["indicator_code"]) for row in mine)


def test_the_planted_miss_is_the_sentence_and_stands_first_in_its_column(open_page: Open) -> None:
    page = shown(open_page("process", process="promotions"))
    perception = columns(page)[0]
    assert codes(perception)[0] == "PRO-P01"
    assert "1 of 6 missed" in plain(perception)
    assert finding(page).startswith("Promotions: ")
    assert "getting worse for real" in finding(page)


def test_drivers_come_before_the_dimensions_with_their_own_words_and_indicators(open_page: Open) -> None:
    page = shown(open_page("process", process="hotline"))
    table = page.split("sqm-grouped")[1].split("</table>")[0]
    assert page.index("sqm-grouped") < page.index("sqm-trio")
    expected = [code for driver in data_process.drivers("hotline") for code in driver.codes]
    assert len(expected) == 9 and sorted(codes(table)) == sorted(expected)
    for driver in ("connection rate", "easy IVR", "agents who solve the problem"):
        assert driver in table
    assert table.count("<img") == len(expected)


def test_driver_groups_stand_from_the_weakest_on(open_page: Open) -> None:
    for process in operator.PROCESSES:
        page = shown(open_page("process", process=process))
        said = [plain(head) for head in re.findall(r'<tr class="sqm-group">(.*?)</tr>', page)]
        shares = [(int(m[1]) / int(m[2]) if (m := re.search(r"(\d+) of (\d+) missed", text)) else 0.0) for text in said]
        first_without = next((at for at, each in enumerate(shares) if not each), len(shares))
        assert not any(shares[first_without:]), process


def test_departments_of_a_process_with_their_part_and_contacts(open_page: Open) -> None:
    page = shown(open_page("process", process="promotions"))
    duties = rows(page, css="sqm-duties")
    assert [row[1] for row in duties] == ["leads", *["supports"] * 4]
    assert duties[0][0] == "Service Quality Management"
    assert all("000-0000-" in row[4] and "@" in row[4] and "first contact (A)" in row[4] for row in duties)
    assert 'href="tel:000-0000-0101"' in page and 'href="mailto:a@service-quality.example"' in page
    total = sum(number(row[2].replace("all ", "").split(" of ")[-1].lstrip("✓✕▲–○ ")) for row in duties)
    view = data_matrix.month_view(EVERYTHING, operator.LAST)
    assert total == len(data_process.rows_of(view, "promotions"))


def test_customer_facing_share_adds_up(open_page: Open) -> None:
    page = shown(open_page("process", process="promotions"))
    assert "11 of 17 indicators show what customers see" in headings(page)
    assert "customer-facing 65 %" in page


def test_a_district_is_judged_by_itself_and_named(open_page: Open) -> None:
    company = shown(open_page("process", process="network"))
    district = shown(open_page("process", process="network", district=operator.SILENT))
    assert "all districts" in company
    assert "North &lt;i&gt;district" in district and "<i>district" not in district
    assert columns(company) != columns(district)
    assert "not reported" in plain(columns(district)[2])
    assert "by=district" in district and "part=D3" in district
    assert "place=district.D3" in district


@pytest.mark.parametrize("query", [{"process": "x"}, {"process": "<script>"}, {"district": "D99"}, {"month": "soon"}])
def test_unknown_choices_are_dropped(open_page: Open, query: dict[str, str]) -> None:
    app = open_page("process", **query)
    assert not app.exception and not app.error
    assert "<script" not in shown(app)
    assert "sqm-ranking" in shown(app)


def test_choosing_a_process_in_the_filter_opens_it(open_page: Open) -> None:
    app = open_page("process")
    app.selectbox(key="filter_process_en").select("stores").run()
    assert not app.exception
    assert finding(shown(app)).startswith("Stores: ")


def test_the_trend_shows_the_value_of_the_matrix_and_leads_to_satisfaction(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("process", database=demo_file, process="hotline"))
    view = data_matrix.month_view(EVERYTHING, data_names.all_months().last)
    row = view.rows["HOT-P01"]
    said = next(text for text in headings(page) if text.startswith("Satisfied: "))
    assert number(said) == pytest.approx(100 * row["value"], abs=0.051)
    assert said.endswith(str(Status(row["status"])))
    assert "survey=hotline_instant" in page.split("sqm-trend")[1]


def test_a_district_with_a_target_of_its_own_gets_that_step(open_page: Open, demo_file: Path) -> None:
    """The step of the small drawing is the target that judged the place."""
    open_page("process", database=demo_file, process="stores", district="D01")
    names = data_names.names()
    record = data_process.overall(names, "stores")
    assert record is not None
    months = data_names.all_months().all
    place = data_matrix.Place("district", "D01")
    drawn = process_trend.target_steps(EVERYTHING, record, place, months)
    judged = data_matrix.judged_months(EVERYTHING, place)
    own = judged[judged["indicator_code"] == record["indicator_code"]]
    assert drawn == pytest.approx([100 * float(bound) for bound in own["target_low"]], nan_ok=True)
    assert len(drawn) == len(months)


def test_nobody_named_is_said(open_page: Open, tmp_path: Path) -> None:
    path = operator.build(tmp_path / "operator.duckdb")
    db = Database.open(str(path))
    migrations.migrate(db)
    with db.write() as cursor:
        cursor.execute("delete from contacts")
        cursor.execute("delete from drivers")
    db.close()
    page = shown(open_page("process", database=path, process="promotions"))
    assert "nobody named yet" in page
    assert "The catalogue names no driver of this process." in page
    assert "sqm-trio" in page


@pytest.mark.parametrize("role", ["district", "hr"])
def test_departments_and_districts_may_look(open_page: Open, role: str) -> None:
    assert "sqm-ranking" in shown(open_page("process", role=role))


def test_getting_worse_counts_what_the_list_colours(open_page: Open) -> None:
    page = shown(open_page("process", process="promotions"))
    coloured = sum(part.count('class="sqm-soft sqm-worse"') for part in columns(page))
    assert process_words.worse(coloured) in finding(page)
