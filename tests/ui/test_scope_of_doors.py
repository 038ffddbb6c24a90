"""No door of sqm/ui names a store or district of others to a viewer of few."""

from pathlib import Path

import pytest

from tests.ui import scoped_doors
from tests.ui.scoped_doors import DOORS, leaks


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scoped_doors.build(tmp_path_factory.mktemp("doors") / "operator")


@pytest.mark.parametrize("name", DOORS)
def test_a_door_names_no_place_of_others(operator: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(operator))
    assert leaks(name) == []
