"""Real series of years ago: the pages open with their months as the newest, and known figures stand on them."""

from collections.abc import Callable
from datetime import date

import pytest

from sqm.database.batches import batches
from sqm.database.indicators import targets
from sqm.ui.doors import data
from sqm.ui.upload import problem_texts
from sqm.ui.words import use
from tests.pages import real_series
from tests.pages.conftest import Open, shown
from tests.pages.real_series import Series

pytestmark = pytest.mark.skipif(not real_series.DATA.is_dir(), reason="the shared data is not here")


def _loaded(load: Callable[..., Series], factory: pytest.TempPathFactory) -> Series:
    return load(factory.mktemp(load.__name__))


@pytest.fixture(scope="module")
def nhs(tmp_path_factory: pytest.TempPathFactory) -> Series:
    return _loaded(real_series.nhs, tmp_path_factory)


@pytest.fixture(scope="module")
def anatel(tmp_path_factory: pytest.TempPathFactory) -> Series:
    return _loaded(real_series.anatel, tmp_path_factory)


@pytest.fixture(scope="module")
def shanghai(tmp_path_factory: pytest.TempPathFactory) -> Series:
    return _loaded(real_series.shanghai, tmp_path_factory)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("series", "code", "newest"),
    [
        ("nhs", "AE4H", {"en": "Mar 2019", "zh": "2019年3月"}),
        ("anatel", "IDA01", {"en": "Apr 2019", "zh": "2019年4月"}),
        ("shanghai", "APPEAL", {"en": "May 2017", "zh": "2017年5月"}),
    ],
)
def test_every_page_opens_with_the_last_month_of_the_series(
    series: str, code: str, newest: dict[str, str], lang: str, open_page: Open, request: pytest.FixtureRequest
) -> None:
    file = request.getfixturevalue(series).file
    for page, query in (("home", {}), ("matrix", {}), ("indicator", {"code": code}), ("watch", {})):
        app = open_page(page, lang, file, **query)
        assert not app.exception, (page, app.exception)
        assert newest[lang] in shown(app), page


def test_the_waits_of_march_2019_are_missed_against_95_per_cent(nhs: Series, open_page: Open) -> None:
    """England, type 1: 85.0 % in April 2016, 79.5 % in March 2019 (published by NHS England)."""
    assert not nhs.problems
    page = shown(open_page("indicator", database=nhs.file, code="AE4H"))
    assert "79.49 %" in page and "95.00 %" in page
    assert "84.98 %" in shown(open_page("indicator", database=nhs.file, code="AE4H", month="2016-04"))
    db = data.database()
    # now that there are values, the past is closed to targets
    assert targets.open_from(db, date.today()) == date.today().replace(day=1)
    assert batches.history(db)["template"].tolist() == ["indicator", "targets", "stores"]


def test_a_column_copied_forward_in_the_published_table_is_reported(anatel: Series) -> None:
    """Accesses in service of March 2019 are those of February, for all seven operators."""
    assert [(one.code, one.value("month"), one.value("before"), one.value("count")) for one in anatel.problems] == [
        ("column_repeated", "2019-03", "2019-02", "7")
    ]
    assert anatel.problems[0].value("indicator") == "Quantidade de acessos em serviço"


def test_the_industry_values_outside_all_operators_are_reported(shanghai: Series) -> None:
    """The slip of June 2016 (0.9 where no operator has more than 0.1), and two months of appeals below every one."""
    assert [(one.code, one.rows, one.found, one.value("month")) for one in shanghai.problems] == [
        ("total_below_parts", (6, 23), "2.81", "2016-05"),
        ("total_below_parts", (7, 58), "2.08", "2016-06"),
        ("total_above_parts", (75, 109), "0.9", "2016-06"),
    ]
    slip = shanghai.problems[-1]
    with use("en"):
        assert problem_texts.group_title([slip]) == "1 row: a total above the largest of its parts"
        assert "row 75 is 0.9, its parts lie from 0.0 to 0.1 (the nearest in row 109)" in problem_texts.mend(slip)
    with use("zh"):
        assert "第 75 行的总值为 0.9" in problem_texts.mend(slip)


def test_the_targets_of_the_regulator_judge_every_month(shanghai: Series, open_page: Open) -> None:
    for code, bound in (("APPEAL", "50.00"), ("UNKNOWN_FEE", "5.00")):
        page = shown(open_page("indicator", database=shanghai.file, code=code))
        assert f"≤ {bound}" in page and "met" in page.lower()
