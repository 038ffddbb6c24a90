"""What an error of the database engine means for the file: is the disk full, is the file damaged, must it be reopened?

Read from the engine's own sentences (DuckDB 1.5.5), which tests/database/safety/test_reopening.py and tests/reliability
provoke for real.
"""

from enum import StrEnum

import duckdb


class Trouble(StrEnum):
    """Also the code of the SqmError. DISK_FULL: nothing could be written. DAMAGED: what was read is not what was
    written. REOPENED: the engine has given the file up in this process, for another reason."""

    DISK_FULL = "disk_full"
    DAMAGED = "database_damaged"
    REOPENED = "database_reopened"


_FULL = ("no space left", "disk quota exceeded", "file too large", "could not write")
_DAMAGED = ("corrupt", "could not read", "does not match stored checksum", "not a valid duckdb")
_GIVEN_UP = ("database has been invalidated", "must be restarted")


def trouble_of(error: BaseException) -> Trouble | None:
    """None for an ordinary error, such as that of a query."""
    text = str(error).lower()
    if isinstance(error, OSError):
        return Trouble.DISK_FULL if any(words in text for words in _FULL) else None
    if not isinstance(error, duckdb.Error):
        return None
    if any(words in text for words in _FULL):
        return Trouble.DISK_FULL
    if gives_up(error):
        return Trouble.REOPENED
    is_about_files = isinstance(error, (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException))
    return Trouble.DAMAGED if is_about_files and any(words in text for words in _DAMAGED) else None


def gives_up(error: BaseException) -> bool:
    """Whether every later query of this process fails until the file is opened again."""
    return isinstance(error, duckdb.FatalException) or any(words in str(error).lower() for words in _GIVEN_UP)
