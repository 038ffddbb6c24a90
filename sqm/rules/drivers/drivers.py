"""What goes with overall satisfaction? Key drivers, with the doubt in each number.

A driver is *associated with* the outcome; nothing here says that raising it raises the outcome. A survey with too few
complete answers gives no drivers at all. The overall score is taken as a number, which is adequate for 1-10.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sqm.rules.drivers.relative_importance import Method, is_possible, parts, regression
from sqm.rules.drivers.resampling import DRAWS, SEED, Resampled, percentiles, resampled, resampled_pairs
from sqm.rules.sampling import Floats, Interval, kish

LEAST_ANSWERS = 100
LEAST_PER_DRIVER = 10
INSEPARABLE_FROM = 10.0
"""Variance inflation from which a driver's own share can hardly be told from its neighbours'."""
_GUARD = 1e-9


class State(StrEnum):
    """May drivers be shown? too_few: below max(100, 10 per driver) complete answers. no_variation: all agree.
    contradictory: the correlations of different pairs of questions cannot be those of one group of people."""

    SHOWN = "shown"
    TOO_FEW = "too_few"
    NO_DRIVER = "no_driver"
    NO_VARIATION = "no_variation"
    CONTRADICTORY = "contradictory"


class Missing(StrEnum):
    """Whose answers count. listwise: only people who answered everything. pairwise: for each correlation the people
    who answered both questions; honest only where chance decided who was asked what (a questionnaire in rotation)."""

    LISTWISE = "listwise"
    PAIRWISE = "pairwise"


class Wording(StrEnum):
    """What may be said of a driver: the interval of its correlation is above, below or around 0."""

    ASSOCIATED = "associated"
    ASSOCIATED_INVERSELY = "associated_inversely"
    NOT_DISTINGUISHABLE = "not_distinguishable"


class Flag(StrEnum):
    """negative: beta below 0. collinear: the other drivers determine it, so it has no beta. inseparable: nearly so."""

    NEGATIVE = "negative"
    COLLINEAR = "collinear"
    INSEPARABLE = "inseparable"


class Dropped(StrEnum):
    """Why a driver was left out."""

    NOT_ANSWERED = "not_answered"
    CONSTANT = "constant"


@dataclass(frozen=True)
class Driver:
    """part: of R2; share: of the explained part, 0-1, with its interval. rank 1 is the largest; ties share a rank.
    rank_chances: share of resamples in which the driver took rank 1, 2, ... answered: answers before listwise."""

    code: str
    answered: int
    correlation: float
    beta: float | None
    vif: float | None
    part: float
    last: float
    share: float
    interval: Interval
    rank: int
    rank_chances: tuple[float, ...]
    wording: Wording
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class KeyDrivers:
    """drivers: the largest share first; empty unless state is shown. n: complete answers (n_eff by their weights) of
    n_all, or, pairwise, those to the pair of questions that fewest people answered together; least: how many are
    needed. units: how many things were resampled: clusters if by_cluster, else answers (or random groups of very many
    answers)."""

    state: State
    n: int
    n_all: int
    least: int
    dropped: Mapping[str, Dropped]
    n_eff: float | None = None
    units: int = 0
    by_cluster: bool = False
    method: Method | None = None
    r2: float | None = None
    r2_interval: Interval | None = None
    drivers: tuple[Driver, ...] = ()
    missing: Missing = Missing.LISTWISE


def key_drivers(
    answers: pd.DataFrame,
    outcome: str,
    drivers: Sequence[str],
    weight: str = "",
    cluster: str = "",
    draws: int = DRAWS,
    seed: int = SEED,
    missing: Missing = Missing.LISTWISE,
) -> KeyDrivers:
    """answers: one row a respondent, one column an item (each on one scale), NaN where not answered.

    missing: whose answers count. cluster: column (store_code) whose answers resemble each other; they are
    then resampled together. The seed is fixed: the same answers give the same figures.
    """
    rows = answers[answers[outcome].notna()]
    pairwise = missing is Missing.PAIRWISE
    used, complete, dropped = _spread(rows, drivers) if pairwise else _complete(rows, outcome, drivers)
    columns = complete[[*used, outcome]].to_numpy(dtype=np.float64)
    w = complete[weight].to_numpy(dtype=np.float64) if weight else np.ones(len(complete))
    counted = _rarest_pair(columns) if pairwise else np.ones(len(complete), dtype=bool)
    n, least = int(counted.sum()), max(LEAST_ANSWERS, LEAST_PER_DRIVER * len(used))
    state = _state(complete[outcome], used, n, least)
    if state is not State.SHOWN:
        return KeyDrivers(state, n, len(answers), least, dropped, missing=missing)
    n_eff = kish(w[counted])[1]
    draw = resampled_pairs if pairwise else resampled
    samples = draw(columns, w, complete[cluster].tolist() if cluster else None, draws, seed)
    if pairwise and not is_possible(samples.whole):
        return KeyDrivers(State.CONTRADICTORY, n, len(answers), least, dropped, missing=missing)
    method, found = parts(samples.whole)
    _, drawn = parts(samples.drawn)
    answered = [int(rows[code].notna().sum()) for code in used]
    return KeyDrivers(
        state=state,
        n=n,
        n_all=len(answers),
        least=least,
        dropped=dropped,
        n_eff=n_eff,
        units=samples.units,
        by_cluster=samples.by_cluster,
        method=method,
        r2=float(found.sum()),
        r2_interval=percentiles(drawn.sum(axis=1)),
        drivers=_described(used, answered, samples, found, drawn),
        missing=missing,
    )


def drivers_of_all(
    answers: pd.DataFrame, outcome: str, drivers: Sequence[str], weight: str = "", cluster: str = ""
) -> KeyDrivers:
    """Listwise; where a rotation leaves too few people who were asked everything, pairwise."""
    found = key_drivers(answers, outcome, drivers, weight, cluster)
    if found.state is not State.TOO_FEW or found.n_all < found.least:
        return found
    return key_drivers(answers, outcome, drivers, weight, cluster, missing=Missing.PAIRWISE)


def _spread(rows: pd.DataFrame, drivers: Sequence[str]) -> tuple[list[str], pd.DataFrame, dict[str, Dropped]]:
    """Usable drivers, all rows, and why others were dropped."""
    dropped = {code: Dropped.NOT_ANSWERED for code in drivers if not rows[code].notna().any()}
    known = [code for code in drivers if code not in dropped]
    dropped |= {code: Dropped.CONSTANT for code in known if rows[code].min() == rows[code].max()}
    return [code for code in drivers if code not in dropped], rows, dropped


def _rarest_pair(columns: Floats) -> NDArray[np.bool_]:
    """Who answered the pair of questions (driver or outcome) that fewest people answered together."""
    answered = np.isfinite(columns)
    together = answered.astype(np.float64).T @ answered
    first, second = np.unravel_index(int(np.argmin(together)), together.shape)
    return np.asarray(answered[:, first] & answered[:, second])


def _complete(
    rows: pd.DataFrame, outcome: str, drivers: Sequence[str]
) -> tuple[list[str], pd.DataFrame, dict[str, Dropped]]:
    """Usable drivers, the rows that answer all of them, and why others were dropped.

    A question that nobody answered, or that all answered alike, must not cost the others their answers. A handful of
    complete rows says nothing about who varies: then all rows are looked at.
    """
    dropped = {code: Dropped.NOT_ANSWERED for code in drivers if not rows[code].notna().any()}
    while True:
        used = [code for code in drivers if code not in dropped]
        complete = rows.dropna(subset=[*used, outcome])
        values = complete if len(complete) >= LEAST_ANSWERS else rows
        constant = [code for code in used if values[code].min() == values[code].max()]
        if not constant:
            return used, complete, dropped
        dropped |= dict.fromkeys(constant, Dropped.CONSTANT)


def _state(outcome: "pd.Series[Any]", used: Sequence[str], n: int, least: int) -> State:
    if not used:
        return State.NO_DRIVER
    if n < least:
        return State.TOO_FEW
    return State.NO_VARIATION if outcome.min() == outcome.max() else State.SHOWN


def _described(
    used: Sequence[str],
    answered: Sequence[int],
    samples: Resampled,
    found: Floats,
    drawn: Floats,
) -> tuple[Driver, ...]:
    model, correlation, drawn_correlations = regression(samples.whole), samples.whole[:, -1], samples.drawn[:, :, -1]
    share, drawn_share = _shares(found), _shares(drawn)
    ranks, drawn_ranks = _ranks(share[None])[0], _ranks(drawn_share)
    out = [
        Driver(
            code=code,
            answered=answered[place],
            correlation=float(correlation[place]),
            beta=_known(model.beta[place]),
            vif=_known(model.vif[place]),
            part=float(found[place]),
            last=float(model.last[place]),
            share=float(share[place]),
            interval=percentiles(drawn_share[:, place]),
            rank=int(ranks[place]),
            rank_chances=tuple(float((drawn_ranks[:, place] == rank + 1).mean()) for rank in range(len(used))),
            wording=_wording(percentiles(drawn_correlations[:, place])),
            flags=_flags(model.beta[place], model.vif[place]),
        )
        for place, code in enumerate(used)
    ]
    return tuple(sorted(out, key=lambda each: (each.rank, each.code)))


def _shares(parts_of_r2: Floats) -> Floats:
    total = parts_of_r2.sum(axis=-1, keepdims=True)
    return np.asarray(np.where(total > _GUARD, parts_of_r2 / np.where(total > _GUARD, total, 1.0), 0.0))


def _ranks(shares: Floats) -> NDArray[np.int64]:
    larger = shares[:, None, :] > shares[:, :, None] + _GUARD
    return np.asarray(1 + larger.sum(axis=2), dtype=np.int64)


def _wording(correlation: Interval) -> Wording:
    if correlation.low > 0:
        return Wording.ASSOCIATED
    return Wording.ASSOCIATED_INVERSELY if correlation.high < 0 else Wording.NOT_DISTINGUISHABLE


def _flags(beta: float, vif: float) -> tuple[Flag, ...]:
    if math.isnan(beta):
        return (Flag.COLLINEAR,)
    marks = {Flag.NEGATIVE: beta < -_GUARD, Flag.INSEPARABLE: vif >= INSEPARABLE_FROM}
    return tuple(flag for flag, holds in marks.items() if holds)


def _known(number: float) -> float | None:
    return None if math.isnan(number) else float(number)
