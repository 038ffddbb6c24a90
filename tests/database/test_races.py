"""A few rounds of tests/reliability/races.py: of two people at once one is stored, and the other hears of it."""

from pathlib import Path

from tests.reliability import races

REFUSED = {"same_file": "already_committed", "same_month": "changed_since_rehearsal"}


def test_of_two_at_once_one_is_stored_and_the_other_told(tmp_path: Path) -> None:
    seen = races.run(len(races.RACES), tmp_path)
    words = [race.__name__.removeprefix("_") for race in races.RACES]
    assert +seen == {f"{word}: 1 stored, {REFUSED.get(word, 'changed_meanwhile')} refused": 1 for word in words}
