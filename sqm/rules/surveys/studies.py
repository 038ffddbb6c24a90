"""Studies: who is asked, how, how often, and how many answers a month are wanted; and whether a wave kept to it.

What analysts define on the page stands in the log of decisions; the latest that stands holds, before the catalogue.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqm.rules.decisions import Decision, Draft, Kind, month_in, standing, text_in
from sqm.rules.periods import add_months, month_range
from sqm.rules.sampling import effective_n, z_of
from sqm.rules.targets import Status

NEAR_QUOTA = 0.95
"""A sample that reaches this part of its quota nearly fills it [own]."""


class Audience(StrEnum):
    """Who is asked."""

    CUSTOMERS = "customers"
    VISITORS = "visitors"
    CALLERS = "callers"
    MANAGERS = "managers"
    STAFF = "staff"


class Mode(StrEnum):
    """How they are asked."""

    CATI = "cati"
    SMS = "sms"
    WEB = "web"
    IN_STORE = "in_store"
    HOTLINE = "hotline"
    FOCUS_GROUP = "focus_group"


class Cadence(StrEnum):
    """How often there is a wave. open: whenever somebody takes part; no month is missing."""

    DAILY = "daily"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    OPEN = "open"


_MONTHS_APART = {Cadence.DAILY: 1, Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.YEARLY: 12}


@dataclass(frozen=True)
class Study:
    """population, quota: None where nobody said. representative counts only for a survey that the decision begins."""

    survey_code: str
    name_en: str
    name_zh: str
    audience: str
    mode: str
    cadence: str
    population: int | None
    population_en: str
    population_zh: str
    quota: int | None
    representative: bool
    decision_id: str = ""


@dataclass(frozen=True)
class Method:
    """A questionnaire or mode that holds from a month on; series of different methods are never joined."""

    survey_code: str
    method_code: str
    valid_from: date
    note_en: str
    note_zh: str
    decision_id: str = ""


@dataclass(frozen=True)
class Completeness:
    """Of the waves up to a month: how many were due, the first months of those that did not come, and whether the last
    one due is among them."""

    expected: int
    missing: tuple[date, ...]
    late: bool


@dataclass(frozen=True)
class Weighting:
    """Of one wave: weights have this mean and maximum; deff is what they cost (Kish, methods 1.5)."""

    mean: float
    largest: float
    deff: float
    n_eff: float


def define(survey_code: str, said: Mapping[str, Any]) -> Draft:
    """A study as an analyst describes it. ValueError without code or name, or with a number below 1; one language may
    stand for both."""
    english, chinese = str(said.get("name_en") or "").strip(), str(said.get("name_zh") or "").strip()
    if not survey_code.strip() or not (english or chinese):
        raise ValueError("a study has a code and a name")
    of_en, of_zh = (str(said.get(f"population_{each}") or "").strip() for each in ("en", "zh"))
    facts = {
        "name_en": english or chinese,
        "name_zh": chinese or english,
        "audience": Audience(said["audience"]).value,
        "mode": Mode(said["mode"]).value,
        "cadence": Cadence(said["cadence"]).value,
        "population": _count(said.get("population")),
        "population_en": of_en or of_zh,
        "population_zh": of_zh or of_en,
        "quota": _count(said.get("quota")),
        "representative": bool(said.get("representative", True)),
    }
    return Draft(Kind.STUDY_DEFINED, survey_code.strip(), facts)


def change_method(survey_code: str, method_code: str, valid_from: date, note_en: str, note_zh: str) -> Draft:
    """From a month on the survey is another measurement. ValueError without a reason: every chart shows it."""
    english, chinese = note_en.strip() or note_zh.strip(), note_zh.strip() or note_en.strip()
    if not english or not method_code.strip():
        raise ValueError("a change of method has a code and a reason")
    facts = {
        "method_code": method_code.strip(),
        "month": valid_from.replace(day=1).isoformat(),
        "note_en": english,
        "note_zh": chinese,
    }
    return Draft(Kind.METHOD_CHANGED, survey_code, facts)


def next_method(survey_code: str, known: Collection[str]) -> str:
    """cati-3 after cati-1 and cati-2; never a code that is taken."""
    number = 1
    while f"{survey_code}-{number}" in known:
        number += 1
    return f"{survey_code}-{number}"


def studies(decisions: Iterable[Decision]) -> dict[str, Study]:
    """The latest standing definition of each survey."""
    return {each.subject: _study(each) for each in standing(decisions) if each.kind is Kind.STUDY_DEFINED}


def methods(decisions: Iterable[Decision]) -> tuple[Method, ...]:
    """Standing changes of method, in order of the log."""
    return tuple(
        Method(
            each.subject,
            text_in(each.facts, "method_code"),
            month_in(each.facts),
            text_in(each.facts, "note_en"),
            text_in(each.facts, "note_zh"),
            each.decision_id,
        )
        for each in standing(decisions)
        if each.kind is Kind.METHOD_CHANGED
    )


def quota_status(n: float | None, quota: int | None) -> Status:
    """Whether a month's sample filled its quota; near within 5 % of it."""
    if quota is None or quota <= 0:
        return Status.NO_TARGET
    if n is None:
        return Status.NO_DATA
    if n >= quota:
        return Status.MET
    return Status.NEAR if n >= NEAR_QUOTA * quota else Status.MISSED


def completeness(held: Collection[date], cadence: str, until: date) -> Completeness:
    """Which waves are missing between the first one and a month that is over. A cadence that nobody said: none."""
    before = sorted(each for each in held if each <= until)
    if not before:
        return Completeness(0, (), False)
    if cadence not in set(Cadence) or cadence == Cadence.OPEN:
        return Completeness(len(before), (), False)
    step, have = _MONTHS_APART[Cadence(cadence)], set(before)
    # a wave may come in any month of its quarter or year, counted from the first one
    over = [start for start in month_range(before[0], until)[::step] if add_months(start, step - 1) <= until]
    missing = tuple(start for start in over if not any(add_months(start, on) in have for on in range(step)))
    return Completeness(len(over), missing, bool(missing) and missing[-1] == over[-1])


def weighting(n: float, w: float, ww: float, largest: float) -> Weighting:
    """From the sums of a wave. Equal weights cost nothing: deff 1."""
    n_eff = float(effective_n(w, ww))
    return Weighting(w / n if n else math.nan, largest, n / n_eff if n_eff > 0 else math.nan, n_eff)


def widest_margin(n_eff: float) -> float | None:
    """Half of the 95 % interval of a share of one half, the widest there is: what a sample promises beforehand."""
    return z_of() * math.sqrt(0.25 / n_eff) if n_eff > 0 else None


def _count(value: object) -> int | None:
    if value is None or value == "":
        return None
    number = int(float(str(value)))
    if number < 1:
        raise ValueError("a population and a quota are at least 1")
    return number


def _study(decision: Decision) -> Study:
    facts = decision.facts
    return Study(
        survey_code=decision.subject,
        name_en=text_in(facts, "name_en"),
        name_zh=text_in(facts, "name_zh"),
        audience=text_in(facts, "audience"),
        mode=text_in(facts, "mode"),
        cadence=text_in(facts, "cadence"),
        population=_count(facts.get("population")),
        population_en=text_in(facts, "population_en"),
        population_zh=text_in(facts, "population_zh"),
        quota=_count(facts.get("quota")),
        representative=bool(facts.get("representative", True)),
        decision_id=decision.decision_id,
    )
