"""Each planted story is seen at the addresses that data/README.md gives, in words that follow from the data.

tests/database/demo/company/test_stories.py shows that the data hold the stories; here a reader finds them.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import fmean, pstdev

import pandas as pd
import pytest

from sqm.database.connection import Database
from sqm.database.demo import StoryCode, View
from sqm.database.indicators import indicators
from sqm.rules.access import EVERYTHING
from sqm.rules.matrix import matrix
from sqm.rules.surveys import trends
from sqm.rules.targets import Status
from sqm.ui import formats
from tests.database.demo.conftest import TODAYS, Demo
from tests.pages.conftest import Open, shown
from tests.pages.reading import card, finding, headings, number, plain, rows

See = Callable[..., str]
Leaf = Callable[[View, list[date]], Iterator[str]]

NUMBERS = "The numbers"
MET, NEAR, MISSED = "✓ met", "▲ near", "✕ missed"


@pytest.fixture(scope="session")
def demo(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The same data, asked without the pages."""
    copy = tmp_path_factory.mktemp("demo_data") / "demo.duckdb"
    shutil.copyfile(demo_file, copy)
    db = Database.open(str(copy))
    yield Demo(db, TODAYS[0], [])
    db.close()


@pytest.fixture
def see(open_page: Open, demo_file: Path) -> See:
    """see(view, month=...): the HTML at an address of a story, perhaps in another month or place."""

    def seen(view: View, month: date | None = None, **other: str) -> str:
        address = dict(view.address) | other | ({"month": f"{month:%Y-%m}"} if month else {})
        app = open_page(view.page, database=demo_file, **address)
        assert not app.exception and not app.error
        return shown(app)

    return seen


@pytest.fixture
def leaf(open_page: Open, demo_file: Path) -> Leaf:
    """leaf(view, months): the HTML in each of the months, by one reader who leafs through them."""

    def leafed(view: View, months: list[date]) -> Iterator[str]:
        app = open_page(view.page, database=demo_file, **dict(view.address))
        for month in months:
            app.query_params["month"] = f"{month:%Y-%m}"
            app.run()
            assert not app.exception and not app.error
            yield shown(app)

    return leafed


def name(demo: Demo, table: str, code: str) -> str:
    """What a page calls a district, a store or an operator."""
    known = {"districts": "district_code", "stores": "store_code", "labels": "code"}
    found = demo.db.frame(f"select * from {table}").set_index(known[table])  # noqa: S608 - a name from above
    return str(found.loc[code, "name_en"])


def points(difference: float | None) -> str:
    return formats.points(difference).replace("\u00a0", " ")


def year(demo: Demo, survey: str, item: str, month: date, operator: str = "own") -> trends.Movement:
    """The change of one question from the same month a year before."""
    series = trends.points(demo.sums(survey, item, operator))
    return trends.movement(series, month.replace(year=month.year - 1), month)


def cells(page: str, process: str) -> list[str]:
    """The three cells of a process in the matrix."""
    found = [row[1:] for row in rows(page, css="sqm-matrix") if row[0].startswith(process)]
    assert len(found) == 1
    return found[0]


def value(page: str) -> float:
    return number(card(page, "Value"))


def missed_months(page: str) -> tuple[int, int]:
    """8 of 36 months missed, from the sentence under the chart."""
    words = plain(page).split(" months missed.")[0].split()
    return int(words[-3]), int(words[-1])


def test_real_fall_is_a_fall_and_red_in_all_dimensions(see: See, demo: Demo) -> None:
    story = demo.story(StoryCode.REAL_FALL)
    asked, grid = story.views
    page = see(asked)
    now = demo.points(story.of("survey"), story.of("item")).loc[pd.Timestamp(demo.last)]
    fall = year(demo, story.of("survey"), story.of("item"), demo.last)
    interval = formats.share_interval(now["share"], now["low"], now["high"]).replace("\u00a0", " ")
    since = formats.month(demo.back(12))
    assert finding(page) == f"Hotline overall {interval}; {points(fall.difference)} since {since}: a fall"
    table = {row[0]: row for row in rows(page, NUMBERS)}
    during = [number(table[formats.month(demo.back(back))][1]) for back in range(6, -1, -1)]
    assert during[0] > during[3] > during[6]
    assert during[0] - during[6] > 10
    assert all(table[formats.month(demo.back(back))][5] == MISSED for back in range(3))
    assert table[formats.month(demo.back(7))][5] == MET
    judged = matrix.cells(demo.judged().query("month == @when", local_dict={"when": pd.Timestamp(demo.last)}))
    mine = judged[judged["process_code"] == story.of("process")]
    expected = [f"✕ {row.missed} of {row.total} missed" for row in mine.itertuples()]
    found = cells(see(grid), "Hotline")
    assert [cell.startswith(words) for cell, words in zip(found, expected, strict=True)] == [True] * 3
    earlier = cells(see(grid, demo.back(8)), "Hotline")
    assert not any(cell.startswith("✕") for cell in earlier)


