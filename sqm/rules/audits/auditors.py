"""Does one auditor of the agency judge otherwise than the others? Mean and spread of each against all the others (D08).

Auditors see other stores, themes and months; what themes and months differ in is taken out before anything is compared.
Means by Welch. Spread by Brown and Forsythe (1974, JASA 69:364-367): the distance of each visit from its auditor's
median, compared by Welch, which holds for the scores that a cap makes lopsided, as an F test does not. With a dozen
auditors and two questions each, 95 % would call somebody by chance every second year: a call is made at 99.8 %.
An auditor here is a code of the agency, never a person of a store.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sqm.rules.rivals.lead import Lead, Standing, lead_of_means
from sqm.rules.sampling import GREY_BELOW, Floats, Interval
from sqm.rules.surveys.answers import as_mean, mean_answer, spread_of

CALLED_AT = 0.998
Mask = NDArray[np.bool_]


class Call(StrEnum):
    """harsher, milder: mean below or above the others'. narrower, wider: spread. few: below 30 visits, not judged."""

    HARSHER = "harsher"
    MILDER = "milder"
    NARROWER = "narrower"
    WIDER = "wider"
    FEW = "few"


@dataclass(frozen=True)
class Auditor:
    """mean, sd: of the visit scores as they are, 0-100; sd None below two visits. interval: of the mean, 95 %.
    difference: mean - the others', themes and months taken out, with its limits (95 %); None where nobody else audited.
    distance, of_others: mean distance from the median, of the auditor and of all others; None as difference."""

    code: str
    n: int
    mean: float
    interval: Interval | None
    sd: float | None
    difference: float | None
    limits: Interval | None
    distance: float | None
    of_others: float | None
    calls: tuple[Call, ...]


def auditors(visits: pd.DataFrame) -> tuple[Auditor, ...]:
    """visits: auditor, score (0-100, NaN is left out), group (theme and month; alike visits). In the order of codes;
    visits without an auditor's code are left out."""
    rows = visits[visits["score"].notna() & (visits["auditor"] != "")]
    if rows.empty:
        return ()
    scores = rows["score"].to_numpy(dtype=float)
    level = rows.groupby("group")["score"].transform("mean").to_numpy(dtype=float)
    adjusted = scores - level + scores.mean()
    codes = rows["auditor"].astype(str).to_numpy()
    medians = pd.Series(adjusted).groupby(codes).transform("median").to_numpy(dtype=float)
    away = np.abs(adjusted - medians)
    return tuple(_auditor(str(code), codes == code, scores, adjusted, away) for code in sorted(set(codes)))


def _auditor(code: str, mine: Mask, scores: Floats, adjusted: Floats, away: Floats) -> Auditor:
    own = mean_answer(scores[mine])
    if own is None:
        raise ValueError("an auditor without visits")
    n = int(mine.sum())
    apart = _against(adjusted, mine)
    has_others = not bool(mine.all())
    limits = None if apart.low is None or apart.high is None else Interval(apart.low, apart.high)
    return Auditor(
        code=code,
        n=n,
        mean=own.mean,
        interval=own.interval,
        sd=spread_of(scores[mine]),
        difference=apart.difference,
        limits=limits,
        distance=float(away[mine].mean()) if has_others else None,
        of_others=float(away[~mine].mean()) if has_others else None,
        calls=_calls(n, adjusted, away, mine),
    )


def _against(values: Floats, mine: Mask, confidence: float = 0.95) -> Lead:
    own, others = mean_answer(values[mine]), mean_answer(values[~mine])
    return lead_of_means(
        None if own is None else as_mean(own), None if others is None else as_mean(others), confidence=confidence
    )


def _calls(n: int, adjusted: Floats, away: Floats, mine: Mask) -> tuple[Call, ...]:
    if n < GREY_BELOW:
        return (Call.FEW,)
    named = (
        (_against(adjusted, mine, CALLED_AT).standing, Call.MILDER, Call.HARSHER),
        (_against(away, mine, CALLED_AT).standing, Call.WIDER, Call.NARROWER),
    )
    return tuple(_called(named))


def _called(named: Iterable[tuple[Standing, Call, Call]]) -> Iterable[Call]:
    for standing, above, below in named:
        if standing is Standing.AHEAD:
            yield above
        elif standing is Standing.BEHIND:
            yield below
