"""Stores compared: a small operator worked out by hand, the demonstration with its planted stores, roles, languages."""

import re
import shutil
from base64 import b64decode
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from sqm.database.demo import StoryCode, stories
from sqm.rules.access import EVERYTHING, Role
from sqm.rules.stores.fair_ranks import Standing
from sqm.rules.stores.store_results import Compared
from sqm.rules.use_rules import Purpose
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.stores import stores_download
from sqm.ui.stores.doors import data_scores, data_stores
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.stores.stores_choice import Choice
from sqm.ui.stores.views import View
from tests.database.demo.conftest import TODAYS
from tests.pages import operator, visited
from tests.pages.clicking import click
from tests.pages.conftest import Open, shown
from tests.pages.reading import finding, headings, plain, rows

VIEWS = ("table", "map", "items", "funnel")
FAIR, CASCADE, RATES, HEAT = "sqm-fair", "sqm-cascade", "sqm-fail-rates", "sqm-items"
LAST = operator.LAST
YEAR_AGO = date(2025, 10, 1)
TOTALS: tuple[visited.Visit, ...] = (
    ("S1", LAST, 100.0, {}),
    ("S1", LAST, 70.0, {}),
    ("S2", LAST, 90.0, {}),
    ("S2", LAST, 40.0, {}),
    ("S3", LAST, 100.0, {}),
    ("S3", LAST, 80.0, {}),
    ("S1", YEAR_AGO, 80.0, {}),
    ("S3", YEAR_AGO, 88.0, {}),
)
MANAGER = {"role": "store_manager", "districts": "D1", "stores": "S2"}


@pytest.fixture
def totals(own_file: Path) -> Path:
    return visited.add(own_file, TOTALS)


@pytest.fixture
def many_months(own_file: Path) -> Path:
    """Six stores of one class, two items; S6 fails the critical one in half of its visits, the others never."""
    found: list[visited.Visit] = []
    for store in operator.STORES:
        for number in range(12):
            is_bad = store == "S6" and number % 2 == 0
            items = {"desk.greeting": (8.0 if number % 3 else 0.0, 8.0), "desk.critical": (0.0 if is_bad else 2.0, 2.0)}
            found.append((store, LAST, None, items))
    return visited.add(own_file, found, "desk")


def test_the_cascade_by_hand(open_page: Open, totals: Path) -> None:
    """Stores: 85, 65, 90. Mean 80; sd 13.23, t of 2 degrees 4.303: half of the interval 32.9."""
    app = open_page("stores", database=totals)
    assert not app.exception and not app.error
    page = shown(app)
    assert finding(page) == "3 stores average 80.0 points; 1 stays below the pass mark of 80"
    assert "the audit visits alone" in plain(page.split("Compared:")[1].split("</div>")[0])
    assert '<span class="sqm-chosen-word">the audit visits alone' in page
    table = {row[0]: row[1:] for row in rows(page, css=CASCADE)[1:]}
    assert table["All stores"] == ["80.0 47.1–100.0", "+3.5 ± 19.1", "3 of 6", "1 33 %", "–"]
    assert table["East district"][0].startswith("75.0") and table["East district"][2:4] == ["2", "1 50 %"]
    assert table["East district"][1] == "+5.0"
    assert table["West district"] == ["90.0", "+2.0", "1 of 2", "0 0 %", "–"]
    assert table["North <i>district</i>"] == ["–", "–", "0 of 2", "–", "–"]


def test_a_class_that_cannot_be_told_apart_singles_nobody_out(open_page: Open, totals: Path) -> None:
    page = shown(open_page("stores", database=totals))
    assert "Own stores, large: the 3 stores cannot be told apart; no store is singled out" in headings(page)
    table = rows(page, css=FAIR)
    assert [row[0].split(" S")[0] for row in table[:3]] == ["Store 1", "Store 2", "Store 3"]  # by name
    assert {row[1] for row in table} == {"–"}
    assert {row[2] for row in table[:3]} == {"= cannot be told apart"}
    assert [row[3] for row in table[:3]] == ["85.0", "65.0", "90.0"]
    assert table[0][5] == "2 1 visit = 50 %"
    assert [row[2] for row in table[3:]] == ["not ranked no visit in these months"] * 3
    assert "sqm-rank-lines" not in page


