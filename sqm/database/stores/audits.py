"""Store audits: visits and what their items earned, checklists, and the standards that the province set.

``source`` is ``third_party`` (mystery shopping, the only one that is scored), ``self_audit``, ``double_check`` or a
supplementary means; '' is all of them. Nothing here knows a person who was visited.
"""

from datetime import date

import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.rules.access import Scope

THIRD_PARTY = "third_party"


def visits(
    db: Database, scope: Scope, first: date, last: date, source: str = THIRD_PARTY, store: str = ""
) -> pd.DataFrame:
    """batch_id, source_row, visit_id, store_code, district_code, visited_on, month, source, theme, checklist_code,
    auditor_code, minutes_waited, minutes_handled, score (0-100 as the file gave it, NaN: items say it), comment."""
    return db.frame(query("audits", "visits"), _window(scope, first, last, source, store))


def marks(
    db: Database, scope: Scope, first: date, last: date, source: str = THIRD_PARTY, store: str = ""
) -> pd.DataFrame:
    """One row per visit and item, as audit_visits.item_losses wants them: visit, store, month, theme, item, points
    (NaN: did not apply), most, is_critical, is_minor, pass_points, evidence."""
    return db.frame(query("audits", "marks"), _window(scope, first, last, source, store))


def last_visits(db: Database, scope: Scope, month: date, source: str = THIRD_PARTY) -> pd.DataFrame:
    """store_code, district_code, first_on, last_on (NaT without a visit), visits: up to the end of a month."""
    return db.frame(query("audits", "last_visits"), {"month": month, "source": source, **scope_parameters(scope)})


def contents(db: Database) -> pd.DataFrame:
    """source, first_month, last_month, visits, stores: of visits to stores."""
    return db.frame(query("audits", "contents"))


def stores(db: Database, scope: Scope) -> pd.DataFrame:
    """store_code, name_en, name_zh, district_code, class, size, longitude, latitude (degrees or the demo's own plane),
    valid_from, valid_to."""
    return db.frame(query("audits", "stores"), scope_parameters(scope))


def districts(db: Database) -> pd.DataFrame:
    """district_code, position, name_en, name_zh, outline (GeoJSON text or null)."""
    return db.frame(query("audits", "districts"))


def items(db: Database) -> pd.DataFrame:
    """item_code, brand_code, name_en, name_zh, evidence_en, evidence_zh."""
    return db.frame(query("audits", "items"))


def topics(db: Database) -> pd.DataFrame:
    """topic, process_code, position, name_en, name_zh: themes, and what every visit looks at beside its theme."""
    return db.frame(query("audits", "topics"))


def checklists(db: Database) -> pd.DataFrame:
    """checklist_code, theme, kind (audit, layout), valid_from, position, name_en, name_zh: one row a version."""
    return db.frame(query("audits", "checklists"))


def checklist_items(db: Database) -> pd.DataFrame:
    """checklist_code, item_code, position, section, points, pass_points (NaN: all points), critical, minor."""
    return db.frame(query("audits", "checklist_items"))


def standards(db: Database) -> pd.DataFrame:
    """standard, valid_from, value, reason: what the catalogue sets for everybody."""
    return db.frame(query("audits", "standards"))


def score_parts(db: Database) -> pd.DataFrame:
    """version, valid_from, part_code, position, weight (NaN: shown, not scored), source."""
    return db.frame(query("audits", "score_parts"))


def rotation(db: Database) -> pd.DataFrame:
    """valid_from, part_code (topic_1, topic_2), theme."""
    return db.frame(query("audits", "rotation"))


def submissions(db: Database, scope: Scope, first: date, last: date) -> pd.DataFrame:
    """district_code, month, submitted_on: the first report of a district's own audits of each month."""
    parameters = {"first": first, "last": last, **scope_parameters(scope)}
    parameters.pop("all_stores")
    parameters.pop("stores")
    return db.frame(query("audits", "submissions"), parameters)


def _window(scope: Scope, first: date, last: date, source: str, store: str) -> dict[str, object]:
    return {"first": first, "last": last, "source": source, "store": store, **scope_parameters(scope)}
