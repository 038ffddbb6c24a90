"""How much one file may cost. Sizes in bytes, times in seconds."""

from dataclasses import dataclass

from sqm import config


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 200 * 1024**2
    rows: int = 5_000_000
    columns: int = 1_000
    cell_characters: int = 32_767
    unpacked_bytes: int = 100 * 1024**2
    sheets: int = 60
    seconds: int = 120
    memory_bytes: int = 2 * 1024**3


def of(settings: config.Settings) -> Limits:
    return Limits(
        file_bytes=settings.upload_bytes, rows=settings.upload_rows, columns=settings.upload_columns,
        cell_characters=settings.upload_cell_characters, unpacked_bytes=settings.unpacked_bytes,
        seconds=settings.parse_seconds, memory_bytes=settings.parse_memory_bytes,
    )  # fmt: skip
