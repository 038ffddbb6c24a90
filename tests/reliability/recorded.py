"""The writes of a process to the files of one folder, in order, as strace sees them.

Names are as in the folder (``own.duckdb``); what the process prints stands between the writes, so that it is known what
had been acknowledged at each of them.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

STRACE = shutil.which("strace")
_CALLS = (
    "openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,lseek,rename,"
    "renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,sendfile,copy_file_range"
)
_LONGEST = 64 * 1024**2  # bytes of one write
_DESCRIPTOR = re.compile(r"(\d+|AT_FDCWD)<([^>]*)>")
_NAMED = re.compile(r"(\d+|AT_FDCWD)?(?:<([^>]*)>, )?\"([^\"]*)\"")
_TEXT = re.compile(r"\"((?:\\x[0-9a-f]{2})*)\"(\.\.\.)?")


class Act(StrEnum):
    """place, length and data where they apply. SYNC_NAMES: of a folder; SAID: the process printed data."""

    CREATE = "create"
    FOLDER = "folder"
    WRITE = "write"
    CUT = "cut"
    SYNC = "sync"
    SYNC_NAMES = "sync_names"
    RENAME = "rename"
    REMOVE = "remove"
    SAID = "said"


@dataclass(frozen=True)
class Step:
    """One act on one name. place: byte of a write, or the length that a cut leaves; data: of a write, the new name of
    a rename, or what was printed."""

    act: Act
    name: str = ""
    place: int = 0
    data: bytes = b""


class Unrecordable(Exception):
    """A call that this recorder does not understand, on a file of the folder."""


def record(command: Sequence[str], folder: Path, seconds: float = 120) -> list[Step]:
    """Run a command and return what it did to the folder. Raises Unrecordable, CalledProcessError."""
    assert STRACE is not None
    log = folder.parent / f"{folder.name}.strace"
    before = {str(each.relative_to(folder)): each.stat().st_size for each in folder.rglob("*") if each.is_file()}
    traced = [STRACE, "-f", "-y", "--seccomp-bpf", "-xx", "-s", str(_LONGEST), "-e", f"trace={_CALLS}", "-o", str(log)]
    done = subprocess.run([*traced, *command], capture_output=True, text=True, timeout=seconds, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    reader = _Reader(folder, before)
    with log.open(encoding="latin-1") as lines:
        for call, arguments, result in _calls(lines):
            reader.take(call, arguments, result)
    log.unlink()
    return reader.steps


def _calls(lines: Iterator[str]) -> Iterator[tuple[str, str, str]]:
    """Name, arguments and result of every call that succeeded, in the order in which they returned."""
    begun: dict[str, str] = {}
    for line in lines:
        thread, _, rest = line.rstrip("\n").partition(" ")
        rest = rest.strip()
        if rest.endswith("<unfinished ...>"):
            begun[thread] = rest.removesuffix("<unfinished ...>")
            continue
        if rest.startswith("<... "):
            rest = begun.pop(thread, "") + rest.partition("resumed>")[2]
        whole = re.fullmatch(r"(\w+)\((.*)\)\s+= (\S+).*", rest, re.DOTALL)
        if whole and not whole[3].startswith(("-1", "?")):
            yield whole[1], whole[2], rest[whole.start(3) :]


class _Reader:
    """Keeps the position of every file that is open for writing, and the length of every file."""

    def __init__(self, folder: Path, sizes: dict[str, int]) -> None:
        self._folder, self._sizes = folder.resolve(), sizes
        self._positions: dict[tuple[str, str], int] = {}
        self._flags: dict[tuple[str, str], str] = {}
        self.steps: list[Step] = []

    def take(self, call: str, arguments: str, result: str) -> None:
        if call in ("openat", "open", "creat"):
            self._open(arguments, result)
        elif call in ("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat"):
            self._name(call, arguments)
        elif call in ("rmdir", "truncate"):
            self._never(arguments, call)
        else:
            self._file(call, arguments, result)

    def _inside(self, path: str) -> str | None:
        path = _plain(path).removesuffix(" (deleted)")
        try:
            return str(Path(path).relative_to(self._folder))
        except ValueError:
            return None

    def _paths(self, arguments: str) -> list[str | None]:
        """The names that the call gives, inside the folder or None."""
        found = []
        for _, base, text in _NAMED.findall(arguments):
            found.append(self._inside(str(Path(_plain(base)) / _plain(text))))
        return found

    def _never(self, arguments: str, call: str) -> None:
        if any(self._paths(arguments)):
            raise Unrecordable(call)

    def _open(self, arguments: str, result: str) -> None:
        opened = _DESCRIPTOR.match(result)
        name = self._inside(opened[2]) if opened else None
        if opened is None or name is None or not re.search("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", arguments):
            return
        self._positions[opened[1], name], self._flags[opened[1], name] = 0, arguments
        if name not in self._sizes:
            self._sizes[name] = 0
            self.steps.append(Step(Act.CREATE, name))
        elif "O_TRUNC" in arguments and self._sizes[name]:
            self._cut(name, 0)

    def _name(self, call: str, arguments: str) -> None:
        names = self._paths(arguments)
        if not any(names):
            return
        if call.startswith("link") or None in names:
            raise Unrecordable(call)
        name = str(names[0])
        if call.startswith("mkdir"):
            self.steps.append(Step(Act.FOLDER, name))
        elif call.startswith("rename"):
            self._sizes[str(names[1])] = self._sizes.pop(name)
            self.steps.append(Step(Act.RENAME, name, data=str(names[1]).encode()))
        else:
            self._sizes.pop(name, None)
            self.steps.append(Step(Act.REMOVE, name))

    def _file(self, call: str, arguments: str, result: str) -> None:
        opened = _DESCRIPTOR.match(arguments)
        if opened is None:
            return
        name = self._inside(opened[2])
        if name is None:
            if call == "write" and opened[1] == "1":
                self._said(_bytes(arguments))
            return
        key = opened[1], name
        if call == "lseek":
            self._positions[key] = int(result.split()[0])
        elif call == "write":
            self._write(key, _bytes(arguments), None)
        elif call == "pwrite64":
            self._write(key, _bytes(arguments), int(arguments.rsplit(",", 1)[1]))
        elif call == "ftruncate":
            self._cut(name, int(arguments.rsplit(",", 1)[1]))
        elif call in ("fsync", "fdatasync"):
            self.steps.append(Step(Act.SYNC if name in self._sizes else Act.SYNC_NAMES, name))
        else:
            raise Unrecordable(f"{call} {name}")

    def _said(self, text: bytes) -> None:
        """One step, although it may have been printed in pieces."""
        if self.steps and self.steps[-1].act is Act.SAID:
            text = self.steps.pop().data + text
        self.steps.append(Step(Act.SAID, data=text))

    def _write(self, key: tuple[str, str], data: bytes, place: int | None) -> None:
        name = key[1]
        if place is None:
            place = self._sizes[name] if "O_APPEND" in self._flags[key] else self._positions[key]
            self._positions[key] = place + len(data)
        self._sizes[name] = max(self._sizes[name], place + len(data))
        self.steps.append(Step(Act.WRITE, name, place, data))
        if re.search("O_D?SYNC", self._flags[key]):
            self.steps.append(Step(Act.SYNC, name))

    def _cut(self, name: str, length: int) -> None:
        self._sizes[name] = length
        self.steps.append(Step(Act.CUT, name, length))


def _plain(text: str) -> str:
    """A path as strace wrote it: in hexadecimal, or as it is."""
    return bytes.fromhex(text.replace("\\x", "")).decode() if text.startswith("\\x") else text


def _bytes(arguments: str) -> bytes:
    found = _TEXT.search(arguments)
    if found is None or found[2]:
        raise Unrecordable("a write that is longer than what is recorded")
    return bytes.fromhex(found[1].replace("\\x", ""))
