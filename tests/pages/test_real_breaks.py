"""A published series whose method changed: the analyst says where and why, and nothing is joined across the month."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sqm.rules.access import EVERYTHING
from sqm.rules.decisions import Kind
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator.data_indicator import COMPANY, Place
from sqm.ui.watch import data_watch
from tests.pages import real_series
from tests.pages.clicking import click
from tests.pages.conftest import Open, shown
from tests.pages.reading import charts, plain
from tests.pages.real_series import Series

pytestmark = pytest.mark.skipif(not real_series.DATA.is_dir(), reason="the shared data is not here")
APRIL, LAST = date(2018, 4, 1), date(2019, 3, 1)


@pytest.fixture(scope="module")
def hcahps(tmp_path_factory: pytest.TempPathFactory) -> Series:
    return real_series.hcahps(tmp_path_factory.mktemp("hcahps"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield real_series.nhs(tmp_path_factory.mktemp("broken")).file


def marked(open_page: Open, file: Path, code: str, month: date, reason: str) -> str:
    """The indicator page after an analyst said on it that the method changed."""
    app = open_page("indicator", database=file, role="analyst", code=code, talk="1")
    app.segmented_control(key="talk_kind").set_value(Kind.REBASED).run()
    app.selectbox(key="talk_month").set_value(month)
    app.text_input(key="talk_text").set_value(reason)
    click(app, "Record")
    assert not app.exception
    return shown(app)


def test_states_measures_and_yearly_releases_open_as_indicators(hcahps: Series, open_page: Open) -> None:
    """4,580 rows: 51 states and more, ten measures, releases of July 2015 to July 2023."""
    app = open_page("indicator", database=hcahps.file, code="H_HSP_RATING")
    assert not app.exception
    assert "Overall Hospital Rating" in shown(app) and "Jul 2023" in shown(app)
    months = data_indicator.history(EVERYTHING, "H_HSP_RATING")["month"]
    assert {pd.Timestamp(month).date() for month in months} >= {date(year, 7, 1) for year in range(2015, 2024)}
    alaska = data_indicator.history(EVERYTHING, "H_CLEAN_HSP", Place("district", "AK")).set_index("month")
    assert alaska.loc["2015-07-01", "value"] == pytest.approx(0.70)
    assert len(data_indicator.across(EVERYTHING, "H_COMP_1", date(2015, 7, 1), "district")) >= 50


def test_a_state_that_repeats_its_release_of_the_year_before_is_reported(hcahps: Series) -> None:
    """Wisconsin, July 2021: all ten measures are those of July 2020. A warning: it may be so."""
    (said,) = hcahps.problems
    told = (said.code, said.value("place"), said.value("month"), said.value("before"), said.value("count"))
    assert told == ("place_repeated", "WI", "2021-07", "2020-07", "10")


def test_the_break_of_a_yearly_series_is_shown_with_its_reason(hcahps: Series, open_page: Open, tmp_path: Path) -> None:
    own = Path(shutil.copyfile(hcahps.file, tmp_path / "own.duckdb"))
    page = marked(open_page, own, "H_HSP_RATING", date(2021, 7, 1), "hospitals were excused from reporting in 2020")
    assert "New limits from Jul 2021 on: hospitals were excused from reporting in 2020" in plain(page)
    assert any("new limits" in svg for svg in charts(page))


def test_limits_of_the_waits_are_not_joined_across_the_break(broken: Path, open_page: Open, tmp_path: Path) -> None:
    """36 months of England's waits: 24 before April 2018, 12 after; each side has limits of its own."""
    own = Path(shutil.copyfile(broken, tmp_path / "own.duckdb"))
    open_page("indicator", database=own, code="AE4H")
    before = data_watch.one(EVERYTHING, "AE4H", COMPANY, LAST)
    assert before is not None and before.line("AE4H")["centre"].nunique() == 1
    page = marked(open_page, own, "AE4H", APRIL, "urgent treatment centres are counted")
    assert "New limits from Apr 2018 on: urgent treatment centres are counted" in plain(page)
    after = data_watch.one(EVERYTHING, "AE4H", COMPANY, LAST)
    assert after is not None
    line = after.line("AE4H").set_index("month")
    first, second = line[line.index < pd.Timestamp(APRIL)], line[line.index >= pd.Timestamp(APRIL)]
    assert (len(first), len(second)) == (24, 12)
    values = data_indicator.history(EVERYTHING, "AE4H").set_index("month")["value"]
    for part in (first, second):
        assert part["centre"].nunique() == 1
        assert part["centre"].iloc[0] == pytest.approx(float(values[part.index].mean()), abs=0.004)
    assert first["centre"].iloc[0] > second["centre"].iloc[0] + 0.01  # 83.0 % and 81.5 %
