"""Every made-up upload is looked at, proposed and read; its verdict, named places and data are what they must be."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.problems import Problem
from sqm.intake.proposals import proposal
from sqm.intake.reading import Reading, nothing
from sqm.intake.recipe import Template
from sqm.intake.register import Register
from tests.badfiles import text_cases, value_cases, workbook_cases
from tests.badfiles.case import STORES, Case

CASES = [*text_cases.all_cases(), *value_cases.all_cases(), *workbook_cases.all_cases()]
REGISTER = Register(today=date(2026, 11, 21), stores=STORES)
ITEMS = {"整体满意度": "stores.overall", "环境": "stores.environment"}
TEXTS = {"受访者编号": "respondent_id", "意见": "comment"}
DAYS = {"调查日期": "answered_on", "月份": "month"}


def take(case: Case, folder: Path) -> tuple[str, tuple[Problem, ...], Reading]:
    """The verdict with the rows that would be stored, the problems, and what was read."""
    path = folder / "upload"
    path.write_bytes(case.content)
    look = opening.look(path, case.file_name, Limits())
    if not look.readable:
        return "reject", look.problems, nothing(Template.SURVEY, look.problems)
    reading = reader.read(path, case.file_name, proposal.propose(look, REGISTER), REGISTER, Limits())
    verdict = reading.verdict().value
    return verdict if verdict == "reject" else f"{verdict}:{reading.rows.num_rows}", reading.problems, reading


def stored_sum(reading: Reading, column: str) -> float:
    if column in ITEMS:
        at = next(question.position for question in reading.questions if question.item_code == ITEMS[column]) - 1
        return sum(float(scores[at]) for scores in reading.rows["scores"].to_pylist() if scores[at] is not None)
    if column == "样本量":
        return float(sum(reading.rows["n"].to_pylist()))
    parts = zip(reading.rows["numerator"].to_pylist(), reading.rows["denominator"].to_pylist(), strict=True)
    return sum(100 * float(numerator) / float(denominator) for numerator, denominator in parts)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_made_up_upload(case: Case, tmp_path: Path) -> None:
    outcome, problems, reading = take(case, tmp_path)
    assert outcome in case.outcome, [(problem.code, problem.row) for problem in problems]
    if not outcome.startswith("accept"):
        named = {row for problem in problems for row in (problem.rows or (problem.row,))}
        assert set(case.rows) <= named
        assert not case.columns or set(case.columns) & {problem.column for problem in problems}
    if outcome == "reject":
        return
    for column, wanted in case.sums.items():
        assert stored_sum(reading, column) == pytest.approx(wanted, abs=0.01)
    for place, wanted_text in case.cells.items():
        row, _, column = place.partition("|")
        texts = dict(zip(reading.rows["source_row"].to_pylist(), reading.rows[TEXTS[column]].to_pylist(), strict=True))
        assert texts[int(row)] == wanted_text
    for column, first in case.minima.items():
        assert str(min(reading.rows[DAYS[column]].to_pylist())).startswith(first)


def test_the_corpus_asks_for_every_verdict_and_no_name_twice() -> None:
    verdicts = Counter(outcome.partition(":")[0] for case in CASES for outcome in case.outcome[:1])
    assert min(verdicts[verdict] for verdict in ("accept", "warn", "reject")) >= 20
    assert len({case.name for case in CASES}) == len(CASES) >= 300
