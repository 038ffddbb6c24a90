"""No group of one to four people is told by periods; a round of tests/reliability/differencing_periods.py."""

from datetime import date
from pathlib import Path

import pytest

from tests.reliability import differencing_periods
from tests.reliability.differencing_periods import told


def test_no_window_of_comments_tells_one_to_four_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", "")  # and back afterwards: the script sets it
    found = differencing_periods.run(1, tmp_path, months=3, spans=(1, 3))
    assert found.told == found.linked == []
    assert found.groups >= 10 and found.shown > 30 and found.texts > 50, "there was something to find"


def test_what_sums_and_differences_tell_is_found() -> None:
    months = [date(2026, month, 1) for month in (1, 2, 3)]
    cells = [("D1", "S1", month) for month in months]
    whole, two, one = frozenset(cells), frozenset(cells[:2]), frozenset(cells[2:])
    people = dict.fromkeys(cells, 3)
    assert told([whole, two], people, [one, frozenset(cells[:1])]) == [0], "the third month, and not the first"
    assert told([whole], people, [one]) == []
