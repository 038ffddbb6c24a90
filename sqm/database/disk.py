"""What must be on the disk before anybody is told that it is: bytes, and the names under which they are found."""

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """A folder for the app's own account, there to stay: a file is lost if the name of its folder is."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk: that of a new file is not there with its bytes."""
    sync(folder)


def sync(path: Path) -> None:
    """Wait until the bytes of a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
