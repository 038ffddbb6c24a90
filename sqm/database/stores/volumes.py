"""Business of a store: how many transactions a month, at the counter and on self-service devices."""

from datetime import date

import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.rules.access import Scope

PAYMENT = "payment"


def by_month(db: Database, scope: Scope, store: str, first: date, last: date, kind: str = PAYMENT) -> pd.DataFrame:
    """month, served_at (counter, self_service), transactions, of_kind (those of the kind among them)."""
    parameters = {"store": store, "first": first, "last": last, "kind": kind, **scope_parameters(scope)}
    return db.frame(query("volumes", "by_month"), parameters)
