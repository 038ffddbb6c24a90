"""Raw uploaded files, kept for ever under their own id and SHA-256: from this log the database can be rebuilt.

A file's own name is data, never a path. The journal beside the files says which uploads were committed and undone, and
what was decided, in order; it is written after the database said yes, and `reconcile` adds what a crash kept out.
"""

import errno
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqm.database.disk import make_folder, sync_folder
from sqm.errors import SqmError

_CHUNK = 1024**2
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Upload:
    """A raw file in the folder of uploads. size in bytes; file_name as the browser sent it."""

    upload_id: str
    file_name: str
    sha256: str
    size: int
    received_at: str


@dataclass(frozen=True)
class JournalEntry:
    """One line of the journal: action is commit, undo, decide or erase (then batch_id is the id of the decision or the
    erasure), erase_done; facts repeat what a rebuild needs to replay it."""

    action: str
    batch_id: str
    happened_at: str
    who: str
    facts: dict[str, Any]


class Uploads:
    """The folder of raw files and its journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def receive(self, stream: IO[bytes], file_name: str, limit: int) -> Upload:
        """Copy a stream into the folder under a new id.

        Raises SqmError: "upload_too_large" above limit bytes, "disk_full"; then nothing of it stays.
        """
        now = datetime.now(UTC)
        upload_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(6)}"
        place = self.folder / upload_id
        try:
            return self._receive(stream, file_name, limit, place, now)
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            if error.errno in _FULL:
                raise SqmError("disk_full") from error
            raise

    def _receive(self, stream: IO[bytes], file_name: str, limit: int, place: Path, now: datetime) -> Upload:
        make_folder(self.folder)
        place.mkdir(mode=0o700)
        digest, size = hashlib.sha256(), 0
        with self._private(place / "raw") as raw:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    shutil.rmtree(place)
                    raise SqmError("upload_too_large", file=file_name, limit=limit)
                digest.update(chunk)
                raw.write(chunk)
        upload = Upload(place.name, file_name, digest.hexdigest(), size, now.isoformat())
        with self._private(place / "upload.json") as about:
            about.write(json.dumps(asdict(upload), ensure_ascii=False).encode())
        sync_folder(place)
        sync_folder(self.folder)
        return upload

    def path(self, upload_id: str) -> Path:
        """Where the raw bytes of an upload stand."""
        return self.folder / Path(upload_id).name / "raw"

    def digest(self, upload_id: str) -> str:
        """SHA-256 of the raw bytes as they stand on the disk now."""
        with self.path(upload_id).open("rb") as raw:
            return hashlib.file_digest(raw, "sha256").hexdigest()

    def redacted(self, upload_id: str) -> Path:
        """Where a copy without an erased person stands ready until it takes the place of the raw bytes."""
        return self.folder / Path(upload_id).name / "redacted"

    def take_redacted(self, upload_id: str, sha256: str) -> None:
        """Put the redacted copy in the place of the raw bytes. Cut off in the middle, it can be called again."""
        ready, about = self.redacted(upload_id), self.folder / Path(upload_id).name / "upload.json"
        upload = replace(self.find(upload_id), sha256=sha256, size=ready.stat().st_size)
        fresh = about.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with self._private(fresh) as described:
            described.write(json.dumps(asdict(upload), ensure_ascii=False).encode())
        fresh.replace(about)
        ready.replace(self.path(upload_id))
        sync_folder(about.parent)

    def kept(self) -> list[str]:
        """Ids of all uploads in the folder, committed or not."""
        if not self.folder.is_dir():
            return []
        return sorted(about.parent.name for about in self.folder.glob("*/upload.json"))

    def find(self, upload_id: str) -> Upload:
        """What is known of an upload. Raises SqmError("upload_unknown")."""
        about = self.folder / Path(upload_id).name / "upload.json"
        if not about.exists():
            raise SqmError("upload_unknown", upload=upload_id)
        return Upload(**json.loads(about.read_text(encoding="utf-8")))

    def discard(self, upload_id: str) -> None:
        """Forget a file that was never committed. Files named by the journal stay."""
        if any(entry.facts.get("upload_id") == upload_id for entry in self.journal()):
            raise SqmError("upload_is_record", upload=upload_id)
        shutil.rmtree(self.folder / Path(upload_id).name, ignore_errors=True)

    def journal(self) -> Iterator[JournalEntry]:
        """Commits, undos and decisions in the order they happened. A last line cut by a crash is passed over."""
        path = self.folder / "journal.jsonl"
        if not path.exists():
            return
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            try:
                yield JournalEntry(**json.loads(line))
            except (ValueError, TypeError):
                continue

    def write(self, entry: JournalEntry) -> None:
        """Append one entry and wait until the disk has it.

        Raises SqmError("disk_full"): what it says has happened, and `reconcile` writes it down once there is room.
        """
        try:
            self._write(entry)
        except OSError as error:
            if error.errno in _FULL:
                raise SqmError("disk_full") from error
            raise

    def _write(self, entry: JournalEntry) -> None:
        make_folder(self.folder)
        path = self.folder / "journal.jsonl"
        is_new = not path.exists()
        before = b"" if is_new or path.read_bytes()[-1:] in (b"", b"\n") else b"\n"
        with self._private(path, append=True) as journal:
            journal.write(before + json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n")
        if is_new:
            sync_folder(self.folder)

    @staticmethod
    def _private(path: Path, append: bool = False) -> IO[bytes]:
        """A file that only the app's own account may read, and that is on the disk once it is closed."""
        flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if append else os.O_EXCL) | os.O_SYNC
        return os.fdopen(os.open(path, flags, 0o600), "wb")
