"""The families of churn and revenue."""

from collections.abc import Callable, Mapping
from typing import Any

from sqm.rules.rivals.churn_model import logit
from sqm.rules.rivals.revenue_at_risk import Level, chain, revenue_at_risk

Inputs = Mapping[str, Any]


def _chain(inputs: Inputs) -> Any:
    found = chain(inputs["effects"], inputs["shock"])
    return {"total_effect": found.total, "outcome": found.outcome}


def _churn(inputs: Inputs) -> Any:
    levels = [
        Level(row["level"], row["customers"], row["observed"], row["churned"], row["arpu"]) for row in inputs["levels"]
    ]
    found = revenue_at_risk(levels, inputs["months"])
    if found is None:
        raise ValueError("too few observed")
    scenario = inputs["scenario"]
    return {
        "revenue": found.revenue,
        "revenue_at_risk": found.at_risk,
        "se": found.se,
        "ci95": [found.interval.low, found.interval.high],
        "excess_over_best_level": found.excess,
        "churn_rate": [each.churn for each in found.levels],
        "churn_rate_isotonic": [each.steady for each in found.levels],
        "scenario_shift_all_satisfied_to_neutral": found.shifted(scenario["from_level"], scenario["to_level"]),
    }


def _churn_logit(inputs: Inputs) -> Any:
    found = logit(inputs["score"], inputs["churned"], inputs["n"])
    if found is None:
        raise ValueError("no fit")
    return {
        "coef": list(found.coefficients),
        "se": list(found.errors),
        "odds_ratio_per_point": found.odds_ratio()[0],
        "fitted": list(found.fitted),
        "deviance": found.deviance,
    }


FAMILIES: dict[str, Callable[[Inputs], Any]] = {"chain": _chain, "churn": _churn, "churn_logit": _churn_logit}
