"""Means of answers that not everybody gave, with the interval they deserve. None and NaN are "not answered"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from sqm.rules.rivals.lead import Mean
from sqm.rules.sampling import Floats, Interval, kish, wilson
from sqm.rules.surveys.design_effect import Estimate, linearised

_NO_SPREAD = 1e-9


def given(answers: Any) -> Floats:
    """A float array in which what was not answered (None) is NaN."""
    return np.asarray(answers, dtype=np.float64)


def weights_of(weights: ArrayLike | None, people: int) -> Floats:
    """One weight a person; 1 each when there are none. A weight that is not above 0 is an error."""
    if weights is None:
        return np.ones(people)
    out = np.asarray(weights, dtype=np.float64)
    if out.shape != (people,) or not bool(np.all(out > 0)):
        raise ValueError("one weight above 0 for each person")
    return out


def mean_answer(
    values: ArrayLike, weights: ArrayLike | None = None, clusters: Sequence[object] | None = None
) -> Estimate | None:
    """Weighted mean of the answers given, by linearisation; for equal weights the one-sample t interval.

    values: one a person. clusters: one a person, where answers were collected store by store. None when nobody
    answered. No interval below two answers (or clusters), nor where all are the same: a width of 0 claims certainty.
    n_eff: Kish's without clusters, linearised with them.
    """
    answers = given(values)
    answered = np.isfinite(answers)
    if not bool(answered.any()):
        return None
    w = weights_of(weights, answers.size)[answered]
    groups = (
        None if clusters is None else [each for each, is_in in zip(clusters, answered.tolist(), strict=True) if is_in]
    )
    found = linearised(answers[answered], w, clusters=groups)
    if clusters is None:  # the linearised effect of a 0/1 answer would cost a whole answer (n - 1)
        deff, n_eff = kish(w)
        found = replace(found, deff=deff, n_eff=n_eff)
    return found if found.se > _NO_SPREAD else replace(found, se=0.0, interval=None)


def share_interval(share: Estimate) -> Interval | None:
    """Wilson on the effective n of a mean of 0 and 1, which holds where all answers agree as well."""
    return wilson(share.mean * share.n_eff, share.n_eff)


def spread_of(values: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Standard deviation of single answers (n - 1); None below two."""
    answers = given(values)
    answered = np.isfinite(answers)
    n = int(answered.sum())
    if n < 2:
        return None
    y, w = answers[answered], weights_of(weights, answers.size)[answered]
    centre = float((w * y).sum() / w.sum())
    return float(np.sqrt((w * (y - centre) ** 2).sum() / w.sum() * n / (n - 1)))


def row_means(table: Floats) -> Floats:
    """people x items -> the mean of the items that each person answered (at least one); NaN for none."""
    answered = np.isfinite(table)
    count = answered.sum(axis=1)
    total = np.where(answered, table, 0.0).sum(axis=1)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan), dtype=np.float64)


def combined(
    table: Floats, shares: Floats, weights: ArrayLike | None = None, clusters: Sequence[object] | None = None
) -> Estimate | None:
    """sum over columns of share x (mean of the column), for columns that are answered by partly the same people.

    table: people x columns; shares: one a column, used as given. The interval respects that one person's answers go
    together: linearised from each person's influence, share x (answer - column mean) x W / W of the column.
    None when a column with a share above 0 has no answer (the caller decides what to leave out).
    """
    answered = np.isfinite(table)
    people = np.asarray(answered[:, shares > 0].any(axis=1))
    if not bool(answered[:, shares > 0].any(axis=0).all()) or not bool(people.any()):
        return None
    w = weights_of(weights, len(table))
    known = np.where(answered, table, 0.0)
    column_w = np.maximum((w[:, None] * answered).sum(axis=0), np.finfo(float).tiny)
    means = (w[:, None] * known).sum(axis=0) / column_w
    total = float((shares * means).sum())
    scale = shares * w[people].sum() / column_w
    influence = (np.where(answered, table - means, 0.0) * scale)[people].sum(axis=1)
    groups = (
        None if clusters is None else [each for each, is_in in zip(clusters, people.tolist(), strict=True) if is_in]
    )
    return mean_answer(total + influence, w[people], groups)


def cronbach_alpha(table: Floats) -> float | None:
    """k/(k-1) (1 - sum of item variances / variance of the sum), Cronbach 1951; people x items, complete people only.
    None below two items or three people, or when all sums are the same."""
    complete = table[np.isfinite(table).all(axis=1)]
    people, k = complete.shape
    if k < 2 or people < 3:
        return None
    total = float(complete.sum(axis=1).var(ddof=1))
    return None if total <= _NO_SPREAD else float(k / (k - 1) * (1.0 - complete.var(axis=0, ddof=1).sum() / total))


def as_mean(estimate: Estimate) -> Mean:
    """For Welch: the variance of single answers that the standard error implies, with the effective n."""
    return Mean(estimate.mean, estimate.se**2 * estimate.n_eff, estimate.n_eff)
