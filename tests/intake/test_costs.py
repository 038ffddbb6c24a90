"""No file costs more than one upload may, however absurd it is."""

import resource
import time
from datetime import date
from pathlib import Path

import pytest

from sqm.intake import child
from sqm.intake.limits import Limits
from sqm.intake.problems import Problem
from sqm.intake.proposals import proposal
from sqm.intake.register import Register
from sqm.intake.words.masking import mask
from tests.badfiles.case import STORES, survey, text

REGISTER = Register(today=date(2026, 11, 21), stores=STORES)
MB = 1024**2
GOOD = text(survey(20))
ABSURD = {
    "one line": b"a" * (30 * MB),
    "only delimiters": b"," * (20 * MB),
    "only quotes": b'"' * (20 * MB),
    "only line ends": b"\n" * (20 * MB),
    "blank rows without end": GOOD + b",,,,,,,,,,\r\n" * MB,
    "spaces without end": GOOD + b" " * (30 * MB),
    "a quote that swallows everything": GOOD + b'x,"' + b"abc\n" * (5 * MB),
    "every row with an open quote": GOOD + b'R1,S001,2011-06-01,,5,5,5,5,5,,"x\n' * 100_000,
    "every row wrong": GOOD + b"R1,S999,2099-06-01,zz,55,x,y,z,w,,q\n" * 200_000,
    "every row short": GOOD + b"R1,S001\n" * 200_000,
}


def seconds_of_children() -> float:
    """Processor seconds of the children that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@pytest.mark.parametrize("content", ABSURD.values(), ids=ABSURD)
def test_absurd_files_stay_within_ten_seconds_and_600_mb(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "raw"
    path.write_bytes(content)
    started = seconds_of_children()
    look = child.look_in_child(path, "a.csv", Limits(seconds=60))
    problems: tuple[Problem, ...] = look.problems
    peak = look.peak_memory_mb
    if look.readable:
        reading = child.read_in_child(path, "a.csv", proposal.propose(look, REGISTER), REGISTER, Limits(seconds=60))
        problems, peak = reading.problems, max(peak, reading.peak_memory_mb)
    assert not [problem for problem in problems if problem.code == "read_stopped"]
    assert peak < 600
    assert seconds_of_children() - started < 10


@pytest.mark.parametrize(
    "unit",
    ["1", "一", "a", "@", "a@", "1 ", "1-", "微信", "QQ1", "京A", "a at ", "0", ".", "l", "13", "(", "\u200b", "转"],
)
def test_masking_takes_no_longer_for_absurd_texts(unit: str) -> None:
    absurd = (unit * 32_767)[:32_767]
    started = time.process_time()
    mask(absurd)
    assert time.process_time() - started < 1.5
