"""One worksheet as rows of text, streamed: what Excel would show of each cell, with what it hides said aside."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from sqm.intake.files.workbook_parts import Formats, parse, unescape
from sqm.intake.limits import Limits

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_EXACT = 1e15
_LAST_ROW = 1_048_576
_LAST_SERIAL = 2_958_465  # 31 December 9999


class Enough(Exception):
    """Raised to stop reading: enough rows, or a limit was passed (code)."""

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code


@dataclass
class SheetFacts:
    """What a sheet holds beside its values. formulas: (row, column, has a stored value); columns count from 0.
    merged: (first row, last row, first column, last column). hidden_columns: positions."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: list[tuple[int, int, bool]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def position(letters: str) -> int:
    """A = 0, Z = 25, AA = 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class SheetReader:
    """Calls on_row(row, cells) for every row with content; cells: column -> text."""

    def __init__(self, strings: list[str], formats: Formats, from_1904: bool, limits: Limits,
                 on_row: Callable[[int, dict[int, str]], None]) -> None:  # fmt: skip
        self.facts = SheetFacts()
        self._strings, self._formats, self._limits, self._on_row = strings, formats, limits, on_row
        self._epoch = _EPOCH_1904 if from_1904 else _EPOCH_1900
        self._row = 0
        self._column = -1
        self._cells: dict[int, str] = {}
        self._style, self._type = 0, ""
        self._value: list[str] = []
        self._formula: list[str] = []
        self._into: list[str] | None = None
        self._has_value = self._has_formula = self._phonetic = False
        self._characters = 0

    def read(self, archive: zipfile.ZipFile, part: str) -> str:
        """'' when the sheet was read to its end, else the code of the limit that stopped it ('enough' if asked to)."""
        try:
            parse(archive, part, self._start, self._end, self._text)
        except Enough as stop:
            return stop.code or "enough"
        return ""

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self._into, self._has_value = self._value, True
        elif tag == "t":
            self._into = None if self._phonetic else self._value
            self._has_value = True
        elif tag == "f":
            self._into, self._has_formula = self._formula, True
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            if not 0 < self._row <= _LAST_ROW:
                raise ValueError("row")
            self._column = -1
            self._cells = {}
            if attributes.get("hidden") in ("1", "true"):
                self.facts.hidden_rows.append(self._row)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.facts.hidden_columns.update(range(first - 1, min(last, self._limits.columns)))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = position(match[1]) if match else self._column + 1
        self._style = int(attributes.get("s", 0))
        self._type = attributes.get("t", "n")
        self._value, self._formula = [], []
        self._has_value = self._has_formula = False

    def _end(self, tag: str) -> None:
        if tag in ("v", "t", "f"):
            self._into = None
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row" and self._cells:
            self._on_row(self._row, self._cells)

    def _text(self, piece: str) -> None:
        if self._into is not None:
            self._into.append(piece)

    def _end_cell(self) -> None:
        if not (self._has_value or self._has_formula):
            return
        raw = "".join(self._value)
        text = self._shown(raw)
        if self._has_formula:
            stored = self._has_value and raw != ""
            self.facts.formulas.append((self._row, self._column, stored))
            text = text if stored else "=" + unescape("".join(self._formula))
        if not text:
            return
        if self._column >= self._limits.columns:
            raise Enough("too_many_columns")
        self._characters += len(text)
        if self._characters > self._limits.unpacked_bytes:
            raise Enough("unpacked_too_big")
        self._cells[self._column] = text[: self._limits.cell_characters + 1]

    def _shown(self, raw: str) -> str:
        if self._type == "s":
            if not (raw.strip().isdigit() and int(raw) < len(self._strings)):
                raise ValueError("shared string")  # a text that is not there: never a silent blank
            return self._strings[int(raw)]
        if self._type in ("str", "inlineStr"):
            return unescape(raw)
        if self._type == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if self._type in ("e", "d"):
            return raw
        return self._number(raw.strip())

    def _number(self, raw: str) -> str:
        try:
            value = float(raw)
        except ValueError:
            return raw
        if self._style in self._formats.dates and 0 < value <= _LAST_SERIAL:
            return self._moment(value)
        if self._style in self._formats.percents:
            return f"{plain_number(raw, 100)}%"
        if abs(value) >= _EXACT:  # digits beyond the fifteenth were lost when the spreadsheet made it a number
            return f"{value:.14E}"
        shown = plain_number(raw)
        return shown.zfill(self._formats.padded.get(self._style, 0))

    def _moment(self, serial: float) -> str:
        if self._epoch is _EPOCH_1900 and serial < 61:  # Excel's 29 February 1900; times of day
            serial += 1 if serial >= 1 else 0
        moment = self._epoch + timedelta(seconds=round(serial * 86400))
        return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat(" ")

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if a and b:
            self.facts.merged.append((int(a[2]), int(b[2]), position(a[1]), position(b[1])))


def plain_number(raw: str, times: int = 1) -> str:
    """A stored double as people write it: shortest digits, no exponent, 7.0 as 7."""
    try:
        number = Decimal(repr(float(raw))) * times
        if not number.is_finite() or abs(number) >= Decimal("1e300"):
            return raw
        whole = number.to_integral_value()
        return str(int(whole)) if number == whole else format(number.normalize(), "f")
    except (InvalidOperation, ValueError, OverflowError):
        return raw


def date_text(moment: date) -> str:
    """A day, or a moment, as the grid writes it."""
    if isinstance(moment, datetime):
        at_midnight = moment.time() == datetime.min.time()
        return moment.date().isoformat() if at_midnight else moment.replace(tzinfo=None).isoformat(" ")
    return moment.isoformat()
