"""Settings from the environment, read once. Every name starts with SQM_ and is listed in the README."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Where things are kept and how much an upload may cost.

    Sizes in bytes, times in seconds.
    """

    database: str
    is_demo: bool
    uploads: Path
    catalogue: Path
    role: str
    districts: frozenset[str]
    stores: frozenset[str]
    match: str
    idle_seconds: int
    session_seconds: int
    upload_bytes: int
    upload_rows: int
    upload_columns: int
    upload_cell_characters: int
    unpacked_bytes: int
    parse_seconds: int
    parse_memory_bytes: int
    database_memory: str
    database_threads: int
    query_seconds: int
    snapshots: Path
    snapshots_kept: int
    free_bytes: int


def _number(name: str, default: int) -> int:
    raw = os.environ.get(name, "")
    return int(raw) if raw.strip().isdigit() else default


def _codes(name: str) -> frozenset[str]:
    """Codes with commas between them."""
    return frozenset(code.strip() for code in os.environ.get(name, "").split(",") if code.strip())


def load() -> Settings:
    """The settings in force now. SQM_DATABASE unset means the demo operator in data/sqm.duckdb."""
    named = os.environ.get("SQM_DATABASE", "")
    database = named or str(ROOT / "data" / "sqm.duckdb")
    uploads = os.environ.get("SQM_UPLOADS", "") or str(Path(database).with_suffix("")) + ".uploads"
    return Settings(
        database=database,
        is_demo=not named,
        uploads=Path(uploads),
        catalogue=Path(os.environ.get("SQM_CATALOGUE", "") or ROOT / "data" / "catalogue"),
        role=os.environ.get("SQM_ROLE", "analyst"),
        districts=_codes("SQM_DISTRICTS"),
        stores=_codes("SQM_STORES"),
        match=os.environ.get("SQM_MATCH", "").strip() or "email",
        idle_seconds=_number("SQM_IDLE_MINUTES", 30) * 60,
        session_seconds=_number("SQM_SESSION_HOURS", 12) * 3600,
        upload_bytes=_number("SQM_UPLOAD_MB", 200) * 1024**2,
        upload_rows=_number("SQM_UPLOAD_ROWS", 5_000_000),
        upload_columns=_number("SQM_UPLOAD_COLUMNS", 1_000),
        upload_cell_characters=_number("SQM_UPLOAD_CELL_CHARACTERS", 32_767),
        unpacked_bytes=_number("SQM_UNPACKED_MB", 100) * 1024**2,
        parse_seconds=_number("SQM_PARSE_SECONDS", 120),
        parse_memory_bytes=_number("SQM_PARSE_MEMORY_MB", 2_048) * 1024**2,
        database_memory=os.environ.get("SQM_DATABASE_MEMORY", "2GB"),
        database_threads=_number("SQM_DATABASE_THREADS", 2),
        query_seconds=_number("SQM_QUERY_SECONDS", 10),
        snapshots=Path(os.environ.get("SQM_SNAPSHOTS", "") or str(Path(database).with_suffix("")) + ".snapshots"),
        snapshots_kept=_number("SQM_SNAPSHOTS_KEPT", 5),
        free_bytes=_number("SQM_FREE_MB", 500) * 1024**2,
    )
