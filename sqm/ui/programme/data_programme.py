"""Doors to the survey programme: what is agreed of each study, its waves, its questions, and the parts of a wave.

Kept by their arguments and shared by all viewers without a copy: nobody may change them. Sizes of samples are the
whole company's, which everybody may see; of districts only those in the viewer's scope.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from sqm.database.surveys import studies
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.periods import month_range
from sqm.rules.surveys import studies as rules
from sqm.rules.surveys.studies import Completeness, Weighting
from sqm.rules.targets import Status
from sqm.ui.doors.data import KEPT, Stamp, database, stamp
from sqm.ui.doors.data_names import Record, names, records
from sqm.ui.satisfaction import data_satisfaction
from sqm.ui.satisfaction.data_satisfaction import OVERALL, OWN, Slice

PROCESS = "process"


@dataclass(frozen=True)
class Wave:
    """What came of one study in a month: our customers' answers, or everybody's where none are ours.

    others: answers by other operators' customers.
    """

    month: date
    n: int
    methods: tuple[str, ...]
    weights: Weighting
    status: Status
    others: tuple[tuple[str, int], ...]
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Worth:
    """How many answers of a simple random sample a wave is worth, and the margin of a share.

    Of the satisfied answers to the study's main question, with what weights and stores cost; without such a question
    what weights leave of n, and the widest margin that a share can have.
    """

    n_eff: float
    margin: float | None


@dataclass(frozen=True)
class StudyView:
    """record: see database/surveys/studies.py. waves: oldest first. main: the question of margins, '' without one.
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
    methods = list(names().methods.values())
    by_survey: dict[str, list[Record]] = {}
    for row in records(studies.waves(db)):
        by_survey.setdefault(str(row["survey_code"]), []).append(row)
    found = {}
    for record in records(studies.studies(db)):
        code = str(record["survey_code"])
        waves = _waves(record, by_survey.get(code, []))
        found[code] = StudyView(record, waves, _main(code), _methods(code, waves, methods))
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


def _methods(code: str, waves: tuple[Wave, ...], known: list[Record]) -> tuple[Record, ...]:
    """In order of their first months: those that answers came by, and those that hold from after the last wave on."""
    mine = sorted((each for each in known if each["survey_code"] == code), key=lambda each: each["valid_from"])
    used = {method for wave in waves for method in wave.methods}
    last = pd.Timestamp(waves[-1].month) if waves else None
    return tuple(
        each for each in mine if last is None or each["method_code"] in used or pd.Timestamp(each["valid_from"]) > last
    )


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


def _waves(record: Record, rows: list[Record]) -> tuple[Wave, ...]:
    """rows: a record a method, operator and month, oldest month first."""
    has_own = any(row["operator_code"] == OWN for row in rows)
    by_month: dict[date, list[Record]] = {}
    for row in rows:
        by_month.setdefault(pd.Timestamp(row["month"]).date(), []).append(row)
    found = []
    for month, part in by_month.items():
        ours = [row for row in part if row["operator_code"] == OWN or not has_own]
        if ours:
            others = [row for row in part if row["operator_code"] != OWN and has_own]
            found.append(_wave(month, ours, others, whole(record["quota"])))
    return tuple(found)


def _wave(month: date, ours: list[Record], others: list[Record], quota: int | None) -> Wave:
    n, w, ww = (sum(float(row[name]) for row in ours) for name in ("n", "w", "ww"))
    beside: dict[str, int] = {}
    for row in others:
        beside[str(row["operator_code"])] = beside.get(str(row["operator_code"]), 0) + int(row["n"])
    return Wave(
        month=month,
        n=int(n),
        methods=tuple(sorted({str(row["method_code"]) for row in ours})),
        weights=rules.weighting(n, w, ww, max(float(row["largest"]) for row in ours)),
        status=rules.quota_status(n, quota),
        others=tuple(beside.items()),
        first_day=min(pd.Timestamp(row["first_day"]).date() for row in ours),
        last_day=max(pd.Timestamp(row["last_day"]).date() for row in ours),
    )


def worths(view: StudyView, waves: list[Wave]) -> list[Worth]:
    """Of waves in a row, the newest first."""
    if not waves:
        return []
    found = _points(stamp(), view.code, view.main, waves[-1].month, waves[0].month)
    return [found.get(wave.month) or _at_least(wave) for wave in waves]


def newest(month: date) -> dict[str, tuple[Wave, Worth]]:
    """The newest wave of each study up to a month, read study by study: what stores cost is told so."""
    last = {code: wave for code, view in views().items() if (wave := view.last(month)) is not None}
    return {code: (wave, worths(views()[code], [wave])[0]) for code, wave in last.items()}


def _at_least(wave: Wave) -> Worth:
    return Worth(wave.weights.n_eff, rules.widest_margin(wave.weights.n_eff))


@lru_cache(maxsize=KEPT)
def _points(at: Stamp, survey_code: str, main: str, first: date, last: date) -> dict[date, Worth]:
    """By month, for our own customers; months of two methods are left out."""
    held = data_satisfaction.held().get(survey_code)
    if held is None or not held.has_own or not main:
        return {}
    chosen = Slice((survey_code,), (main,), first, last, (OWN,))
    mine = data_satisfaction.indexed(EVERYTHING, chosen).get((main, ""), {}).get(OWN, {})
    return {
        month: Worth(float(each[0]["n_eff"]), (float(each[0]["high"]) - float(each[0]["low"])) / 2)
        for month, each in mine.items()
        if len(each) == 1 and pd.notna(each[0]["low"])
    }
