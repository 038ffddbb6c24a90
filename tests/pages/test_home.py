"""The overview on the small operator: counts add up, findings say what was planted, links lead into the matrix."""

import re
from datetime import date

import pytest

from sqm.rules.targets import Status
from tests.pages import operator
from tests.pages.conftest import Open, shown


def test_counts_of_all_indicators_add_up_to_151(open_page: Open) -> None:
    app = open_page("home")
    assert not app.exception and not app.error
    tally = shown(app).split('class="sqm-tally"')[1].split("</section>")[0]
    numbers = [int(number) for number in re.findall(r'class="sqm-number">(\d+)<', tally)]
    assert len(numbers) == len(Status)
    assert sum(numbers) == 151


def test_finding_names_the_month_and_the_misses(open_page: Open) -> None:
    page = shown(open_page("home"))
    found = re.search(r"<h2>Oct 2026: (\d+) of 151 indicators met, (\d+) missed, \d+ (more|fewer) than", page)
    assert found, page[:2000]
    assert f"{found.group(2)}</div>" in page


def test_district_that_fell_silent_is_named_and_escaped(open_page: Open) -> None:
    page = shown(open_page("home"))
    assert "2 of 3 complete" in page
    assert "North &lt;i&gt;district&lt;/i&gt;: 0 of" in page
    assert "<i>district" not in page


def test_weakest_process_has_its_driver_and_owners(open_page: Open) -> None:
    weakest = shown(open_page("home")).split('class="sqm-ranked"')[1].split("</ol>")[0]
    assert "Owners: " in weakest
    assert "missed</span>" in weakest
    assert 'href="matrix?lang=en&amp;cell=' in weakest


def test_every_cell_of_the_small_grid_links_into_the_matrix(open_page: Open) -> None:
    page = shown(open_page("home"))
    grid = page.split("sqm-matrix sqm-small")[1].split("</table>")[0]
    assert len(set(re.findall(r"cell=(\w+\.\w+)", grid))) == 27


def test_nine_small_trends_with_an_alternative_text(open_page: Open) -> None:
    page = shown(open_page("home", role="executive"))
    wall = page.split('class="sqm-wall"')[1]
    pictures = re.findall(r'<img class="[^"]*" src="data:image/svg\+xml;base64,[^"]+" alt="([^"]+)"', wall)
    assert len(pictures) == 9
    assert all("±" in alt and "n = " in alt for alt in pictures)
    assert "Promotions below target" in page


def test_lead_is_said_with_interval_and_rival(open_page: Open) -> None:
    page = shown(open_page("home"))
    assert re.search(r"[+−]\d+\.\d ± \d+\.\d pp", page)
    assert "Rival A" in page


def test_an_earlier_month_is_shown_as_it_was(open_page: Open) -> None:
    page = shown(open_page("home", month="2026-08", role="executive"))
    assert "Aug 2026: " in page
    assert "Promotions below target" not in page


@pytest.mark.parametrize("wrong", ["2031-01", "", "<b>", "2026-13"])
def test_an_unknown_month_is_dropped(open_page: Open, wrong: str) -> None:
    app = open_page("home", month=wrong)
    assert not app.exception and not app.error
    assert f"{operator.LAST:%b %Y}: " in shown(app)


def test_first_month_compares_with_nothing(open_page: Open) -> None:
    app = open_page("home", month=f"{operator.FIRST:%Y-%m}")
    assert not app.exception and not app.error
    assert "than the month before" not in shown(app)


def test_published_months_say_when(open_page: Open) -> None:
    assert "not yet published" in shown(open_page("home"))
    assert "published 1 Sep 2026" in shown(open_page("home", month="2026-09"))
    assert date(2026, 9, 1) in operator.MONTHS
