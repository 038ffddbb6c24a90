"""The frame around the numbers: which months there are, which are published, and the operator's structure."""

from datetime import date

import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.rules.access import Scope


def span(db: Database) -> tuple[date, date] | None:
    """First and last month with any indicator value, None in an empty database."""
    with db.read() as cursor:
        first, last = cursor.execute(query("months", "span")).fetchone()
    return None if first is None else (first, last)


def published(db: Database) -> pd.DataFrame:
    """month, published_at (UTC, of the first publication), published_by. Revisions: see sealed.sealed."""
    return db.frame(query("months", "published"))


def processes(db: Database) -> pd.DataFrame:
    """The nine processes with their driver statement."""
    return db.frame(query("months", "processes"))


def dimensions(db: Database) -> pd.DataFrame:
    """Perception, complaints, operations."""
    return db.frame(query("months", "dimensions"))


def owners(db: Database) -> pd.DataFrame:
    """process_code, position and the departments that own it."""
    return db.frame(query("months", "owners"))


def contacts(db: Database) -> pd.DataFrame:
    """Whom to call in each department, the first to call first; empty until the catalogue names somebody."""
    return db.frame(query("months", "contacts"))


def drivers(db: Database) -> pd.DataFrame:
    """What moves each process, and the indicator that watches it."""
    return db.frame(query("months", "drivers"))


def districts(db: Database, scope: Scope) -> pd.DataFrame:
    """Districts that the viewer may see, with their outline (GeoJSON text or null)."""
    parameters = scope_parameters(scope)
    return db.frame(query("months", "districts"), {key: parameters[key] for key in ("all_districts", "districts")})


def stores(db: Database, scope: Scope) -> pd.DataFrame:
    """Stores that the viewer may see."""
    return db.frame(query("months", "stores"), scope_parameters(scope))


def settings(db: Database) -> dict[str, str]:
    """What is kept in the file about the file: demo, seed, operator's names."""
    rows = db.frame(query("months", "settings"))
    return dict(zip(rows["setting"], rows["value"], strict=True))
