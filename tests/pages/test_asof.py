"""The matrix as it was published, and what turned since somebody last looked."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sqm.database.connection import Database
from sqm.database.indicators import looks, sealed
from sqm.rules.access import EVERYTHING
from sqm.rules.periods import add_months
from sqm.ui.doors import data
from tests.pages.conftest import Open, shown
from tests.pages.reading import plain, rows


@pytest.fixture
def file(demo_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_file, tmp_path / "demo.duckdb"))


@pytest.fixture(scope="module")
def apart(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The same file once more, because the pages keep theirs open."""
    db = Database.open(shutil.copy(demo_file, tmp_path_factory.mktemp("apart") / "demo.duckdb").as_posix())
    yield db
    db.close()


@pytest.fixture(scope="module")
def revised(apart: Database) -> tuple[date, int]:
    """The month of the demo that was published twice, and its last revision."""
    found = sealed.sealed(apart)
    row = found[found["revision"] > 1].iloc[-1]
    return row["month"].date(), int(row["revision"])


def cells(page: str) -> list[list[str]]:
    return rows(page, css="sqm-matrix")


def test_a_month_published_twice_is_shown_as_of_both(
    open_page: Open, demo_file: Path, revised: tuple[date, int]
) -> None:
    month, last = revised
    first, second, live = (
        shown(open_page("matrix", database=demo_file, month=f"{month:%Y-%m}", asof=asof))
        for asof in ("1", str(last), "")
    )
    assert cells(first) != cells(second)
    assert cells(second) == cells(live)
    assert "Published" in plain(live)


def test_the_first_publication_shows_the_figures_of_that_day(
    open_page: Open, demo_file: Path, apart: Database, revised: tuple[date, int]
) -> None:
    month, _last = revised
    missed, now = ((sealed.figures(apart, EVERYTHING, month, each)["status"] == "missed").sum() for each in (1, 2))

    def count(asof: str) -> int:
        page = shown(open_page("matrix", database=demo_file, month=f"{month:%Y-%m}", asof=asof))
        words = [
            cell.split(" of ")[0].removeprefix("✕ ") for row in cells(page) for cell in row if cell.startswith("✕")
        ]
        return sum(int(word) for word in words)

    assert (count("1"), count("2")) == (missed, now)


def test_an_open_month_says_so_and_takes_no_asof(open_page: Open, demo_file: Path) -> None:
    page = plain(shown(open_page("matrix", database=demo_file, asof="7")))
    assert "is not published yet" in page


def test_the_first_visit_has_nothing_to_compare_and_the_next_one_does(open_page: Open, file: Path) -> None:
    assert "Since you last looked" not in shown(open_page("home", database=file, role="executive"))
    assert "nothing has turned" in shown(open_page("home", database=file, role="executive"))
    assert "Since you last looked" not in shown(open_page("home", database=file, role="quality"))


def test_what_turned_since_is_counted_and_named(open_page: Open, file: Path) -> None:
    open_page("home", database=file, role="executive")
    seen = looks.last(data.database(), "executive")
    assert seen is not None
    missed = sorted(code for code, status in seen.statuses.items() if status == "missed")
    met = sorted(code for code, status in seen.statuses.items() if status == "met")
    before = {**seen.statuses, **dict.fromkeys(missed[:2], "met"), met[0]: "missed"}
    looks.note(data.database(), "executive", add_months(seen.month, -1), before)
    page = plain(shown(open_page("home", database=file, role="executive")))
    assert "2 new red, 1 recovered, 0 revised" in page