def test_hit_and_miss_has_no_streak_to_believe_in(see: See, leaf: Leaf, demo: Demo) -> None:
    story = demo.story(StoryCode.HIT_AND_MISS)
    history = demo.indicator(story.of("indicator"))
    page = see(story.views[0])
    missed = int((history["status"] == Status.MISSED).sum())
    assert missed_months(page) == (missed, 36)
    assert 4 <= missed <= 26
    recent = history.tail(13)["status"]
    assert card(page, "Missed within 13 months").startswith(f"{(recent == Status.MISSED).sum()} / 13")
    words = {MET: Status.MET, NEAR: Status.NEAR, MISSED: Status.MISSED}
    seen = []
    for each in leaf(story.views[0], [demo.back(back) for back in range(6)]):
        target = card(each, "Target")
        seen.append(next(words[word] for word in words if word in target))
    assert seen == list(history["status"].iloc[:-7:-1])
    assert Status.MET in seen and len(set(seen)) > 1


def test_green_over_red_is_the_sentence_over_the_matrix(see: See, demo: Demo) -> None:
    story = demo.story(StoryCode.GREEN_OVER_RED)
    judged = demo.judged()
    for month in (story.first, story.last):
        page = see(story.views[0], month)
        assert finding(page).split(": ")[1] == "operations miss no target, yet customers are not satisfied"
        assert "Promotions" in finding(page).split(": ")[0]
        perception, _complaints, operations = cells(page, "Promotions")
        there = judged[(judged["month"] == pd.Timestamp(month)) & (judged["process_code"] == story.of("process"))]
        missed = ((there["dimension_code"] == "perception") & (there["status"] == Status.MISSED)).sum()
        assert missed >= 4
        assert perception.startswith(f"✕ {missed} of 6 missed")
        assert operations.startswith("✓")
        assert [row[1].startswith(MISSED) for row in rows(page, css="sqm-list")] == [True] * missed + [False] * (
            6 - missed
        )


def test_improved_store_met_after_years_of_misses(see: See, demo: Demo) -> None:
    story = demo.story(StoryCode.IMPROVED_STORE)
    answers, minutes = story.views
    before = demo.back(9)
    place = name(demo, "stores", story.of("store"))
    for view in (answers, minutes):
        page, former = see(view), see(view, before)
        assert place in page
        assert re.search(r": \d.*; met\b", finding(page))
        assert "months in a row" in finding(former)
        missed, months = missed_months(former)
        assert missed > 0.8 * months
        assert missed_months(page)[0] <= missed + 3
    assert value(see(answers)) > value(see(answers, before)) + 15
    assert value(see(minutes)) < value(see(minutes, before)) - 3
    assert abs(value(see(answers, place="")) - value(see(answers, before, place=""))) < 5


def test_late_district_reports_no_operations(see: See, demo: Demo) -> None:
    story = demo.story(StoryCode.LATE_DISTRICT)
    grid, home = story.views
    page = see(grid)
    district = name(demo, "districts", story.of("district"))
    assert f"Oct 2026, {district}." in plain(page)
    for process in rows(page, css="sqm-matrix"):
        perception, complaints, operations = process[1:]
        assert operations.startswith("–") and operations.endswith("no data")
        assert not perception.startswith("–") and not complaints.startswith("–")
    listed = rows(page, css="sqm-list")
    assert len(listed) == 10
    assert all("not reported" in row[1] and row[2] == "–" for row in listed)
    for other in (see(grid, demo.back(1)), see(grid, district="D11")):  # some are measured for the company alone
        assert sum("not reported" in row[1] for row in rows(other, css="sqm-list")) < 5
    owed = indicators.reported(demo.db, EVERYTHING, demo.last, demo.back(3)).iloc[0]
    assert owed["district_code"] == story.of("district")
    reports = card(see(home), "Reports of the districts")
    assert reports == (f"12 of 13 complete {district}: {owed['present']} of {owed['expected']} indicators reported")
    assert "13 of 13 complete" in card(see(home, demo.back(1)), "Reports of the districts")


