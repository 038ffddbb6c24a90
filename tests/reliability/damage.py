"""Damage the files of a small operator and start on them: python -m tests.reliability.damage --rounds 300

Each round damages a fresh copy in one of ten ways and opens it as the server does. Counted: equal (every table as it
was), said (something is missing and the trail says so), WRONG (something is missing or other, and nothing says so),
refused (not opened), the slowest start, and rounds in which the damaged bytes were not kept.
"""

import argparse
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sqm import config
from sqm.database.hashes import read_all, table_hashes
from sqm.database.safety import trail
from sqm.database.safety.own_files import BLOCK, HEADER
from sqm.database.safety.recovery import recovered
from sqm.database.start import open_database
from sqm.errors import SqmError
from tests.reliability.operator_file import build, copied

Random = np.random.Generator


@dataclass
class Found:
    """What came of the rounds. by_way: way of damage -> outcome -> how often."""

    by_way: dict[str, Counter[str]] = field(default_factory=dict)
    slowest: float = 0.0
    not_kept: int = 0
    broken_trails: int = 0
    met_later: int = 0

    def count(self, outcome: str) -> int:
        return sum(each[outcome] for each in self.by_way.values())


def flip(path: Path, random: Random, first: int = 0, last: int | None = None) -> None:
    """Turn one bit over."""
    raw = bytearray(path.read_bytes())
    bit = int(random.integers(first * 8, (last or len(raw)) * 8))
    raw[bit // 8] ^= 1 << (bit % 8)
    path.write_bytes(raw)


def cut(path: Path, random: Random) -> None:
    """Lose the end."""
    with path.open("r+b") as file:
        file.truncate(int(random.integers(0, path.stat().st_size)))


def tear(path: Path, random: Random) -> None:
    """A write of the metadata block of which only the first pages reached the disk."""
    with path.open("r+b") as file:
        file.seek(HEADER + 4096 * int(random.integers(1, 20)))
        file.write(random.bytes(BLOCK // 4))


def stale(folder: Path, older: Path) -> None:
    """A log that belongs to another state of the file: half of a backup was put back."""
    shutil.copyfile(older, folder / "own.duckdb.wal")


def ways(settings: config.Settings, random: Random, older: Path) -> dict[str, Callable[[], None]]:
    file, wal = Path(settings.database), Path(f"{settings.database}.wal")
    return {
        "log: bit": lambda: flip(wal, random),
        "log: bit near its end": lambda: flip(wal, random, max(0, wal.stat().st_size - 3000)),
        "log: cut": lambda: cut(wal, random),
        "log: empty": lambda: wal.write_bytes(b"") and None,
        "log: gone": wal.unlink,
        "log: stale": lambda: stale(file.parent, older),
        "file: bit": lambda: flip(file, random),
        "file: bit in the headers": lambda: flip(file, random, 0, HEADER + BLOCK),
        "file: cut": lambda: cut(file, random),
        "file: torn metadata": lambda: tear(file, random),
        "file: gone": file.unlink,
    }


def run(
    rounds: int, folder: Path, seed: int = 6, only: Sequence[str] = (), origin: config.Settings | None = None
) -> Found:
    """All ways in turn, or some of them; of this operator, or of a new one."""
    random, found = np.random.default_rng(seed), Found()
    origin = origin or build(folder / "origin")
    older = folder / "older.wal"
    shutil.copyfile(f"{origin.database}.wal", older)
    wanted, settings = _truth(copied(origin, folder / "truth"))
    for number in range(rounds):
        names = only or list(ways(origin, random, older))
        name = names[number % len(names)]
        settings = copied(origin, folder / "damaged")
        if name == "log: stale":
            _checkpointed(settings)
        ways(settings, random, older)[name]()
        outcome = _start(settings, wanted, name, found)
        found.by_way.setdefault(name, Counter())[outcome] += 1
    return found


def _truth(settings: config.Settings) -> tuple[dict[str, tuple[int, int]], config.Settings]:
    db = open_database(settings)
    try:
        return table_hashes(db), settings
    finally:
        db.close()


def _checkpointed(settings: config.Settings) -> None:
    """The file as it is once the server has ended in peace: there is no log any more."""
    open_database(settings).close()


def _start(settings: config.Settings, wanted: dict[str, tuple[int, int]], way: str, found: Found) -> str:
    before = {path.read_bytes() for path in Path(settings.database).parent.glob("own.duckdb*") if path.is_file()}
    started = time.perf_counter()
    try:
        db = open_database(settings)
    except SqmError as error:
        return f"refused: {error.code}"
    try:
        found.slowest = max(found.slowest, time.perf_counter() - started)
        try:
            read_all(db)
        except SqmError:  # a damaged block, met by a query: the file is mended before the next one
            found.met_later += 1
        now = table_hashes(db)
        found.slowest = max(found.slowest, time.perf_counter() - started)
        said = recovered(db)
        if trail.check(db)[1]:
            found.broken_trails += 1
        if any(each.kept for _, _, each in said):
            kept = {path.read_bytes() for path in Path(f"{settings.database}.damaged").rglob("*") if path.is_file()}
            found.not_kept += not kept & before
        if now == wanted:
            return "equal, said" if said else "equal, harmless"
        return "said" if any(each.failed or each.entries_lost for _, _, each in said) else f"WRONG ({way})"
    finally:
        db.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--only", nargs="*", default=(), help="ways of damage, as they are printed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sqm-damage-") as folder:
        found = run(chosen.rounds, Path(folder), chosen.seed, chosen.only)
    for way, outcomes in found.by_way.items():
        print(f"{way:28} {', '.join(f'{count} {outcome}' for outcome, count in sorted(outcomes.items()))}")
    print(
        f"{chosen.rounds} rounds, slowest start {found.slowest:.1f} s, damaged bytes not kept {found.not_kept}, "
        f"trails not whole {found.broken_trails}, damage met by a query after the start {found.met_later}"
    )


if __name__ == "__main__":
    main()
