"""Stores compared on real inspections of restaurants, from the file to every view: thousands of stores, no survey."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from sqm import config
from sqm.database import catalogue, migrations
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.rules.access import EVERYTHING
from sqm.rules.stores.store_results import Compared
from sqm.ui.stores.doors import data_scores, data_stores
from sqm.ui.stores.doors.data_scores import Span
from tests.database.batches.test_real_visits import DATA, commit
from tests.pages.conftest import Open, shown
from tests.pages.reading import finding, headings, number, plain, rows

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")
TRI_COUNTY, SAN_FRANCISCO = "audit_tricounty_inspections.csv", "audit_sf_inspections_scores.csv"


def stored(folder: Path, name: str) -> Path:
    """A database that holds nothing but the catalogue and this file."""
    path = folder / "real.duckdb"
    db = Database.open(str(path))
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
    commit(db, Uploads(folder / "uploads"), name)
    db.close()
    return path


@pytest.fixture(scope="module")
def tri_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return warmed(stored(tmp_path_factory.mktemp("tri"), TRI_COUNTY))


def warmed(path: Path) -> Path:
    """The scores of 300,000 marks are worked out once; on a busy machine that takes longer than AppTest waits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SQM_DATABASE", str(path))
        data_stores.cascade(EVERYTHING, data_scores.months()[-1], Span.YEAR, Compared.AUDIT)
    return path


def test_tri_county_on_every_view(open_page: Open, tri_county: Path) -> None:
    pages = {}
    for view in ("table", "map", "items", "funnel"):
        app = open_page("stores", database=tri_county, view=view)
        assert not app.exception and not app.error
        pages[view] = shown(app)
        assert len(pages[view].encode()) < 300_000
    table = rows(pages["table"], css="sqm-cascade")[1:]
    assert [row[0] for row in table] == ["All stores", "Adams", "Arapahoe", "Douglas"]
    assert sum(number(row[3].split(" of ")[-1]) for row in table[1:]) == 3946
    assert "more stores between the first and the last are left out here" in plain(pages["table"])
    assert len(rows(pages["table"], css="sqm-fair")) <= 60
    assert "of 3,946 stores" in finding(pages["map"]) and "sqm-store-map" in pages["map"]
    assert "choose a district or a class for a map that can be moved" in plain(pages["map"])
    assert len(rows(pages["items"], css="sqm-fail-rates")) == 56
    assert len(rows(pages["items"], css="sqm-items")) == 40
    assert "over-dispersion" in plain(pages["funnel"]) and "sqm-funnel" in pages["funnel"]


def test_shares_of_failed_items_are_those_of_the_file(open_page: Open, tri_county: Path) -> None:
    """The last twelve months, April 2019 to March 2020; five rows of the file were rejected for marks of 2."""
    with (DATA / TRI_COUNTY).open(encoding="ascii") as stream:
        found = list(csv.DictReader(stream))
    items = [name for name in found[0] if name.startswith("FC")]
    kept = [row for row in found if all(row[name] in ("0", "1") for name in items)]
    year = [row for row in kept if _day(row["activity_date"]) >= date(2019, 4, 1)]
    table = rows(shown(open_page("stores", database=tri_county, view="items")), css="sqm-fail-rates")
    seen = {row[0].split()[1]: row for row in table}
    assert len(kept) == 5550 and set(seen) == set(items)
    for item in items:
        failed = sum(row[item] == "1" for row in year)
        assert number(seen[item][1]) == pytest.approx(100.0 * failed / len(year), abs=0.5001), item
        assert number(seen[item][3]) == len(year)


def _day(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


def test_san_francisco_has_no_place_and_says_so(open_page: Open, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = warmed(stored(tmp_path_factory.mktemp("sf"), SAN_FRANCISCO))
    page = shown(open_page("stores", database=path, view="map"))
    assert "No store has coordinates, and no district an outline." in plain(page)
    table = shown(open_page("stores", database=path))
    assert any(title.startswith("Stores without a class: ") for title in headings(table))
    assert finding(table).startswith("San Francisco: 3,676 stores average 89.0 points")
