"""Raw uploads: kept under their own id, and a journal that survives a crash."""

import hashlib
import io
from pathlib import Path

import pytest

from sqm.database.batches.uploads import JournalEntry, Uploads
from sqm.errors import SqmError


def test_bytes_are_kept_whole_under_an_own_id(uploads: Uploads) -> None:
    upload = uploads.receive(io.BytesIO(b"abc" * 1_000_000), "../../etc/passwd", 10_000_000)
    assert uploads.path(upload.upload_id).read_bytes() == b"abc" * 1_000_000
    assert uploads.path(upload.upload_id).is_relative_to(uploads.folder)
    assert upload.sha256 == hashlib.sha256(b"abc" * 1_000_000).hexdigest() == uploads.digest(upload.upload_id)
    assert uploads.find(upload.upload_id) == upload
    assert (uploads.path(upload.upload_id).stat().st_mode & 0o777) == 0o600


def test_two_uploads_of_one_file_stand_apart(uploads: Uploads) -> None:
    first, second = (uploads.receive(io.BytesIO(b"x"), "a.csv", 10) for _ in range(2))
    assert first.upload_id != second.upload_id


def test_too_large_is_refused_and_leaves_nothing(uploads: Uploads) -> None:
    with pytest.raises(SqmError) as refused:
        uploads.receive(io.BytesIO(b"x" * 11), "a.csv", 10)
    assert refused.value.code == "upload_too_large"
    assert list(uploads.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../outside", "/etc", "..", "nothing"])
def test_an_id_is_never_a_path(uploads: Uploads, name: str) -> None:
    with pytest.raises(SqmError):
        uploads.find(name)


def test_the_journal_keeps_order_and_passes_over_a_torn_line(uploads: Uploads) -> None:
    entries = [JournalEntry("commit", f"b{n}", "2026-01-01T00:00:00", "ana", {"upload_id": f"u{n}"}) for n in range(3)]
    for entry in entries[:2]:
        uploads.write(entry)
    journal = uploads.folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"action": "com')
    uploads.write(entries[2])
    assert list(uploads.journal()) == entries


def test_a_committed_upload_is_not_discarded(uploads: Uploads, tmp_path: Path) -> None:
    kept, dropped = (uploads.receive(io.BytesIO(text), "a.csv", 10) for text in (b"1", b"2"))
    uploads.write(JournalEntry("commit", "b", "2026-01-01T00:00:00", "ana", {"upload_id": kept.upload_id}))
    uploads.discard(dropped.upload_id)
    with pytest.raises(SqmError):
        uploads.discard(kept.upload_id)
    assert uploads.path(kept.upload_id).exists()
    assert not uploads.path(dropped.upload_id).exists()
