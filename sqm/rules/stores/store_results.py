"""The result of each store over a window of months, and the fair table of its class.

Stores are compared only within a class (own or partner, and size): the stores of a class share what few answers are
pulled to, what missing parts could have been, and the table of ranks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from sqm.rules.audits.audit_visits import StoreVisits, store_visits
from sqm.rules.sampling import Interval
from sqm.rules.stores.fair_ranks import FairTable, fair_scores
from sqm.rules.stores.points_to_gain import Bought, Gain, bought, gains
from sqm.rules.stores.shrinkage import within_variances
from sqm.rules.stores.store_evidence import SMS as SMS_PART
from sqm.rules.stores.store_evidence import Answers, Evidence, Scored, of_answers, of_visits, sms_prior
from sqm.rules.stores.store_score import Definition, StoreScore, score_variance, sensitivity_band, store_score

Group = tuple[str, str]
"""Class (own, partner) and size."""


class Compared(StrEnum):
    """What a fair table ranks: the composite, or the mean of the audit visits alone."""

    COMPOSITE = "composite"
    AUDIT = "audit"


@dataclass(frozen=True)
class StoreResult:
    """One store. visits: of all themes, None without any. parts: evidence by part. variance: of the composite, in
    points squared, None when a part has none. band: the score if what is missing were like the worst and best of the
    class."""

    store: str
    group: Group
    score: StoreScore
    visits: StoreVisits | None
    parts: Mapping[str, Evidence]
    variance: float | None
    band: Interval | None = None

    @property
    def gains(self) -> tuple[Gain, ...]:
        """What it lost, most points first; adds up to 100 - score."""
        return gains(self.score, {part: each.losses for part, each in self.parts.items()})


def store_results(
    found: Scored, answers: Mapping[str, Answers], groups: Mapping[str, Group], definition: Definition
) -> dict[str, StoreResult]:
    """Per store of ``groups`` (all that exist, also those without any visit). answers: SMS answers per store."""
    audited = of_visits(found, "store_code")
    whole = {str(store): store_visits(scores) for store, scores in found.visits.groupby("store_code")["score"]}
    priors = {
        group: sms_prior({store: answers[store] for store in members if store in answers})
        for group, members in _members(groups).items()
    }
    results = {}
    for store, group in groups.items():
        parts = dict(audited.get(store, {}))
        told = of_answers(answers[store], priors[group]) if store in answers else None
        if told is not None:
            parts[SMS_PART] = told
        results[store] = _result(store, group, parts, whole.get(store), definition)
    return _with_bands(results)


def compare(found: Scored, answers: Mapping[str, Answers], definition: Definition, by: str) -> dict[str, StoreScore]:
    """Scores of other units, such as the months of one store: few answers stand as they are. The caller judges by
    coverage which of them mean anything."""
    audited = of_visits(found, by)
    out = {}
    for unit in sorted({*audited, *answers}):
        parts = dict(audited.get(unit, {}))
        told = of_answers(answers[unit], None) if unit in answers else None
        if told is not None:
            parts[SMS_PART] = told
        out[unit] = _result(unit, ("", ""), parts, None, definition).score
    return out


def _result(
    store: str, group: Group, parts: Mapping[str, Evidence], visits: StoreVisits | None, definition: Definition
) -> StoreResult:
    score = store_score({part: each.score for part, each in parts.items()}, definition)
    variance = score_variance(score, {part: each.variance for part, each in parts.items()})
    return StoreResult(store, group, score, visits, parts, variance)


def _members(groups: Mapping[str, Group]) -> dict[Group, list[str]]:
    out: dict[Group, list[str]] = {}
    for store, group in groups.items():
        out.setdefault(group, []).append(store)
    return out


def _with_bands(results: Mapping[str, StoreResult]) -> dict[str, StoreResult]:
    peers: dict[Group, dict[str, list[float]]] = {}
    for each in results.values():
        for part, evidence in each.parts.items():
            peers.setdefault(each.group, {}).setdefault(part, []).append(evidence.score)
    return {
        store: replace(each, band=sensitivity_band(each.score, peers.get(each.group, {})))
        for store, each in results.items()
    }


def fair_tables(results: Mapping[str, StoreResult], what: Compared) -> dict[Group, FairTable | None]:
    """A table per class. Of the composite only stores with enough of it collected; of the audit all with a visit."""
    out: dict[Group, FairTable | None] = {}
    for group, stores in _members({store: each.group for store, each in results.items()}).items():
        scores, variances = _ranked([results[store] for store in stores], what)
        out[group] = fair_scores(scores, variances) if scores else None
    return out


def _ranked(results: Sequence[StoreResult], what: Compared) -> tuple[dict[str, float], dict[str, float]]:
    if what is Compared.AUDIT:
        audited = [(each.store, each.visits) for each in results if each.visits is not None]
        sd = [np.nan if visits.sd is None else visits.sd for _, visits in audited]
        errors = within_variances(sd, [visits.n for _, visits in audited]) if audited else None
        if errors is None:
            return {}, {}
        named = [store for store, _ in audited]
        return (
            {store: visits.mean for store, visits in audited},
            dict(zip(named, (float(each) for each in errors), strict=True)),
        )
    ranked = [each for each in results if each.score.is_ranked and each.score.score is not None and each.variance]
    return (
        {each.store: each.score.score for each in ranked if each.score.score is not None},
        {each.store: each.variance for each in ranked if each.variance is not None},
    )


def places_bought(results: Mapping[str, StoreResult], store: str, points: float) -> Bought | None:
    """Which places of its class ``points`` more would buy a store; None when it has no place."""
    mine = results[store]
    scores, variances = _ranked([each for each in results.values() if each.group == mine.group], Compared.COMPOSITE)
    return bought(scores, variances, store, points) if store in scores else None
