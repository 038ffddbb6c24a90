"""The shared corpus of bad uploads through the product's whole way in, scored by its own rules."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SQM_SHARED", "") or ROOT.parent / "shared") / "badfiles"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not here")
def test_bad_files_are_stopped_and_good_data_is_let_in(tmp_path: Path) -> None:
    results = tmp_path / "results.jsonl"
    with results.open("wb") as stream:
        subprocess.run([sys.executable, "-m", "tests.badfiles", str(SHARED)], stdout=stream, cwd=ROOT, check=True)
    scored = subprocess.run(
        [sys.executable, str(SHARED / "score.py"), str(SHARED / "expectations.csv"), str(results)],
        capture_output=True,
        check=True,
        text=True,
    )
    lines = scored.stdout.strip().splitlines()
    score = json.loads(lines[-2])
    assert score["bad files stopped %"] == 100, scored.stdout
    assert score["good data let in %"] >= 97, scored.stdout
    assert score["row named %"] >= 95 and score["column named %"] >= 95, scored.stdout
    harm = (
        "clean file refused",
        "SILENT WRONG DATA",
        "silent accept of bad file",
        "process crashed",
        "raw trace shown",
        "too slow",
        "too much memory",
        "not run",
    )
    assert {name: score[name] for name in harm if score.get(name)} == {}
