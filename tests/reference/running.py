"""Reads reference cases (one JSON file each: id, inputs, expected, tolerance) and runs the family each belongs to."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tests.reference.comparing import differences
from tests.reference.families import FAMILIES


@dataclass(frozen=True)
class Outcome:
    """failures: one text per difference; empty for a pass and for a family that nobody implements yet."""

    case: str
    is_implemented: bool
    failures: tuple[str, ...]


def family_of(case_id: str) -> str:
    """ci_diff_o01_newcombe belongs to ci_diff."""
    return re.sub(r"_[a-z]\d+(_.*)?$", "", case_id)


def run_all(folder: Path) -> list[Outcome]:
    """Every case of a folder, by name."""
    return [run(path) for path in sorted(folder.glob("*.json"))]


def run(path: Path) -> Outcome:
    """One case. A family that trips over its inputs fails the case, with what it tripped over."""
    try:
        case = json.loads(path.read_text(encoding="utf-8"))
        name = str(case["id"])
        family = FAMILIES.get(family_of(name))
        if family is None:
            return Outcome(name, False, ())
        found = family(case["inputs"])
        tolerance = case.get("tolerance")
        slack = tolerance if isinstance(tolerance, dict) else {}
        return Outcome(name, True, tuple(differences(case["expected"], found, slack)))
    except Exception as error:  # noqa: BLE001  a broken case must not hide the others
        return Outcome(path.stem, True, (f"{type(error).__name__}: {error}",))
