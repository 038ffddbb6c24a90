"""The zip container of a workbook, opened with suspicion: nothing in it is believed before it has been unpacked once
under a limit, checksums included."""

import re
import zipfile
import zlib
from collections import Counter
from pathlib import Path

from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem

_MOST_PARTS = 5_000
_STEP = 1024**2
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError, KeyError)


def _file_problem(code: str, **values: str) -> Problem:
    return Problem(code, Level.FILE, values=tuple(values.items()))


def open_checked(path: Path, limits: Limits) -> tuple[zipfile.ZipFile | None, list[Problem]]:
    """The archive, or the problem that forbids reading it."""
    try:
        archive = zipfile.ZipFile(path)
        parts = archive.infolist()
    except _BROKEN:
        return None, [_file_problem("file_damaged", detail="zip")]
    problem = _content_problem(parts, limits) or _unpack_problem(archive, parts, limits)
    if problem:
        archive.close()
        return None, [problem]
    return archive, []


def _content_problem(parts: list[zipfile.ZipInfo], limits: Limits) -> Problem | None:
    """What the table of contents alone gives away."""
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        return _file_problem("file_encrypted")
    if len(parts) > _MOST_PARTS:
        return _file_problem("file_hostile", detail="parts")
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        return _file_problem("unpacked_too_big", limit=str(limits.unpacked_bytes))
    if "xl/workbook.xml" not in names:
        return _file_problem("type_not_supported", kind=_other_kind(names))
    if any(count > 1 for count in Counter(names).values()):
        return _file_problem("file_hostile", detail="double parts")
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        return _file_problem("file_macros")
    return None


def _other_kind(names: list[str]) -> str:
    for start, kind in (("xl/workbook.bin", "XLSB workbook"), ("word/", "Word document"), ("ppt/", "PowerPoint file")):
        if any(name.startswith(start) for name in names):
            return kind
    if "mimetype" in names and "content.xml" in names:
        return "OpenDocument file"
    return "ZIP archive"


def _unpack_problem(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], limits: Limits) -> Problem | None:
    """Unpack everything once into nothing: real sizes, checksums, and no document type anywhere in the XML."""
    unpacked = 0
    for part in parts:
        markup = part.filename.casefold().endswith((".xml", ".rels", ".vml"))
        tail = b""
        try:
            with archive.open(part) as stream:
                while chunk := stream.read(_STEP):
                    unpacked += len(chunk)
                    if unpacked > limits.unpacked_bytes:
                        return _file_problem("unpacked_too_big", limit=str(limits.unpacked_bytes))
                    if markup:
                        seen = tail + chunk.replace(b"\x00", b"")
                        if _DTD.search(seen):
                            return _file_problem("file_hostile", detail="DTD")
                        tail = seen[-16:]
        except _BROKEN:
            return _file_problem("file_damaged", detail=part.filename[-60:])
    return None