def test_a_store_of_others_has_no_name_and_no_code(open_page: Open, totals: Path) -> None:
    app = open_page("stores", database=totals, **MANAGER)
    assert not app.exception and not app.error
    page = shown(app)
    assert "Store 2" in page and "store=S2" in page
    assert not re.search(r"Store [13456]|\bS[13456]\b", plain(page)) and not re.search(r"store=S[13456]", page)
    assert [row[0] for row in rows(page, css=FAIR)] == ["Store 2 S2 · East district"]
    assert "2 more stores of the class are compared; their names are not shown to you." in plain(page)
    places = [row[0] for row in rows(page, css=CASCADE)[1:]]
    assert places == ["All stores", "East district"]
    for view in ("map", "items", "funnel"):
        other = open_page("stores", database=totals, view=view, **MANAGER)
        assert not other.exception and not other.error
        assert not re.search(r"Store [13456]|\bS[13456]\b", plain(shown(other)))


def test_who_sees_nothing_is_told_so(open_page: Open, totals: Path) -> None:
    app = open_page("stores", database=totals, role="store_manager")
    assert not app.exception and "No store or district belongs to you yet." in plain(shown(app))


def test_without_any_visit_the_page_says_what_is_missing(open_page: Open) -> None:
    for lang, said in (("en", "No store has been audited yet."), ("zh", "尚无")):
        app = open_page("stores", lang)
        assert not app.exception and not app.error
        assert said in plain(shown(app))


def test_totals_without_items_say_so(open_page: Open, totals: Path) -> None:
    page = shown(open_page("stores", database=totals, view="items"))
    assert "No item was marked in these months, here and in this class." in plain(page)
    funnel = shown(open_page("stores", database=totals, view="funnel"))
    assert "No store of this class has any of it in these months." in plain(funnel)


def test_items_and_their_stores_by_hand(open_page: Open, many_months: Path) -> None:
    page = shown(open_page("stores", database=many_months, view="items", **{"class": "own.large"}))
    table = rows(page, css=RATES)
    assert table[0][0] == "1 desk.greeting" and table[0][1].split()[0] == "33" and table[0][3:] == ["72", "6"]
    assert table[1][0] == "2 desk.critical critical" and table[1][1].split()[0] == "8"
    assert finding(page) == "Fails most often: desk.greeting (33 % of 72 visits)"
    heat = rows(page, css=HEAT)
    assert heat[0][0].startswith("Store 6") and heat[0][1:] == ["42 24", "33 12", "50 12"]
    assert heat[1][1:] == ["17 24", "33 12", "0 12"]
    assert "sqm-heat-3" in page and "sqm-heat-0" in page


def test_the_funnel_counts_passed_items(open_page: Open, many_months: Path) -> None:
    app = open_page("stores", database=many_months, view="funnel")
    assert not app.exception and not app.error
    page = shown(app)
    assert finding(page).startswith("Own stores, large: ")
    assert "about 0.3 by their exact binomial tails" in plain(page)  # 5 in 100 of six stores


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_stands(open_page: Open, demo_file: Path, view: str, lang: str) -> None:
    app = open_page("stores", lang, database=demo_file, view=view)
    assert not app.exception and not app.error
    page = shown(app)
    assert headings(page) and len(page.encode()) < 300_000
    if lang == "zh":
        written = re.sub(r"<table[^>]*sqm-store-actions.*?</table>", "", page, flags=re.DOTALL)  # in people's own words
        body = plain(written.split("</h1>")[1])
        assert not re.search(r"[A-Za-z]{4,}", re.sub("Wilson", "", body))


def test_the_demo_says_the_same_in_both_languages(open_page: Open, demo_file: Path) -> None:
    tables = [rows(shown(open_page("stores", lang, database=demo_file)), css=FAIR) for lang in ("en", "zh")]
    assert [row[3:6] for row in tables[0]] == [row[3:6] for row in tables[1]]
    assert len(tables[0]) == 37


