"""The shared reference cases, when the folder is there; and the runner itself on cases made here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reference.comparing import differences
from tests.reference.families import FAMILIES
from tests.reference.running import family_of, run

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SQM_SHARED") or ROOT.parent / "shared") / "reference"
CASES = [path for path in sorted(SHARED.glob("*.json")) if family_of(path.stem) in FAMILIES]


@pytest.mark.skipif(not CASES, reason="no shared reference cases")
def test_every_implemented_family_passes() -> None:
    failures = {path.stem: run(path).failures for path in CASES}
    assert {name: texts for name, texts in failures.items() if texts} == {}


@pytest.mark.skipif(not CASES, reason="no shared reference cases")
def test_families_of_this_stage_have_cases() -> None:
    found = {family_of(path.stem) for path in CASES}
    assert {"target", "target_ci", "ci_wilson", "ci_diff", "lead", "weights", "survey", "ytd"} <= found
    assert {"spc_xmr", "spc_p", "spc_u", "spc_pprime", "spc_units", "rules", "decline", "runchart"} <= found
    assert {"kda", "csi", "nps", "csat_ces", "index", "complaint_miit", "fcr", "dpmo"} <= found
    assert {"store_score", "time_score", "mystery", "funnel", "shrink"} <= found
    assert {"chain", "churn", "churn_logit"} <= found


@pytest.mark.parametrize(
    ("case_id", "family"),
    [
        ("ci_diff_o01_newcombe", "ci_diff"),
        ("target_o02_edges", "target"),
        ("target_ci_o01", "target_ci"),
        ("x_h12", "x"),
    ],
)
def test_family_of(case_id: str, family: str) -> None:
    assert family_of(case_id) == family


def _write(folder: Path, expected: float) -> None:
    row = {"successes": 81, "n": 263, "confidence": 0.95}
    case = {
        "id": f"ci_wilson_o{len(list(folder.iterdir())):02d}",
        "inputs": {"rows": [row]},
        "expected": [{"p": expected}],
        "tolerance": {"abs": 1e-9},
    }
    (folder / f"{case['id']}.json").write_text(json.dumps(case), encoding="utf-8")


def _command(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.reference", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_command_counts_and_exit_code(tmp_path: Path) -> None:
    _write(tmp_path, 81 / 263)
    (tmp_path / "other.json").write_text('{"id": "unknown_o01", "inputs": {}, "expected": {}}', encoding="utf-8")
    good = _command(tmp_path)
    assert (good.returncode, good.stdout.strip()) == (0, "1 passed, 0 failed, 1 not implemented")
    _write(tmp_path, 0.5)
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    bad = _command(tmp_path)
    assert bad.returncode == 1
    assert bad.stdout.splitlines()[-1] == "1 passed, 2 failed, 1 not implemented"
    assert "[0].p: expected 0.5" in bad.stdout


def test_an_empty_folder_is_not_a_success(tmp_path: Path) -> None:
    assert _command(tmp_path).returncode == 2


def test_differences_sees_what_is_missing_or_wrong() -> None:
    assert list(differences({"a": None}, {"a": None}, {})) == []
    assert list(differences({"a": None}, {"a": 0.0}, {}))
    assert list(differences({"a": 1}, {}, {}))
    assert list(differences([1, 2], [1], {}))
    assert list(differences({"deff": 1.07}, {"deff": 1.072}, {"mean_se_rel": 1e-8, "deff_rel": 0.005})) == []
    assert list(differences({"se": 1.07}, {"se": 1.072}, {"mean_se_rel": 1e-8, "deff_rel": 0.005}))
    assert list(differences({"met": True}, {"met": 1}, {}))
