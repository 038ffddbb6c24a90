"""Two months of one real study: the second file maps itself, repeated answers stay, both stand as waves with trends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from sqm.database.surveys import studies, surveys
from sqm.database.surveys.surveys import Slice
from sqm.intake import child
from sqm.rules.access import EVERYTHING
from sqm.rules.surveys import trends
from sqm.ui.doors import data
from tests.pages import real_series, real_waves
from tests.pages.conftest import Open, shown
from tests.pages.real_waves import OCTOBER, SEPTEMBER, SURVEY

pytestmark = pytest.mark.skipif(not real_series.DATA.is_dir(), reason="the shared data is not here")
FIRST, SECOND = date(2019, 9, 1), date(2019, 10, 1)
CODE = "call_quality_mycall"


@dataclass(frozen=True)
class Loaded:
    """The database, and what the page said of September's and October's columns."""

    file: Path
    first: str
    second: str


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    file = real_waves.empty(tmp_path_factory.mktemp("trai"))
    with pytest.MonkeyPatch.context() as patch:
        app = real_waves.page(patch, file)
        real_waves.send(app, SEPTEMBER)
        first = shown(app)
        app.text_input(key="upload_survey_name").set_value(SURVEY).run()
        app.button(key="upload_map_done").click().run()
        real_waves.store(app)
        app.button(key="upload_again").click().run()
        real_waves.send(app, OCTOBER)
        second = shown(app)
        app.button(key="upload_known_done").click().run()
        real_waves.store(app)
        assert not app.exception
        yield Loaded(file, first, second)
    child.close()


def test_september_is_mapped_and_october_maps_itself(loaded: Loaded) -> None:
    assert "Which column is what?" in loaded.first
    assert "The month Sep 2019 comes from the name of the file: no column has it." in loaded.first
    assert f"Known study: {SURVEY} maps itself" in loaded.second
    assert f"{OCTOBER} has the columns that {SEPTEMBER} had." in loaded.second
    assert "1–5" in loaded.second and "State Name" in loaded.second
    assert "The month Oct 2019 comes from the name of the file: no column has it." in loaded.second


def test_two_waves_of_one_survey_hold_every_answer(loaded: Loaded, open_page: Open) -> None:
    """24,616 and 41,062 rows; 44 % of October repeat another row: nobody is numbered, so they are answers."""
    open_page("satisfaction", database=loaded.file)
    waves = studies.waves(data.database())
    assert set(waves["survey_code"]) == {CODE} and len(set(waves["method_code"])) == 1
    by_month = waves.groupby("month")["n"].sum()
    assert {month.date(): int(n) for month, n in by_month.items()} == {FIRST: 24_616, SECOND: 41_062}
    distinct = data.database().frame(
        "select count(*) as n from (select distinct operator_code, district_code, scores from responses "
        "where month = '2019-10-01')"
    )
    assert int(distinct["n"].iloc[0]) < 1_000


def test_the_means_of_october_are_the_published_ones(loaded: Loaded, open_page: Open) -> None:
    """Airtel 3.01, RJio 3.11, BSNL 3.62, Vodafone 3.67 on 1 to 5, each with an interval around it."""
    open_page("satisfaction", database=loaded.file)
    item = surveys.contents(data.database())["item_code"].iloc[0]
    sums = surveys.segment_sums(data.database(), EVERYTHING, Slice((CODE,), (item,), FIRST, SECOND))
    points = trends.points(sums, ["operator_code"])
    october = points[points["month"] == "2019-10-01"].set_index("operator_code")
    on_five = {code: 1 + october.loc[code, "mean"] / 25 for code in ("own", "RJio", "BSNL", "Vodafone")}
    assert {code: round(mean, 2) for code, mean in on_five.items()} == {
        "own": 3.01,
        "RJio": 3.11,
        "BSNL": 3.62,
        "Vodafone": 3.67,
    }
    assert (october.loc["own", "low"] < october.loc["own", "share"]) and october.loc["own", "n"] > 10_000
    assert october.loc["Tata", "showing"] == "grey"  # 8 answers


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("by", "found"), [("operator", "Vodafone"), ("district", "Maharashtra")])
def test_satisfaction_by_operator_and_by_state(by: str, found: str, lang: str, loaded: Loaded, open_page: Open) -> None:
    app = open_page("satisfaction", lang, loaded.file, by=by, measure="mean")
    assert not app.exception
    page = shown(app)
    assert found in page and "±" in page and SURVEY in page
    assert ("Oct 2019" if lang == "en" else "2019年10月") in page


def test_operators_of_whom_few_were_asked_are_shown_and_not_ranked(loaded: Loaded, open_page: Open) -> None:
    """Tata has 8 answers and Telenor 15 in October; in September Other has 5, all of them content."""
    for month in ("2019-09", "2019-10"):
        page = shown(open_page("satisfaction", database=loaded.file, by="operator", measure="mean", month=month))
        assert "Telenor" in page
        assert "behind Other" not in page and "behind Telenor" not in page and "Telenor is highest" not in page
        assert "MTNL is highest" in page
        assert "± –" not in page
