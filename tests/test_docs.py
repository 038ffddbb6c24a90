"""The README cannot rot: every page, setting, folder and command in it exists, and the other way round."""

import re
from pathlib import Path

from sqm.ui.navigation import ENTRIES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_page_is_described() -> None:
    for entry in ENTRIES:
        assert f"`pages/{entry.name}.py`" in README, entry.name


def test_every_setting_is_described_and_every_described_one_exists() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in [*ROOT.glob("*.py"), *(ROOT / "sqm").rglob("*.py")])
    source += "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    named = set(re.findall(r"SQM_[A-Z_]+[A-Z]", source))
    assert named == set(re.findall(r"SQM_[A-Z_]+[A-Z]", README))


def test_every_floor_is_described() -> None:
    for folder in sorted((ROOT / "sqm").iterdir()):
        if folder.is_dir() and not folder.name.startswith("__"):
            assert f"`sqm/{folder.name}/`" in README, folder.name


def test_every_path_in_the_readme_exists() -> None:
    for path in re.findall(r"`((?:sqm|pages|tests|data)/[\w./-]+)`", README):
        assert (ROOT / path).exists(), path


def test_the_changelog_knows_the_version() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    assert f"## {version.group(1)}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
