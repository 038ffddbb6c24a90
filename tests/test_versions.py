"""What is installed is what was tested: direct requirements are pinned, and all that they bring is locked by hash."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def locked(file: str) -> dict[str, tuple[str, int]]:
    """name -> version and number of hashes."""
    found: dict[str, tuple[str, int]] = {}
    name = ""
    for line in (ROOT / file).read_text().splitlines():
        if not line.startswith((" ", "#")):
            name, version = line.split(" ")[0].split("==")
            found[plain(name)] = version, 0
        elif line.lstrip().startswith("--hash=sha256:"):
            version, hashes = found[plain(name)]
            found[plain(name)] = version, hashes + 1
    return found


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(requirements: list[str]) -> dict[str, str]:
    parts = [each.split("==") for each in requirements]
    assert all(len(each) == 2 for each in parts), "not pinned"
    return {plain(name): version for name, version in parts}


def test_each_library_is_locked_by_version_and_hash() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        entries = locked(file)
        assert len(entries) > 40 and all(hashes for _version, hashes in entries.values())


def test_the_locks_hold_what_the_project_asks_for() -> None:
    run, every = locked("requirements.txt"), locked("requirements-dev.txt")
    direct = asked_for(PROJECT["project"]["dependencies"])
    assert direct.items() <= {name: version for name, (version, _hashes) in run.items()}.items()
    assert asked_for(PROJECT["dependency-groups"]["dev"]).items() <= {n: v for n, (v, _h) in every.items()}.items()


def test_tests_run_on_the_versions_that_the_product_runs_on() -> None:
    run, every = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {name: every.get(name) for name in run} == run
