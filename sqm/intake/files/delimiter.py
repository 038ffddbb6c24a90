"""Which character parts the cells of a text file."""

import csv
import io
from collections import Counter

from sqm.intake.words import vocabulary
from sqm.intake.words.spelling import bare

_CANDIDATES = (",", "\t", ";", "|", "，", "；", "^", "~", "\x01", ":")


def sniff(head: str) -> str:
    """The delimiter of a text, judged by its first lines; ',' when nothing speaks for another."""
    lines = io.StringIO(head, newline="").readlines()
    if lines and lines[0].strip().lower().startswith("sep=") and len(lines[0].strip("\r\n")) == 5:
        return lines[0].strip("\r\n")[4]
    best, best_score = ",", (0, 0.0, 0)
    for delimiter in _CANDIDATES:
        rows = [row for row in _rows(head, delimiter)[:60] if any(cell.strip() for cell in row)]
        if not rows:
            continue
        named = max(vocabulary.best_template([bare(cell) for cell in row])[1] for row in rows[:30])
        score = (named, *_evenness([len(row) for row in rows]))
        if score > best_score and max(len(row) for row in rows) > 1:
            best, best_score = delimiter, score
    return best


def _rows(head: str, delimiter: str) -> list[list[str]]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > 200:
                break
    except csv.Error:
        pass
    return rows[:-1] if len(rows) > 1 else rows  # the last one may be cut


def _evenness(widths: list[int]) -> tuple[float, int]:
    """Share of the rows that have the commonest width above 1, and that width."""
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0.0, 0
    width, count = wide.most_common(1)[0]
    return round(count / len(widths), 1), width
