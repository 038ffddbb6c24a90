"""The families of the gap model: SERVQUAL, gaps 1-4 by questionnaire, zone of tolerance, importance map, Kano."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from sqm.rules.drivers.importance import Attribute, importance_map
from sqm.rules.drivers.kano import TABLE, Category, category_of, kano_of_counts
from sqm.rules.gaps.gap_ratings import RatedGap, against_customers, against_top
from sqm.rules.gaps.servqual import Pairs, gap_five, of_means
from sqm.rules.gaps.tolerance import zone

Inputs = Mapping[str, Any]


def _servqual(inputs: Inputs) -> Any:
    if "gaps" in inputs:
        unweighted, weighted = of_means(inputs["gaps"], inputs["weights"])
        return {"unweighted": unweighted, "weighted": weighted}
    found = gap_five(
        Pairs(
            inputs["expectations"],
            inputs["perceptions"],
            inputs["dimension_of_item"],
            order=inputs["dimensions"],
            points=inputs["importance_points"],
        )
    )
    assert found.unweighted is not None and found.weighted is not None
    gaps = [each.gap for each in found.dimensions]
    return {
        "item_gap": [each.mean if each else None for each in found.items],
        "item_n": [each.n if each else 0 for each in found.items],
        "dim_gap": [each.mean if each else None for each in gaps],
        "dim_n": [each.n if each else 0 for each in gaps],
        "dim_sd": [each.sd for each in found.dimensions],
        "dimE": [each.expectation.mean if each.expectation else None for each in found.dimensions],
        "dimP": [each.perception.mean if each.perception else None for each in found.dimensions],
        "unweighted": found.unweighted.mean,
        "n_complete": found.unweighted.n,
        "weighted": found.weighted.mean,
        "n_weighted": found.weighted.n,
        "weighted_se": found.weighted.se,
        "mean_weights": list(found.mean_points),
        # what the product does not do: importance applied to the means instead of to each person
        "aggregate_weighting_NOT_default": of_means([each.mean if each else None for each in gaps], found.mean_points)[
            1
        ],
    }


def _people(rows: list[list[float | None]]) -> Any:
    """The case lists answers by dimension; the rules want people x dimensions."""
    return np.array(rows, dtype=float).T


def _gaps1to4(inputs: Inputs) -> Any:
    names, points = inputs["dimensions"], inputs["weights"]
    first = against_customers(
        _people(inputs["manager_estimates"]), _people(inputs["customer_expectations"]), names, points
    )
    second, third, fourth = (
        against_top(_people(inputs[key]), names, points)
        for key in ("formal_standards", "delivery_to_standard", "promise_kept")
    )

    def column(found: RatedGap, field: str) -> list[Any]:
        return [getattr(each, field) for each in found.dimensions]

    out: dict[str, Any] = {
        "customer_expectation": column(first, "against"),
        "manager_perceived_expectation": column(first, "score"),
        "standards_score": column(second, "score"),
        "share_no_standard": column(second, "share_without"),
        "delivery_score": column(third, "score"),
        "promise_score": column(fourth, "score"),
    }
    for number, found in enumerate((first, second, third, fourth), start=1):
        out |= {f"gap{number}": column(found, "gap"), f"gap{number}_weighted": found.weighted}
    return out


def _zot(inputs: Inputs) -> Any:
    out = []
    for row in inputs["rows"]:
        found = zone(row["adequate"], row["desired"], row["perceived"])
        if found is None:
            out.append(None)
            continue
        out.append(
            {
                "msa": found.adequacy,
                "mss": found.superiority,
                "width": found.width,
                "position": found.position.value,
                "fraction": found.fraction,
            }
        )
    return out


def _ipa(inputs: Inputs) -> Any:
    rows = [Attribute(row["attribute"], row["importance"], row["performance"]) for row in inputs["rows"]]
    found = importance_map(rows)
    assert found.cross is not None
    return {
        "mean_importance": found.cross.importance,
        "mean_performance": found.cross.performance,
        "quadrant": [each.quadrant.value if each.quadrant else None for each in found.placed],
    }


def _kano(inputs: Inputs) -> Any:
    table = inputs.get("evaluation_table_rows_functional_like_to_dislike")
    if table is not None:
        ours = [[category_of(row, column).value for column in range(1, 6)] for row in range(1, 6)]
        assert ours == table == [list(row) for row in TABLE]
    found = [kano_of_counts({each: row.get(each.value, 0.0) for each in Category}) for row in inputs["rows"]]
    return [
        {"category": each.category.value if each.category else None, "better": each.better, "worse": each.worse}
        for each in found
    ]


FAMILIES: dict[str, Callable[[Inputs], Any]] = {
    "servqual": _servqual,
    "gaps1to4": _gaps1to4,
    "zot": _zot,
    "ipa": _ipa,
    "kano": _kano,
}
