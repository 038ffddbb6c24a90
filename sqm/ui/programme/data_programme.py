"""Doors to the survey programme: what is agreed of each study, its waves, its questions, and the parts of a wave.

Kept by their arguments and shared by all viewers without a copy: nobody may change them. Sizes of samples are the
whole company's, which everybody may see; of districts only those in the viewer's scope.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from sqm.database import studies
from sqm.rules import studies as rules
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.periods import month_range
from sqm.rules.studies import Completeness, Weighting
from sqm.rules.targets import Status
from sqm.ui.data import KEPT, Stamp, database, stamp
from sqm.ui.data_names import Record, names, records
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.data_satisfaction import OVERALL, OWN, Slice

PROCESS = "process"


@dataclass(frozen=True)
class Wave:
    """What came of one study in a month: our customers' answers, or everybody's where none are ours.

    n_eff, margin: of the share of satisfied answers to the study's main question, with what weights and stores cost;
    without such a question what weights leave of n, and the widest margin that a share of it can have.
    others: answers by other operators' customers.
    """

    month: date
    n: int
    methods: tuple[str, ...]
    weights: Weighting
    status: Status
    n_eff: float
    margin: float | None
    others: tuple[tuple[str, int], ...]
    first_day: date
    last_day: date


@dataclass(frozen=True)
class StudyView:
    """record: see database/studies.py. waves: oldest first. main: the question of margins, '' without one.
    methods: records of the methods in use or to come, in order of their first month."""

    record: Record
    waves: tuple[Wave, ...]
    main: str
    methods: tuple[Record, ...]

    @property
    def code(self) -> str:
        return str(self.record["survey_code"])

    @property
    def quota(self) -> int | None:
        return whole(self.record["quota"])

    @property
    def breaks(self) -> tuple[Record, ...]:
        """Methods that came after another one."""
        return self.methods[1:]

    def last(self, month: date) -> Wave | None:
        """The newest wave up to a month."""
        return next((wave for wave in reversed(self.waves) if wave.month <= month), None)

    def completeness(self, month: date) -> Completeness:
        held = [wave.month for wave in self.waves]
        return rules.completeness(held, str(self.record["cadence"]), month)


def whole(value: Any) -> int | None:
    """A count of a record, None where it is missing."""
    return None if value is None or pd.isna(value) else int(value)


@lru_cache(maxsize=8)
def _views(at: Stamp) -> dict[str, StudyView]:
    db = database()
    waves, methods = studies.waves(db), list(names().methods.values())
    by_survey = {str(code): rows for code, rows in waves.groupby("survey_code", sort=False)}
    found = {}
    for record in records(studies.studies(db)):
        code = str(record["survey_code"])
        rows = by_survey.get(code)
        mine = sorted((each for each in methods if each["survey_code"] == code), key=lambda each: each["valid_from"])
        used = set() if rows is None else set(rows["method_code"])
        kept = tuple(each for each in mine if not used or each["method_code"] in used or _is_ahead(each, rows))
        main = _main(code)
        found[code] = StudyView(record, () if rows is None else _waves(record, rows, main), main, kept)
    return found


def views() -> dict[str, StudyView]:
    """Every study by code, in the catalogue's order."""
    return _views(stamp())


def surveys() -> list[str]:
    """Codes of the studies that answers can come to."""
    return [code for code, view in views().items() if view.record["is_survey"]]


@lru_cache(maxsize=8)
def _months(at: Stamp) -> tuple[date, ...]:
    held = [wave.month for view in views().values() for wave in view.waves]
    return month_range(min(held), max(held)) if held else ()


def months() -> tuple[date, ...]:
    """From the first wave of any study to the last."""
    return _months(stamp())


@lru_cache(maxsize=8)
def _instrument(at: Stamp) -> dict[str, list[Record]]:
    rows = records(studies.instrument(database()))
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(str(row["survey_code"]), []).append(row)
    places = {code: place for place, code in enumerate(names().items)}
    for asked in found.values():
        asked.sort(key=lambda row: (places.get(str(row["item_code"]), len(places)), str(row["method_code"])))
    return found


def instrument(survey_code: str) -> list[Record]:
    """What a study asked: a record a method, question and scale, in the catalogue's order."""
    return _instrument(stamp()).get(survey_code, [])


@dataclass(frozen=True)
class Part:
    """A part of a wave: kind is district, brand, operator or channel. quota None where none is agreed."""

    kind: str
    code: str
    n: int
    quota: int | None

    @property
    def status(self) -> Status:
        return rules.quota_status(self.n, self.quota)