@pytest.mark.parametrize(
    ("code", "group", "said"),
    [
        (StoryCode.GOOD_STORE, "partner.small", "+ above the middle"),
        (StoryCode.POOR_STORE, "own.small", "− below the middle"),
    ],
)
def test_the_planted_stores_stand_where_they_were_put(
    open_page: Open, demo_file: Path, code: StoryCode, group: str, said: str
) -> None:
    store = next(story for story in stories(TODAYS[0]) if story.code is code).of("store")
    page = shown(open_page("stores", database=demo_file, **{"class": group}))
    table = rows(page, css=FAIR)
    assert next(row[2] for row in table if f" {store} · " in f" {row[0]} ") == said
    assert [row[2] for row in table].count("= cannot be told apart") > len(table) / 2
    assert re.search(rf'href="store\?lang=en&amp;store={store}&amp;month=\d{{4}}-\d\d&amp;span=year"', page)
    assert all(re.fullmatch(rf"\d+ to \d+ of {len(table)}|\d+ of {len(table)}|–", row[1]) for row in table)
    assert page.count("sqm-rank-lines") == 1


def test_a_manager_finds_the_own_store_marked_among_nameless_ones(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("stores", database=demo_file, role="store_manager", districts="D03", stores="S036"))
    assert [row[0].split()[-3] for row in rows(page, css=FAIR)] == ["S036"]
    assert finding(page).startswith("Heronsand: 14 stores average ")
    wide = b64decode(page.split("sqm-rank-lines")[1].split("base64,")[1].split('"')[0]).decode()
    assert wide.count("<circle") == 37 and wide.count('font-weight="600"') == 2  # its name and its places
    district = shown(
        open_page("stores", database=demo_file, role="district", districts="D03", **{"class": "own.medium"})
    )
    codes = set(re.findall(r"store=(S\d+)", district))
    assert "S036" in codes and len(codes) > 1 and codes <= {f"S{number:03d}" for number in range(30, 46)}


def test_the_title_counts_those_who_stand_out(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("stores", database=demo_file, **{"class": "own.small"}))
    below = [row for row in rows(page, css=FAIR) if row[2] == "− below the middle"]
    title = next(each for each in headings(page) if each.startswith("Own stores, small"))
    assert title.startswith(f"Own stores, small: {len(below)} of 26 stores stand below the middle (")


def test_equal_stores_of_the_demo_are_not_told_apart(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("stores", database=demo_file, what="audit", **{"class": "own.large"}))
    assert "Own stores, large: the 13 stores cannot be told apart; no store is singled out" in headings(page)
    assert "sqm-rank-lines" not in page


@pytest.mark.parametrize(("shifts", "rank"), [((-1.0, 1.0), "–"), ((-1.0, 0.0, 1.0), "6 of 6")])
def test_two_visits_give_no_rank_no_colour_and_no_name_in_the_title(
    open_page: Open, own_file: Path, shifts: tuple[float, ...], rank: str
) -> None:
    """Visits that agree within a store and differ between stores: told apart, and from three visits on named."""
    each = {"S1": 95.0, "S2": 60.0, "S3": 90.0, "S4": 92.0, "S5": 93.0, "S6": 91.0}
    visits: list[visited.Visit] = [(store, LAST, mean + shift, {}) for store, mean in each.items() for shift in shifts]
    page = shown(open_page("stores", database=visited.add(own_file, visits)))
    is_named = rank != "–"
    title = next(title for title in headings(page) if title.startswith("Own stores, large"))
    assert "1 of 6 stores stands below the middle" in title and ("Store 2" in title) is is_named
    table = {row[0][:7]: row for row in rows(page, css=FAIR)}
    assert table["Store 2"][1:3] == [rank, "− below the middle"]
    assert ("sqm-status sqm-missed" in page.split(FAIR)[1]) is is_named


def test_many_stores_are_cut_with_a_sentence(open_page: Open, own_file: Path) -> None:
    """400 stores of one class in one district, two visits each, without any survey of theirs."""
    codes = visited.add_stores(own_file, 400, "D1", "branch")
    random = np.random.default_rng(3)
    visits: list[visited.Visit] = [
        (code, LAST, float(min(100.0, max(0.0, 50.0 + 3.0 * (number % 10) + random.normal(0.0, 4.0)))), {})
        for number, code in enumerate(codes)
        for _visit in range(2)
    ]
    visited.add(own_file, visits)
    for view in VIEWS:
        app = open_page("stores", database=own_file, view=view, **{"class": "branch."})
        assert not app.exception and not app.error
        assert len(shown(app).encode()) < 300_000
    page = shown(open_page("stores", database=own_file, **{"class": "branch."}))
    assert len(rows(page, css=FAIR)) == 40
    assert "360 more stores between the first and the last are left out here." in plain(page)
    assert "400 of 406" in plain(page)


