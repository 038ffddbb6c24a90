"""Doors to what the finder finds: worked out once per state of the data and month, and kept.

Figures of the whole company, which everybody may see. Shared by all viewers without a copy: nobody may change them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from sqm.rules.access import Scope
from sqm.rules.drivers import lead_lag, surprises, watermelon
from sqm.rules.drivers.lead_lag import Verdict
from sqm.rules.periods import month_range
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Record, names, records
from sqm.ui.matrix.data_matrix import COMPANY, judged_months
from sqm.ui.watch import data_watch

LONGEST = 60
"""Months looked back at most: what moved customers before that need not move them now."""


@dataclass(frozen=True)
class RelationsView:
    """Plain records. months: the months looked at, oldest first. mismatches: see watermelon.mismatches.

    best: one per operations indicator, see lead_lag.best_of_each. looks: pairs of indicators that were compared.
    shapes: by indicator of a pair that leads, its distance from its own trend and season by month.
    smallest: the weakest correlation that a typical pair could have shown.
    """

    months: tuple[date, ...]
    mismatches: tuple[Record, ...]
    best: tuple[Record, ...]
    looks: int
    shapes: dict[str, tuple[float, ...]]
    smallest: float

    def of(self, verdict: Verdict) -> list[Record]:
        """The indicators with a verdict, the strongest first."""
        return [row for row in self.best if row["verdict"] == verdict]


@lru_cache(maxsize=20)
def _cells(at: Stamp, scope: Scope) -> pd.DataFrame:
    return watermelon.monthly_cells(judged_months(scope, COMPANY))


@lru_cache(maxsize=20)
def _better(at: Stamp, scope: Scope) -> pd.DataFrame:
    """What people excluded from the watching is left out here too."""
    better = surprises.better_up(judged_months(scope, COMPANY))
    for code, months in data_watch.said().excluded.items():
        if code in better.columns:
            better.loc[better.index.isin([pd.Timestamp(month) for month in months]), code] = np.nan
    return better


@lru_cache(maxsize=KEPT)
def _view(at: Stamp, scope: Scope, month: date) -> RelationsView:
    better = _better(at, scope)
    better = better[better.index <= pd.Timestamp(month)].tail(LONGEST)
    catalogue = pd.DataFrame(list(names().indicators.values()))
    rebased = data_watch.said().rebased
    breaks = {code: [pd.Timestamp(each) for each in sorted(months)] for code, months in rebased.items()}
    found = lead_lag.relations(better, lead_lag.pairs_of(catalogue), breaks)
    best = lead_lag.best_of_each(found)
    leading = best[best["verdict"] == Verdict.LEADS]
    shown = sorted({*leading["indicator_code"], *leading["response_code"]})
    first = better.index[0].date() if len(better) else month
    return RelationsView(
        months=month_range(first, month),
        mismatches=tuple(records(watermelon.mismatches(_cells(at, scope), month))),
        best=tuple(records(best)),
        looks=int(found["p"].notna().sum()),
        shapes={code: tuple(map(float, surprises.departures(better, code, breaks))) for code in shown},
        smallest=lead_lag.smallest_of(found, surprises.fitted(better.index)),
    )


def view(scope: Scope, month: date) -> RelationsView:
    """What stands on the page of a month that all_months() names."""
    return _view(stamp(), scope, month)
