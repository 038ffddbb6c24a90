"""Line ends and quotes judged piece by piece come out as judged by the definition, wherever the pieces part."""

import random
import re

import pytest

from sqm.intake.files import line_marks

CELL = r'(?:[^",\r\n]*|"(?:[^"]|"")*")'
REGULAR = re.compile(rf"{CELL}(?:(?:,|\r?\n){CELL})*")
PIECES = ('"', '""', ",", "\n", "\r\n", "a", "b", '"a"', '"a,b"', '"a\r\nb"')


@pytest.mark.parametrize("step", [1, 2, 3, 7, 1 << 20])
def test_quotes_are_judged_as_defined(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_marks, "_STEP", step)
    draw = random.Random(step)
    seen = set()
    for _ in range(3_000):
        text = "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 9)))
        marks = line_marks.judge(text.encode(), len(text), ",")
        assert marks.regular == bool(REGULAR.fullmatch(text)), repr(text)
        assert marks.line_feeds == text.count("\n") or not marks.regular
        seen.add(marks.regular)
    assert seen == {True, False}


@pytest.mark.parametrize("text", ["a\rb\n", "a\r\rb\n", "\ra\n", 'a,"x\ry"\n'])
def test_a_lone_carriage_return_is_not_regular(text: str) -> None:
    assert not line_marks.judge(text.encode(), len(text), ",").regular
