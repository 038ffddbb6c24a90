"""Whatever happens to the child, the caller gets a look or a reading."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sqm.intake import child, reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.proposals import proposal
from sqm.intake.recipe import Recipe, Template
from sqm.intake.register import Register
from tests.badfiles.case import STORES, survey, text

REGISTER = Register(today=date(2026, 11, 21), stores=STORES)


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    path = tmp_path / "raw"
    path.write_bytes(text(survey(20)))
    return path


def test_the_child_sees_what_this_process_sees(upload: Path) -> None:
    look = child.look_in_child(upload, "a.csv", Limits())
    assert replace(look, peak_memory_mb=0.0) == opening.look(upload, "a.csv", Limits())
    recipe = proposal.propose(look, REGISTER)
    there = child.read_in_child(upload, "a.csv", recipe, REGISTER, Limits())
    here = reader.read(upload, "a.csv", recipe, REGISTER, Limits())
    assert there.rows.equals(here.rows)
    assert (there.problems, there.content_hash, there.questions, there.months) == (
        here.problems,
        here.content_hash,
        here.questions,
        here.months,
    )
    assert 0 < there.peak_memory_mb < 600


def test_a_child_that_takes_too_long_is_ended(upload: Path) -> None:
    started = time.monotonic()
    look = child.look_in_child(upload, "a.csv", Limits(seconds=0))
    assert time.monotonic() - started < 5
    assert [(problem.code, problem.value("reason")) for problem in look.problems] == [("read_stopped", "timeout")]


def test_a_child_without_memory_is_a_problem_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "raw"
    path.write_bytes(text(survey(20_000)))
    recipe = proposal.propose(opening.look(path, "a.csv", Limits()), REGISTER)
    reading = child.read_in_child(path, "a.csv", recipe, REGISTER, Limits(memory_bytes=1024**2))
    assert [(problem.code, problem.level) for problem in reading.problems] == [("read_stopped", Level.FILE)]
    assert not reading.rows.num_rows


def test_a_file_that_is_gone_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    look = child.look_in_child(tmp_path / "nothing", "a.csv", Limits())
    assert [problem.code for problem in look.problems] == ["read_stopped"]
    reading = child.read_in_child(tmp_path / "nothing", "a.csv", Recipe(Template.SURVEY), REGISTER, Limits())
    assert [problem.code for problem in reading.problems] == ["read_stopped"]


def test_nothing_is_left_behind(upload: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    child.look_in_child(upload, "a.csv", Limits())
    assert list(scratch.iterdir()) == []
