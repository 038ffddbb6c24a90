"""Free text: kept literally, personal data masked, nothing in it ever taken for a command."""

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sqm.intake.files.grid import Grid, encoded
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.rows import fingerprint
from sqm.intake.rows.findings import Findings
from sqm.intake.words import masking, spelling

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Arrow's pre-filter: texts without any of these need neither cleaning nor masking.
_CLEAN = f"{masking.SUSPECT}|[\\x00-\\x08\\x0b-\\x1f\\x7f\\x{{FFFD}}\\x{{85}}\\x{{2028}}\\x{{2029}}]"


def read(grid: Grid, at: int, header: str, limits: Limits, findings: Findings) -> tuple[pa.Array, fingerprint.Hashes]:
    """Masked comments of all rows (null where there is none) and their hashes."""
    codes, texts = encoded(grid.column(at))
    distinct = pa.array(texts, pa.string())
    lengths = pc.utf8_length(distinct).to_numpy(zero_copy_only=False)
    suspect = pc.match_substring_regex(distinct, _CLEAN).to_numpy(zero_copy_only=False)
    changed: dict[int, str | None] = {}
    flags: dict[str, set[int]] = {}
    for place in np.flatnonzero(suspect | (lengths > limits.cell_characters)).tolist():
        text = texts[place]
        if len(text) > limits.cell_characters:
            flags.setdefault("cell_too_long", set()).add(place)
            changed[place] = None
            continue
        told, remarks = _told(text)
        if told != text:
            changed[place] = told if spelling.bare(told) else None
        for remark in remarks:
            flags.setdefault(remark, set()).add(place)
    _report(flags, codes, lengths, limits, header, findings)
    blank = pc.equal(pc.binary_length(pc.utf8_trim_whitespace(distinct)), 0)
    kept = pc.if_else(blank, pa.scalar(None, pa.string()), distinct)
    if changed:
        places = np.zeros(len(texts), bool)
        order = sorted(changed)
        places[order] = True
        kept = pc.replace_with_mask(kept, pa.array(places), pa.array([changed[place] for place in order], pa.string()))
    hashes = fingerprint.of_strings(kept.fill_null(""))
    return kept.take(pa.array(codes)), hashes[codes] if len(texts) else np.zeros(len(codes), np.uint64)


def _told(text: str) -> tuple[str, list[str]]:
    """The text as it is kept, and what there is to say about it."""
    remarks = ["replacement_character"] if "\ufffd" in text else []
    if _CONTROL.search(text):
        remarks.append("control_character")
        text = _CONTROL.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    masked = masking.mask(text)
    return masked, [*remarks, "comments_masked"] if masked != text else remarks


def _report(
    flags: dict[str, set[int]], codes: npt.NDArray[np.int32], lengths: npt.NDArray[np.int32], limits: Limits,
    header: str, findings: Findings,
) -> None:  # fmt: skip
    levels = {"cell_too_long": Level.ROW, "comments_masked": Level.NOTE}
    for code, places in flags.items():
        hits = np.zeros(len(lengths), bool)
        hits[list(places)] = True
        values = {}
        if code == "cell_too_long":
            values = {"length": str(int(lengths.max())), "limit": str(limits.cell_characters)}
        findings.add(code, levels.get(code, Level.WARNING), header, np.flatnonzero(hits[codes]), **values)
