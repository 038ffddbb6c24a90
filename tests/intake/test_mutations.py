"""Hundreds of damaged files: whatever the bytes, a look and a reading come back and nothing is raised."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.first_look.look import Look
from sqm.intake.limits import Limits
from sqm.intake.proposals import proposal
from sqm.intake.reading import SCHEMAS, Reading
from sqm.intake.register import Register
from tests.badfiles import workbook_cases
from tests.badfiles.case import STORES, indicator, survey, text

REGISTER = Register(today=date(2026, 11, 21), stores=STORES)
LIMITS = Limits(unpacked_bytes=5 * 1024**2)
SPSS = next(case for case in workbook_cases.spss() if case.name == "sav_clean.sav").content
SEEDS = {
    "survey.csv": text(survey(20)),
    "indicator.csv": text(indicator(12), delimiter=";"),
    "gbk.csv": text(survey(20), "gb18030"),
    "wide.csv": text(survey(8), "utf-16"),
    "quoted.csv": text(survey(10), quoting=1),
    "book.xlsx": workbook_cases.book(survey(12)),
}


def flip(draw: random.Random, data: bytearray) -> None:
    for _ in range(draw.randint(1, 12)):
        data[draw.randrange(len(data))] = draw.randrange(256)


def cut(draw: random.Random, data: bytearray) -> None:
    del data[draw.randrange(len(data)) :]


def remove(draw: random.Random, data: bytearray) -> None:
    at = draw.randrange(len(data))
    del data[at : at + draw.randint(1, 200)]


def repeat(draw: random.Random, data: bytearray) -> None:
    at = draw.randrange(len(data))
    data[at:at] = data[at : at + draw.randint(1, 300)] * draw.randint(1, 4)


def insert(draw: random.Random, data: bytearray) -> None:
    at = draw.randrange(len(data))
    data[at:at] = draw.choice(
        [b'"', b"\x00", b"\n\n", b"\r", b",,,,", b"\xff\xfe", b"=1+1", b"'", "，".encode(), b"1e9", b"<a>", b"\x1a"]
    )


CHANGES: tuple[Callable[[random.Random, bytearray], None], ...] = (flip, cut, remove, repeat, insert)


def changed(draw: random.Random, content: bytes) -> bytes:
    """One to three damages."""
    data = bytearray(content)
    for _ in range(draw.randint(1, 3)):
        if data:
            draw.choice(CHANGES)(draw, data)
    return bytes(data)


def taken(content: bytes, name: str, folder: Path) -> tuple[Look, Reading | None]:
    path = folder / "raw"
    path.write_bytes(content)
    look = opening.look(path, name, LIMITS)
    if not look.readable:
        return look, None
    return look, reader.read(path, name, proposal.propose(look, REGISTER), REGISTER, LIMITS)


@pytest.mark.parametrize("name", SEEDS)
def test_no_damage_raises(name: str, tmp_path: Path) -> None:
    draw = random.Random(name)
    for _ in range(80):
        look, reading = taken(changed(draw, SEEDS[name]), name, tmp_path)
        if reading is None:
            assert look.problems
        else:
            assert reading.rows.schema.equals(SCHEMAS[reading.template])
            assert reading.rows.num_rows + reading.rejected.num_rows <= reading.rows_read


def test_no_damage_of_an_spss_file_raises_past_the_child(tmp_path: Path) -> None:
    """The parser is C code; in the product it runs in a child. A handful here, in this process, with single flips."""
    draw = random.Random(5)
    for _ in range(40):
        data = bytearray(SPSS)
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        taken(bytes(data), "a.sav", tmp_path)
