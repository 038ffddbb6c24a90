"""What customers feel: on the small operator (too few months to tell) and on the demo, where a lead is planted."""

import re
from pathlib import Path

import pytest

from sqm.database.demo import StoryCode, stories
from tests.database.demo.conftest import TODAYS
from tests.pages.conftest import Open, shown
from tests.pages.reading import finding, headings, plain, rows

STORY = next(story for story in stories(TODAYS[0]) if story.code is StoryCode.FELT_LATER)
SIDES, LEADS = "sqm-sides", "In the picture"


def test_the_planted_watermelon_is_on_top(open_page: Open, demo_file: Path) -> None:
    app = open_page("relations", database=demo_file)
    assert not app.exception and not app.error
    page = shown(app)
    table = rows(page, css=SIDES)
    assert table[0][0] == "Promotions green outside, red inside"
    assert re.fullmatch(r"✓ \d of \d met", table[0][1])
    assert re.fullmatch(r"✕ 5 of 6 missed|✕ 6 of 6 missed", table[0][2])
    assert int(table[0][4].split()[0]) >= 12
    green = [row for row in table if "green outside" in row[0]]
    assert finding(page).startswith(f"{len(green)} processes are green outside and red inside: Promotions")
    assert not any("✕" in row[1] for row in green)
    assert all("✕" in row[2] or "✕" in row[3] for row in green)
    assert "matrix?lang=en&amp;cell=promotions.perception" in page


def test_a_process_that_is_red_on_both_sides_is_no_watermelon(open_page: Open, demo_file: Path) -> None:
    table = rows(shown(open_page("relations", database=demo_file)), css=SIDES)
    assert not [row for row in table if row[0].startswith("Hotline")]


def test_the_planted_lead_is_the_only_one_beyond_chance(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("relations", database=demo_file))
    said = "Share of transactions on self-service devices runs 2 months ahead of Satisfaction with stores"
    assert said in headings(page)
    table = rows(page, LEADS)
    assert [row[5].startswith("beyond chance") for row in table].count(True) == 1
    first = table[0]
    assert first[0] == "Share of transactions on self-service devices Stores"
    assert first[1] == "Satisfaction with stores Customer perception"
    assert first[2] == "2 months ahead"
    assert float(first[3].split()[0]) > 0.75 and first[3].endswith("better goes with better")
    assert first[4] == "33 pairs of months"
    assert f"indicator?lang=en&amp;code={STORY.of('indicator')}&amp;place=" in page
    assert page.count('class="sqm-broad"') == page.count('class="sqm-slender"') == 1
    assert "2 months ahead, correlation +0." in page.split('class="sqm-broad"')[1].split(">")[0]


def test_every_operations_indicator_is_accounted_for(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("relations", database=demo_file))
    silent = next(title for title in headings(page) if "move nothing" in title)
    listed = page.split("move nothing that customers feel")[1].split("sqm-footnote")[0].count("<li>")
    assert int(silent.split()[0]) == listed
    unknown = plain(page.split("Too few months or values to tell:")[1].split("</p>")[0])
    assert listed + len(rows(page, LEADS)) + len(re.split(r", | and ", unknown)) == 59
    assert not re.search(r"\bcauses?\b", page)


def test_an_earlier_month_looks_at_fewer_months(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("relations", database=demo_file, month="2025-08"))
    assert "Nov 2023 – Aug 2025" in page
    assert "Too few months to tell which operations indicator customers feel" in headings(page)
    assert "sqm-broad" not in page and "move nothing" not in page
    three_years = shown(open_page("relations", database=demo_file))
    months = [int(rows(each, css=SIDES)[0][4].split()[0]) for each in (page, three_years)]
    assert months[1] - months[0] == 14


def test_a_young_operator_is_told_that_months_are_missing(open_page: Open) -> None:
    app = open_page("relations")
    assert not app.exception and not app.error
    page = shown(app)
    assert "Too few months to tell which operations indicator customers feel" in headings(page)
    assert "sqm-empty" in page
    table = rows(page, css=SIDES)
    assert any(row[0].startswith("Promotions") for row in table)


@pytest.mark.parametrize("query", [{"month": "soon"}, {"month": "<script>"}])
def test_unknown_choices_are_dropped(open_page: Open, query: dict[str, str]) -> None:
    app = open_page("relations", **query)
    assert not app.exception and not app.error
    assert "<script" not in shown(app)


def test_both_languages_say_the_same(open_page: Open, demo_file: Path) -> None:
    pages = {lang: shown(open_page("relations", lang, database=demo_file)) for lang in ("en", "zh")}
    assert "外绿内红：促销活动" in finding(pages["zh"])
    assert "“自助办理分流率”领先“营业厅满意度” 2 个月" in headings(pages["zh"])
    numbers = [re.findall(r"[+−]0\.\d\d", plain(page)) for page in pages.values()]
    assert numbers[0] == numbers[1] and len(numbers[0]) > 50
