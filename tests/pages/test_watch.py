"""The watch list: what really gets worse, decisions on it, and what becomes of them."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, shown
from tests.pages.reading import finding, headings, plain, rows

FALLING, NAME = "HOT-P02", "Satisfaction with getting through"


@pytest.fixture
def file(demo_file: Path, tmp_path: Path) -> Path:
    """A demo file of one's own, because decisions are written to it."""
    return Path(shutil.copy(demo_file, tmp_path / "demo.duckdb"))


def row_of(page: str, name: str, heading: str = "Beyond chance") -> list[str]:
    return next(row for row in rows(page, after=heading) if name in row[0])


def decide(app: AppTest, verdict: str = "", reason: str = "") -> AppTest:
    if verdict:
        app.button_group(key="watch_verdict").set_value(verdict).run()
    if reason:
        app.text_input(key="watch_reason").set_value(reason).run()
    next(button for button in app.button if button.label == "Record the decision").click().run()
    return app


def test_the_planted_fall_is_beyond_chance_with_rule_month_and_owner(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("watch", database=demo_file))
    assert "get worse beyond chance" in finding(page)
    row = row_of(page, "Satisfaction with the hotline")
    assert "missed falling for real" in row[1]
    assert "consecutive decline" in row[2]
    assert "months in a row" in row[2]
    assert row[6] == "Customer Service Centre"


def test_early_warnings_stand_below_and_apart(open_page: Open, demo_file: Path) -> None:
    found = headings(shown(open_page("watch", database=demo_file)))
    groups = [each.split(":")[0] for each in found]
    assert groups.index("Beyond chance") < groups.index("Early, may be noise")


def test_a_confirmed_signal_stays_with_who_decided(open_page: Open, file: Path) -> None:
    app = decide(open_page("watch", database=file, role="analyst", review=FALLING), reason="seen at the hotline too")
    assert not app.exception and not app.error
    page = shown(app)
    assert "Recorded." in page
    assert "confirmed by analyst" in row_of(page, NAME)[7]
    card = next(row for row in rows(page, after="What became of each rule") if row[0] == "consecutive decline")
    assert int(card[3]) >= 1


def test_dismissing_needs_a_reason_and_settles(open_page: Open, file: Path) -> None:
    app = decide(open_page("watch", database=file, role="analyst", review=FALLING), verdict="dismissed")
    assert "a signal is dismissed with a reason" in shown(app)
    assert any(NAME in row[0] for row in rows(shown(app), after="Beyond chance"))
    page = shown(decide(app, reason="the questionnaire was misprinted"))
    assert "misprinted" in row_of(page, NAME, "Settled")[7]
    assert not any(row[0].split(" Hotline")[0] == NAME for row in rows(page, after="Beyond chance"))


def test_a_decision_can_be_taken_back(open_page: Open, file: Path) -> None:
    decide(open_page("watch", database=file, role="analyst", review=FALLING), reason="real")
    app = open_page("watch", database=file, role="analyst", review=FALLING)
    next(button for button in app.button if button.label == "Take the last decision back").click().run()
    assert "confirmed by" not in row_of(shown(app), NAME)[7]


@pytest.mark.parametrize("role", ["executive", "district"])
def test_who_may_not_decide_sees_no_way_to(open_page: Open, demo_file: Path, role: str) -> None:
    app = open_page("watch", database=demo_file, role=role, review=FALLING)
    assert not app.exception
    assert "review=" not in shown(app)
    assert not [button for button in app.button if button.label == "Record the decision"]


def test_every_place_has_its_own_list(open_page: Open, demo_file: Path) -> None:
    company = plain(shown(open_page("watch", database=demo_file)))
    district = plain(shown(open_page("watch", database=demo_file, district="D01")))
    assert "all districts" in company and "all districts" not in district


def test_a_quiet_month_says_so(open_page: Open) -> None:
    page = shown(open_page("watch"))
    assert "Nothing on the watch list moves beyond chance" in page or "beyond chance" in finding(page)
