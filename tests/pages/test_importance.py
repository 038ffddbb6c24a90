"""Importance that was asked beside satisfaction makes the map; where it says nothing, the answers do."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sqm.database import marts
from sqm.database.connection import Database
from tests.pages import operator
from tests.pages.conftest import Open, shown
from tests.pages.reading import headings, rows

PROCESSES = ("tariffs", "stores", "hotline")
ITEMS = ("overall.overall", *(f"{each}.{word}" for each in PROCESSES for word in ("overall", "importance")))
PEOPLE = 300


def asked(folder: Path, source: Path, importance: dict[str, int], noise: int, people: int = PEOPLE) -> Path:
    """A survey `needs`: tariffs are poor (3 of 10), the others good (9); importance as given, give or take noise."""
    path = Path(shutil.copyfile(source, folder / "needs.duckdb"))
    random = np.random.default_rng(3)
    scores = pd.DataFrame({item: random.integers(8, 11, people) for item in ITEMS})
    scores["tariffs.overall"] = random.integers(2, 5, people)
    scores["overall.overall"] = (scores["stores.overall"] + random.integers(0, 2, people)).clip(1, 10)
    for process in PROCESSES:
        scores[f"{process}.importance"] = (importance[process] + random.integers(-noise, noise + 1, people)).clip(1, 10)
    rows_ = pd.DataFrame({
        "batch_id": "d-needs", "source_row": np.arange(2, people + 2), "survey_code": "needs", "method_code": "needs-1",
        "respondent_id": [f"N{each}" for each in range(people)], "answered_on": operator.LAST, "month": operator.LAST,
        "store_code": "", "district_code": "D1", "operator_code": "own", "channel_code": "cati", "brand_code": "gotone",
        "weight": 1.0, "scores": scores.astype(float).to_numpy().tolist(),
    })  # fmt: skip
    db = Database.open(str(path))
    with db.write() as cursor:
        cursor.execute("insert into surveys values ('needs', 60, 'Needs', '需求', true, 'd-needs')")
        for position, item in enumerate(ITEMS, 1):
            cursor.execute("insert into questions values ('d-needs', $at, $item, $item, 1, 10)",
                           {"at": position, "item": item})  # fmt: skip
        operator._insert(cursor, "responses", rows_)
        marts.rebuild(cursor)
    db.close()
    return path


def test_asked_importance_makes_the_map(open_page: Open, operator_file: Path, tmp_path: Path) -> None:
    path = asked(tmp_path, operator_file, {"tariffs": 9, "stores": 8, "hotline": 3}, noise=1)
    page = shown(open_page("satisfaction", database=path, view="drivers", survey="needs"))
    assert headings(page)[1].startswith("Concentrate here: Tariffs and plans matters more than average")
    assert "importance as customers say it" in page
    quadrants = {row[0]: row[4] for row in rows(page)}
    assert quadrants["Tariffs and plans"] == "concentrate here" and quadrants["Hotline"] == "possible overkill"


def test_importance_without_spread_gives_way_to_what_the_answers_say(
    open_page: Open, operator_file: Path, tmp_path: Path
) -> None:
    path = asked(tmp_path, operator_file, dict.fromkeys(PROCESSES, 8), noise=2)
    page = shown(open_page("satisfaction", database=path, view="drivers", survey="needs"))
    assert "everything seemed equally important" in page
    assert headings(page)[0].startswith("Stores is most strongly associated with Overall satisfaction")


@pytest.mark.parametrize(("people", "told"), [(99, "Too few answers to say"), (4, "Too few answers to say")])
def test_few_people_give_no_drivers(
    open_page: Open, operator_file: Path, tmp_path: Path, people: int, told: str
) -> None:
    path = asked(tmp_path, operator_file, dict.fromkeys(PROCESSES, 8), 2, people)
    page = shown(open_page("satisfaction", database=path, view="drivers", survey="needs"))
    assert headings(page)[0].startswith(told)
    assert ("concentrate here" in page or "keep up" in page) == (people >= 30)
