"""What a whole reading promises beyond its rows: fingerprints, rejected rows, privacy of messages."""

import random
from datetime import date
from pathlib import Path

from sqm.intake import reader, reading
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.problems import CODES
from sqm.intake.proposals import proposal
from sqm.intake.reading import Reading
from sqm.intake.register import Register
from sqm.intake.rows import fingerprint
from tests.badfiles import text_cases, value_cases
from tests.badfiles.case import STORES, Table, changed, indicator, survey, text
from tests.badfiles.workbook_cases import book

REGISTER = Register(today=date(2026, 11, 21), stores=STORES)


def read(content: bytes, name: str, folder: Path) -> Reading:
    path = folder / "raw"
    path.write_bytes(content)
    look = opening.look(path, name, Limits())
    return reader.read(path, name, proposal.propose(look, REGISTER), REGISTER, Limits())


def hash_of(table: Table, folder: Path, **how: object) -> str:
    return read(text(table, **how), "x.csv", folder).content_hash  # type: ignore[arg-type]


def test_the_fingerprint_does_not_depend_on_order_format_or_encoding(tmp_path: Path) -> None:
    for table in (survey(20), indicator(12)):
        first = hash_of(table, tmp_path)
        shuffled = [table[0], *random.Random(3).sample(table[1:], len(table) - 1)]
        turned = [list(reversed(row)) for row in table]
        assert hash_of(shuffled, tmp_path) == first
        assert hash_of(turned, tmp_path, encoding="gb18030", delimiter="\t") == first
        assert read(book(table), "x.xlsx", tmp_path).content_hash == first


def test_the_fingerprint_changes_with_any_value(tmp_path: Path) -> None:
    table = survey(20)
    first = hash_of(table, tmp_path)
    others = {
        hash_of(changed(table, r5_整体满意度="1"), tmp_path),
        hash_of(changed(table, r5_意见="别的"), tmp_path),
        hash_of(changed(table, r5_受访者编号="Z9"), tmp_path),
        hash_of(changed(table, r5_调查日期="2011-06-29"), tmp_path),
        hash_of(changed(table, r5_营业厅编码="S020" if table[4][1] != "S020" else "S019"), tmp_path),
        hash_of(table[:-1], tmp_path),
    }
    assert len(others) == 6
    assert first not in others


def test_hashes_of_texts_are_the_same_one_by_one_and_all_together() -> None:
    import pyarrow as pa

    words = ["", "a", "ab", "没有座位", "x" * 7, "x" * 8, "x" * 9, "x" * 33, "a\x00b"]
    together = fingerprint.of_strings(pa.array(words)).tolist()
    assert together == [fingerprint.of_strings(pa.array([word])).tolist()[0] for word in words]
    assert len(set(together)) == len(words)


def test_rejected_rows_come_back_as_they_were_with_reasons_and_without_personal_data(tmp_path: Path) -> None:
    table = changed(survey(20), r5_整体满意度="11", r5_意见="请打13812345678", r9_营业厅编码="S999")
    rejected = read(text(table), "x.csv", tmp_path).rejected.to_pylist()
    assert [(row["source_row"], row["reasons"]) for row in rejected] == [(5, "out_of_range"), (9, "store_unknown")]
    assert rejected[0]["整体满意度"] == "11"
    assert rejected[0]["意见"] == "请打***"
    assert rejected[0]["手机号"] == "***"


def test_no_message_repeats_personal_data(tmp_path: Path) -> None:
    table = changed(survey(20), r5_环境="13812345678", r6_渠道="zhang@example.com", r7_调查日期="310101199003077758")
    told = "".join(problem.found for problem in read(text(table), "x.csv", tmp_path).problems)
    assert "138" not in told and "@" not in told and "3101" not in told


def test_every_code_that_reading_gives_is_listed(tmp_path: Path) -> None:
    given = set()
    for case in [*text_cases.all_cases(), *value_cases.all_cases()]:
        path = tmp_path / "raw"
        path.write_bytes(case.content)
        look = opening.look(path, case.file_name, Limits())
        problems = look.problems
        if look.readable:
            problems = reader.read(path, case.file_name, proposal.propose(look, REGISTER), REGISTER, Limits()).problems
        for problem in problems:
            given.add(problem.code)
            assert {name for name, _ in problem.values} <= set(CODES[problem.code]) | {"count"}, problem
    assert len(given) > 30


def test_a_reading_survives_the_process_border(tmp_path: Path) -> None:
    there = read(text(changed(survey(20), r5_整体满意度="11")), "x.csv", tmp_path)
    reading.save(there, tmp_path)
    back = reading.load(tmp_path)
    assert back.rows.equals(there.rows)
    assert back.rejected.equals(there.rejected)
    assert (back.problems, back.questions, back.months, back.content_hash) == (
        there.problems,
        there.questions,
        there.months,
        there.content_hash,
    )


def test_many_rows_are_checked_like_few(tmp_path: Path) -> None:
    """The same wrong cells among 30,000 rows: the fast way names the same rows."""
    table = survey(30_000)
    wrong = changed(
        table,
        r25000_整体满意度="11",
        r26000_营业厅编码="S999",
        r27000_调查日期="2099-01-01",
        r28000_受访者编号=table[1][0],
    )
    found = read(text(wrong), "x.csv", tmp_path)
    assert {(problem.code, problem.rows) for problem in found.problems if problem.level == "row"} == {
        ("out_of_range", (25000,)),
        ("store_unknown", (26000,)),
        ("date_future", (27000,)),
        ("duplicate_conflict", (2, 28000)),
    }
    assert found.rows.num_rows == 30_000 - 5
