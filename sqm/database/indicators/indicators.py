"""Indicators: what they mean, their monthly sums on every level, and the file rows behind a number."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.database import small_families
from sqm.database.connection import Cursor, Database, frame
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.surveys.design_effect import effective_of_sums

_BY_STORE = ("stores", "store_ww", "store_ws", "store_ss")


@dataclass(frozen=True)
class Place:
    """Where a number holds: level company, operator, district or store, and the code on it ('' for the company)."""

    level: str = "company"
    code: str = ""


COMPANY = Place()


def catalogue(db: Database) -> pd.DataFrame:
    """Every indicator with the names of its owner, in the order of the matrix. Small; the same for every viewer."""
    return db.frame(query("indicators", "catalogue"))


def sums(db: Database, scope: Scope, place: Place, first: date, last: date) -> pd.DataFrame:
    """Numerator, denominator, n, weight_squares, parts and n_eff of every indicator by month, first to last inclusive.

    n_eff: what answers that came store by store are worth (rules/surveys/design_effect.py); else NaN, and Kish's holds.
    """
    rows = with_n_eff(db.frame(query("indicators", "sums"), _sums_parameters(scope, place, first, last)))
    return small_families.veil(db, rows, place.level, place.code, "")


def sums_within(cursor: Cursor, place: Place, first: date, last: date) -> pd.DataFrame:
    """The same inside an open transaction, for a rehearsal (no viewer limits what a rehearsal compares)."""
    return with_n_eff(frame(cursor, query("indicators", "sums"), _sums_parameters(EVERYTHING, place, first, last)))


def across(db: Database, scope: Scope, indicator_code: str, month: date, level: str) -> pd.DataFrame:
    """One indicator in one month on every place of a level that the viewer may see, with the columns of sums()."""
    parameters = {"indicator_code": indicator_code, "month": month, "level": level, **scope_parameters(scope)}
    rows = with_n_eff(db.frame(query("indicators", "all_scopes"), parameters))
    return small_families.veil(db, rows, level, "", indicator_code)


def history(db: Database, scope: Scope, indicator_code: str, place: Place) -> pd.DataFrame:
    """The monthly sums of one indicator on one place, oldest first; a month without data has no row."""
    parameters = {
        "indicator_code": indicator_code,
        "level": place.level,
        "scope_code": place.code,
        **scope_parameters(scope),
    }
    rows = with_n_eff(db.frame(query("indicators", "history"), parameters))
    return small_families.veil(db, rows, place.level, place.code, indicator_code)


def sources(db: Database, scope: Scope, indicator_code: str, month: date, place: Place) -> pd.DataFrame:
    """The files behind one number: batch_id, file_name ('' for demonstration data), rows_used, first_row, last_row,
    first_rows (up to 20 row numbers as Excel shows them)."""
    parameters = {
        "indicator_code": indicator_code,
        "month": month,
        "level": place.level,
        "scope_code": place.code,
        **scope_parameters(scope),
    }
    return db.frame(query("indicators", "sources"), parameters)


def reported(db: Database, scope: Scope, month: date, since: date) -> pd.DataFrame:
    """district_code, present, expected: districts that lack values in ``month`` which they sent since ``since``."""
    parameters = scope_parameters(scope)
    chosen = {key: parameters[key] for key in ("all_districts", "districts")}
    return db.frame(query("indicators", "reported"), {"month": month, "first": since, **chosen})


def unlisted(db: Database) -> pd.DataFrame:
    """Indicators of uploaded files that the catalogue does not name, with their level and months."""
    return db.frame(query("indicators", "unlisted"))


def beside(db: Database, last: date) -> pd.DataFrame:
    """Uploaded values of indicators that both we and another operator have, up to a month: indicator_code, month,
    scope_code ('' for us), numerator, denominator, n. Company and operators are open to everybody."""
    return db.frame(query("indicators", "beside"), {"last": last})


def with_n_eff(rows: pd.DataFrame) -> pd.DataFrame:
    """Monthly sums with the columns by store replaced by what they say, n_eff: a satisfied answer counts 1, so its
    square is the same sum."""
    names = ("n", "denominator", "weight_squares", "numerator", "numerator", *_BY_STORE)
    n_eff = effective_of_sums(*(rows[name].to_numpy(dtype=float, na_value=float("nan")) for name in names))
    return rows.drop(columns=list(_BY_STORE)).assign(n_eff=n_eff)


def _sums_parameters(scope: Scope, place: Place, first: date, last: date) -> dict[str, object]:
    return {
        "level": place.level,
        "scope_code": place.code,
        "first": first,
        "last": last,
        **scope_parameters(scope),
    }