def test_the_rival_moved_and_we_did_not(see: See, demo: Demo) -> None:
    story = demo.story(StoryCode.RIVAL_MOVED)
    home, asked = story.views
    rival = name(demo, "labels", story.of("rival"))
    move = year(demo, story.of("survey"), story.of("item"), demo.last, story.of("rival"))
    assert 0.03 < (move.difference or 0.0) < 0.06
    lead = card(see(home), "Lead over the best rival")
    since = formats.month(demo.back(12))
    assert lead.endswith(f"{rival} Since {since}: {rival} moved ({points(move.difference)}), we did not")
    assert -4 < number(lead) < -1
    table = rows(see(asked), NUMBERS)
    assert len(table) == 13
    assert [row[-2] for row in table].count(rival) >= 12
    leads = [number(row[-1]) for row in table]  # the newest first
    assert fmean(leads[:4]) < -1.5
    assert fmean(leads[9:]) > 0.5


def test_method_break_is_said_and_nothing_is_compared_across_it(see: See, demo: Demo) -> None:
    story = demo.story(StoryCode.METHOD_BREAK)
    changed = formats.month(story.first)
    page = see(story.views[0])
    before = formats.month(story.first.replace(year=story.first.year - 1))
    assert finding(page).endswith(f"; not comparable with {before}: the method changed")
    said = f"The method changed in {changed}: months before and after are not joined or compared."
    note = demo.db.frame("select note_en from methods where survey_code = 'cati' order by valid_from desc")
    assert f"{said} {note['note_en'].iloc[0]}" in plain(page)
    row = next(row for row in rows(page, NUMBERS) if row[0] == changed)
    assert row[3] == "method changed"
    later = see(story.views[0], story.first.replace(year=story.first.year + 1))
    assert said in plain(later)
    assert f"since {changed}" in finding(later)
    for survey in ("store_evaluation", "hotline_instant"):
        assert "The method changed" not in see(View("satisfaction", (("survey", survey),)))


def test_self_selected_stands_below_the_sample_and_swings_more(see: See, demo: Demo) -> None:
    story = demo.story(StoryCode.SELF_SELECTED)
    web, cati = see(story.views[0]), see(story.views[0], survey="cati")
    assert "self-selected These people chose to answer and do not stand for all customers." in plain(web)
    assert "self-selected" not in cati
    assert plain(web).count(f"{formats.month(story.first)} – {formats.month(demo.last)}, satisfied customers") == 1
    mine, sample = ([number(row[1]) for row in rows(page, NUMBERS)] for page in (web, cati))
    assert len(mine) == len(sample) == 13
    assert all(low < high for low, high in zip(mine, sample, strict=True))
    swings = [pstdev(b - a for a, b in pairwise(each)) for each in (mine, sample)]
    assert swings[0] > 1.5 * swings[1]


def test_complaint_spike_is_the_worst_of_months_and_districts(see: See, demo: Demo) -> None:
    story = demo.story(StoryCode.COMPLAINT_SPIKE)
    page = see(story.views[0])
    row = demo.indicator(story.of("indicator"), "district", story.of("district")).loc[pd.Timestamp(story.first)]
    worst = formats.indicator_value(row["value"], "per_10k", 2).replace("\u00a0", " ")
    assert finding(page).startswith(f"Network complaints per 10,000 subscribers: {worst}, target")
    assert "; missed – rising for real" in finding(page)
    assert f"highest {worst} in {formats.month(story.first)}." in plain(page)
    district = name(demo, "districts", story.of("district"))
    assert f"1 of 13 places missed; {district} is worst with {worst}" in plain(page)
    places = rows(page, "places missed")
    assert places[0][:2] == [district, MISSED]
    assert all(number(place[2]) < number(worst) / 2 for place in places[1:])
    after = see(story.views[0], demo.back(3))
    assert value(after) < number(worst) / 2
    assert f"highest {worst} in {formats.month(story.first)}." in plain(after)


