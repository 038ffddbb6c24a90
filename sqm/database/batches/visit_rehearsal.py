"""What an upload of store audits would change, seen from inside the rehearsal's transaction."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import pyarrow.compute as pc

from sqm.database.connection import Cursor, frame
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.intake.reading import Reading
from sqm.intake.recipe import AUDITS, Recipe
from sqm.intake.words.visit_words import THIRD_PARTY
from sqm.rules.access import Scope
from sqm.rules.audits.audit_visits import CRITICAL_CAP, VisitRules, visit_scores
from sqm.rules.stores.store_evidence import BESIDE

_LEAST = 0.05  # points: what a page would show as a difference


@dataclass(frozen=True)
class Visited:
    """visits, of them scored (those of the third party), stores, new_*: what the batch brings. moved: stores whose
    mean visit score over the months of the file would change: store_code, visits_before, before, visits_after, after.
    """

    visits: int
    scored: int
    stores: int
    new_stores: int
    new_districts: int
    new_items: int
    moved: pd.DataFrame


@dataclass(frozen=True)
class Means:
    """Stores of the file that had scored visits in its months: mean visit score and number of visits, by store."""

    first: date
    last: date
    stores: tuple[str, ...]
    by_store: pd.DataFrame


def means(cursor: Cursor, recipe: Recipe, reading: Reading) -> Means | None:
    """None for files of other kinds. Stores that are visited for the first time have no score that could move."""
    if recipe.template not in AUDITS or not reading.months:
        return None
    first, last = min(reading.months), max(reading.months)
    named = sorted(code for code in pc.unique(reading.rows.column("store_code")).to_pylist() if code)
    window = {"scored": THIRD_PARTY, "first": first, "last": last, "stores": named}
    known = tuple(row[0] for row in cursor.execute(query("visit_batches", "visited_before"), window).fetchall())
    return Means(first, last, known, _by_store(cursor, known, first, last))


def visited(cursor: Cursor, batch_id: str, before: Means | None) -> Visited | None:
    """What the batch, which is stored by now, changes; None for files of other kinds."""
    if before is None:
        return None
    counts = cursor.execute(query("visit_batches", "counted"), {"batch_id": batch_id, "scored": THIRD_PARTY}).fetchone()
    after = _by_store(cursor, before.stores, before.first, before.last)
    both = before.by_store.add_suffix("_before").join(after.add_suffix("_after"), how="outer")
    both = both.rename(columns={"mean_before": "before", "mean_after": "after"})
    kept = (both["before"] - both["after"]).abs() >= _LEAST
    kept |= both["before"].isna() != both["after"].isna()
    visits, scored, stores, new_stores, new_districts, new_items = (int(count) for count in counts)
    moved = both[kept].reset_index()
    return Visited(visits, scored, stores, new_stores, new_districts, new_items, moved)


def _by_store(cursor: Cursor, stores: tuple[str, ...], first: date, last: date) -> pd.DataFrame:
    """Index store_code; visits, mean (NaN where nothing applied)."""
    scope = scope_parameters(Scope(None, frozenset(stores)))
    window = {"first": first, "last": last, "source": THIRD_PARTY, "store": "", **scope}
    rows = frame(cursor, query("audits", "visits"), window)
    marks = frame(cursor, query("audits", "marks"), window)
    themed = marks[~marks["item"].str.partition(".")[0].isin(BESIDE)] if len(marks) else marks
    if len(themed):
        found = rows["visit_id"].map(visit_scores(themed, _rules(cursor, last))["score"])
        rows["score"] = rows["score"].astype(float).fillna(found)
    grouped = rows.groupby("store_code")["score"]
    return pd.DataFrame({"visits": grouped.size(), "mean": grouped.mean()})


def _rules(cursor: Cursor, month: date) -> VisitRules:
    """The caps that the province set, in force in a month."""
    rows = frame(cursor, query("audits", "standards"))
    begun = rows[pd.to_datetime(rows["valid_from"]) <= pd.Timestamp(month)].sort_values("valid_from")
    newest = begun.groupby("standard")["value"].last()
    return VisitRules(float(newest.get("critical_cap", CRITICAL_CAP)), newest.get("minor_cap"))