def test_a_district_filter_keeps_the_ranks_of_the_whole_class(open_page: Open, demo_file: Path) -> None:
    whole, part = (
        rows(shown(open_page("stores", database=demo_file, **{"class": "own.medium", **query})), css=FAIR)
        for query in ({}, {"district": "D03"})
    )
    known = {row[0]: row for row in whole}
    assert 0 < len(part) < len(whole)
    assert all(known[row[0]] == row for row in part)


@pytest.mark.parametrize("query", [{"month": "soon"}, {"class": "<script>"}, {"show": "x"}, {"district": "D99"}])
def test_unknown_choices_are_dropped(open_page: Open, demo_file: Path, query: dict[str, str]) -> None:
    app = open_page("stores", database=demo_file, **query)
    assert not app.exception and not app.error
    assert "<script" not in shown(app)


@pytest.mark.parametrize("show", ["pass_mark", "sms", "visits", "last"])
def test_the_map_by_every_choice(open_page: Open, demo_file: Path, show: str) -> None:
    app = open_page("stores", database=demo_file, view="map", show=show)
    assert not app.exception and not app.error
    page = shown(app)
    assert "sqm-store-map" in page and app.get("deck_gl_json_chart")
    assert re.search(r"\d+ of 130 stores|none of 130 stores", finding(page))


def chosen(purpose_of: Compared = Compared.COMPOSITE) -> Choice:
    return Choice(View.TABLE, data_scores.months()[-1], Span.YEAR, "", ("own", "medium"), purpose_of)


def pick(app: AppTest, purpose: Purpose) -> AppTest:
    app.selectbox(key="stores_purpose").set_value(purpose)
    return app.run()


@pytest.mark.parametrize(
    ("purpose", "rule"),
    [(Purpose.STORE_APPRAISAL, "D32, D33"), (Purpose.PERSONAL_APPRAISAL, "D32, D33")],
)
def test_a_forbidden_purpose_is_refused_with_its_rule(
    open_page: Open, own_demo: Path, purpose: Purpose, rule: str
) -> None:
    app = pick(open_page("stores", database=own_demo), purpose)
    assert not app.get("download_button")
    said = plain(shown(click(app, "Download as workbook")))
    assert "Refused: Process measures are made known in the bulletin, and are no KPI" in said and rule in said


@pytest.fixture
def own_demo(demo_file: Path, tmp_path: Path) -> Path:
    """A copy that a refusal may write to."""
    return Path(shutil.copyfile(demo_file, tmp_path / "own_demo.duckdb"))


def test_the_workbook_carries_its_purpose(own_demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(own_demo))
    viewer = Viewer("analyst", Role.ANALYST, EVERYTHING)
    book = load_workbook(BytesIO(stores_download.book(viewer, chosen(), Purpose.TRAINING)))
    sheet = book.worksheets[0]
    assert sheet["A2"].value == "Purpose stated when the file was taken: training"
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert cells[0][:3] == ["Store code", "Store", "District"] and len(cells) == 38
    view = data_scores.view(EVERYTHING, chosen().month, Span.YEAR)
    table = view.tables[Compared.COMPOSITE][("own", "medium")]
    assert table is not None and [row[0] for row in cells[1:]] == [each.code for each in table.stores]
    assert cells[1][6] == pytest.approx(table.stores[0].shrunk.raw)


def test_the_cascade_adds_up_on_the_demonstration(demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(demo_file))
    month = data_scores.months()[-1]
    for what in Compared:
        found = data_stores.cascade(EVERYTHING, month, Span.YEAR, what)
        assert sum(line.of for line in found.districts.values()) == found.company.of == 130
        for line in (found.company, *found.districts.values()):
            assert line.mean is not None and sum(line.losses.values()) == pytest.approx(100.0 - line.mean)
    table = data_scores.view(EVERYTHING, month, Span.YEAR).tables[Compared.COMPOSITE][("own", "small")]
    assert table is not None and any(each.standing is not Standing.ALIKE for each in table.stores)
