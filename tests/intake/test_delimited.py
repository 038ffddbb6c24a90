"""Both ways of reading a text file give the same grid, and each row keeps the number that a spreadsheet shows."""

import random

import pytest

from sqm.intake.files import delimited
from sqm.intake.files.grid import Grid, texts
from sqm.intake.files.textfile import TextFile, load
from sqm.intake.first_look import layout
from sqm.intake.limits import Limits
from tests.badfiles.case import survey, text


def cells(grid: Grid) -> tuple[list[int], list[list[str]]]:
    return grid.rows.tolist(), [texts(column).to_pylist() for column in grid.columns]


def made_up(draw: random.Random, rows: int) -> bytes:
    """A well-formed file with quotes, doubled quotes, blanks and any character a person may type."""
    words = ["", "a", " b ", "x,y", 'say "hi"', "没有座位", "😀", "'", "1,5", "=1+1", "\t", "é", '""', "0012"]
    table = [["h1", "h2", "h3"], *[[draw.choice(words) for _ in range(3)] for _ in range(rows)]]
    table = [[cell or "z" if at == 0 else cell for at, cell in enumerate(row)] for row in table]
    return text(table, end=draw.choice(["\r\n", "\n"]), quoting=draw.choice([0, 1]))


@pytest.mark.parametrize("seed", range(40))
def test_the_fast_and_the_careful_way_agree(seed: int) -> None:
    draw = random.Random(seed)
    file = TextFile(made_up(draw, draw.randint(1, 60)), "utf-8")
    fast, careful = delimited.fast(file, ",", 1, 3), delimited.careful(file, ",", 1, 3)
    assert fast is not None
    assert cells(fast) == cells(careful)
    assert not careful.problems


IRREGULAR = {
    "line break in an answer": b'a,b\r\n1,"x\ny"\r\n2,z\r\n',
    "blank line": b"a,b\n1,2\n\n3,4\n",
    "lone carriage return": b"a,b\n1,2\r3,4\n",
    "short row": b"a,b\n1\n2,3\n",
    "long row": b"a,b\n1,2,3\n4,5\n",
    "NUL": b"a,b\n1,\x00\n",
    "quote never closed": b'a,b\n1,"x\n2,y\n',
    "quote inside": b'a,b\n1,x"y\n2,z\n',
    "text after a quote": b'a,b\n1,"x"y\n2,z\n',
    "bytes that are no UTF-8": b"a,b\n1,\xff\xfe\n",
}


@pytest.mark.parametrize("body", IRREGULAR.values(), ids=IRREGULAR)
def test_what_is_irregular_is_left_to_the_careful_way(body: bytes) -> None:
    assert delimited.fast(TextFile(body, "utf-8"), ",", 1, 2) is None


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    body = b'title,,\r\na,b,c\r\n1,"x\r\ny",3\r\n\r\n,,\r\n4,5,6\r\n'
    grid = delimited.careful(TextFile(body, "utf-8"), ",", 2, 3)
    assert grid.rows.tolist() == [3, 5, 6]
    assert texts(grid.column(1)).to_pylist() == ["x\r\ny", "", "5"]


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    body = b'a,b,c\n1,2,"x\n3,4,5\n6,7,8\n'
    grid = delimited.careful(TextFile(body, "utf-8"), ",", 1, 3)
    assert grid.rows.tolist() == [2, 3, 4]
    assert grid.refused == {2: "quote_not_closed"}


def test_two_quotes_that_are_never_closed_do_not_swallow_the_rows_between() -> None:
    body = b'a,b,c\n1,2,"x\n3,4,5\n6,7,"y\n8,9,0\n'
    grid = delimited.careful(TextFile(body, "utf-8"), ",", 1, 3)
    assert set(grid.refused) == {2, 4}
    assert grid.rows.tolist() == [2, 3, 4, 5]


def test_a_file_over_the_rows_limit_is_refused() -> None:
    body = text(survey(30))
    grid = delimited.read(TextFile(body, "utf-8"), ",", 1, 11, Limits(rows=10))
    assert [problem.code for problem in grid.problems] == ["too_many_rows"]


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "gb18030", "utf-16-le"])
def test_encodings_come_out_as_the_same_bytes(name: str, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "x.csv"
    path.write_bytes(text(survey(20), name))
    file = load(path)
    assert not file.damaged
    assert file.body == text(survey(20))


def test_the_header_is_found_below_titles_and_in_two_rows() -> None:
    rows = [
        (1, ["2011", "", ""]),
        (2, ["受访者编号", "", "满意度", ""]),
        (3, ["", "营业厅编码", "整体满意度", "调查日期"]),
    ]
    found = layout.find(rows)
    assert found.header_row == 3
    assert found.headers == ("受访者编号", "营业厅编码", "整体满意度", "调查日期")
