"""Text that a spreadsheet would run as a formula, made harmless on its way out."""

import re

import pandas as pd

# = + - @ (also full-width), TAB, CR, LF and NUL start a formula or hide one; blanks before them do not help.
_DANGEROUS = re.compile(r"^[\s\u00a0\u200b\u3000\ufeff]*[=+\-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\x00]")
_NUMBER = re.compile(r"^\s*[+-]?(\d+([.,]\d+)*|[.,]\d+)([eE][+-]?\d+)?\s*%?\s*$")


def harmless(text: str) -> str:
    """The text with an apostrophe before what would start a formula. Numbers stay as they are."""
    return f"'{text}" if _DANGEROUS.match(text) and not _NUMBER.match(text) else text


def harmless_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """A copy with harmless text in all text cells and column names; other types are left alone."""
    safe = pd.DataFrame(
        {
            at: rows.iloc[:, at].map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
            for at in range(rows.shape[1])
        }
    )
    safe.columns = pd.Index([harmless(str(name)) for name in rows.columns])
    return safe
