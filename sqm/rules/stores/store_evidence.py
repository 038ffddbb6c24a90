"""From visits and answers to what each part of the composite says of a store (domain.md part 5).

A visit looks at one theme; two themes a month stand at the first and second place of the composite and rotate. Beside
its theme a visit measures the minutes waited and handled and the overall perception; these items are no part of the
theme's score. Minutes are turned to points visit by visit, by the standard of the month, and then averaged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from sqm.rules.audits.audit_visits import VisitRules, item_losses, mean_losses
from sqm.rules.sampling import effective_n
from sqm.rules.stores.points_to_gain import Loss
from sqm.rules.stores.shrinkage import BetaPrior, beta_prior, shrink_shares, within_variances
from sqm.rules.stores.store_score import FULL_SCORE, MinutesStandard, minutes_score, satisfaction_score

TOPICS = ("topic_1", "topic_2")
PERCEPTION, SMS, QUEUEING, HANDLING = "perception", "sms", "queueing", "handling"
BESIDE = frozenset({"queueing", "handling", "perception", "proactive", "promotion"})
"""Topics (the part of an item's code before its dot) that every visit looks at beside its theme."""
MINUTES = {QUEUEING: "minutes_waited", HANDLING: "minutes_handled"}


@dataclass(frozen=True)
class Standards:
    """What the province holds in force in a month."""

    rules: Callable[[date], VisitRules]
    minutes: Callable[[str, date], MinutesStandard | None]


@dataclass(frozen=True)
class Turn:
    """From a month on, a theme stands at a place (topic_1, topic_2) of the composite."""

    valid_from: date
    part: str
    theme: str


@dataclass(frozen=True)
class Evidence:
    """score: 0-100, what enters the composite; raw: what the store is told (another only for few SMS answers). n:
    visits or answers. sd: between visits, in points. variance: of ``score``, None when it cannot be known."""

    score: float
    raw: float
    n: int
    sd: float | None
    variance: float | None
    losses: tuple[Loss, ...] = ()

    @property
    def is_shrunken(self) -> bool:
        return self.score != self.raw


@dataclass(frozen=True)
class Scored:
    """visits: one row a visit: visit_id, store_code, month, theme, score (NaN when nothing applied), place ('' or the
    part it counts for), and the columns that came in. losses: item_losses of the theme's items, with place and store.
    """

    visits: pd.DataFrame
    losses: pd.DataFrame


def scored(visits: pd.DataFrame, marks: pd.DataFrame, standards: Standards, turns: Sequence[Turn]) -> Scored:
    """visits, marks: as database/stores/audits.py gives them, without what was rejected and with rulings applied."""
    themed = marks[~_topic(marks["item"]).isin(BESIDE)]
    losses = _losses(themed, standards)
    out = visits.copy()
    out["month"] = pd.to_datetime(out["month"])
    applied = losses[losses["points"].notna()].groupby("visit")["lost"].sum()
    losses = _as_told(losses, applied, out)
    out["score"] = out["score"].astype(float).fillna(FULL_SCORE - out["visit_id"].map(applied).astype(float))
    perceived = marks[(_topic(marks["item"]) == PERCEPTION) & marks["points"].notna()]
    share = (perceived["points"] / perceived["most"]).groupby(perceived["visit"]).mean() * FULL_SCORE
    out[PERCEPTION] = out["visit_id"].map(share).astype(float)
    for part, column in MINUTES.items():
        out[part] = _of_minutes(out, column, part, standards)
    out["place"] = _places(out, turns)
    place = out.set_index("visit_id")["place"]
    losses["place"] = losses["visit"].map(place[~place.index.duplicated()])
    return Scored(out, losses)


def _losses(marks: pd.DataFrame, standards: Standards) -> pd.DataFrame:
    """item_losses under the rules of each month; months that share them are worked out in one go."""
    by_rules: dict[VisitRules, list[object]] = {}
    for month in marks["month"].unique():
        by_rules.setdefault(standards.rules(pd.Timestamp(month).date()), []).append(month)
    parts = [item_losses(marks[marks["month"].isin(months)], rules) for rules, months in by_rules.items()]
    return pd.concat(parts, ignore_index=True) if parts else item_losses(_typed(marks))


def _as_told(losses: pd.DataFrame, applied: "pd.Series[float]", visits: pd.DataFrame) -> pd.DataFrame:
    """Where a file gives a visit's score itself, its failed items share what that score lost, in proportion: losses
    still add up to 100 - score."""
    told = visits.dropna(subset=["score"]).drop_duplicates("visit_id").set_index("visit_id")["score"].astype(float)
    told = told[told.index.isin(applied.index)]
    if told.empty:
        return losses
    lost = applied[told.index]
    factor = losses["visit"].map((FULL_SCORE - told) / lost.where(lost > 0, 1.0)).astype(float).fillna(1.0)
    return losses.assign(lost=losses["lost"] * factor, alone=losses["alone"] * factor)


def _topic(items: "pd.Series[str]") -> "pd.Series[str]":
    return items.map({code: code.partition(".")[0] for code in items.unique()})


def _typed(empty: pd.DataFrame) -> pd.DataFrame:
    return empty.astype({"points": float, "most": float, "is_critical": bool})


def _of_minutes(visits: pd.DataFrame, column: str, part: str, standards: Standards) -> list[float]:
    known = {month: standards.minutes(part, month.date()) for month in visits["month"].unique()}
    found = []
    for month, minutes in zip(visits["month"], visits[column].astype(float), strict=True):
        standard = known[month]
        score = None if standard is None else minutes_score(minutes, standard)
        found.append(np.nan if score is None else score)
    return found


def _places(visits: pd.DataFrame, turns: Sequence[Turn]) -> list[str]:
    """Where each visit counts. Months before any rotation was set: the two themes with most visits, in that order."""
    found: dict[tuple[pd.Timestamp, str], str] = {}
    for month, part in visits.groupby("month"):
        at = pd.Timestamp(str(month))
        shown = themes_in(turns, at.date())
        if not shown:
            counts = part["theme"].value_counts()
            ranked = sorted(counts.index, key=lambda theme: (-counts[theme], str(theme)))
            shown = dict(zip(TOPICS, (str(theme) for theme in ranked), strict=False))
        found |= {(at, theme): place for place, theme in shown.items()}
    return [found.get((month, theme), "") for month, theme in zip(visits["month"], visits["theme"], strict=True)]


def themes_in(turns: Sequence[Turn], month: date) -> dict[str, str]:
    """Place of the composite -> theme, in a month; empty before any rotation."""
    begun = sorted((turn for turn in turns if turn.valid_from <= month), key=lambda turn: turn.valid_from)
    return {turn.part: turn.theme for turn in begun}


def of_visits(found: Scored, by: str) -> dict[str, dict[str, Evidence]]:
    """What visits say per unit (values of the column ``by`` of visits, as text: a store, a month) and part."""
    visits = found.visits
    columns = [
        *((place, "score", visits["place"] == place) for place in TOPICS),
        *((part, part, visits[part].notna()) for part in (PERCEPTION, *MINUTES)),
    ]
    out: dict[str, dict[str, Evidence]] = {}
    for part, column, mask in columns:
        rows = visits[mask & visits[column].notna()]
        grouped = rows.groupby(by, sort=True)[column].agg(["mean", "size", "std"])
        variances = within_variances(grouped["std"], grouped["size"]) if len(grouped) else None
        for at, (unit, mean, n, sd) in enumerate(grouped.itertuples(name=None)):
            variance = None if variances is None else float(variances[at])
            evidence = Evidence(float(mean), float(mean), int(n), None if np.isnan(sd) else float(sd), variance)
            out.setdefault(str(unit), {})[part] = evidence
    _with_losses(out, found, by)
    return out


def _with_losses(out: dict[str, dict[str, Evidence]], found: Scored, by: str) -> None:
    """Add what each item cost; visits of which only the total is known leave their loss with the part itself."""
    unit = found.visits.drop_duplicates("visit_id").set_index("visit_id")[by]
    losses = found.losses[found.losses["place"].isin(TOPICS)]
    losses = losses.assign(unit=losses["visit"].map(unit).astype(str))
    if losses.empty:
        return
    scored = losses[losses["points"].notna()]
    counted = scored.groupby(["unit", "place"])["visit"].nunique().to_dict()
    told: dict[tuple[str, str], list[Loss]] = {}
    for (name, place, item), row in zip(*_rows(mean_losses(losses, ("unit", "place"))), strict=True):
        share = counted[(name, place)] / out[name][place].n
        told.setdefault((name, place), []).append(Loss(item, row[2] * share, row[3] * share, int(row[0]), int(row[1])))
    for (name, place), items in told.items():
        out[name][place] = replace(out[name][place], losses=tuple(items))


def _rows(means: pd.DataFrame) -> tuple[list[tuple[str, str, str]], list[list[float]]]:
    """Keys and visits, failed, lost, alone of audit_visits.mean_losses as lists: hundreds of frames cost."""
    keys = [(str(unit), str(place), str(item)) for unit, place, item in means.index.tolist()]
    return keys, means[["visits", "failed", "lost", "alone"]].to_numpy(dtype=float).tolist()


@dataclass(frozen=True)
class Answers:
    """SMS answers of one unit. share: satisfied, 0-1; n_eff: of the weighted share."""

    share: float
    n: int
    n_eff: float


def sms_answers(sums: pd.DataFrame, by: str) -> dict[str, Answers]:
    """sums: n, w, ww, ws by store and month (database/surveys/surveys.py store_sums); by: the column of units."""
    rows = sums.assign(unit=sums[by].astype(str)).groupby("unit")[["n", "w", "ww", "ws"]].sum().astype(float)
    rows = rows[rows["w"] > 0]
    n_eff = effective_n(rows["w"], rows["ww"])
    share = rows["ws"] / rows["w"]
    return {
        str(unit): Answers(float(one), int(n), float(eff))
        for unit, one, n, eff in zip(rows.index, share, rows["n"], n_eff, strict=True)
    }


def sms_prior(answers: Mapping[str, Answers]) -> BetaPrior | None:
    """What few answers are pulled to: the stores of the class."""
    n = [each.n_eff for each in answers.values()]
    return beta_prior([each.share * each.n_eff for each in answers.values()], n) if len(n) > 1 else None


def of_answers(answers: Answers, prior: BetaPrior | None) -> Evidence | None:
    """The SMS part of a unit; below 30 answers the shrunken share stands in."""
    shrunk = None
    if prior is not None:
        shrunk = shrink_shares([answers.share * answers.n_eff], [answers.n_eff], prior.alpha, prior.beta)[0]
    score, stands_in = satisfaction_score(answers.share, answers.n, None if shrunk is None else shrunk.value)
    if score is None:
        return None
    if stands_in and shrunk is not None:
        variance = shrunk.variance
    else:
        variance = answers.share * (1.0 - answers.share) / answers.n_eff
        if variance <= 0 and shrunk is not None:  # all agree: no sign that there is no doubt
            variance = shrunk.variance
    return Evidence(score, FULL_SCORE * answers.share, answers.n, None, FULL_SCORE**2 * variance or None)
