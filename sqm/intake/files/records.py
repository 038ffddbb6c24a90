"""The careful tokenizer: every record keeps its place, a quote that is never closed costs one row and not the rest."""

import csv
import sys
from collections.abc import Iterator

csv.field_size_limit(sys.maxsize)
# An answer of more lines than this is taken for a quote that was never closed.
_MOST_LINES = 2_000


class _Lines:
    """Physical lines that can be handed out again."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0
        self._has_returns = b"\r" in body
        self._again: list[str] = []
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise StopIteration
        line = self._again.pop() if self._again else self._next()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def _next(self) -> str:
        """The next line with its end (CR LF, LF or CR); '' at the end of the text."""
        start = self._at
        feed = self._body.find(b"\n", start)
        stop = feed + 1 if feed >= 0 else len(self._body)
        if self._has_returns:
            back = self._body.find(b"\r", start, stop)
            if back >= 0 and (feed < 0 or back != feed - 1):
                stop = back + 1
        self._at = stop
        return self._body[start:stop].decode("utf-8", "replace")

    def give_back(self, kept: int) -> None:
        """All lines taken for the present record but the first ``kept`` are to come again."""
        self._again.extend(reversed(self.taken[kept:]))
        del self.taken[kept:]


def records(body: bytes, delimiter: str, width: int) -> Iterator[tuple[list[str], str]]:
    """Cells of every record with a mark: '', quote_not_closed or quote_inside. A blank line is a record without cells.

    body: UTF-8. width: the number of columns expected, to tell a line break inside an answer from a swallowed row.
    """
    return ((cells, mark) for cells, mark, _ in _records(body, delimiter, width))


def lengths(body: bytes, delimiter: str, width: int) -> Iterator[tuple[int, bytes]]:
    """Of every record of records() the number of its bytes, and the line end with which it ends (b"" without one)."""
    for _, _, taken in _records(body, delimiter, width):
        last = taken[-1]
        end = last[len(last.rstrip("\r\n")) :]
        yield sum(len(line.encode()) for line in taken), end.encode()


def _records(body: bytes, delimiter: str, width: int) -> Iterator[tuple[list[str], str, list[str]]]:
    """The same with the lines that were taken for the record."""
    lines = _Lines(body)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.taken = []
        try:
            cells, mark = next(reader), ""
        except StopIteration:
            if not lines.taken:
                return
            cells, mark = [], "quote_not_closed"
        except csv.Error:
            if not lines.taken:
                return
            cells, mark = _loose(lines.taken, delimiter)
        if not mark and len(lines.taken) > 1 and _swallowed(lines.taken, delimiter, width):
            mark = "quote_not_closed"
        if mark == "quote_not_closed":
            lines.give_back(1)
            cells = lines.taken[0].rstrip("\r\n").split(delimiter)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        yield cells, mark, lines.taken


def _loose(taken: list[str], delimiter: str) -> tuple[list[str], str]:
    """A record with stray quotes: read leniently when it is one line, given up when it runs on."""
    if len(taken) > 1:
        return [], "quote_not_closed"
    line = taken[0]
    try:
        rows = list(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return line.rstrip("\r\n").split(delimiter), "quote_not_closed"
    return (rows[0] if rows else []), "quote_inside" if line.count('"') % 2 == 0 else "quote_not_closed"


def _swallowed(taken: list[str], delimiter: str, width: int) -> bool:
    """Some line after the first looks like a row of its own."""
    enough = max(2, width - 2)
    return any(line.count(delimiter) >= enough for line in taken[1:])
