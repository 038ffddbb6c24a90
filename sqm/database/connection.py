"""The one place that opens DuckDB: one root connection a process, a cursor a call, one writer at a time.

Sharing one connection between threads mixes up results without an error, a cursor costs microseconds:
so every read takes its own. After opening, the connection is locked down: no file, network, extension or
Python variable can be reached from SQL any more, whatever a query says.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

import duckdb
import pandas as pd

from sqm.errors import SqmError

Cursor: TypeAlias = Any  # duckdb types its connection loosely; nothing outside this floor sees it
Parameters: TypeAlias = Mapping[str, object]

_LOCKED_DOWN = {
    "storage_compatibility_version": "v1.4.0",  # refuses a stale WAL beside a checkpointed file
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "preserve_insertion_order": "false",  # facts carry their source row; order of storage means nothing
}


class Database:
    """A DuckDB file that is open in this process."""

    def __init__(self, root: Cursor, path: str) -> None:
        self._root = root
        self._writer = threading.Lock()
        self._commits = 0
        self._latest: dict[str, tuple[int, Any]] = {}
        self._after_commit: list[Callable[[Cursor], None]] = []
        self.path = path

    @classmethod
    def open(cls, path: str, memory: str = "2GB", threads: int = 2) -> "Database":
        """Open or create the file at path. Raises SqmError("database_in_use") while another process holds it."""
        settings = {**_LOCKED_DOWN, "memory_limit": memory, "threads": str(threads)}
        try:
            root = duckdb.connect(path, config=settings)
        except duckdb.IOException as error:
            code = "database_in_use" if "lock" in str(error).lower() else "database_unreadable"
            raise SqmError(code) from error
        root.execute("set lock_configuration = true")
        return cls(root, path)

    def close(self) -> None:
        """Close the file; later calls on this object fail."""
        self._root.close()

    @contextmanager
    def read(self) -> Iterator[Cursor]:
        """A cursor of its own for reading."""
        cursor = self._root.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def write(self) -> Iterator[Cursor]:
        """A cursor inside one transaction: all of the block is stored, or nothing of it."""
        with self._writer, self.read() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
            except BaseException:
                cursor.execute("rollback")
                raise
            cursor.execute("commit")
            self._commits += 1
            for follow in self._after_commit:
                follow(cursor)

    def after_commit(self, follow: Callable[[Cursor], None]) -> None:
        """Call follow with a cursor after every commit, before the next writer may begin."""
        self._after_commit.append(follow)

    @contextmanager
    def trial(self) -> Iterator[Cursor]:
        """A cursor inside a transaction that is always rolled back: what would happen if."""
        with self._writer, self.read() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
            finally:
                cursor.execute("rollback")

    def frame(self, sql: str, parameters: Parameters | None = None) -> pd.DataFrame:
        """The rows of a query. DECIMAL comes as float, DATE as datetime64, text as str."""
        with self.read() as cursor:
            return frame(cursor, sql, parameters)

    def latest(self, sql: str) -> Any:
        """The one value of a query, asked again only after a commit: this process is the file's only writer."""
        commits, value = self._latest.get(sql, (-1, None))
        if commits != self._commits:
            commits = self._commits  # before the question: a commit meanwhile asks again
            with self.read() as cursor:
                value = cursor.execute(sql).fetchone()[0]
            self._latest[sql] = (commits, value)
        return value

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file."""
        with self._writer, self.read() as cursor:
            cursor.execute("checkpoint")


def frame(cursor: Cursor, sql: str, parameters: Parameters | None = None) -> pd.DataFrame:
    """The rows of a query on a cursor that is already open (inside a transaction)."""
    result: pd.DataFrame = cursor.execute(sql, dict(parameters or {})).df()
    return result
