"""Does an operations indicator run ahead of what customers feel, and by how many months?

The surprises of each month (surprises.py: no trend, no season, no memory) are correlated by ranks (Spearman), because
one common outlier would make any two series agree. The number of pairs is cut to what their remaining autocorrelation
lets them be worth (Pyper & Peterman 1998, CJFAS 55:2127-2140). Seven leads are looked at (Bonferroni), then all pairs
of indicators (Holm 1979): the chance that pure noise gives a single finding anywhere stays below ERROR.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from sqm.rules.drivers.surprises import Breaks, Floats, fitted, surprises

LEADS = tuple(range(7))
ERROR = 0.05
LEAST_MONTHS = 24
"""Two years: below that a season cannot be told from a relation, and nothing is said either way."""
_MEMORY_PART = 5  # autocorrelations up to a fifth of the months, as Pyper & Peterman advise
_LEAST_FREEDOM = 5.0


class Verdict(StrEnum):
    """unclear: more than one would expect of this pair alone, yet no more than of so many pairs looked at."""

    LEADS = "leads"
    UNCLEAR = "unclear"
    MOVES_NOTHING = "moves_nothing"
    NOT_ENOUGH_MONTHS = "not_enough_months"


@dataclass(frozen=True)
class Scan:
    """Per pair its best lead: months, correlation (by ranks), pairs of months, what these are worth, p over leads."""

    lead: NDArray[np.int64]
    correlation: Floats
    n: NDArray[np.int64]
    n_eff: Floats
    p: Floats


def pairs_of(indicators: pd.DataFrame) -> pd.DataFrame:
    """indicator_code, process_code, response_code, response_dimension: every operations indicator with the process's
    overall perception and with its first complaint indicator.

    indicators: position, indicator_code, process_code, dimension_code, item_code. A process whose survey has no overall
    question is stood for by its first perception indicator; the catalogue lists the widest complaint indicator first.
    """
    rows = indicators.sort_values("position", kind="stable")
    is_other = rows["item_code"].astype(str) != rows["process_code"].astype(str) + ".overall"
    sides = rows.assign(is_complaint=rows["dimension_code"] == "complaints", is_other=is_other)
    sides = sides[sides["dimension_code"].isin(["perception", "complaints"])]
    sides = sides.sort_values(["is_complaint", "is_other", "position"], kind="stable")
    sides = sides.drop_duplicates(["process_code", "dimension_code"])
    sides = sides.rename(columns={"indicator_code": "response_code", "dimension_code": "response_dimension"})
    operations = rows.loc[rows["dimension_code"] == "operations", ["indicator_code", "process_code"]]
    return operations.merge(sides[["process_code", "response_code", "response_dimension"]], on="process_code")


def relations(better: pd.DataFrame, pairs: pd.DataFrame, breaks: Breaks | None = None) -> pd.DataFrame:
    """pairs with lead, correlation, n, n_eff, p, p_adjusted, months, verdict, in their order.

    better: of surprises.better_up. pairs: indicator_code (operations) and response_code (perception or complaints),
    columns of better or not. A positive correlation says: better for operations goes with better for customers.
    lead 0 is the same month; n counts pairs of months, months those in which both have a value.
    """
    known = breaks or {}
    left, nothing = surprises(better, known), np.full(len(better), np.nan)
    codes = [list(pairs[name].astype(str)) for name in ("indicator_code", "response_code")]
    if not codes[0]:
        return pairs.reindex(columns=[*pairs.columns, *_FOUND])
    first, second = (np.stack([left.get(code, nothing) for code in side], axis=1) for side in codes)
    plain = fitted(better.index)
    steps = [(known.get(one, ()), known.get(other, ())) for one, other in zip(*codes, strict=True)]
    controls = [fitted(better.index, *each) if any(map(len, each)) else plain for each in steps]
    found = scan(first, second, np.array(controls, dtype=np.float64))
    adjusted, months = holm(found.p), _months_of_both(better, *codes)
    parts = (found.lead, found.correlation, found.n, found.n_eff, found.p, adjusted, months)
    columns = (*parts, _verdicts(found.p, adjusted, months))
    return pd.concat([pairs, pd.DataFrame(dict(zip(_FOUND, columns, strict=True)), index=pairs.index)], axis=1)


_FOUND = ("lead", "correlation", "n", "n_eff", "p", "p_adjusted", "months", "verdict")


def best_of_each(found: pd.DataFrame) -> pd.DataFrame:
    """One row per operations indicator: its strongest relation of all responses, the strongest first.

    verdict: the best of its responses; it moves nothing only if it moves none of them.
    """
    order = {verdict.value: place for place, verdict in enumerate(Verdict)}
    ranked = found.assign(rank=found["verdict"].map(order), size=-found["correlation"].abs().fillna(0.0))
    ranked = ranked.sort_values(["rank", "p_adjusted", "p", "size"], kind="stable")
    return ranked.drop_duplicates("indicator_code").drop(columns=["rank", "size"]).reset_index(drop=True)


def smallest_seen(n: float, controls: int = 0, error: float = ERROR) -> float:
    """The correlation below which n pairs of months show nothing, when one pair of indicators is looked at with all its
    leads: what "moves nothing" cannot exclude. controls: see scan."""
    freedom = max(n - 2.0 - controls, _LEAST_FREEDOM)
    t = float(stdtrit(freedom, 1 - error / len(LEADS) / 2))
    return t / float(np.sqrt(freedom + t * t))


def smallest_of(found: pd.DataFrame, controls: int) -> float:
    """smallest_seen for the typical pair of a scan; NaN where no pair was tested. found: of relations."""
    typical = found.loc[found["p"].notna(), "n_eff"].median()
    return float("nan") if pd.isna(typical) else smallest_seen(float(typical), controls)


def scan(first: Floats, second: Floats, controls: Floats | float = 0.0) -> Scan:
    """first, second: (months, pairs) of surprises, NaN where there is none; first may lead second.

    controls: what was fitted to each pair before (line, waves, steps); every one costs a degree of freedom.
    """
    memory = max(len(first) // _MEMORY_PART, 1)
    shared = list(_autocorrelations(first, memory) * _autocorrelations(second, memory))
    freedoms = np.broadcast_to(np.asarray(controls, dtype=np.float64), first.shape[1:])
    looks = [_look(first, second, lead, shared, freedoms) for lead in LEADS]
    correlation, n, n_eff, p = (np.stack(parts) for parts in zip(*looks, strict=True))
    best = np.argmin(np.where(np.isfinite(p), p, np.inf), axis=0)
    every = np.arange(first.shape[1])
    over_leads = np.minimum(p[best, every] * np.isfinite(p).sum(axis=0), 1.0)
    return Scan(best, correlation[best, every], n[best, every].astype(np.int64), n_eff[best, every], over_leads)


def holm(p: Floats) -> Floats:
    """Holm 1979, step down: p values that hold for the whole family; NaN is not part of it and stays NaN."""
    out = np.full(p.shape, np.nan)
    known = np.flatnonzero(np.isfinite(p))
    order = known[np.argsort(p[known], kind="stable")]
    out[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return out


def _look(
    first: Floats, second: Floats, lead: int, shared: Sequence[Floats], controls: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Correlation, pairs, effective pairs and two-sided p of one lead; p is NaN where too few pairs are left."""
    early, late = first[: max(len(first) - lead, 0)], second[lead:]
    both = np.isfinite(early) & np.isfinite(late)
    n = both.sum(axis=0).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation = _correlation(_ranks(early, both), _ranks(late, both))
        worth = sum(((n - lag) / n * each for lag, each in enumerate(shared, 1)), np.zeros(n.shape))
        n_eff = np.minimum(n, n / np.maximum(1 + 2 * np.nan_to_num(worth), 1e-9))
        freedom = n_eff - 2 - controls
        t = np.abs(correlation) * np.sqrt(freedom / np.maximum(1 - correlation**2, 1e-12))
        p = 2 * stdtr(freedom, -t)
    return correlation, n, n_eff, np.where(freedom >= _LEAST_FREEDOM, p, np.nan)


