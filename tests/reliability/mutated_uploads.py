"""Damaged uploads: python -m tests.reliability.mutated_uploads --files 2000

CSV, XLSX and SPSS files with fixed seeds: bytes flipped, cut, removed, repeated and put in; half of the workbooks are
damaged inside and zipped again, half of the SPSS files in a single bit, so that the damage reaches the parser. Readers
take them one after the other in a process of their own under the limits of an upload; where that process ends or hangs,
the next begins behind the file. Every 25th file, and every file that ended a reader, goes the product's whole way too:
through its child process, which must answer with a problem or with rows. What is counted: files that a message or rows
came of, exceptions, readers that ended or hung, and what of it reached the parent (a server crash).
"""

import argparse
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqm.intake import child, reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.proposals import proposal
from tests.badfiles.workbook_cases import repacked
from tests.intake.test_mutations import LIMITS, REGISTER, SEEDS, SPSS, changed

NAMES = (*SEEDS, "answers.sav", "answers.sav")
SECONDS = 30
WHOLE_WAY = 25


def mutant(number: int) -> tuple[str, bytes]:
    """The same file for the same number."""
    draw = random.Random(f"upload {number}")
    name = NAMES[number % len(NAMES)]
    content = SPSS if name.endswith(".sav") else SEEDS[name]
    if name.endswith(".xlsx") and draw.random() < 0.5:
        return name, _inside(draw, content)
    if name.endswith(".sav") and draw.random() < 0.5:
        return name, _one_bit(draw, content)
    return name, changed(draw, content)


def _inside(draw: random.Random, content: bytes) -> bytes:
    """One part of a workbook damaged; the archive around it is whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.namelist()
    chosen = draw.choice(parts)
    return repacked(content, lambda part, data: changed(draw, data) if part == chosen else data)


def _one_bit(draw: random.Random, content: bytes) -> bytes:
    """What most damage of an SPSS file would hide: its parser refuses at the first thing that it does not know."""
    data = bytearray(content)
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return bytes(data)


def take(number: int, folder: Path) -> str:
    """What became of a file, in this process."""
    name, content = mutant(number)
    path = folder / "raw"
    path.write_bytes(content)
    try:
        look = opening.look(path, name, LIMITS)
        if not look.readable:
            return "refused" if look.problems else "refused without a word"
        reading = reader.read(path, name, proposal.propose(look, REGISTER), REGISTER, LIMITS)
    except MemoryError:
        return "out of memory"
    except Exception as error:  # noqa: BLE001  (what is counted)
        return f"exception {type(error).__name__}: {error}"
    return f"read, {reading.verdict(True)}"


def in_child(number: int, folder: Path) -> str:
    """The product's way."""
    name, content = mutant(number)
    path = folder / "whole"
    path.write_bytes(content)
    look = child.look_in_child(path, name, LIMITS)
    if not look.readable:
        return "problem" if look.problems else "refused without a word"
    found = child.read_in_child(path, name, proposal.propose(look, REGISTER), REGISTER, LIMITS)
    return "problem" if found.problems else "rows"


def run(files: int, folder: Path, whole_way: int = WHOLE_WAY, first: int = 0) -> Counter[str]:
    seen: Counter[str] = Counter()
    again: list[int] = []
    for number, became in _became(first, files, folder):
        kind = became if became in _PLAIN or became.startswith("read") else became.partition(" ")[0]
        seen[f"{mutant(number)[0].rpartition('.')[2]}: {kind}"] += 1
        if kind in ("exception", "died", "hung") or number % whole_way == 0:
            again.append(number)
        if kind in ("exception", "died", "hung", "refused without a word"):
            print(f"file {number}: {became}", file=sys.stderr, flush=True)
    for number in again:
        try:
            seen[f"whole way: {in_child(number, folder)}"] += 1
        except Exception as error:  # noqa: BLE001  (it would have reached the page)
            print(f"file {number}: {error!r} in the server", file=sys.stderr, flush=True)
            seen["server crash"] += 1
    child.close()
    return seen


_PLAIN = ("refused", "refused without a word", "out of memory")


def _became(at: int, files: int, folder: Path) -> Iterator[tuple[int, str]]:
    """Number and fate of every file; a reader that ends or hangs costs its file and is followed by another."""
    while at < files:
        command = [sys.executable, "-m", __spec__.name, "--files", str(files), "--from", str(at), "--in", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as process:
            assert process.stdout is not None
            while at < files:
                clock = threading.Timer(SECONDS, process.kill)
                clock.start()
                line = process.stdout.readline()
                is_late = not clock.is_alive()
                clock.cancel()
                yield at, json.loads(line) if line else ("hung" if is_late else "died")
                at += 1
                if not line:
                    break


def _work(first: int, files: int, folder: Path) -> None:
    memory = Limits().memory_bytes
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in range(first, files):
        print(json.dumps(take(number, folder)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--in", dest="folder", type=Path)
    chosen = parser.parse_args()
    if chosen.folder is not None:
        _work(chosen.first, chosen.files, chosen.folder)
        return
    with tempfile.TemporaryDirectory(prefix="sqm-mutated-") as folder:
        seen = run(chosen.files, Path(folder))
    for what, count in sorted(seen.items()):
        print(count, what)
    print(seen["server crash"], "server crashes")
    raise SystemExit(1 if seen["server crash"] or any("exception" in what for what in seen) else 0)


if __name__ == "__main__":
    main()
