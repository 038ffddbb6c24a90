"""The database file and its write-ahead log as plain bytes, beside the engine that has them open.

The file is read through one descriptor that stays open as long as the engine has it: on POSIX, closing any descriptor
of a file drops the process's lock on it, and another process could then open the database for writing.
"""

import os
import shutil
from pathlib import Path
from typing import IO

import numpy as np

from sqm.database.disk import sync_folder

HEADER = 3 * 4096
"""Bytes before the first block: the main header and two database headers."""
BLOCK = 256 * 1024
_AT_ONCE = 64  # blocks
_FACTOR = np.uint64(0xBF58476D1CE4E5B9)
_START = np.uint64(5381)


class OwnFiles:
    """The two files of an open database."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._wal = Path(f"{path}.wal")
        self._file = os.open(path, os.O_RDONLY)
        self._seen = self._look()
        self._named: tuple[int, int] | None = None  # the log whose name is known to be on the disk

    def close(self) -> None:
        """Only once the engine has closed the file."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    @property
    def is_open(self) -> bool:
        """Whether the engine may still have the file."""
        return self._file >= 0

    def remember(self) -> None:
        """What they look like now is this process's own work."""
        self._seen = self._look()

    def keep_names(self) -> None:
        """Wait until the names of both are on the disk, the first time that there is a log and after each new one: the
        engine syncs what is in its log, not that there is one."""
        try:
            stat = self._wal.stat()
        except OSError:
            self._named = None
            return
        if (stat.st_dev, stat.st_ino) != self._named:
            sync_folder(self._wal.parent)
            self._named = stat.st_dev, stat.st_ino

    def changed(self) -> bool:
        """Whether somebody else wrote, cut, replaced or removed one of them. A log that is gone although there is
        nothing in it is no change."""
        return self._look() != self._seen

    def _look(self) -> tuple[tuple[int, int, int, int] | None, ...]:
        found: list[tuple[int, int, int, int] | None] = []
        for path in (self._path, self._wal):
            try:
                stat = path.stat()
            except OSError:
                found.append(None)
                continue
            is_empty_log = path is self._wal and not stat.st_size
            found.append(None if is_empty_log else (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns))
        return tuple(found)

    def copy_to(self, target: Path) -> None:
        """Both as target and target.wal, for the owner alone. The caller sees to it that nobody writes meanwhile."""
        with _private(target) as copy:
            place = 0
            while chunk := os.pread(self._file, 4 * BLOCK, place):
                copy.write(chunk)
                place += len(chunk)
        if self._wal.exists():
            with self._wal.open("rb") as log, _private(Path(f"{target}.wal")) as copy:
                shutil.copyfileobj(log, copy)

    def damaged_blocks(self, first: int = 0, most: int | None = None) -> tuple[list[int], int]:
        """Blocks whose checksum is not that of their content, and the next block to look at (0 when all were seen).

        The engine finds them too, but only when it reads them. A block is 8 bytes of checksum and its content: the
        XOR of all 8-byte words, each times a constant. Blocks of zeros were never written.
        """
        count = max(0, os.fstat(self._file).st_size - HEADER) // BLOCK
        last = count if most is None else min(count, first + most)
        bad: list[int] = []
        for start in range(first, last, _AT_ONCE):
            wanted = min(_AT_ONCE, last - start)
            raw = os.pread(self._file, wanted * BLOCK, HEADER + start * BLOCK)
            words = np.frombuffer(raw[: len(raw) // BLOCK * BLOCK], dtype="<u8").reshape(-1, BLOCK // 8)
            bad += [start + int(each) for each in np.flatnonzero(_is_wrong(words))]
        return bad, 0 if last >= count else last


def _is_wrong(blocks: np.ndarray) -> np.ndarray:
    """blocks: one row a block. The product wraps, as it is meant to."""
    sums = np.bitwise_xor.reduce(blocks[:, 1:] * _FACTOR, axis=1) ^ _START
    wrong: np.ndarray = (sums != blocks[:, 0]) & blocks.any(axis=1)
    return wrong


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