def test_tiny_store_is_not_judged_though_it_looks_worst(see: See, demo: Demo) -> None:
    story = demo.story(StoryCode.TINY_STORE)
    page, everyone = (see(view) for view in story.views)
    assert finding(page) == "Satisfaction with stores: too few answers to judge"
    last = trends.points(demo.store_sums(story.of("item")), ["store_code"])
    mine = last[(last["month"] == pd.Timestamp(demo.last)) & (last["store_code"] == story.of("store"))].iloc[0]
    said = card(page, "Value")
    assert number(said) == pytest.approx(mine["share"] * 100, abs=0.06)
    assert f"n = {mine['n']} · too few answers" in said
    assert "– no data" in card(page, "Target")
    assert missed_months(page)[0] == 0
    table = rows(everyone, "places missed")
    tiny = name(demo, "stores", story.of("store"))
    worst = next(heading for heading in headings(everyone) if "places missed" in heading)
    assert f"; {tiny} is worst" not in worst
    assert len(table) == 40
    assert not any(place[0].startswith(f"{tiny} ") for place in table)
    assert all(number(place[2]) > number(said) for place in table)


@pytest.mark.parametrize(
    ("code", "was", "now"),
    [(StoryCode.RAISED_TARGET, Status.MET, Status.MISSED), (StoryCode.LOOSENED_TARGET, Status.MISSED, Status.MET)],
)
def test_a_moved_target_turned_the_colour_not_the_value(
    see: See, demo: Demo, code: StoryCode, was: Status, now: Status
) -> None:
    story = demo.story(code)
    history = demo.indicator(story.of("indicator"))
    tolerance = float(history["tolerance"].iloc[0]) * 100
    months = len(history.loc[pd.Timestamp(story.first) :])
    before = formats.month(demo.back(months))
    page, former = see(story.views[0]), see(story.views[0], demo.back(months))
    targets = [card(each, "Target") for each in (former, page)]
    step = number(targets[1]) - number(targets[0])
    assert step == pytest.approx(history["target_low"].diff().dropna().loc[lambda each: each != 0].sum() * 100)
    assert (step > 0) == (now is Status.MISSED)
    assert str(was) in targets[0] and str(now) in targets[1]
    assert f"since {formats.month(story.first)}" in targets[1]
    assert abs(value(page) - value(former)) < tolerance
    agreed = rows(page, "Agreed targets")
    assert [row[0].split(" in force")[0] for row in agreed] == [formats.month(story.first), "Jan 2006"]
    assert agreed[0][0].endswith("in force") and not rows(former, "Agreed targets")[0][0].endswith("in force")
    gained = missed_months(page)[0] - missed_months(former)[0]
    assert gained == (months if now is Status.MISSED else 0)
    assert before in finding(former) or str(was) in finding(former)


def test_escalated_complaints_are_fewer_but_complaints_are_not(see: See, leaf: Leaf, demo: Demo) -> None:
    story = demo.story(StoryCode.FEWER_ESCALATED)
    months = [demo.back(back) for back in range(24)]  # the newest first
    escalated = [value(page) for page in leaf(story.views[0], months)]
    everyone = [value(page) for page in leaf(story.views[1], months[1::3])]
    assert escalated == list(demo.indicator(story.of("indicator"))["value"].iloc[:-25:-1])
    assert 0.45 < sum(escalated[:12]) / sum(escalated[12:]) < 0.7
    assert 0.9 < sum(everyone[:4]) / sum(everyone[4:]) < 1.2
    page = plain(see(story.views[0]))
    lowest, highest = page.split("lowest ")[1].split(".")[0].split(", highest ")
    assert pd.Timestamp(lowest.split(" in ")[1]) >= pd.Timestamp(story.first) > pd.Timestamp(highest.split(" in ")[1])


@pytest.mark.parametrize(
    ("code", "standing"), [(StoryCode.GOOD_STORE, "+ above the middle"), (StoryCode.POOR_STORE, "− below the middle")]
)
def test_a_good_and_a_poor_store_stand_out_of_their_class(see: See, demo: Demo, code: StoryCode, standing: str) -> None:
    story = demo.story(code)
    page = plain(see(story.views[0]))
    store = name(demo, "stores", story.of("store"))
    row = page.split(f"{store} {story.of('store')} ")[1]
    assert standing in row[:80]
    assert "3 above the middle" in page


def test_the_narrow_auditor_is_named_and_own_audits_are_kinder(see: See, demo: Demo) -> None:
    narrow, kinder = demo.story(StoryCode.NARROW_AUDITOR), demo.story(StoryCode.KINDER_TO_ITSELF)
    assert narrow.views == kinder.views
    page = plain(see(narrow.views[0]))
    assert f"{narrow.of('auditor')}: spreads too little" in page
    row = page.split(f" {narrow.of('auditor')} ")[1]
    assert "▲ spreads too little" in row[:120]
    own = page.split("all stores +")[1]
    assert "Kinder to itself beyond chance" in page
    assert 4.0 <= number(own) <= 6.0