def _ranks(values: Floats, where: NDArray[np.bool_]) -> Floats:
    return pd.DataFrame(np.where(where, values, np.nan)).rank().to_numpy(dtype=float)


def _centred(ranks: Floats) -> Floats:
    """Without their mean; 0 where there is no value, so that it adds nothing to a sum of products."""
    return np.asarray(np.nan_to_num(ranks - np.nansum(ranks, axis=0) / np.isfinite(ranks).sum(axis=0)))


def _correlation(one: Floats, other: Floats) -> Floats:
    """Column by column; both have their values in the same rows."""
    a, b = _centred(one), _centred(other)
    return np.asarray((a * b).sum(axis=0) / np.sqrt((a * a).sum(axis=0) * (b * b).sum(axis=0)))


def _autocorrelations(values: Floats, most: int) -> Floats:
    """(lags 1 to most, columns). Of ranks, like the correlation that they are used for; 0 where it cannot be known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        a = _centred(_ranks(values, np.isfinite(values)))
        found = np.stack([(a[:-lag] * a[lag:]).sum(axis=0) for lag in range(1, most + 1)]) / (a * a).sum(axis=0)
    return np.asarray(np.nan_to_num(found))


def _months_of_both(better: pd.DataFrame, first: list[str], second: list[str]) -> NDArray[np.int64]:
    has_value = better.notna()
    one, other = (has_value.reindex(columns=side, fill_value=False).to_numpy(dtype=bool) for side in (first, second))
    return np.asarray((one & other).sum(axis=0), dtype=np.int64)


def _verdicts(p: Floats, adjusted: Floats, months: NDArray[np.int64]) -> list[str]:
    enough = (months >= LEAST_MONTHS) & np.isfinite(p)
    words = np.select(
        [~enough, adjusted < ERROR, p < ERROR],
        [Verdict.NOT_ENOUGH_MONTHS.value, Verdict.LEADS.value, Verdict.UNCLEAR.value],
        Verdict.MOVES_NOTHING.value,
    )
    return [str(word) for word in words]
