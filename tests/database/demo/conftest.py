"""The demo, really built: once for an ordinary month and once for a January, whose new targets are a month old."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sqm.database import demo as demo_operator
from sqm.database.connection import Database
from sqm.database.demo import Story, StoryCode, stories
from sqm.database.indicators import indicators, targets
from sqm.database.indicators.indicators import Place
from sqm.database.surveys import surveys
from sqm.database.surveys.surveys import Slice
from sqm.rules import periods
from sqm.rules.access import EVERYTHING
from sqm.rules.matrix import series
from sqm.rules.surveys import trends

LONG_AGO, LATER = date(2000, 1, 1), date(2100, 1, 1)
TODAYS = (date(2026, 11, 21), date(2027, 2, 3))


@dataclass(frozen=True)
class Demo:
    """The open database, and what pages would ask of it."""

    db: Database
    today: date
    steps: list[tuple[float, str]]

    @property
    def last(self) -> date:
        return periods.last_full_month(self.today)

    def back(self, months: int) -> date:
        return periods.add_months(self.last, -months)

    def story(self, code: StoryCode) -> Story:
        return next(story for story in stories(self.today) if story.code == code)

    def judged(self, level: str = "company", code: str = "") -> pd.DataFrame:
        """All 36 months of every indicator on one place."""
        sums = indicators.sums(self.db, EVERYTHING, Place(level, code), LONG_AGO, LATER)
        district = code if level == "district" else ""
        return series.judge_months(
            indicators.catalogue(self.db), sums, targets.every(self.db), self.back(35), self.last, level, code, district
        )

    def indicator(self, indicator: str, level: str = "company", code: str = "") -> pd.DataFrame:
        judged = self.judged(level, code)
        return judged[judged["indicator_code"] == indicator].set_index("month")

    def sums(self, survey: str, item: str, operator: str = "own") -> pd.DataFrame:
        chosen = Slice((survey,), (item,), LONG_AGO, LATER, operators=(operator,))
        return surveys.segment_sums(self.db, EVERYTHING, chosen)

    def store_sums(self, item: str) -> pd.DataFrame:
        return surveys.store_sums(self.db, EVERYTHING, Slice(("store_evaluation",), (item,), LONG_AGO, LATER))

    def points(self, survey: str, item: str, operator: str = "own") -> pd.DataFrame:
        return trends.points(self.sums(survey, item, operator)).set_index("month")


def pooled(sums: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Points of several months taken as one, dated to the first of them."""
    month = pd.to_datetime(sums["month"])
    window = sums[(month >= pd.Timestamp(first)) & (month <= pd.Timestamp(last))]
    return trends.points(window.assign(month=pd.Timestamp(first)))


def moved(sums: pd.DataFrame, before: tuple[date, date], after: tuple[date, date]) -> trends.Movement:
    """What happened between two spans of months."""
    return trends.movement(pd.concat([pooled(sums, *before), pooled(sums, *after)]), before[0], after[0])


@dataclass(frozen=True)
class Built:
    """A finished file of the demo, and what its building said on the way."""

    path: Path
    steps: list[tuple[float, str]]


def built(today: date, folders: pytest.TempPathFactory) -> Built:
    """Built once a day of the calendar for all processes of a test run; the first to ask builds, the others wait. Copy
    the file before you open it: an open file is one process's own."""
    folder = folders.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / f"demo_{today}"
    folder.mkdir(exist_ok=True)
    path, said = folder / "demo.duckdb", folder / "steps.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            steps: list[tuple[float, str]] = []
            demo_operator.build(str(path), lambda share, step: steps.append((share, step)), today)
            said.write_text(json.dumps(steps), encoding="utf-8")
    return Built(path, [(share, step) for share, step in json.loads(said.read_text("utf-8"))])


@pytest.fixture(scope="session", params=TODAYS, ids=str)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    found = built(request.param, tmp_path_factory)
    db = Database.open(str(shutil.copyfile(found.path, tmp_path_factory.mktemp("demo") / "demo.duckdb")))
    yield Demo(db, request.param, found.steps)
    db.close()
