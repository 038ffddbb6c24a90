"""The one place that opens DuckDB: one root connection a process, a cursor a call, one writer at a time.

Sharing one connection between threads mixes up results without an error, a cursor costs microseconds:
so every read takes its own. After opening, the connection is locked down: no file, network, extension or
Python variable can be reached from SQL any more, whatever a query says.
"""

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pandas as pd

from sqm.database.disk import sync, sync_folder
from sqm.database.safety.own_files import OwnFiles
from sqm.database.safety.troubles import Trouble, gives_up, trouble_of
from sqm.errors import SqmError

Cursor: TypeAlias = Any  # duckdb types its connection loosely; nothing outside this floor sees it
Parameters: TypeAlias = Mapping[str, object]

_STORAGE = "v1.4.0"
_LOCKED_DOWN = {
    "storage_compatibility_version": _STORAGE,  # refuses a stale WAL beside a checkpointed file
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "preserve_insertion_order": "false",  # facts carry their source row; order of storage means nothing
}


_TROUBLES = frozenset(each.value for each in Trouble)
_LEAVE = 5.0  # seconds that readers have to leave before a reopening
_patience: ContextVar[float] = ContextVar("patience", default=0.0)


@contextmanager
def answers_within(seconds: float) -> Iterator[None]:
    """What this thread reads inside the block, outside its own transactions, is interrupted after so many seconds with
    SqmError("query_too_long", seconds): one page that asks too much must not hold the others up."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


class Database:
    """A DuckDB file that is open in this process.

    When the engine gives the file up (a full disk in a checkpoint) or reads what was never written (a damaged block),
    the file is opened again before the next query, after ``mend`` had its chance at it.
    """

    def __init__(self, connect: Callable[[], Cursor], path: str) -> None:
        self._connect = connect
        self._root = connect()
        self._files = OwnFiles(path)
        self._writer = threading.Lock()
        self._owner = 0  # the thread that writes
        self._readers: dict[int, Cursor] = {}  # by id of the cursor
        self._threads: dict[int, int] = {}  # id of the cursor -> the thread that has it
        self._opening = threading.RLock()
        self._trouble: Trouble | None = None
        self._unsettled = False
        self._commits = 0
        self._latest: dict[str, tuple[int, Any]] = {}
        self._after_commit: list[Callable[[Cursor], None]] = []
        self._keep_aside: Callable[[Trouble], None] = lambda _trouble: None
        self._mend: Callable[[Trouble], None] = lambda _trouble: None
        self._settle: Callable[[], None] = lambda: None
        self.path = path

    @classmethod
    def open(cls, path: str, memory: str = "2GB", threads: int = 2) -> "Database":
        """Open or create the file at path.

        Raises SqmError: "database_in_use" while another process holds it, "database_unreadable", "disk_full".
        """
        settings = {**_LOCKED_DOWN, "memory_limit": memory, "threads": str(threads)}

        def connect() -> Cursor:
            try:
                root = duckdb.connect(path, config=settings)
            except duckdb.Error as error:
                raise SqmError(_refusal(error)) from error
            root.execute("set lock_configuration = true")
            return root

        return cls(connect, path)

    def close(self) -> None:
        """Close the file; later calls on this object fail."""
        self._root.close()
        self._files.close()

    @contextmanager
    def read(self) -> Iterator[Cursor]:
        """A cursor of its own for reading. Raises SqmError with a Trouble's code when the file is in trouble."""
        self._come_to_rest()
        cursor = self._enter()
        try:
            with self._in_time(cursor):
                yield cursor
        except duckdb.Error as error:
            trouble = self._note(error)
            if trouble is None:
                raise
            raise SqmError(trouble.value) from error
        finally:
            self._threads.pop(id(cursor), None)
            self._readers.pop(id(cursor), None)
            cursor.close()

    @contextmanager
    def _in_time(self, cursor: Cursor) -> Iterator[None]:
        seconds = _patience.get()
        if not seconds or self._owner == threading.get_ident():
            yield
            return
        over = threading.Event()

        def stop() -> None:
            over.set()
            cursor.interrupt()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except duckdb.InterruptException as error:
            if over.is_set():
                raise SqmError("query_too_long", seconds=f"{seconds:g}") from error
            raise
        finally:
            timer.cancel()

    @contextmanager
    def write(self) -> Iterator[Cursor]:
        """A cursor inside one transaction: all of the block is stored, or nothing of it."""
        with self._alone(), self.read() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
                cursor.execute("commit")
            except BaseException:
                _roll_back(cursor)
                raise
            self._commits += 1
            self._files.keep_names()
            for follow in self._after_commit:
                with suppress(OSError):  # a full disk after the commit: it is stored, and each catches up next time
                    follow(cursor)

    def after_commit(self, follow: Callable[[Cursor], None]) -> None:
        """Call follow with a cursor after every commit, before the next writer may begin."""
        self._after_commit.append(follow)

    @contextmanager
    def trial(self) -> Iterator[Cursor]:
        """A cursor inside a transaction that is always rolled back: what would happen if."""
        with self._alone(), self.read() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
            finally:
                _roll_back(cursor)

    def frame(self, sql: str, parameters: Parameters | None = None) -> pd.DataFrame:
        """The rows of a query. DECIMAL comes as float, DATE as datetime64, text as str. Asked again when the file had
        to be opened again meanwhile."""
        for _ in range(2):
            try:
                with self.read() as cursor:
                    return frame(cursor, sql, parameters)
            except SqmError as error:
                if error.code not in _TROUBLES or self._is_reading():
                    raise
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
        with self._alone(), self.read() as cursor:
            cursor.execute("checkpoint")
            self._files.keep_names()

    def rewrite(self) -> None:
        """Write all that is stored into a fresh file, which takes the place of this one: what was deleted is in no
        block of it any more. Readers and writers wait; those who take longer than some seconds are sent away."""
        with self._alone(), self._opening:
            self._see_readers_off(Trouble.REOPENED)
            self._root.execute("checkpoint")
            self._root.close()
            self._files.close()
            try:
                rewrite_file(self.path)
            finally:
                self._root = self._connect()
                self._files = OwnFiles(self.path)
                self._commits += 1

    def copy_to(self, target: Path) -> None:
        """File and write-ahead log of one moment between two transactions, as target and target.wal, for its owner
        alone. Writers wait meanwhile, readers do not."""
        with self._alone():
            self._files.copy_to(target)

    def damaged_blocks(self, first: int = 0, most: int | None = None) -> tuple[list[int], int]:
        """Numbers of damaged blocks among the next ``most`` ones from ``first``, and where to go on (0: at the end)."""
        bad, following = self._files.damaged_blocks(first, most)
        if bad:  # it may have been in the middle of being written
            with self._writer:
                bad = [block for block in bad if self._files.damaged_blocks(block, 1)[0]]
        return bad, following

    def changed_outside(self) -> bool:
        """Whether file or log are not as this process left them; False while a transaction is being written."""
        if not self._writer.acquire(blocking=False):
            return False
        try:
            return self._files.changed()
        finally:
            self._writer.release()

    @property
    def trouble(self) -> Trouble | None:
        """Why the file must be opened again before the next query, if it must."""
        return self._trouble

    def give_up(self, trouble: Trouble) -> None:
        """Open the file again before the next query: somebody else has seen that something is wrong with it."""
        self._trouble = trouble

    def recover_with(
        self, keep_aside: Callable[[Trouble], None], mend: Callable[[Trouble], None], settle: Callable[[], None]
    ) -> None:
        """What a reopening calls. keep_aside: while the engine has the file still (closing it writes); mend: with the
        file closed; settle: once it is open and may be written."""
        self._keep_aside, self._mend, self._settle = keep_aside, mend, settle

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The one writer. What the files look like when it ends is its own work."""
        self._come_to_rest()
        with self._writer:
            self._owner = threading.get_ident()
            try:
                yield
            finally:
                self._owner = 0
                self._files.remember()

    def _note(self, error: duckdb.Error) -> Trouble | None:
        if isinstance(error, duckdb.InterruptException):
            return self._trouble  # sent away by a reopening
        trouble = trouble_of(error)
        if trouble is Trouble.DAMAGED or gives_up(error):
            self._trouble = self._trouble or trouble
        return trouble

    def _enter(self) -> Cursor:
        if self._trouble is None and self._is_reading():  # who reads already is waited for, and must not wait
            return self._new_cursor()
        with self._opening:
            if self._trouble is not None:
                self._open_again(self._trouble)
            return self._new_cursor()

    def _new_cursor(self) -> Cursor:
        cursor = self._root.cursor()
        self._threads[id(cursor)] = threading.get_ident()
        self._readers[id(cursor)] = cursor
        return cursor

    def _is_reading(self) -> bool:
        return threading.get_ident() in self._threads.values()

    def _open_again(self, trouble: Trouble) -> None:
        """The engine keeps one instance a path and process: all cursors must be gone before a new one comes."""
        self._see_readers_off(trouble)
        if self._files.is_open:
            self._keep_aside(trouble)
        with suppress(duckdb.Error):
            self._root.close()
        self._files.close()
        self._mend(trouble)
        self._root = self._connect()
        self._files = OwnFiles(self.path)
        self._commits += 1
        self._trouble, self._unsettled = None, True

    def _see_readers_off(self, trouble: Trouble) -> None:
        """Wait until no cursor is left. Whoever rewrites lets the others finish first; trouble cannot wait for them."""
        if self._is_reading():
            raise SqmError(trouble.value)
        begun = time.monotonic()
        patience = _LEAVE if trouble is Trouble.REOPENED and self._trouble is None else 0.0
        while self._readers:
            spent = time.monotonic() - begun
            if spent >= patience:
                for cursor in list(self._readers.values()):
                    cursor.interrupt()
            if spent > patience + _LEAVE:
                raise SqmError(trouble.value)
            time.sleep(0.01)

    def _come_to_rest(self) -> None:
        """After a reopening, before anything else is read or written by a thread that holds nothing yet."""
        if self._trouble is None and not self._unsettled:
            return
        if self._is_reading() or self._owner == threading.get_ident():
            return
        with self._opening:
            if self._trouble is not None:
                self._open_again(self._trouble)
            due, self._unsettled = self._unsettled, False
        if due:
            self._settle()


def rewrite_file(path: str) -> None:
    """The same for a file that nobody has open. Cut off at any point, the file is either the old or the new one.

    Raises SqmError("disk_full"), and "database_in_use" while its write-ahead log is not settled.
    """
    fresh, wal = Path(f"{path}.rewritten"), Path(f"{path}.wal")
    scratch = Path(f"{path}.rewriting")
    for left in (fresh, Path(f"{fresh}.wal")):
        left.unlink(missing_ok=True)
    if wal.exists() and wal.stat().st_size:
        raise SqmError("database_in_use")
    try:
        writer = duckdb.connect(":memory:", config={"temp_directory": str(scratch), "memory_limit": "1GB"})
        try:
            writer.execute(f"attach '{_quoted(path)}' as old (read_only)")
            writer.execute(f"attach '{_quoted(str(fresh))}' as new (storage_version '{_STORAGE}')")
            writer.execute("copy from database old to new")
            writer.execute("checkpoint new")
            writer.execute("detach old")
            writer.execute("detach new")
        finally:
            writer.close()
            shutil.rmtree(scratch, ignore_errors=True)
        fresh.chmod(0o600)
        sync(fresh)
    except duckdb.Error as error:
        fresh.unlink(missing_ok=True)
        raise SqmError(_refusal(error)) from error
    fresh.replace(path)
    sync_folder(Path(path).parent)


def _quoted(path: str) -> str:
    return path.replace("'", "''")


def _roll_back(cursor: Cursor) -> None:
    """An engine that has given the file up, or a commit that failed, has nothing to roll back."""
    with suppress(duckdb.Error):
        cursor.execute("rollback")


def _refusal(error: duckdb.Error) -> str:
    if "could not set lock" in str(error).lower() or "conflicting lock" in str(error).lower():
        return "database_in_use"
    return Trouble.DISK_FULL.value if trouble_of(error) is Trouble.DISK_FULL else "database_unreadable"


def frame(cursor: Cursor, sql: str, parameters: Parameters | None = None) -> pd.DataFrame:
    """The rows of a query on a cursor that is already open (inside a transaction)."""
    result: pd.DataFrame = cursor.execute(sql, dict(parameters or {})).df()
    return result
