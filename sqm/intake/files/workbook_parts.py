"""The small parts of a workbook: list of sheets, shared strings, number formats."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from sqm.intake.limits import Limits

_STEP = 256 * 1024
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Broken(Exception):
    """The XML of a workbook part is not what it should be."""


def parse(archive: zipfile.ZipFile, name: str, on_start: Callable[[str, dict[str, str]], None],
          on_end: Callable[[str], None], on_text: Callable[[str], None]) -> None:  # fmt: skip
    """Stream one XML part through callbacks that get names without prefix. Document types are refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Broken("dtd")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: on_start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: on_end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = on_text
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_STEP):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, KeyError, ValueError) as error:
        raise Broken(name) from error


def _nothing(*_: object) -> None:
    return


@dataclass(frozen=True)
class SheetEntry:
    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Formats:
    """By cell style: date, percent, or the width of a zero-padded whole number (0 = none of them)."""

    dates: frozenset[int]
    percents: frozenset[int]
    padded: dict[int, int]


def sheets(archive: zipfile.ZipFile) -> tuple[list[SheetEntry], bool]:
    """The worksheets in order, and whether days count from 1904."""
    found: list[tuple[str, str, bool]] = []
    from_1904 = False
    targets = _targets(archive)

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        if tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            found.append((attributes.get("name", ""), targets.get(relation, ""), hidden))
        elif tag == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in ("1", "true")

    parse(archive, "xl/workbook.xml", start, _nothing, _nothing)
    names = set(archive.namelist())
    return [SheetEntry(name, part, hidden) for name, part, hidden in found if part in names], from_1904


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Relation id -> part name, worksheets only."""
    targets: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        parse(archive, "xl/_rels/workbook.xml.rels", start, _nothing, _nothing)
    return targets


def shared_strings(archive: zipfile.ZipFile, limits: Limits) -> list[str]:
    """All shared strings, phonetic hints left out; a longer one than a cell may hold is cut one past the limit."""
    strings: list[str] = []
    pieces: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            pieces.clear()
        elif tag in inside:
            inside[tag] = True

    def end(tag: str) -> None:
        if tag == "si":
            strings.append(unescape("".join(pieces))[: limits.cell_characters + 1])
        elif tag in inside:
            inside[tag] = False

    def text(piece: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(piece)

    if "xl/sharedStrings.xml" in archive.namelist():
        parse(archive, "xl/sharedStrings.xml", start, end, text)
    return strings


def unescape(text: str) -> str:
    """_x000D_ and its kin, which stand for characters XML cannot hold."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def formats(archive: zipfile.ZipFile) -> Formats:
    """What the cell styles say about numbers."""
    custom: dict[int, str] = {}
    styles: list[int] = []
    inside_xfs = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside_xfs
        if tag == "numFmt":
            custom[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside_xfs = True
        elif tag == "xf" and inside_xfs:
            styles.append(int(attributes.get("numFmtId", "0")))

    def end(tag: str) -> None:
        nonlocal inside_xfs
        if tag == "cellXfs":
            inside_xfs = False

    if "xl/styles.xml" in archive.namelist():
        parse(archive, "xl/styles.xml", start, end, _nothing)
    return _formats(list(_codes(styles, custom)), styles)


def _codes(styles: list[int], custom: dict[int, str]) -> Iterator[str]:
    for number_format in styles:
        yield custom.get(number_format, "0%" if number_format in (9, 10) else "")


def _is_date_code(bare: str) -> bool:
    return "general" not in bare and bool(re.search(r"[ymdhs年月日]", bare)) and not re.search(r"[0#?]\.[0#?]", bare)


def _formats(codes: list[str], styles: list[int]) -> Formats:
    dates, percents, padded = set(), set(), {}
    for style, (code, number_format) in enumerate(zip(codes, styles, strict=True)):
        bare = _NOT_CODE.sub("", code.split(";")[0]).casefold()
        if "%" in bare:
            percents.add(style)
        elif (number_format in _DATE_FORMATS and not code) or _is_date_code(bare):
            dates.add(style)
        elif re.fullmatch(r"0{2,}", bare):
            padded[style] = len(bare)
    return Formats(frozenset(dates), frozenset(percents), padded)
