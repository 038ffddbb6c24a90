"""Free text: kept literally, personal data masked, nothing in it ever taken for a command."""

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sqm.intake import masking, spelling
from sqm.intake.findings import Findings
from sqm.intake.grid import Grid, encoded
from sqm.intake.limits import Limits
from sqm.intake.problems import Level

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Arrow's pre-filter: texts without any of these need neither cleaning nor masking.
_CLEAN = f"{masking.SUSPECT}|[\\x00-\\x08\\x0b-\\x1f\\x7f\\x{{FFFD}}\\x{{85}}\\x{{2028}}\\x{{2029}}]"


def read(
    grid: Grid, at: int, header: str, limits: Limits, findings: Findings
) -> tuple[pa.Array, npt.NDArray[np.int32], list[str]]:
    """Masked comments of all rows (null where there is none), and the same as codes and different texts."""
    codes, texts = encoded(grid.column(at))
    distinct = pa.array(texts, pa.string())
    suspect = pc.match_substring_regex(distinct, _CLEAN).to_numpy(zero_copy_only=False)
    lengths = pc.utf8_length(distinct).to_numpy(zero_copy_only=False)
    cleaned = list(texts)
    masked = np.zeros(len(texts), bool)
    flags: dict[str, npt.NDArray[np.bool_]] = {}

    def flag(code: str, place: int) -> None:
        flags.setdefault(code, np.zeros(len(texts), bool))[place] = True

    for place in np.flatnonzero(suspect | (lengths > limits.cell_characters)).tolist():
        text = texts[place]
        if len(text) > limits.cell_characters:
            flag("cell_too_long", place)
            cleaned[place] = ""
            continue
        if "\ufffd" in text:
            flag("replacement_character", place)
        if _CONTROL.search(text):
            flag("control_character", place)
            text = _CONTROL.sub("", text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        cleaned[place] = masking.mask(text)
        masked[place] = cleaned[place] != text
    kept = [text if spelling.bare(text) else None for text in cleaned]
    longest = str(int(lengths.max())) if len(lengths) else "0"
    if "cell_too_long" in flags:
        rows = np.flatnonzero(flags["cell_too_long"][codes])
        findings.add("cell_too_long", Level.ROW, header, rows, length=longest, limit=str(limits.cell_characters))
    for code in ("replacement_character", "control_character"):
        if code in flags:
            findings.add(code, Level.WARNING, header, np.flatnonzero(flags[code][codes]))
    if masked.any():
        findings.add("comments_masked", Level.NOTE, header, np.flatnonzero(masked[codes]))
    told = pa.array(kept, pa.string())
    return told.take(pa.array(codes)), codes, [text or "" for text in kept]
