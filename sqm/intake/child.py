"""Reading files in a child process under limits: a bomb or a parser crash costs one upload, nobody else.

A warm spare child waits with its imports done. Answers come back as files in a scratch folder (Arrow and JSON);
nothing that the child writes is ever unpickled or run.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from sqm import config
from sqm.errors import SqmError
from sqm.intake import reading
from sqm.intake.first_look.look import Kind, Look
from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem
from sqm.intake.reading import Reading
from sqm.intake.recipe import Recipe
from sqm.intake.register import Register

Answer = TypeVar("Answer")
_spare: "subprocess.Popen[bytes] | None" = None
_lock = threading.Lock()


def look_in_child(path: Path, file_name: str, limits: Limits) -> Look:
    """opening.look, in a child. A child that dies or hangs gives a FILE problem."""
    job = {"job": "look", "path": str(path), "file_name": file_name}

    def failed(problem: Problem) -> Look:
        return Look(Kind.OTHER, file_name, (problem,))

    return _run(job, limits, lambda folder: Look.from_json((folder / "look.json").read_text(encoding="utf-8")), failed)


def read_in_child(path: Path, file_name: str, recipe: Recipe, register: Register, limits: Limits) -> Reading:
    """reader.read, in a child. A child that dies or hangs gives a FILE problem."""
    job = {
        "job": "read", "path": str(path), "file_name": file_name, "recipe": recipe.to_json(),
        "register": register.to_json(),
    }  # fmt: skip
    return _run(job, limits, reading.load, lambda problem: reading.nothing(recipe.template, (problem,)))


def rows_in_child(
    path: Path, file_name: str, recipe: Recipe | None, respondent: str, phone: str, limits: Limits
) -> list[int]:
    """source_rows.matching, in a child. Raises SqmError("source_unreadable")."""
    job = {
        "job": "rows", "path": str(path), "file_name": file_name, "recipe": recipe.to_json() if recipe else "",
        "respondent": respondent, "phone": phone,
    }  # fmt: skip
    return [int(row) for row in _run(job, limits, _told, _unreadable)]


def cells_in_child(path: Path, file_name: str, recipe: Recipe, row: int, limits: Limits) -> dict[str, str]:
    """source_rows.cells, in a child. Raises SqmError("source_unreadable")."""
    job = {"job": "cells", "path": str(path), "file_name": file_name, "recipe": recipe.to_json(), "row": row}
    return {str(field): str(text) for field, text in _run(job, limits, _told, _unreadable).items()}


def redact_in_child(
    path: Path, target: Path, file_name: str, recipe: Recipe, rows: Sequence[int], limits: Limits
) -> None:
    """redaction.write, in a child. Raises SqmError("source_unreadable")."""
    job = {
        "job": "redact", "path": str(path), "target": str(target), "file_name": file_name, "recipe": recipe.to_json(),
        "rows": [int(row) for row in rows],
    }  # fmt: skip
    _run(job, limits, _told, _unreadable)


def _told(folder: Path) -> Any:
    return json.loads((folder / "told.json").read_text(encoding="utf-8"))


def _unreadable(problem: Problem) -> Any:
    raise SqmError("source_unreadable", reason=dict(problem.values).get("reason", ""))


def warm_up() -> None:
    """Have a spare child ready, so that the next upload does not wait for imports."""
    global _spare
    with _lock:
        if _spare is None or _spare.poll() is not None:
            _spare = _start()


def _start() -> "subprocess.Popen[bytes]":
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "TZ") if name in os.environ}
    environment |= {"PYTHONPATH": str(config.ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(  # nosec B603
        [sys.executable, "-m", "sqm.intake.worker"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=environment, cwd=config.ROOT, close_fds=True,
    )  # fmt: skip


def _take() -> "subprocess.Popen[bytes]":
    global _spare
    with _lock:
        taken, _spare = _spare, None
    return taken if taken is not None and taken.poll() is None else _start()


def _run(
    job: dict[str, Any], limits: Limits, load: Callable[[Path], Answer], failed: Callable[[Problem], Answer]
) -> Answer:
    folder = Path(tempfile.mkdtemp(prefix="sqm-read-"))
    process = _take()
    try:
        reason = _finish(process, {**job, "folder": str(folder), "limits": limits.__dict__}, limits)
        if reason:
            return failed(_stopped(reason, limits))
        return load(folder)
    except (OSError, ValueError, KeyError, TypeError):  # the child's answer is missing or not what it should be
        return failed(_stopped("crash", limits))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        warm_up()


def _finish(process: "subprocess.Popen[bytes]", job: dict[str, object], limits: Limits) -> str:
    """Hand over the job and wait. '' when the child ended well, else timeout, memory or crash."""
    assert process.stdin is not None  # noqa: S101  (Popen was given a pipe)  # nosec B101
    try:
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.close()
    except OSError:
        pass  # the child is gone already: wait() says how
    try:
        code = process.wait(limits.seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return "timeout"
    if code == 0:
        return ""
    return {OUT_OF_MEMORY: "memory", OUT_OF_TIME: "timeout", -24: "timeout", -9: "memory"}.get(code, "crash")


OUT_OF_MEMORY = 11
OUT_OF_TIME = 12


def _stopped(reason: str, limits: Limits) -> Problem:
    limit = {"timeout": str(limits.seconds), "memory": str(limits.memory_bytes // 1024**2)}.get(reason, "")
    return Problem("read_stopped", Level.FILE, values=(("reason", reason), ("limit", limit)))


def close() -> None:
    """End the spare child."""
    global _spare
    with _lock:
        taken, _spare = _spare, None
    if taken is not None:
        taken.kill()
        taken.wait()
        if taken.stdin is not None:
            taken.stdin.close()


atexit.register(close)