@lru_cache(maxsize=KEPT)
def _parts(at: Stamp, scope: Scope, survey_code: str, month: date) -> tuple[Part, ...]:
    db = database()
    held = data_satisfaction.held().get(survey_code)
    counted = studies.parts(db, scope, survey_code, month, OWN if held is not None and held.has_own else "")
    quotas = studies.quotas(db)
    wanted = {
        (str(kind), str(code)): int(quota)
        for code_of, kind, code, quota in quotas.itertuples(index=False, name=None)
        if code_of == survey_code and (kind != "district" or scope.sees_district(str(code)))
    }
    came = {(str(kind), str(code)): int(n) for kind, code, n in counted.itertuples(index=False, name=None)}
    return tuple(Part(*key, came.get(key, 0), wanted.get(key)) for key in sorted({*came, *wanted}))


def parts(scope: Scope, survey_code: str, month: date) -> tuple[Part, ...]:
    """One wave by district, brand, operator and channel, with what was agreed of each."""
    return _parts(stamp(), scope, survey_code, month)


@lru_cache(maxsize=8)
def _agreed(at: Stamp) -> frozenset[str]:
    return frozenset(str(code) for code in studies.quotas(database())["survey_code"])


def parts_agreed(scope: Scope, view: StudyView, wave: Wave) -> tuple[Part, ...]:
    """The parts of a wave that have a quota of their own; a study without such quotas costs nothing."""
    if view.code not in _agreed(stamp()):
        return ()
    return tuple(part for part in parts(scope, view.code, wave.month) if part.quota is not None)


@lru_cache(maxsize=8)
def _focus_groups(at: Stamp) -> list[Record]:
    return records(studies.focus_groups(database()))


def focus_groups() -> list[Record]:
    """Sessions, the newest first."""
    return _focus_groups(stamp())


def _is_ahead(method: Record, rows: pd.DataFrame | None) -> bool:
    """A method that holds from after the last wave on."""
    return rows is not None and pd.Timestamp(method["valid_from"]) > pd.to_datetime(rows["month"]).max()


def _main(survey_code: str) -> str:
    """The question that stands for a survey: the operator as a whole, else the one process that it is about; '' where
    neither is: a study of nine processes asks each person about some of them."""
    held = data_satisfaction.held().get(survey_code)
    if held is None:
        return ""
    known = names().items
    wholes = [item for item in held.items if known.get(item, {}).get("role") == PROCESS]
    if OVERALL in held.items:
        return OVERALL
    return wholes[0] if len(wholes) == 1 else ""


def _waves(record: Record, rows: pd.DataFrame, main: str) -> tuple[Wave, ...]:
    has_own = OWN in set(rows["operator_code"])
    ours = rows[rows["operator_code"] == OWN] if has_own else rows
    others = rows[rows["operator_code"] != OWN] if has_own else rows.iloc[:0]
    points = _points(str(record["survey_code"]), main) if has_own else {}
    quota = whole(record["quota"])
    found = []
    for stamp_of, part in ours.groupby("month", sort=True):
        month = pd.Timestamp(str(stamp_of)).date()
        n, w, ww = int(part["n"].sum()), float(part["w"].sum()), float(part["ww"].sum())
        weights = rules.weighting(n, w, ww, float(part["largest"].max()))
        n_eff, margin = points.get(month) or (weights.n_eff, rules.widest_margin(weights.n_eff))
        beside = others[others["month"] == stamp_of].groupby("operator_code")["n"].sum()
        found.append(
            Wave(
                month=month,
                n=n,
                methods=tuple(sorted(set(part["method_code"]))),
                weights=weights,
                status=rules.quota_status(n, quota),
                n_eff=n_eff,
                margin=margin,
                others=tuple((str(code), int(each)) for code, each in beside.items()),
                first_day=pd.Timestamp(part["first_day"].min()).date(),
                last_day=pd.Timestamp(part["last_day"].max()).date(),
            )
        )
    return tuple(found)


def _points(survey_code: str, main: str) -> dict[date, tuple[float, float]]:
    """By month the effective n of the main question and half of its interval; months of two methods are left out."""
    held = data_satisfaction.held().get(survey_code)
    if held is None or not main:
        return {}
    chosen = Slice((survey_code,), (main,), held.first, held.last, (OWN,))
    mine = data_satisfaction.indexed(EVERYTHING, chosen).get((main, ""), {}).get(OWN, {})
    return {
        month: (float(each[0]["n_eff"]), (float(each[0]["high"]) - float(each[0]["low"])) / 2)
        for month, each in mine.items()
        if len(each) == 1 and pd.notna(each[0]["low"])
    }
