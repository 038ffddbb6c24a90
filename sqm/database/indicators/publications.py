"""Several published months at once, as they were published and as they stand: one query and one pass for all of them,
where sealed.revision_of asks month by month."""

from datetime import date

import pandas as pd

from sqm.database.connection import Database
from sqm.database.indicators import sealed
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.rules.access import Scope


def figures(db: Database, scope: Scope, first: date, last: date, latest: bool = True) -> pd.DataFrame:
    """month, revision, level, scope_code, indicator_code, value, status of the company and the viewer's districts.

    latest: only the last publication of each month, else every one that kept its figures.
    """
    parameters = scope_parameters(scope)
    limits = {name: parameters[name] for name in ("all_districts", "districts")}
    return db.frame(query("publications", "figures"), {"first": first, "last": last, "latest": latest, **limits})


def standing(db: Database, scope: Scope, first: date, last: date) -> pd.DataFrame:
    """The same places and months judged by what is known now (rules/matrix/snapshot.py)."""
    with db.read() as cursor:
        return sealed.judge(cursor, first, last, scope)
