"""Respondent ids: kept as written (00123 and 123 differ), checked for what spreadsheets do to them, unique."""

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.files.grid import texts as texts_of
from sqm.intake.problems import Level
from sqm.intake.rows import fingerprint
from sqm.intake.rows.column import unquoted
from sqm.intake.rows.findings import Findings
from sqm.intake.words import spelling

_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d*)?[eE]\+\d+|\d\.\d+[eE]\d+")
_PLAIN_BYTES = np.zeros(256, bool)
_PLAIN_BYTES[[*range(48, 58), *range(65, 91), *range(97, 123), 45, 95]] = True  # digits, letters, - and _


def read(grid: Grid, at: int, header: str, findings: Findings) -> pa.Array:
    """The ids of all rows, trimmed; problems are reported."""
    column = texts_of(grid.column(at))
    if _is_plain(column):
        _report_blank(column, header, findings)
        return column
    codes, texts = encoded(grid.column(at))
    cleaned = [spelling.bare(unquoted(text)) for text in texts]
    for code, level, wrong in (
        ("id_scientific", Level.ROW, [bool(_SCIENTIFIC.fullmatch(text)) for text in cleaned]),
        ("error_cell", Level.ROW, [text.startswith("#") and text.endswith(("!", "?", "/A")) for text in cleaned]),
        ("formula_without_value", Level.ROW, [text.startswith("=") for text in cleaned]),
    ):
        hits = np.array(wrong, bool)
        if hits.any():
            shown = [text for text, hit in zip(texts, wrong, strict=True) if hit]
            findings.add(code, level, header, np.flatnonzero(hits[codes]), shown)
    column = pa.array(cleaned, pa.string()).take(pa.array(codes))
    _report_blank(column, header, findings)
    _report_alike(codes, cleaned, header, findings)
    return column


def _is_plain(column: pa.Array) -> bool:
    """Nothing but digits, ASCII letters, - and _, and no two ids that differ only in case: no closer look is needed."""
    raw = column.buffers()[2] if len(column) else None
    if raw is None:
        return True
    offsets = np.frombuffer(column.buffers()[1], np.int32)
    used = np.frombuffer(raw, np.uint8)[offsets[column.offset] : offsets[column.offset + len(column)]]
    if not _PLAIN_BYTES[used].all():
        return False
    if not (used >= 97).any():
        return True
    lower = pc.ascii_lower(column)
    return len(np.unique(fingerprint.of_strings(lower))) == len(np.unique(fingerprint.of_strings(column)))


def _report_blank(column: pa.Array, header: str, findings: Findings) -> None:
    blank = np.flatnonzero(pc.equal(pc.binary_length(column), 0).to_numpy(zero_copy_only=False))
    findings.add("required_empty", Level.ROW, header, blank)


def _report_alike(codes: npt.NDArray[np.int32], texts: list[str], header: str, findings: Findings) -> None:
    """Ids that differ only in case or width stay different, and are shown."""
    groups: dict[str, set[str]] = {}
    for text in texts:
        groups.setdefault(spelling.normal(text).casefold(), set()).add(text)
    alike = {text for group in groups.values() if len(group) > 1 for text in group}
    if alike:
        hits = np.fromiter((text in alike for text in texts), bool, len(texts))
        findings.add("id_alike", Level.WARNING, header, np.flatnonzero(hits[codes]), sorted(alike))


def report_doubles(
    ids: pa.Array, row_hashes: fingerprint.Hashes, findings: Findings, column: str
) -> npt.NDArray[np.bool_]:
    """True for every row that repeats an earlier one exactly (dropped, with a warning).

    Rows with one id that say different things are all rejected: which of them is right is not for us to guess.
    """
    hashes = fingerprint.of_strings(ids)
    again = np.zeros(len(ids), bool)
    ordered = np.sort(hashes)
    seen_twice = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(seen_twice):
        return again
    filled = pc.greater(pc.binary_length(ids), 0).to_numpy(zero_copy_only=False)
    repeated = np.isin(hashes, seen_twice) & filled
    groups: dict[str, list[int]] = {}
    for index in np.flatnonzero(repeated).tolist():
        groups.setdefault(ids[index].as_py(), []).append(index)
    conflicts: list[int] = []
    for members in groups.values():
        if len(members) > 1:
            if len({int(row_hashes[index]) for index in members}) == 1:
                again[members[1:]] = True
            else:
                conflicts += members
    show = [text.replace("\x1f", " · ") for text, members in groups.items() if len(members) > 1]
    findings.add("duplicate_same", Level.WARNING, column, np.flatnonzero(again), show)
    findings.add("duplicate_conflict", Level.ROW, column, np.array(sorted(conflicts), np.intp), show, key=column)
    return again
