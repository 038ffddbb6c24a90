"""A disk that runs full: refused in words, nothing lost, and works again once there is room."""

import errno
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from sqm.database.batches.uploads import Uploads
from sqm.errors import SqmError
from tests.reliability import disk_full


@pytest.mark.skipif(not disk_full.may_mount(), reason="may not mount a small disk")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    found = disk_full.run(1, tmp_path)
    assert sum(found.met.values()) == 1 and found.acknowledged > 0
    assert (found.lost, found.half, found.raw, found.reads_failed, found.apart) == (0,) * 5
    assert (found.not_refused, found.not_red) == (0, 0)
    assert found.slowest < 30


class Failing(io.BytesIO):
    """A stream behind which the disk fills up."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(10)


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    yield Uploads(tmp_path / "uploads")


def test_an_upload_that_fills_the_disk_leaves_nothing(uploads: Uploads) -> None:
    with pytest.raises(SqmError) as refused:
        uploads.receive(Failing(b"x" * 100), "a.csv", 1000)
    assert refused.value.code == "disk_full"
    assert not list(uploads.folder.iterdir())
