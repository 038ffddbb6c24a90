"""Supplementary means: beside the third party's visits a district picks one or two of three, and keeps to it (D27)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from sqm.rules.decisions import Decision, Draft, Kind, month_in, standing

LEAST, MOST = 1, 2


class Means(StrEnum):
    """Also the source of a visit made by it."""

    REMOTE_MONITORING = "remote_monitoring"
    OPEN_VISIT = "open_visit"
    CALLBACK = "callback"


@dataclass(frozen=True)
class Choice:
    """What a district chose, from a month on."""

    district_code: str
    month: date
    means: tuple[Means, ...]
    decision_id: str
    who: str


@dataclass(frozen=True)
class Compliance:
    """chosen: in force in the month, () as long as the district chose nothing. visits: by each chosen means."""

    district_code: str
    month: date
    chosen: tuple[Means, ...]
    visits: tuple[int, ...]

    @property
    def missing(self) -> tuple[Means, ...]:
        """Chosen, and nothing done by it in the month."""
        return tuple(means for means, n in zip(self.chosen, self.visits, strict=True) if n == 0)

    @property
    def is_kept(self) -> bool:
        """Something was chosen and all of it done."""
        return bool(self.chosen) and not self.missing


def choose_means(district_code: str, means: Collection[Means], month: date) -> Draft:
    """From a month on. ValueError for an unknown means; how many they are is checked when it is recorded."""
    picked = [each.value for each in Means if each in {Means(one) for one in means}]
    return Draft(
        Kind.MEANS_CHOSEN,
        district_code,
        {"district_code": district_code, "month": month.replace(day=1).isoformat(), "means": picked},
    )


def is_allowed(means: Collection[str]) -> bool:
    """One or two of the three: none is no check, all three is no choice."""
    return LEAST <= len(set(means)) <= MOST


def choices(decisions: Iterable[Decision]) -> tuple[Choice, ...]:
    """By month; of one month and district the last decision is the last."""
    found = [
        Choice(
            each.subject,
            month_in(each.facts),
            tuple(Means(one) for one in each.facts["means"]),
            each.decision_id,
            each.who,
        )
        for each in standing(decisions)
        if each.kind is Kind.MEANS_CHOSEN
    ]
    return tuple(sorted(found, key=lambda each: each.month))


def chosen_in(found: Iterable[Choice], district_code: str, month: date) -> tuple[Means, ...]:
    """What is in force in a month; () before the first choice."""
    began = [each for each in found if each.district_code == district_code and each.month <= month.replace(day=1)]
    return began[-1].means if began else ()


def compliance(
    found: Iterable[Choice], visits: pd.DataFrame, districts: Iterable[str], month: date
) -> tuple[Compliance, ...]:
    """visits: district_code, month, source, one row a visit. In the order of districts."""
    choice, first = tuple(found), month.replace(day=1)
    inside = visits[pd.to_datetime(visits["month"]) == pd.Timestamp(first)]
    counts = inside.groupby(["district_code", "source"]).size().to_dict()
    out = []
    for code in districts:
        chosen = chosen_in(choice, code, first)
        out.append(Compliance(code, first, chosen, tuple(int(counts.get((code, each.value), 0)) for each in chosen)))
    return tuple(out)
