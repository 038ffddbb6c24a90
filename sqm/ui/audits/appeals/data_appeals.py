"""Doors of the appeals view: what is queried, how often it changes something, and what a ruling did to the scores."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.stores.audits import THIRD_PARTY
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.audits import appeals as appeal_rules
from sqm.rules.audits.appeals import Appeal
from sqm.rules.stores import store_results
from sqm.rules.stores.store_evidence import Answers, Scored, scored, sms_answers
from sqm.rules.stores.store_score import in_force
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_audits
from sqm.ui.doors.data import Stamp, stamp
from sqm.ui.doors.data_names import records
from sqm.ui.stores.doors import data_scores, data_standards

_FEW = 24


@dataclass(frozen=True)
class Mark:
    """An item of a visit as the auditor marked it. points: None, it does not apply."""

    month: date
    theme: str
    auditor: str
    points: float | None
    most: float


@lru_cache(maxsize=4)
def _marked(at: Stamp) -> dict[tuple[str, str], Mark]:
    asked = {(each.visit_id, each.item_code) for each in data_audits.appeals()}
    visits = data_audits.visits()
    mine = visits[visits["visit_id"].isin({visit for visit, _item in asked})]
    found: dict[tuple[str, str], Mark] = {}
    for month, part in mine.groupby("month"):
        when = pd.Timestamp(str(month)).date()
        of = {str(row["visit_id"]): (str(row["theme"]), str(row["auditor_code"])) for row in records(part)}
        rows = data_audits.marks(when, when)
        for row in records(rows[rows["visit"].isin(of)]):
            key = (str(row["visit"]), str(row["item"]))
            if key in asked:
                points: float | None = None if pd.isna(row["points"]) else float(row["points"])
                found[key] = Mark(when, *of[key[0]], points, float(row["most"]))
    return found


def mark(appeal: Appeal) -> Mark | None:
    """What is queried; None when the visit is no longer stored."""
    return _marked(stamp()).get((appeal.visit_id, appeal.item_code))


def seen(scope: Scope, district: str) -> tuple[Appeal, ...]:
    """Appeals of stores that the viewer sees, oldest first."""
    listed = data_audits.stores(scope, district)
    return tuple(each for each in data_audits.appeals() if each.store_code in listed)


@lru_cache(maxsize=_FEW)
def _rates(at: Stamp, month: date, district: str, by: str) -> pd.DataFrame:
    visits = data_audits.counted()
    first, last = words.year_to(month)
    inside = (visits["month"] >= pd.Timestamp(first)) & (visits["month"] <= pd.Timestamp(last))
    rows = visits[inside & ((visits["district_code"] == district) | (district == ""))]
    marks = data_audits.marks(first, last)[["visit", "item"]]
    keys = rows[["visit_id", "theme", "auditor_code", "district_code"]].rename(columns={"visit_id": "visit"})
    return appeal_rules.rates(marks.merge(keys, on="visit"), data_audits.appeals(), by)


def rates(month: date, district: str, by: str = "") -> pd.DataFrame:
    """appeals.rates over the year's visits of the third party; by: theme, auditor_code, district_code, '' all."""
    return _rates(stamp(), month, district, by)


@dataclass(frozen=True)
class Effect:
    """visit: score before and after the ruling. composite: of the store in the month of the visit, with every ruling
    on that month; None where it has no part."""

    appeal: Appeal
    mark: Mark
    visit: tuple[float | None, float | None]
    composite: tuple[float | None, float | None]


@lru_cache(maxsize=_FEW)
def _effects(at: Stamp, month: date) -> dict[str, Effect]:
    first, last = words.year_to(month)
    before, after = (data_audits.scores(first, last, is_corrected) for is_corrected in (False, True))
    sums = data_scores.text_sums(EVERYTHING, first, last)
    sums = sums.assign(month=pd.to_datetime(sums["month"]))
    found = {}
    for each in data_audits.appeals():
        told = _marked(at).get((each.visit_id, each.item_code))
        if told is None or not each.is_changed or not first <= told.month <= last:
            continue
        when = pd.Timestamp(told.month)
        answers = sms_answers(sums[(sums["month"] == when) & (sums["store_code"] == each.store_code)], "store_code")
        found[each.appeal_id] = Effect(
            each,
            told,
            (_visit(before, each.visit_id), _visit(after, each.visit_id)),
            (_composite(before, each, told.month, answers), _composite(after, each, told.month, answers)),
        )
    return found


def effects(month: date) -> dict[str, Effect]:
    """Of every ruling that changed points of a visit of the year, by appeal: of all stores, filter by ``seen``."""
    return _effects(stamp(), month)


def _visit(found: Scored, visit_id: str) -> float | None:
    score = found.visits.loc[found.visits["visit_id"] == visit_id, "score"]
    return None if score.empty or pd.isna(score.iloc[0]) else float(score.iloc[0])


def _composite(found: Scored, appeal: Appeal, month: date, answers: dict[str, Answers]) -> float | None:
    rows = found.visits
    mine = rows[
        (rows["store_code"] == appeal.store_code)
        & (rows["month"] == pd.Timestamp(month))
        & (rows["source"] == THIRD_PARTY)
        & ~rows["is_rejected"]
    ]
    listed = data_standards.definitions()
    definition = in_force(listed, month) or listed[0]
    losses = found.losses[found.losses["visit"].isin(mine["visit_id"])]
    scores = store_results.compare(Scored(mine, losses), answers, definition, "store_code")
    return scores[appeal.store_code].score if appeal.store_code in scores else None


def would_be(appeal: Appeal, month: date, points: float | None) -> tuple[float | None, float | None]:
    """The score of the visit now, and with these points for the item: what a ruling would do. month: of the visit."""
    visits, marks = data_audits.visits(), data_audits.marks(month, month)
    rows = visits[visits["visit_id"] == appeal.visit_id]
    mine = appeal_rules.corrected(marks[marks["visit"] == appeal.visit_id], data_audits.appeals())
    other = mine.copy()
    other.loc[other["item"] == appeal.item_code, "points"] = points
    return _one(rows, mine), _one(rows, other)


def _one(visits: pd.DataFrame, marks: pd.DataFrame) -> float | None:
    found = scored(visits, marks, data_standards.standards(), data_standards.turns())
    return (
        None if found.visits.empty or pd.isna(found.visits["score"].iloc[0]) else float(found.visits["score"].iloc[0])
    )
