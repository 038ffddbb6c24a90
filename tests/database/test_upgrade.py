"""A file of an earlier release opens, with the same rows and numbers, also when the first opening was killed between
its migrations and the checkpoint. All versions and many kills: python -m tests.reliability.upgrades."""

from pathlib import Path

from tests.reliability import upgrades


def test_files_of_earlier_releases_open_with_the_same_numbers(tmp_path: Path) -> None:
    versions = upgrades.versions()
    chosen = [upgrades.FIRST, versions[-1]]
    assert +upgrades.run(1, tmp_path, chosen) == {"opened": len(chosen), "opened after a kill": 1}
