"""The store satisfaction of a real city branch against its province, 2007 and 2008: loaded as an analyst would, checked
by the upload, and shown as the source prints it.

The source prints waves side by side and names them 2007, 2008-1 and 2008-2; the analyst writes province and branch one
under the other, with the month in which each wave was reported.
"""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sqm.database.batches import batches, register
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.intake import child
from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem
from sqm.intake.proposals import proposal, remap
from sqm.intake.recipe import Template
from sqm.ui.upload import problem_texts
from sqm.ui.words import use
from tests.pages.conftest import Open, shown
from tests.pages.reading import rows
from tests.pages.real_series import DATA

FILE = DATA / "longyan_2007_2008.csv"
WAVES = {"2007": "2007-12", "2008-1": "2008-06", "2008-2": "2008-08"}
MONTHS = ("Dec 2007", "Jun 2008", "Aug 2008")
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the shared table is not there")


def printed() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def long_table() -> bytes:
    lines = ["月份,运营商,指标,数值"]
    for column, operator in (("province_pct", "province"), ("branch_pct", "own")):
        lines += [f"{WAVES[row['period']]},{operator},{row['item_zh']},{row[column]}" for row in printed()]
    return "\n".join(lines).encode()


@pytest.fixture
def loaded(own_file: Path, tmp_path: Path) -> tuple[Path, list[Problem]]:
    db, uploads = Database.open(str(own_file)), Uploads(tmp_path / "own.uploads")
    upload = uploads.receive(io.BytesIO(long_table()), FILE.name, Limits().file_bytes)
    path, known = uploads.path(upload.upload_id), register.read(db, date.today())
    look = child.look_in_child(path, FILE.name, Limits())
    recipe = remap.with_template(proposal.propose(look, known), Template.INDICATOR, look)
    assert {use.header: use.field for use in recipe.columns} == {
        "月份": "month", "运营商": "operator", "指标": "indicator", "数值": "value",
    }  # fmt: skip
    recipe = replace(recipe, confirmed=True)
    reading = child.read_in_child(path, FILE.name, recipe, known, Limits())
    batches.commit(db, uploads, upload, recipe, reading, "analyst")
    db.close()
    child.close()
    return own_file, [problem for problem in reading.problems if problem.level is not Level.NOTE]


def test_the_upload_says_what_is_wrong_in_the_table(loaded: tuple[Path, list[Problem]]) -> None:
    """The province of the second wave is that of the first; the branch's last overall is not the mean of its four."""
    problems = {problem.code: problem for problem in loaded[1]}
    copied, overall = problems["place_repeated"], problems["overall_not_mean"]
    assert (copied.value("place"), copied.value("month"), copied.value("before")) == ("province", "2008-06", "2007-12")
    assert (overall.value("indicator"), overall.value("place")) == ("营业厅(KPI)", "own")
    assert (overall.found, overall.value("mean"), overall.value("others")) == ("80.06", "81.32", "5")
    with use("en"):
        assert "{" not in "".join(text for each in (copied, overall) for text in
                                  (problem_texts.title(each), problem_texts.mend(each)))  # fmt: skip


def test_the_table_stands_as_it_is_printed(loaded: tuple[Path, list[Problem]], open_page: Open) -> None:
    page = shown(open_page("satisfaction", database=loaded[0], view="compare"))
    table = rows(page, after="Published figures")
    assert all(month in page.split("Published figures")[1] for month in MONTHS)
    shown_rows = {row[0]: row[2:] for row in table[1:]}
    assert len(shown_rows) == 5 and all(row[1] == "Province" for row in table[1:])
    for line in printed():
        place = list(WAVES).index(line["period"]) * 3
        other, own, gap = (text.replace("−", "-") for text in shown_rows[line["item_zh"]][place : place + 3])
        assert (other, own) == (line["province_pct"], line["branch_pct"])
        assert float(gap) == pytest.approx(float(line["branch_pct"]) - float(line["province_pct"]), abs=0.006)
        if line["lead_pp"]:
            assert float(gap) == pytest.approx(float(line["lead_pp"]), abs=0.006)
