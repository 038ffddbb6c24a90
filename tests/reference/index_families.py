"""The families of drivers, indices, the competitiveness index, complaints and Six Sigma."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sqm.rules.drivers.relative_importance import regression, relative_weights, shapley
from sqm.rules.drivers.resampling import resampled
from sqm.rules.matrix.complaints import first_contact_resolution, relative_load
from sqm.rules.rivals.competitiveness import FULL_WEIGHT, Component, Definition, competition_ranks, composite
from sqm.rules.rivals.composite_formulas import Mean, goalpost, to_target, weighted_mean
from sqm.rules.rivals.weight_sensitivity import rank_doubt
from sqm.rules.surveys.box_scores import Effort, csat, customer_effort
from sqm.rules.surveys.indices import weighted_index
from sqm.rules.surveys.promoters import Counts, Nps, counts_of, nps
from sqm.rules.targets import Direction
from sqm.rules.watching.six_sigma import Defects, defects_per_million

Inputs = Mapping[str, Any]

MILLION = 1_000_000.0
_DIRECTIONS = {1: Direction.HIGHER, -1: Direction.LOWER}


def _kda(inputs: Inputs) -> Any:
    """Fewer answers than the product shows, so the parts below the rule of least answers are asked one by one."""
    names = [*inputs["x"], inputs["y"]]
    columns = np.column_stack([np.asarray(inputs["data"][name], dtype=np.float64) for name in names])
    columns = columns[np.isfinite(columns).all(axis=1)]
    matrix = resampled(columns, np.ones(len(columns)), draws=1).whole
    model, shared = regression(matrix), shapley(matrix)
    return {
        "r2": model.r2,
        "shapley": shared.tolist(),
        "first": (matrix[:-1, -1] ** 2).tolist(),
        "last": model.last.tolist(),
        "beta_std": _numbers(model.beta),
        "pratt": _numbers(model.beta * matrix[:-1, -1]),
        "relative_weights": relative_weights(matrix).tolist(),
        "vif": _numbers(model.vif),
        "n": len(columns),
        "shapley_share_pct": (100.0 * shared / shared.sum()).tolist(),
    }


def _numbers(row: Any) -> list[float | None]:
    return [None if np.isnan(number) else float(number) for number in row]


def _csi(inputs: Inputs) -> Any:
    if "cases" in inputs:
        return [_index_value([row["x"]], row["w"]) for row in inputs["cases"]]
    found = weighted_index(inputs["responses"], inputs["weights"])
    if found is None or found.se is None:
        raise ValueError("no index")
    return {
        "item_means": list(found.item_means),
        "index": found.value,
        "index_equal_weights": _index_value(inputs["responses"], None),
        "respondent_sd": found.se * found.n**0.5,
        "se": found.se,
    }


def _index_value(answers: list[list[float]], weights: list[float] | None) -> float | None:
    found = weighted_index(answers, weights)
    return None if found is None else found.value


def _nps(inputs: Inputs) -> Any:
    """The cases want the plain interval, also where the product would take the adjusted one."""
    return [_nps_row(nps(Counts(*row), is_adjusted=False)) for row in inputs["rows"]]


def _nps_row(found: Nps | None) -> Any:
    if found is None:
        keys = ("nps", "promoter_share", "detractor_share", "se", "moe95", "low", "high")
        return {"n": 0, **dict.fromkeys(keys)}
    return {
        "n": found.n,
        "nps": found.value,
        "promoter_share": found.promoter_share,
        "detractor_share": found.detractor_share,
        "se": found.se,
        "moe95": found.margin,
        "low": found.interval.low,
        "high": found.interval.high,
    }


def _csat_ces(inputs: Inputs) -> Any:
    satisfied = csat({int(score): count for score, count in inputs["csat5_counts"].items()})
    easy = customer_effort({int(score): count for score, count in inputs["ces7_counts"].items()}, Effort.AGREEMENT)
    if satisfied is None or easy is None:
        raise ValueError("no answers")
    return {
        "csat_top2": satisfied.share,
        "csat_mean": satisfied.mean,
        "csat_index_0_100": satisfied.index,
        "ces_mean": easy.mean,
        "ces_pct_easy": easy.share,
        "nps": _nps_row(nps(counts_of(inputs["nps_answers"]), is_adjusted=False)),
    }


def _index(inputs: Inputs) -> Any:
    if "relative_range" in inputs:
        found = rank_doubt(inputs["scores"], inputs["weights"], inputs["relative_range"])
        return {code: {"share_rank1": each.rank_shares[0], "mean_rank": each.mean_rank} for code, each in found.items()}
    return _formulas(inputs) if "goalposts" in inputs else _composites(inputs)


def _composites(inputs: Inputs) -> Any:
    total = sum(row["weight"] for row in inputs["spec"].values())
    components = tuple(
        Component(code, FULL_WEIGHT * row["weight"] / total, row["lo"], row["hi"], _DIRECTIONS[row["direction"]])
        for code, row in inputs["spec"].items()
    )
    definition = Definition("case", date(2026, 1, 1), components)
    found = {code: composite(values, definition) for code, values in inputs["units"].items()}
    arithmetic = competition_ranks({code: each.arithmetic for code, each in found.items()})
    geometric = competition_ranks({code: each.geometric for code, each in found.items()})
    return {
        code: {
            "scores": each.scores,
            "arithmetic": each.arithmetic,
            "geometric": each.geometric,
            "coverage": each.coverage,
            "rank_arithmetic": arithmetic[code],
            "rank_geometric": geometric[code],
        }
        for code, each in found.items()
    }


def _formulas(inputs: Inputs) -> Any:
    def mean(row: Inputs, kind: Mean) -> float | None:
        parts = {str(place): value for place, value in enumerate(row["x"])}
        return weighted_mean(parts, {str(place): w for place, w in enumerate(row["w"])}, kind).mean

    return {
        "goalposts": [
            row["scale"] * (goalpost(row["x"], row["lo"], row["hi"], _DIRECTIONS[row["direction"]]) or 0.0)
            for row in inputs["goalposts"]
        ],
        "distance_to_target": [
            to_target(row["x"], row["target"], _DIRECTIONS[row["direction"]], row["cap"])
            for row in inputs["distance_to_target"]
        ],
        "geometric": [mean(row, Mean.GEOMETRIC) for row in inputs["geometric"]],
        "harmonic": mean(inputs["harmonic"], Mean.HARMONIC),
    }


def _complaint_miit(inputs: Inputs) -> Any:
    appeals = {row["operator"]: row["service"] + row["network"] + row["billing"] for row in inputs["rows"]}
    users = {row["operator"]: row["users_million"] * MILLION for row in inputs["rows"]}
    found = list(relative_load(appeals, users).values())
    return {
        "total": [each.appeals for each in found],
        "grand_total": sum(each.appeals for each in found),
        "rate_per_million": [None if each.rate is None else each.rate * MILLION for each in found],
        "share_of_appeals_pct": [None if each.share is None else 100.0 * each.share for each in found],
        "relative_load": [each.relative for each in found],
    }


def _fcr(inputs: Inputs) -> Any:
    contacts = pd.DataFrame(inputs["contacts"])
    contacts["day"] = pd.Timestamp(2026, 1, 1) + pd.to_timedelta(contacts["day"], unit="D")
    found = first_contact_resolution(contacts, inputs["window_days"])
    return {
        "episodes": found.episodes,
        "resolved": found.resolved,
        "fcr_gross": found.gross,
        "net_denominator": found.net_episodes,
        "fcr_net": found.net,
    }


def _dpmo(inputs: Inputs) -> Any:
    return [_dpmo_row(defects_per_million(*row)) for row in inputs["rows"]]


def _dpmo_row(found: Defects | None) -> Any:
    if found is None:
        return None
    return {
        "dpu": found.per_unit,
        "dpmo": found.dpmo,
        "yield_": found.yield_share,
        "z_long_term": found.z,
        "sigma_level_1p5": found.sigma_level,
    }


FAMILIES: dict[str, Callable[[Inputs], Any]] = {
    "kda": _kda,
    "csi": _csi,
    "nps": _nps,
    "csat_ces": _csat_ces,
    "index": _index,
    "complaint_miit": _complaint_miit,
    "fcr": _fcr,
    "dpmo": _dpmo,
}
