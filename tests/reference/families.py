"""How each family of reference cases is computed with the product's own rules. Later rules add their families here.

A family function takes the case's inputs and returns what the case expects, under the same keys.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqm.rules.periods import Period, Span, add_months, rolling, year_to_date
from sqm.rules.rivals.lead import Lead, Mean, Share, Standing, lead_of_means, lead_of_shares, lead_of_values
from sqm.rules.sampling import CONFIDENCE, Interval, clopper_pearson, garwood, kish, reliability, wilson
from sqm.rules.surveys.design_effect import linearised
from sqm.rules.targets import Direction, Target, certainty, judge
from sqm.rules.values import Kind, value_of
from tests.reference import churn_families, gap_families, index_families, store_families, watch_families

Inputs = Mapping[str, Any]
FIRST = date(2026, 1, 1)
_KINDS = {"ratio": Kind.SHARE, "nps": Kind.SHARE, "stock": Kind.LEVEL}


def _target_of(row: Inputs) -> Target | None:
    direction = Direction(row["direction"])
    bounds, tolerance = row.get("target"), float(row.get("tolerance") or 0.0)
    if bounds is None:
        return None
    if direction is Direction.RANGE:
        return Target(bounds[0], bounds[1], tolerance, direction, FIRST)
    low, high = (bounds, None) if direction is Direction.HIGHER else (None, bounds)
    return Target(low, high, tolerance, direction, FIRST)


def _pair(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _target(inputs: Inputs) -> Any:
    judged = [judge(row["value"], _target_of(row)) for row in inputs["rows"]]
    return [{"status": each.status.value, "attainment_pct": each.attainment, "gap": each.gap} for each in judged]


def _target_ci(inputs: Inputs) -> Any:
    out = []
    for row in inputs["rows"]:
        k, n = row["k"], row["n"]
        share, interval = value_of(k, n, Kind.SHARE), wilson(k, n)
        low, high = (interval.low, interval.high) if interval else (None, None)
        status = certainty(share, low, high, _target_of(row))
        out.append(
            {
                "value": share,
                "low": low,
                "high": high,
                "status": status.value,
                "reliability": reliability(share, interval, n).value,
            }
        )
    return out


def _ci_wilson(inputs: Inputs) -> Any:
    out = []
    for row in inputs["rows"]:
        k, n, confidence = row["successes"], row["n"], row.get("confidence", CONFIDENCE)
        exact = clopper_pearson(k, n, confidence)
        out.append(
            {
                "p": value_of(k, n, Kind.SHARE),
                "wilson": _pair(wilson(k, n, confidence)),
                "clopper_pearson": _pair(exact),
            }
        )
    return out


def _share(count: float, n: float) -> Share | None:
    return Share(count / n, n) if n else None


def _ci_diff(inputs: Inputs) -> Any:
    out = []
    for row in inputs["rows"]:
        lead = lead_of_shares(
            _share(row["x1"], row["n1"]),
            _share(row["x2"], row["n2"]),
            confidence=row.get("confidence", CONFIDENCE),
        )
        known = lead.standing is not Standing.NO_DATA
        out.append(
            {
                "diff": lead.difference,
                "low": lead.low,
                "high": lead.high,
                "significant": lead.standing in (Standing.AHEAD, Standing.BEHIND) if known else None,
            }
        )
    return out


def _lead(inputs: Inputs) -> Any:
    """Own against other under any of the names that tables use; with counts or standard deviations also an interval."""
    out = []
    for row in inputs["rows"]:
        direction = Direction(row.get("direction", "higher"))
        own, other = _side(row, ("own", "city")), _side(row, ("rival", "competitor", "province", "other"))
        out.append(_lead_row(_lead_between(row, own, other, direction)))
    return out


def _side(row: Inputs, names: tuple[str, ...]) -> float | None:
    for name in names:
        if name in row:
            number: float | None = row[name]
            return number
    raise KeyError(names[0])


def _lead_between(row: Inputs, own: float | None, other: float | None, direction: Direction) -> Lead:
    if own is None or other is None or "n1" not in row:
        return lead_of_values(own, other, direction)
    if "sd1" in row:
        return lead_of_means(Mean(own, row["sd1"] ** 2, row["n1"]), Mean(other, row["sd2"] ** 2, row["n2"]), direction)
    return lead_of_shares(Share(own, row["n1"]), Share(other, row["n2"]), direction)


def _lead_row(lead: Lead) -> dict[str, Any]:
    return {"lead": lead.difference, "low": lead.low, "high": lead.high, "standing": lead.standing.value}


def _weights(inputs: Inputs) -> Any:
    out = []
    for row in inputs["rows"]:
        weights, answers = row["w"], row["y"]
        deff, n_eff = kish(weights)
        share = sum(w * y for w, y in zip(weights, answers, strict=True)) / sum(weights)
        out.append(
            {
                "n": len(weights),
                "deff_kish": deff,
                "n_eff": n_eff,
                "weighted_p": share,
                "wilson_on_n_eff": _pair(wilson(share * n_eff, n_eff)),
            }
        )
    return out


def _column(columns: Inputs, names: tuple[str, ...]) -> list[Any] | None:
    for name in names:
        if name in columns:
            found: list[Any] = columns[name]
            return found
    return None


def _survey(inputs: Inputs) -> Any:
    columns = inputs["columns"]
    strata = _column(columns, ("strata", "stratum", "h"))
    clusters = _column(columns, ("clusters", "cluster", "psu", "store"))
    estimate = linearised(columns["y"], columns["w"], strata, clusters)
    return {
        "mean": estimate.mean,
        "se": estimate.se,
        "deff": estimate.deff,
        "df": estimate.df,
        "n": estimate.n,
        "n_eff": estimate.n_eff,
        "ci95_t": _pair(estimate.interval),
    }


def _ytd(inputs: Inputs) -> Any:
    kind = _KINDS.get(inputs["kind"]) or Kind(inputs["kind"])
    direction, tolerance = Direction(inputs["direction"]), float(inputs["tolerance"])
    periods = [_period(place, row, direction) for place, row in enumerate(inputs["periods"])]
    last = periods[-1].month
    year = year_to_date(periods, last, kind, direction, tolerance)
    recent = rolling(periods, last, inputs["rolling_window"], kind, direction, tolerance)
    return {
        "period_status": [_period_status(each, kind, direction, tolerance) for each in periods],
        "ytd_value": year.value,
        "ytd_periods_with_data": year.present,
        "ytd_target": _bound(year),
        "ytd_status": year.judgement.status.value,
        "rolling_value": recent.value,
        "rolling_periods_with_data": recent.present,
        "NOT_mean_of_ratios": _mean_of_ratios(periods, kind),
    }


def _period(place: int, row: Inputs, direction: Direction) -> Period:
    bounds = row["target"] if isinstance(row["target"], list) else [row["target"]] * 2
    low = bounds[0] if direction is not Direction.LOWER else None
    high = bounds[1] if direction is not Direction.HIGHER else None
    return Period(add_months(FIRST, place), row["num"], row["den"], low, high)


def _period_status(period: Period, kind: Kind, direction: Direction, tolerance: float) -> str | None:
    value = value_of(period.numerator, period.denominator, kind)
    if value is None:
        return None
    has_target = period.low is not None or period.high is not None
    target = Target(period.low, period.high, tolerance, direction, period.month) if has_target else None
    return judge(value, target).status.value


def _bound(figure: Span) -> float | list[float | None] | None:
    if figure.low is not None and figure.high is not None:
        return [figure.low, figure.high]
    return figure.high if figure.low is None else figure.low


def _mean_of_ratios(periods: list[Period], kind: Kind) -> float | None:
    """The wrong value that the cases carry on purpose; it must differ from the product's."""
    if kind in (Kind.COUNT, Kind.LEVEL):
        return None
    values = [value_of(each.numerator, each.denominator, kind) for each in periods]
    known = [value for value in values if value is not None]
    return sum(known) / len(known)


def _complaint_rate(inputs: Inputs) -> Any:
    out = []
    for row in inputs["rows"]:
        interval = garwood(row["count"], row["users"], row.get("confidence", CONFIDENCE))
        out.append(
            {
                "rate": value_of(row["count"], row["users"], Kind.RATE, row["per"]),
                "low": interval.low * row["per"] if interval else None,
                "high": interval.high * row["per"] if interval else None,
            }
        )
    return out


FAMILIES: dict[str, Callable[[Inputs], Any]] = {
    "target": _target,
    "target_ci": _target_ci,
    "ci_wilson": _ci_wilson,
    "ci_diff": _ci_diff,
    "lead": _lead,
    "weights": _weights,
    "survey": _survey,
    "ytd": _ytd,
    "complaint_rate": _complaint_rate,
    **churn_families.FAMILIES,
    **gap_families.FAMILIES,
    **index_families.FAMILIES,
    **store_families.FAMILIES,
    **watch_families.FAMILIES,
}
