"""The child of sqm.intake.child: imports, waits for one job on stdin, does it under limits, leaves its answer as files.

Run as ``python -m sqm.intake.worker``. Ends without a word when stdin closes first.
"""

import dataclasses
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from sqm.intake import opening, reader, reading
from sqm.intake.child import OUT_OF_MEMORY
from sqm.intake.limits import Limits
from sqm.intake.recipe import Recipe
from sqm.intake.register import Register


def main() -> int:
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
    recipe, register = Recipe.from_json(job["recipe"]), Register.from_json(job["register"])
    found = reader.read(path, file_name, recipe, register, limits)
    reading.save(dataclasses.replace(found, peak_memory_mb=_peak_mb()), folder)


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
