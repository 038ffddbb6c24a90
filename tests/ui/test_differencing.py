"""No group of one to four people is told by subtraction; a round of tests/reliability/differencing.py."""

from pathlib import Path

import pytest

from sqm.rules.access import EVERYTHING
from tests.reliability import differencing


def test_nothing_of_one_to_four_is_left_when_what_is_shown_is_taken_from_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQM_DATABASE", "")  # and back afterwards: the script sets it
    found = differencing.run(1, tmp_path, viewers=[EVERYTHING], months=differencing.MONTHS[:1])
    assert found.told == []
    assert found.small >= 5 and found.pairs > 20, "there was something to find"
