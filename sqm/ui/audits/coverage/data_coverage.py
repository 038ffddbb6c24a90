"""Doors of the coverage view: the plan of a month and what was visited, who waits, who reported, chosen means."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.database.stores import audits
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.audits import sampling_plan, submissions, supplementary
from sqm.rules.audits.audit_standards import Standard
from sqm.rules.audits.sampling_plan import Coverage
from sqm.rules.audits.submissions import Report
from sqm.rules.audits.supplementary import Choice, Compliance
from sqm.rules.periods import add_months, month_range
from sqm.rules.stores.store_evidence import themes_in
from sqm.ui.audits import data_audits
from sqm.ui.decisions import data_decisions
from sqm.ui.doors.data import Stamp, database, stamp
from sqm.ui.doors.data_names import Record, records
from sqm.ui.stores.doors import data_scores, data_standards

_FEW = 24
TRACKED = 12  # months of the submission tracker
_THEMES_BACK, _THEMES_AHEAD = 3, 2


@dataclass(frozen=True)
class Plan:
    """sampled_share, longest_gap: the standards in force in the month. waiting: sampling_plan.waiting of all stores."""

    month: date
    sampled_share: float
    longest_gap: float
    coverage: tuple[Coverage, ...]
    waiting: pd.DataFrame

    def of(self, district: str) -> Coverage:
        """'' is the company; a district without stores has nothing planned."""
        empty = Coverage(district, 0, 0, 0, 0, 0)
        return next((each for each in self.coverage if each.district_code == district), empty)


@lru_cache(maxsize=_FEW)
def _plan(at: Stamp, month: date) -> Plan:
    share = data_standards.value(Standard.SAMPLED_SHARE, month) or sampling_plan.SAMPLED_SHARE
    gap = data_standards.longest_gap(month)
    open_ones = pd.DataFrame(
        [row for row in data_scores.stores(EVERYTHING).values() if _is_open(row, month)],
        columns=["store_code", "district_code", "valid_from"],
    )
    found = sampling_plan.waiting(open_ones, data_audits.counted(), month, gap)
    return Plan(month, share, gap, sampling_plan.coverage(found, share), found)


def _is_open(row: Record, month: date) -> bool:
    """Whether the store did business in the month."""
    ends = row.get("valid_to")
    begins = row.get("valid_from")
    after = add_months(month, 1)
    return not (
        (not pd.isna(ends) and pd.Timestamp(str(ends)) <= pd.Timestamp(month))
        or (not pd.isna(begins) and pd.Timestamp(str(begins)) >= pd.Timestamp(after))
    )


def plan(month: date) -> Plan:
    """The plan of a month for all stores: totals are for everybody, single stores through ``data_audits.stores``."""
    return _plan(stamp(), month)


@dataclass(frozen=True)
class ThemesOf:
    """The themes of a month, topic_1 first, each with its visits; planned: by the rotation (else: what was visited)."""

    month: date
    themes: tuple[tuple[str, int], ...]
    is_planned: bool


@lru_cache(maxsize=_FEW)
def _themes(at: Stamp, month: date) -> tuple[ThemesOf, ...]:
    rows = data_audits.counted()
    sizes = records(rows.groupby(["month", "theme"], as_index=False).size())
    counts = {(row["month"].date(), str(row["theme"])): int(row["size"]) for row in sizes}
    known = max((turn.valid_from for turn in data_standards.turns()), default=month)
    found = []
    for each in month_range(add_months(month, -_THEMES_BACK), min(add_months(month, _THEMES_AHEAD), max(known, month))):
        turned = themes_in(data_standards.turns(), each)
        seen = sorted((theme for when, theme in counts if when == each), key=lambda theme: -counts[each, theme])
        listed = tuple(dict.fromkeys([*(turned[place] for place in sorted(turned)), *seen]))
        if listed:
            found.append(ThemesOf(each, tuple((theme, counts.get((each, theme), 0)) for theme in listed), bool(turned)))
    return tuple(found)


def themes(month: date) -> tuple[ThemesOf, ...]:
    """Some months back and, as far as the rotation goes, ahead; a month of which nothing is known is left out."""
    return _themes(stamp(), month)


@lru_cache(maxsize=_FEW)
def _sources(at: Stamp, month: date, district: str) -> pd.DataFrame:
    rows = data_audits.visits()
    rows = rows[(rows["month"] <= pd.Timestamp(month)) & (~rows["is_rejected"])]
    if district:
        rows = rows[rows["district_code"] == district]
    year = rows[rows["month"] >= pd.Timestamp(add_months(month, -11))]
    now = rows[rows["month"] == pd.Timestamp(month)]
    out = pd.DataFrame({"ever": rows.groupby("source").size(), "since": rows.groupby("source")["month"].min()})
    out["year"] = year.groupby("source").size().reindex(out.index).fillna(0).astype(int)
    out["now"] = now.groupby("source").size().reindex(out.index).fillna(0).astype(int)
    out["stores"] = year.groupby("source")["store_code"].nunique().reindex(out.index).fillna(0).astype(int)
    return out.sort_values("year", ascending=False)


def sources(month: date, district: str) -> pd.DataFrame:
    """Indexed by source: now, year, ever (visits that count), stores (of the year), since. district: '' all."""
    return _sources(stamp(), month, district)


@lru_cache(maxsize=_FEW)
def _reports(at: Stamp, month: date, today: date) -> dict[str, tuple[Report, ...]]:
    months = month_range(add_months(month, 1 - TRACKED), month)
    rows = audits.submissions(database(), EVERYTHING, months[0], months[-1])
    told = [
        (str(row["district_code"]), pd.Timestamp(row["month"]).date(), pd.Timestamp(row["submitted_on"]).date())
        for row in records(rows)
    ]
    days = {each: data_standards.value(Standard.REPORT_DAY, each) or submissions.REPORT_DAY for each in months}
    listed = list(data_audits.districts(EVERYTHING))
    found = submissions.tracker(listed, months, told, today, days)
    return {code: tuple(each for each in found if each.district_code == code) for code in listed} if told else {}


def reports(scope: Scope, month: date, district: str, today: date) -> dict[str, tuple[Report, ...]]:
    """By district that the viewer sees, its last months up to one; {} when nobody ever reported."""
    found = _reports(stamp(), month, today)
    return {code: found[code] for code in data_audits.districts(scope, district) if code in found}


@lru_cache(maxsize=4)
def _choices(at: Stamp) -> tuple[Choice, ...]:
    return supplementary.choices(data_decisions.log())


def choices() -> tuple[Choice, ...]:
    """Every choice of means that stands, by month."""
    return _choices(stamp())


@lru_cache(maxsize=_FEW)
def _kept(at: Stamp, month: date) -> tuple[Compliance, ...]:
    rows = data_audits.visits()
    return supplementary.compliance(
        _choices(at), rows[~rows["is_rejected"]], list(data_audits.districts(EVERYTHING)), month
    )


def means(scope: Scope, month: date, district: str) -> tuple[Compliance, ...]:
    """What the districts that the viewer sees chose, and did, in a month."""
    seen = data_audits.districts(scope, district)
    return tuple(each for each in _kept(stamp(), month) if each.district_code in seen)
