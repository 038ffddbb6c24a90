"""What a disk may hold after a power cut: all that it was asked to keep, and of the rest whatever you like.

Bytes are kept for certain once their file was synced. A name (a new file, a rename, a removal) is kept for certain once
its folder was synced or, on a file system that journals its names, once anything at all was synced after it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

import numpy as np

from tests.reliability.recorded import Act, Step

Random = np.random.Generator
Parts = Callable[[int, int, int, bytes], list[tuple[int, bytes]]]
"""Of file, number, place and bytes of a write: the parts of it that are on the disk."""
PAGE = 4096
TORN = (512, 4096)
"""A write that was under way ends at a multiple of one of these bytes."""


class Names(StrEnum):
    """JOURNAL: in order, each for certain with the next sync of anything (ext4, XFS, btrfs, NTFS). LOOSE: for certain
    only by a sync of the folder (all that POSIX promises), otherwise each by chance."""

    JOURNAL = "names in order"
    LOOSE = "names loose"


class Data(StrEnum):
    """What survives of the writes that were not synced."""

    ALL = "all writes"
    NONE = "no unsynced write"
    ORDERED = "in order, last torn"
    BY_FILE = "in order by file, last torn"
    PAGES = "pages by chance"


WORLDS = tuple((names, data) for names in Names for data in Data)


@dataclass
class _File:
    """safe: bytes that are on the disk; open: number, place and bytes of the writes since, data None: cut to place."""

    safe: bytearray
    is_folder: bool = False
    open: list[tuple[int, int, bytes | None]] = field(default_factory=list)


@dataclass
class _Naming:
    """What changes together: name -> its file, or None when it is gone."""

    number: int
    names: dict[str, int | None]
    is_safe: bool = False


class Disk:
    """The folder as the steps so far would leave it."""

    def __init__(self, base: Mapping[str, bytes]) -> None:
        self._files = [_File(bytearray(content)) for content in base.values()]
        self._safe: dict[str, int | None] = {name: number for number, name in enumerate(base)}
        self._now = dict(self._safe)
        self._namings: list[_Naming] = []
        self._number = 0
        self._synced = 0

    def take(self, step: Step) -> None:
        """Let one step happen."""
        self._number += 1
        if step.act in (Act.WRITE, Act.CUT):
            data = step.data if step.act is Act.WRITE else None
            self._file(step.name).open.append((self._number, step.place, data))
        elif step.act is Act.SYNC:
            self._sync(self._file(step.name))
        elif step.act is Act.SYNC_NAMES:
            self._sync_names(step.name)
        elif step.act in (Act.CREATE, Act.FOLDER):
            self._files.append(_File(bytearray(), step.act is Act.FOLDER))
            self._name({step.name: len(self._files) - 1})
        elif step.act is Act.RENAME:
            self._name({step.name: None, step.data.decode(): self._now[step.name]})
        elif step.act is Act.REMOVE:
            self._name({step.name: None})

    def _file(self, name: str) -> _File:
        number = self._now[name]
        assert number is not None, name
        return self._files[number]

    def _name(self, names: dict[str, int | None]) -> None:
        self._now.update(names)
        self._namings.append(_Naming(self._number, names))

    def _sync(self, file: _File) -> None:
        for _, place, data in file.open:
            _do(file.safe, place, data)
        file.open.clear()
        self._synced = self._number

    def _sync_names(self, folder: str) -> None:
        """A rename inside one folder is one change; between two folders nothing here moves."""
        self._synced = self._number
        for naming in self._namings:
            if any(str(PurePosixPath(name).parent) == folder for name in naming.names):
                naming.is_safe = True

    def after_cut(self, names: Names, data: Data, random: Random) -> dict[str, bytes | None]:
        """The files of one state in which a power cut now may leave the disk; None for a folder."""
        unsafe = [number for file in self._files for number, _, _ in file.open]
        unsafe += [naming.number for naming in self._namings if naming.number > self._synced]
        last = int(random.choice(sorted(unsafe))) if unsafe else 0
        found = self._names_after(names, data, random, last)
        survives = self._survival(data, random, last)
        contents: dict[int, bytes | None] = {
            number: None if self._files[number].is_folder else self._content(number, survives)
            for number in sorted(set(found.values()))
        }
        return {name: contents[number] for name, number in found.items()}

    def _names_after(self, names: Names, data: Data, random: Random, last: int) -> dict[str, int]:
        kept = dict(self._safe)
        for naming in self._namings:
            if names is Names.JOURNAL:
                survives = naming.number <= self._synced or data is Data.ALL
                survives |= data is not Data.NONE and naming.number <= last
            else:
                chance = 0.0 if data is Data.NONE else 0.5
                survives = naming.is_safe or bool(random.random() < chance)
            if survives:
                kept.update(naming.names)
        there = {name for name, number in kept.items() if number is not None}
        made = {name for naming in self._namings for name in naming.names}
        return {
            name: number
            for name, number in kept.items()
            if number is not None
            and all(str(parent) in there for parent in PurePosixPath(name).parents if str(parent) in made)
        }

    def _survival(self, data: Data, random: Random, last: int) -> Parts:
        limits: dict[int, int] = {}

        def parts(file: int, number: int, place: int, written: bytes) -> list[tuple[int, bytes]]:
            if data is Data.ALL:
                return [(place, written)]
            if data is Data.NONE:
                return []
            if data is Data.PAGES:
                return [part for part in _pages(place, written) if random.random() < 0.5]
            limit = limits.setdefault(file, last if data is Data.ORDERED else self._limit_of(file, random))
            if number != limit:
                return [(place, written)] if number < limit else []
            unit = TORN[int(random.integers(2))]
            return [(place, written[: unit * int(random.integers(0, len(written) // unit + 1))])]

        return parts

    def _limit_of(self, file: int, random: Random) -> int:
        numbers = [number for number, _, _ in self._files[file].open]
        return numbers[int(random.integers(len(numbers)))]

    def _content(self, number: int, survives: Parts) -> bytes:
        content = bytearray(self._files[number].safe)
        for order, place, data in self._files[number].open:
            if data is None:
                if survives(number, order, 0, b"\0" * TORN[0]):
                    _do(content, place, None)
                continue
            for start, part in survives(number, order, place, data):
                _do(content, start, part)
        return bytes(content)


def _pages(place: int, data: bytes) -> list[tuple[int, bytes]]:
    """The write in pieces that end where a page of the file ends."""
    ends = [*range(PAGE - place % PAGE, len(data), PAGE), len(data)]
    return [(place + start, data[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def _do(content: bytearray, place: int, data: bytes | None) -> None:
    """Write, or cut; what was never written between is zeros."""
    length = place if data is None else place + len(data)
    if len(content) < length:
        content.extend(bytes(length - len(content)))
    if data is None:
        del content[place:]
    else:
        content[place:length] = data


def written(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Put the files of a state into an empty folder."""
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
