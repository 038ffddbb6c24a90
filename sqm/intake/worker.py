"""The child of sqm.intake.child: imports, waits for one job on stdin, does it under limits, leaves its answer as files.

Run as ``python -m sqm.intake.worker``. Ends without a word when stdin closes first.
"""

import dataclasses
import json
import os
import resource
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from sqm.intake import reader, reading
from sqm.intake.child import OUT_OF_MEMORY
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.proposals import proposal
from sqm.intake.raw import redaction, source_rows
from sqm.intake.recipe import Recipe
from sqm.intake.register import Register

_WARM_HEADERS = "受访者编号,营业厅编码,调查日期,渠道,整体满意度,手机号,意见"


def main() -> int:
    _warm()
    line = sys.stdin.buffer.readline()
    if not line:
        return 0
    job = json.loads(line)
    limits = Limits(**job["limits"])
    _confine(limits)
    try:
        _do(job, limits)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _warm() -> None:
    """Read a tiny file, so that what is loaded and compiled on first use is there before the real one comes."""
    rows = "".join(f"R{at},S001,2011-06-{at:02d},短信,{at % 10 + 1},,电话13812345678号{at}\n" for at in range(1, 29))
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(f"{_WARM_HEADERS}\n{rows}".encode())
        file.flush()
        register = Register(today=date(2012, 1, 1), stores={"S001": "D01"})
        look = opening.look(Path(file.name), "warm.csv", Limits())
        found = reader.read(Path(file.name), "warm.csv", proposal.propose(look, register), register, Limits())
    with tempfile.TemporaryDirectory() as folder:
        reading.save(found, Path(folder))


def _confine(limits: Limits) -> None:
    """Private memory, processor seconds, no core dump, no file larger than twice what may be unpacked."""
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))
    seconds = limits.seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _do(job: dict[str, Any], limits: Limits) -> None:
    path, folder, file_name = Path(job["path"]), Path(job["folder"]), str(job["file_name"])
    if job["job"] == "look":
        seen = dataclasses.replace(opening.look(path, file_name, limits), peak_memory_mb=_peak_mb())
        (folder / "look.json").write_text(seen.to_json(), encoding="utf-8", errors="replace")
        return
    if job["job"] != "read":
        told = _of_rows(job, path, file_name, limits)
        (folder / "told.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8", errors="replace")
        return
    recipe, register = Recipe.from_json(job["recipe"]), Register.from_json(job["register"])
    found = reader.read(path, file_name, recipe, register, limits)
    reading.save(dataclasses.replace(found, peak_memory_mb=_peak_mb()), folder)


def _of_rows(job: dict[str, Any], path: Path, file_name: str, limits: Limits) -> object:
    """Jobs on single rows of a file that is kept."""
    recipe = Recipe.from_json(job["recipe"]) if job["recipe"] else None
    if job["job"] == "rows":
        return source_rows.matching(path, file_name, recipe, str(job["respondent"]), str(job["phone"]), limits)
    if recipe is None:
        raise ValueError("recipe")
    if job["job"] == "cells":
        return source_rows.cells(path, file_name, recipe, int(job["row"]), limits)
    redaction.write(path, Path(job["target"]), file_name, recipe, [int(row) for row in job["rows"]], limits)
    return None


def _peak_mb() -> float:
    """The most memory this process has had, in MiB (VmHWM: getrusage would count the parent's, inherited by fork)."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    except (OSError, ValueError, IndexError):
        pass
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)
