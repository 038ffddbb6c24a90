"""Three stores worked out by hand (tests/pages/audited.py), in a file that a test may change."""

import shutil
from pathlib import Path

import pytest

from tests.pages import audited


@pytest.fixture(scope="session")
def audited_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return audited.build(tmp_path_factory.mktemp("stores") / "audited.duckdb")


@pytest.fixture
def answered(audited_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = Path(shutil.copyfile(audited_file, tmp_path / "own.duckdb"))
    monkeypatch.setenv("SQM_DATABASE", str(path))
    return path
