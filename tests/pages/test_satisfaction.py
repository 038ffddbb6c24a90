"""The satisfaction page: every survey is reachable, methods are never joined, self-selected answers stand alone."""

import re

import pytest

from tests.pages import operator
from tests.pages.conftest import Open, shown
from tests.pages.reading import charts


def test_main_survey_with_rivals_target_and_one_chart(open_page: Open) -> None:
    app = open_page("satisfaction")
    assert not app.exception and not app.error
    page = shown(app)
    wide, _narrow = charts(page)
    assert "Rival A" in wide
    assert re.search(r"Overall satisfaction \d\d\.\d ± \d\.\d %", page)
    assert "Rival A" in page


def test_change_of_method_is_drawn_and_said(open_page: Open) -> None:
    app = open_page("satisfaction")
    assert "The method changed in Apr 2026" in shown(app)
    assert all("method changed" in chart for chart in charts(shown(app)))
    assert "method changed within a year" in shown(app)


def test_every_survey_is_offered(open_page: Open) -> None:
    options = open_page("satisfaction").selectbox(key="filter_survey_en").options
    assert len(options) == 4
    assert "TRAI MyCall" in options


def test_self_selected_survey_is_badged(open_page: Open) -> None:
    assert "self-selected" in shown(open_page("satisfaction", survey="web"))
    assert "self-selected" not in shown(open_page("satisfaction"))


def test_survey_without_our_customers_is_shown(open_page: Open) -> None:
    app = open_page("satisfaction", survey=operator.RIVALS_ONLY)
    assert not app.exception and not app.error
    assert "Call rating, Rival A" in shown(app)
    assert len(charts(shown(app))) == 2


@pytest.mark.parametrize(("by", "count"), [("brand", 3), ("district", 3), ("question", 10), ("operator", 3)])
def test_breakdowns_have_one_small_trend_a_part(open_page: Open, by: str, count: int) -> None:
    app = open_page("satisfaction", by=by)
    assert not app.exception and not app.error
    assert shown(app).count("<figure>") == count


def test_channels_of_the_store_survey(open_page: Open) -> None:
    page = shown(open_page("satisfaction", survey="store_evaluation", item="stores.waiting", by="channel"))
    assert page.count("<figure>") == 3
    assert "Waiting time" in page


def test_a_part_gets_the_large_chart(open_page: Open) -> None:
    page = shown(open_page("satisfaction", by="brand", part="gotone"))
    assert "Overall satisfaction, GoTone" in page
    assert "show all" in page


def test_mean_of_0_to_100_has_no_target(open_page: Open) -> None:
    page = shown(open_page("satisfaction", item="promotions.overall", measure="mean"))
    assert "mean on 0 to 100" in page
    assert "Target" not in page.split("The numbers")[1]


def test_the_numbers_stand_below_the_chart(open_page: Open) -> None:
    page = shown(open_page("satisfaction", item=operator.FALLING))
    table = page.split("The numbers")[1]
    assert table.count("<tr") == 14
    assert "sqm-missed" in table


@pytest.mark.parametrize(
    "query", [{"survey": "x"}, {"item": "<b>"}, {"by": "x"}, {"part": "x", "by": "brand"}, {"measure": "median"}]
)
def test_unknown_choices_are_dropped(open_page: Open, query: dict[str, str]) -> None:
    app = open_page("satisfaction", **query)
    assert not app.exception and not app.error
    assert "Overall satisfaction" in shown(app)
