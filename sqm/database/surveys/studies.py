"""Studies as they are agreed, the waves that came in, and what was asked. Sizes of samples are the whole company's."""

from datetime import date

import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.rules.access import Scope


def studies(db: Database) -> pd.DataFrame:
    """One row a study: survey_code, name_*, representative, is_survey (False for focus groups), audience, mode,
    cadence, population, population_*, quota, decision_id ('' when it stands as the catalogue has it)."""
    return db.frame(query("studies", "studies"))


def waves(db: Database) -> pd.DataFrame:
    """Survey, method, operator and month with n, w, ww, largest (weight), first_day, last_day. Reads every answer."""
    return db.frame(query("studies", "waves"))


def quotas(db: Database) -> pd.DataFrame:
    """survey_code, kind (district, brand, operator), code, quota: answers wanted a month."""
    return db.frame(query("studies", "quotas"))


def parts(db: Database, scope: Scope, survey_code: str, month: date, operator_code: str) -> pd.DataFrame:
    """kind (district, brand, operator, channel), code, n of one wave; of one operator ('' for all) except between
    operators. Districts are those that the viewer sees."""
    rows = db.frame(query("studies", "parts"), {"survey_code": survey_code, "month": month, "operator": operator_code})
    if scope.districts is None:
        return rows
    return rows[(rows["kind"] != "district") | rows["code"].isin(scope.districts)].reset_index(drop=True)


def instrument(db: Database) -> pd.DataFrame:
    """survey_code, method_code, item_code, scale_min, scale_max, first_month, last_month, n (answers in all)."""
    return db.frame(query("studies", "instrument"))


def focus_groups(db: Database) -> pd.DataFrame:
    """Sessions, the newest first."""
    return db.frame(query("studies", "focus_groups"))
