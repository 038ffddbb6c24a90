"""The page of store audits on a handful of visits with known scores, on the demonstration, and without any visit."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.safety import trail
from sqm.rules.access import EVERYTHING
from sqm.rules.audits import appeals
from sqm.ui.audits.appeals import data_appeals
from sqm.ui.doors import data
from sqm.ui.stores.doors import data_scores
from tests.pages import audit_fixture
from tests.pages.clicking import click, labels
from tests.pages.conftest import Open, shown
from tests.pages.operator import LAST
from tests.pages.reading import finding, headings, number, plain, rows

VIEWS = ("coverage", "appeals", "auditors", "standards")
FEES = "plan_selling.fees_told"


@pytest.fixture(scope="module")
def audited_once(operator_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return audit_fixture.add(Path(shutil.copyfile(operator_file, tmp_path_factory.mktemp("audited") / "own.duckdb")))


@pytest.fixture
def audited_file(audited_once: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copyfile(audited_once, tmp_path / "own.duckdb"))


def query_fees(path: Path) -> str:
    """Store S3 holds its failed critical item to be right: 8 of 8 instead of 0."""
    draft = appeals.raise_appeal("V3", FEES, "S3", "D2", 8.0, "the fees stand on the slip", "slip-17.jpg")
    return audit_fixture.decide(path, draft, "S3", "store_manager")


def refusals() -> list[dict[str, str]]:
    entries = trail.entries(data.database())
    return [json.loads(detail) for detail in entries.loc[entries["action"] == "refused", "detail"]]


def test_the_plan_is_held_against_the_visits_of_the_month(audited_file: Path, open_page: Open) -> None:
    """40 % of two stores is one store a district; D1 had both audited, D3 none."""
    page = shown(open_page("audits", database=audited_file))
    assert finding(page) == "3 stores were audited in Oct 2026, 3 were planned; 1 district fell short"
    told = {cells[0]: cells[1:] for cells in rows(page, css="sqm-plan")}
    assert told["All districts"] == ["6", "3", "3", "3", "✓ reached", "▲ 2 stores"]
    assert told["East district"] == ["2", "1", "2", "2", "✓ reached", "none"]
    assert told["North <i>district</i>"] == ["2", "1", "0", "0", "✕ 1 too few", "▲ 2 stores"]


def test_one_store_is_said_as_one(audited_file: Path, open_page: Open) -> None:
    for lang, said in (
        ("en", "1 store was audited in Oct 2026, 1 was planned"),
        ("zh", "2026年10月暗访营业厅1家，计划1家"),
    ):
        assert finding(shown(open_page("audits", lang, database=audited_file, district="D2"))) == said


def test_stores_that_wait_longer_than_the_standard_are_listed(audited_file: Path, open_page: Open) -> None:
    """S5 was seen in March, 7 months ago; S6 never since it opened in September 2025; S4 in April is just in time."""
    page = shown(open_page("audits", database=audited_file))
    assert "2 stores have waited longer than 6 months for an audit" in headings(page)
    assert rows(page, css="sqm-waits") == [
        ["Store 6 S6", "North <i>district</i>", "never", "13"],
        ["Store 5 S5", "North <i>district</i>", "12 Mar 2026", "7"],
    ]
    sources = {cells[0]: cells[1:4] for cells in rows(page, after="visits of the year were not")}
    assert sources["mystery shopping by the third party"] == ["3", "5", "5"]
    assert sources["the district's own audit"] == ["2", "2", "2"]


def test_without_a_rotation_the_visited_themes_are_told(audited_file: Path, open_page: Open) -> None:
    page = shown(open_page("audits", database=audited_file))
    assert "Oct 2026 looks at selling of plans" in headings(page)
    assert "No rotation is planned: these themes were visited." in page


def test_reports_are_in_time_late_missing_or_not_due(audited_file: Path, open_page: Open) -> None:
    august, september = date(2026, 8, 1), date(2026, 9, 1)
    reports = [("D1", august, date(2026, 9, 5)), ("D2", august, date(2026, 9, 8)), ("D1", september, date(2026, 10, 1))]
    audit_fixture.submitted(audited_file, reports)
    page = shown(open_page("audits", database=audited_file, month="2026-10"))
    told = {cells[0]: cells[1:] for cells in rows(page, css="sqm-tracker")}
    assert [cells[-3:-1] for cells in told.values()] == [
        ["✓ in time", "✓ in time"],
        ["▲ 3 days late", "✕ missing"],
        ["✕ missing", "✕ missing"],
    ]


def test_a_district_chooses_its_means_and_takes_them_back(audited_file: Path, open_page: Open) -> None:
    app = open_page("audits", database=audited_file, role="district", districts="D1", means="D1")
    assert "No supplementary means were chosen yet" in headings(shown(app))
    click(app, "Record")
    assert "Nothing was recorded: choose 1 or 2 of the three." in shown(app)
    app.button_group(key="means_picked").set_value(["open_visit", "callback"])
    click(app, "Record")
    assert "Recorded." in shown(app)
    assert trail.entries(data.database()).iloc[0]["action"] == "means_chosen"
    back = open_page("audits", database=audited_file, role="district", districts="D1", means="D1")
    label = next(each for each in labels(back) if each.startswith("Take back: open visit and call back to customers"))
    click(back, label)
    assert "Taken back." in shown(back)


def test_only_a_district_of_ones_own_is_offered_for_choosing(audited_file: Path, open_page: Open) -> None:
    app = open_page("audits", database=audited_file, role="district", districts="D1", means="D2")
    assert "Record" not in labels(app)
    reader = open_page("audits", database=audited_file, role="executive", means="D1")
    assert "Record" not in labels(reader) and "choose means" not in shown(reader)


def test_an_appeal_is_upheld_and_the_scores_follow(audited_file: Path, open_page: Open) -> None:
    """The visit of S3 is capped at 60; with 8 points for the fees it has 30 of 30. Theme 1 weighs 30 beside 20 of the
    text messages, so 40 points of the visit are 24 of the composite."""
    appeal = query_fees(audited_file)
    app = open_page("audits", database=audited_file, role="quality", view="appeals", rule=appeal)
    page = shown(app)
    assert finding(page).startswith("1 appeal waits for a ruling")
    cells = rows(page, css="sqm-appeals")[0]
    assert cells[0] == "Store 3 S3" and cells[3:5] == ["0 of 8", "8"]
    assert "the fees stand on the slip evidence: slip-17.jpg" in cells[5]
    assert "Upheld, the visit would score 100.0 instead of 60.0." in page
    ruled(app, "upheld", "the slip is there")
    assert "Recorded." in shown(app)
    page = shown(open_page("audits", database=audited_file, role="quality", view="appeals"))
    assert "No appeal waits for a ruling" in headings(page)
    assert "1 of 1 ruling changed points" in headings(page)
    cells = rows(page, css="sqm-appeals")[0]
    assert cells[6] == "60.0 → 100.0"
    before, after = (number(part) for part in cells[7].split("→"))
    assert after - before == pytest.approx(24.0, abs=0.11)


def ruled(app: AppTest, verdict: str, reason: str) -> None:
    app.button_group(key="ruling_verdict").set_value(verdict)
    app.run()
    app.text_input(key="ruling_reason").set_value(reason)
    click(app, "Record the ruling")


def test_rates_of_queried_and_changed_items(audited_file: Path, open_page: Open) -> None:
    """Five visits of the third party with four items each; one is queried, by auditor A2, and changed."""
    appeal = query_fees(audited_file)
    audit_fixture.decide(
        audited_file, appeals.rule(appeal, appeals.Verdict.PARTLY, "in part", 4.0), "quality", "quality"
    )
    page = shown(open_page("audits", database=audited_file, role="quality", view="appeals"))
    assert "1 of 20 audited items were queried; 1 of 1 rulings changed points" in headings(page)
    auditors = {cells[0]: cells[1:] for cells in rows(page, after=">Theme<")}
    assert auditors == {"A1": ["8", "–", "–"], "A2": ["12", "1 (8.33 %)", "1 of 1 21–100 %"]}
    assert "other points: 4" in plain(page)
    back = open_page("audits", database=audited_file, role="quality", view="appeals")
    ruling = next(part.split('"')[0].split("&")[0] for part in shown(back).split("unrule=")[1:])
    app = open_page("audits", database=audited_file, role="quality", view="appeals", unrule=ruling)
    click(app, "Take it back")
    assert "Taken back." in shown(app) and finding(shown(app)).startswith("1 appeal waits for a ruling")


def test_nobody_but_quality_rules_and_a_ruling_needs_a_reason(audited_file: Path, open_page: Open) -> None:
    appeal = query_fees(audited_file)
    for role in ("analyst", "executive"):
        reader = open_page("audits", database=audited_file, role=role, view="appeals", rule=appeal)
        assert "Record the ruling" not in labels(reader) and ">rule<" not in shown(reader)
    app = open_page("audits", database=audited_file, role="quality", view="appeals", rule=appeal)
    ruled(app, "rejected", " ")
    assert "a ruling has a reason" in shown(app)


def test_auditors_are_shown_with_what_a_second_one_saw(audited_file: Path, open_page: Open) -> None:
    """V1 was made twice: three of four items the same; the second passed everything, so chance alone gives 3 of 4."""
    page = shown(open_page("audits", database=audited_file, role="quality", view="auditors"))
    assert "Of 1 visit made twice, both said the same of 75 % of the items: kappa 0.00" in plain(page)
    pair = rows(page, after="both said the same of")[0]
    assert pair == ["Store 1 S1", "Oct 2026", "selling of plans", "93.3 A1", "100.0 A2", "3 of 4"]
    auditors = {cells[0]: cells for cells in rows(page, css="sqm-auditors")}
    assert auditors["A1"][1] == "2" and auditors["A1"][2] == "–"  # below 5 visits nothing is said
    assert "Only 2 stores were audited by their district and by the third party" in headings(page)


def test_a_rejected_report_counts_nowhere_until_it_is_taken_back(audited_file: Path, open_page: Open) -> None:
    app = open_page("audits", database=audited_file, role="quality", view="auditors", reject="new")
    app.selectbox(key="reject_visit").set_value("V2")
    click(app, "Reject the report")
    assert "Nothing was recorded: a report is rejected for a reason." in shown(app)
    app.text_input(key="reject_reason").set_value("no photo of the store")
    click(app, "Reject the report")
    page = shown(app)
    assert "1 report of 5 was rejected" in headings(page) and "no photo of the store" in page
    plan = shown(open_page("audits", database=audited_file, role="quality", view="coverage"))
    assert finding(plan).startswith("2 stores were audited in Oct 2026, 3 were planned")
    taken = page.split("accept=")[1].split('"')[0].split("&")[0]
    app = open_page("audits", database=audited_file, role="quality", view="auditors", accept=taken)
    click(app, "Take it back")
    assert "No report was rejected" in headings(shown(app))
    reader = open_page("audits", database=audited_file, role="district", districts="D1", view="auditors", reject="new")
    assert "Reject the report" not in labels(reader)


def test_a_standard_is_set_for_everybody_from_a_month_on(audited_file: Path, open_page: Open) -> None:
    app = open_page("audits", database=audited_file, role="quality", view="standards", set="company")
    assert finding(shown(app)) == "The pass mark is 80 points, for every store"
    app.number_input(key="standard_value_pass_mark").set_value(88.0)
    click(app, "Record")
    assert "Nothing was recorded: the reason is missing." in shown(app)
    app.text_input(key="standard_reason").set_value("the third year in a row above 90")
    click(app, "Record")
    page = shown(app)
    assert "Recorded." in page and "later: 88 points, from" in plain(page)
    assert finding(page) == "The pass mark is 80 points, for every store"  # a month that is over keeps its own
    made = page.split("unset=")[1].split('"')[0].split("&")[0]
    app = open_page("audits", database=audited_file, role="quality", view="standards", unset=made)
    click(app, "Take it back")
    assert "Taken back." in shown(app) and "88 points" not in plain(shown(app))


@pytest.mark.parametrize(("role", "districts"), [("quality", ""), ("district", "D1")])
def test_a_pass_mark_of_ones_own_is_refused_with_the_rule_and_written_down(
    role: str, districts: str, audited_file: Path, open_page: Open
) -> None:
    app = open_page("audits", database=audited_file, role=role, districts=districts, view="standards", set="local")
    app.selectbox(key="standard_place").set_value("district:D1")
    app.number_input(key="standard_value_pass_mark").set_value(95.0)
    app.text_input(key="standard_reason").set_value("we want more")
    click(app, "Record")
    page = shown(app)
    assert "Refused: Pass marks are the province&#x27;s: nobody below raises or changes them (rule D11)." in page
    assert [(each["rule"], each["scope_level"], each["scope_code"]) for each in refusals()] == [
        ("no_local_raising", "district", "D1")
    ]
    assert "1 forbidden use was refused in the last year" in headings(page)
    told = {cells[2]: cells[3] for cells in rows(page, css="sqm-uses")}
    assert told["D11"] == "1" and told["D13"] == "0"


def test_who_may_set_nothing_is_offered_nothing(audited_file: Path, open_page: Open) -> None:
    for role in ("analyst", "executive"):
        app = open_page("audits", database=audited_file, role=role, view="standards", set="local")
        assert "Record" not in labels(app) and "Change a standard" not in shown(app)


def test_checklists_stand_in_versions_with_their_evidence(audited_file: Path, open_page: Open) -> None:
    page = shown(open_page("audits", database=audited_file, view="standards", sheet="plan_selling-1"))
    assert "7 checklists are in force" in headings(page)
    items = {cells[0]: cells[1:] for cells in rows(page, css="sqm-sheet") if len(cells) == 5}
    assert len(items) == 9
    assert sum(cells[0] == "10" and cells[2] == "ordinary" for cells in items.values()) >= 1
    versions = [cells for cells in rows(page, after="7 checklists are in force") if "On-site management" in cells[0]]
    assert [cells[1] for cells in versions] == ["from Jul 2025", "Jan 2006 – Jun 2025"]
    assert "GoTone" in plain(shown(open_page("audits", database=audited_file, view="standards")))


def test_the_composite_and_the_minutes_are_told_as_they_are_in_force(audited_file: Path, open_page: Open) -> None:
    page = shown(open_page("audits", database=audited_file, view="standards"))
    assert "The store composite adds 5 parts to 100; overall perception is shown and not scored" in headings(page)
    parts = {cells[0]: cells[2] for cells in rows(page, after="The store composite adds 5 parts")}
    assert parts["theme 1 of the month"] == "30" and parts["overall perception"] == "not scored"
    waited, handled = "all points up to 4, none from 24", "all points up to 8, none from 30"
    assert f"Minutes waited: {waited}; Minutes handled: {handled}" in plain(page)


@pytest.mark.parametrize("view", VIEWS)
def test_a_store_manager_sees_no_other_store(view: str, audited_file: Path, open_page: Open) -> None:
    query_fees(audited_file)
    app = open_page("audits", database=audited_file, role="store_manager", districts="D1", stores="S2", view=view)
    assert not app.exception
    page = plain(shown(app))
    for other in ("Store 1", "Store 3", "Store 5", "West district", "V3", "the fees stand on the slip"):
        assert other not in page, other


@pytest.mark.parametrize("view", VIEWS)
def test_who_belongs_to_no_place_reads_totals_and_nothing_untrue(
    view: str, audited_file: Path, open_page: Open
) -> None:
    audit_fixture.submitted(audited_file, [("D1", date(2026, 9, 1), date(2026, 10, 1))])
    app = open_page("audits", database=audited_file, role="district", view=view)
    assert not app.exception
    page = plain(shown(app))
    assert "No district has" not in page and "Store 1" not in page and "East district" not in page
    if view == "coverage":
        assert "3 stores were audited in Oct 2026, 3 were planned" in page


def test_a_district_sees_its_own_appeals_and_no_others(audited_file: Path, open_page: Open) -> None:
    query_fees(audited_file)
    own = shown(open_page("audits", database=audited_file, role="district", districts="D2", view="appeals"))
    other = shown(open_page("audits", database=audited_file, role="district", districts="D1", view="appeals"))
    assert "the fees stand on the slip" in own and "the fees stand on the slip" not in other


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("view", VIEWS)
def test_uploaded_visits_alone_are_enough(lang: str, view: str, own_file: Path, open_page: Open) -> None:
    """No checklist, no rotation, no standard, no composite of the operator's own."""
    app = open_page("audits", lang, audit_fixture.add(own_file, with_catalogue=False), "quality", view=view)
    assert not app.exception
    page = plain(shown(app))
    if lang == "en" and view == "standards":
        assert "No standard has been set yet" in page and "No checklist is in the catalogue." in page
        assert "No standard turns minutes into points." in page


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("view", VIEWS)
def test_without_any_visit_the_page_says_what_is_missing(lang: str, view: str, open_page: Open) -> None:
    app = open_page("audits", lang, role="quality", view=view)
    assert not app.exception
    page = plain(shown(app))
    missing = {"en": "No store has been audited yet.", "zh": "尚无营业厅接受暗访。"}[lang]
    assert (missing in page) is (view != "standards")


