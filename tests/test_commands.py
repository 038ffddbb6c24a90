"""Commands of the person who runs SQM that concern people."""

import os
import subprocess
import sys
from pathlib import Path

from sqm.database.connection import Database
from sqm.database.deciding import people
from sqm.database.safety import trail
from sqm.rules.access import Role
from tests.database.conftest import open_tiny


def run(path: Path, *arguments: str) -> int:
    """In a process of its own, as in service: it holds the file until it ends."""
    command = [sys.executable, "-m", "sqm", *arguments]
    return subprocess.run(command, env={**os.environ, "SQM_DATABASE": str(path)}, check=False).returncode


def test_the_first_person_is_let_in_without_sql(tmp_path: Path) -> None:
    path = tmp_path / "tiny.duckdb"
    open_tiny(path).close()
    assert run(path, "admit", "Wang@op.example", "Wang Fang") == 0
    assert run(path, "admit", "no address", "Nobody") == 1
    db = Database.open(str(path))
    assert [(each.email, each.name, each.role) for each in people.every(db)] == [
        ("wang@op.example", "Wang Fang", Role.QUALITY)
    ]
    assert trail.entries(db, 1)["who"][0] == "administrator" and trail.check(db)[1] == ()
    db.close()
