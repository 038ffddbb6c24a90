"""Every code has its sentences, and their places are filled by what a problem really carries."""

import re
from pathlib import Path

import pytest

from sqm.errors import SqmError
from sqm.intake.problems import CODES, Level, Problem
from sqm.ui.decisions import decision_texts
from sqm.ui.upload import problem_texts
from sqm.ui.upload.problem_sentences import SENTENCES
from sqm.ui.words import use
from tests.words import placeholders

FIELDS = {"column", "found", "expected", "count"}
SOURCE = Path(problem_texts.__file__).resolve().parent.parent


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_problem_has_its_sentences(code: str) -> None:
    assert set().union(*(placeholders(text) for text in SENTENCES[code])) <= FIELDS | set(CODES[code])


def test_no_sentence_is_about_a_code_that_is_gone() -> None:
    assert set(SENTENCES) == set(CODES)


def test_every_failure_that_can_reach_a_viewer_has_a_sentence() -> None:
    raised = {
        code
        for path in SOURCE.rglob("*.py")
        for code in re.findall(r'raise SqmError\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    never_shown = {"file_exists", "upload_is_record"}  # a command's; a guard against mistakes in our own code
    for code in sorted(raised - never_shown):
        assert code not in decision_texts.sentence(SqmError(code)), code


def test_a_problem_is_counted_named_and_given_a_remedy() -> None:
    many = Problem(
        "store_unknown", Level.ROW, 3, "store", "S9x", values=(("count", "1200"), ("similar", "S09")), rows=(3, 4)
    )
    with use("en"):
        assert problem_texts.title(many) == "1,200 rows: unknown store code"
        assert problem_texts.mend(many).endswith("Did you mean S09?")
    with use("zh"):
        assert problem_texts.title(many) == "1,200 行：营业厅编码不存在"


def test_a_problem_of_the_file_has_no_count() -> None:
    with use("en"):
        assert problem_texts.title(Problem("file_empty", Level.FILE)) == "The file is empty"


def test_text_of_a_file_is_never_taken_for_a_place_to_fill() -> None:
    hostile = Problem("unknown_column", Level.WARNING, column="{code} {0.__class__}")
    with use("en"):
        assert "{code} {0.__class__}" in problem_texts.what(hostile)