@pytest.mark.parametrize("query", [{"view": view} for view in VIEWS] + [{"view": "appeals", "rule": "demo-appeal-9"}])
def test_in_chinese_nothing_is_left_in_english(query: dict[str, str], open_page: Open, demo_file: Path) -> None:
    app = open_page("audits", "zh", demo_file, "quality", **query)
    assert not app.exception
    page = plain(shown(app))
    for english in ("Visit", "theme", "audited", "reports", "district", "Pass mark", "auditor", "hecklist", "Items"):
        assert english not in page, english


def test_the_demonstration_tells_its_planted_stories(open_page: Open, demo_file: Path) -> None:
    """A7 gives nearly the same everywhere; districts are kinder to themselves; somebody is late every month."""
    page = shown(open_page("audits", database=demo_file, role="quality", view="auditors"))
    assert "A7" in finding(page) and "spreads too little" in finding(page)
    assert "Kinder to itself beyond chance" in page
    coverage = shown(open_page("audits", database=demo_file, role="quality"))
    assert "days late" in coverage and LAST.year == 2026


def test_the_composite_after_a_ruling_is_the_one_that_the_store_reads(open_page: Open, demo_file: Path) -> None:
    """To the last digit: both pages correct the marks by the same rulings."""
    open_page("audits", database=demo_file, role="quality", view="appeals")
    month = data_scores.months()[-1]
    effects = data_appeals.effects(month)
    assert len(effects) >= 3
    for each in effects.values():
        own = data_scores.history(EVERYTHING, each.appeal.store_code, each.mark.month, 1)
        assert own[-1].month == each.mark.month and own[-1].score.score == pytest.approx(each.composite[1], abs=1e-12)
        assert each.visit[1] != each.visit[0]
