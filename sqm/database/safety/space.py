"""Room on the disks: an upload that might fill one is refused before anything of it is stored."""

import shutil
from pathlib import Path

from sqm import config
from sqm.errors import SqmError


def needed(settings: config.Settings, size: int = 0) -> int:
    """Bytes that must be free: twice the database (a commit and a snapshot may each write it again) or twice the file
    that comes, whichever is more, and the reserve of the settings."""
    database = Path(settings.database)
    held = database.stat().st_size if database.exists() else 0
    return 2 * max(held, size) + settings.free_bytes


def free(settings: config.Settings) -> int:
    """Bytes that are free where there is least room: database, uploads, snapshots."""
    places = (Path(settings.database).parent, settings.uploads, settings.snapshots)
    return min(shutil.disk_usage(_existing(place)).free for place in places)


def require(settings: config.Settings, size: int) -> None:
    """Raise SqmError("disk_low") unless a file of size bytes can be taken in. free, needed: in bytes."""
    there, wanted = free(settings), needed(settings, size)
    if there < wanted:
        raise SqmError("disk_low", free=there, needed=wanted)


def _existing(place: Path) -> Path:
    while not place.exists():
        place = place.parent
    return place
