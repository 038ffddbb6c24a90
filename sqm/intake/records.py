"""The careful tokenizer: every record keeps its place, a quote that is never closed costs one row and not the rest."""

import csv
import io
import sys
from collections.abc import Iterator

csv.field_size_limit(sys.maxsize)
# An answer of more lines than this is taken for a quote that was never closed.
_MOST_LINES = 2_000


class _Lines:
    """Physical lines that can be handed out again."""

    def __init__(self, text: str) -> None:
        self._stream = io.StringIO(text, newline="")
        self._again: list[str] = []
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise StopIteration
        line = self._again.pop() if self._again else self._stream.readline()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def give_back(self, kept: int) -> None:
        """All lines taken for the present record but the first ``kept`` are to come again."""
        self._again.extend(reversed(self.taken[kept:]))
        del self.taken[kept:]


def records(text: str, delimiter: str, width: int) -> Iterator[tuple[list[str], str]]:
    """Cells of every record with a mark: '', quote_not_closed or quote_inside. A blank line is a record without cells.

    width: the number of columns expected, to tell a line break inside an answer from a swallowed row.
    """
    lines = _Lines(text)
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
        yield cells, mark


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
