"""The families of the watch rules: every case goes through the engine that the product uses, with one series."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from sqm.rules.watching.limits import RANGE_TO_SIGMA, SCREENED_FROM, Chart, Limits, baseline
from sqm.rules.watching.nelson import nelson
from sqm.rules.watching.run_chart import run_chart
from sqm.rules.watching.signals import Signals, seven_run, seven_trend, signs_of, steps_of
from sqm.rules.watching.watch import EARLY_MOVES, Choices, Monthly, Watch, watch

Inputs = Mapping[str, Any]

_DIRECTIONS = {"increase": "higher", "decrease": "lower"}
_LABELS = {
    "": None,
    "common": "Common Cause",
    "above_limit": "Above UCL",
    "below_limit": "Below LCL",
    "rising": "7 Point Trend (Increasing)",
    "falling": "7 Point Trend (Decreasing)",
    "near_upper": "2 in 3 Above CL",
    "near_lower": "2 in 3 Below CL",
    "run_above": "7 Points Above CL",
    "run_below": "7 Points Below CL",
}
_ASSURANCES = {"": None, "pass": "consistent_pass", "fail": "consistent_fail", "hit_and_miss": "inconsistent"}
_RULES: dict[str, Callable[[Signals], Any]] = {
    "outside limits": lambda found: found.outside,
    "7 Point Trend": lambda found: found.trend,
    "2 in 3": lambda found: found.two_in_three,
    "7 Points one side": lambda found: found.run,
}


def _row(numbers: Sequence[float | None]) -> Any:
    return np.array([[np.nan if number is None else number for number in numbers]], dtype=np.float64)


def _marks(places: Sequence[int] | int | None, length: int) -> Any:
    out = np.zeros((1, length), dtype=bool)
    out[0, [] if places is None else np.atleast_1d(places).astype(int)] = True
    return out


def _numbers(row: Any) -> list[float | None]:
    return [None if np.isnan(number) else float(number) for number in row]


def _point_type(word: str) -> str | None:
    return {"": None, "common": "common_cause"}.get(word, f"special_cause_{word}")


def _single(inputs: Inputs) -> Monthly:
    length, target = len(inputs["y"]), inputs.get("target")
    word = inputs.get("improvement_direction") or inputs.get("direction") or "increase"
    return Monthly(
        values=_row(inputs["y"]),
        directions=[_DIRECTIONS.get(word, word)],
        target_low=target,
        target_high=target,
        rebase=_marks(inputs.get("rebase_at_index0"), length),
        excluded=_marks(inputs.get("exclude_index0"), length),
        fix_after=inputs.get("fix_after_n_points") or inputs.get("baseline_first_n") or 0,
    )


def _spc_xmr(inputs: Inputs) -> Any:
    """Three shapes of case: the NHS package (lists), plain XmR limits without screening, our own edge cases."""
    is_plain = "baseline_first_n" in inputs
    screen = bool(inputs.get("screen_outliers", not is_plain))
    series = _single(inputs)
    if is_plain:  # computed with the unrounded constant
        return _plain(series, watch(series, Choices(chart=Chart.XMR, screen=screen, xmr_width=3 / RANGE_TO_SIGMA)))
    found = watch(series, Choices(chart=Chart.XMR, screen=screen))
    out: dict[str, Any] = {
        "mean": _numbers(found.limits.centre[0]),
        "lpl": _numbers(found.limits.lower[0]),
        "upl": _numbers(found.limits.upper[0]),
        "special_cause_type": [_LABELS[word] for word in found.signals.label[0]],
        "point_type": [_point_type(word) for word in found.variation_of_points[0]],
        "variation_last_point": _point_type(found.variation[0]),
        "assurance": _ASSURANCES[found.assurance[0]],
        "short_group_warning": found.trial[0].tolist(),
    }
    if "improvement_direction" in inputs:
        return out
    lone = "too_short" if found.points[0] < 2 else None
    ends = {key: out[key][-1] for key in ("mean", "lpl", "upl")}
    return out | ends | {"note": "no_variation" if found.no_variation[0] else lone}


def _plain(series: Monthly, found: Watch) -> Any:
    values, limits = series.values[0], found.limits
    mr_bar = float(limits.spread[0, -1])
    return {
        "mean": float(limits.centre[0, -1]),
        "mr_bar": mr_bar,
        "ucl": float(limits.upper[0, -1]),
        "lcl": float(limits.lower[0, -1]),
        "mr_ucl": SCREENED_FROM * mr_bar,
        "beyond_index0": _beyond(values, limits),
    }


def _beyond(values: Any, limits: Limits) -> list[int]:
    return np.flatnonzero((values > limits.upper[0]) | (values < limits.lower[0])).tolist()


def _counted(chart: Chart) -> Callable[[Inputs], Any]:
    def family(inputs: Inputs) -> Any:
        names = ("numerator", "denominator") if "numerator" in inputs else ("satisfied", "responses")
        above = _row(inputs[names[0]])
        below = np.ones_like(above) if chart is Chart.C else _row(inputs[names[1]])
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.where(below > 0, above / below, np.nan)
        series = Monthly(
            values=values,
            directions=["higher"],
            sizes=below,
            excluded=_marks(inputs.get("exclude_index0"), values.shape[1]),
            fix_after=inputs.get("baseline_first_n") or 0,
        )
        screen = bool(inputs.get("screen_moving_ranges"))
        limits = watch(series, Choices(chart=chart, screen_prime=screen, narrow=True)).limits
        return {
            "center": float(limits.centre[0, -1]),
            "lcl": _numbers(limits.lower[0]),
            "ucl": _numbers(limits.upper[0]),
            "lcl_2sigma": _numbers(limits.near_lower[0]),
            "ucl_2sigma": _numbers(limits.near_upper[0]),
            "points_beyond_3sigma_index0": _beyond(values[0], limits),
            "sigma_z": float(limits.sigma_z[0, -1]),
        }

    return family


def _spc_units(inputs: Inputs) -> Any:
    if "priority" in inputs:
        return {"first_match_wins": _first_match_wins(inputs["priority"])}

    def trend_ends(numbers: list[float]) -> list[int]:
        values = _row(numbers)
        base = baseline(values)
        return [int(sign) for sign in seven_trend(steps_of(values, base), base.starts)[0][0]]

    def run_ends(numbers: list[float]) -> list[int]:
        signs = signs_of(_row(numbers), np.zeros((1, 1)))
        return [abs(int(sign)) for sign in seven_run(signs, np.zeros(signs.shape, dtype=bool))[0][0]]

    return {
        "seven_point_trend_end_flag": [trend_ends(row) for row in inputs["seven_point_trend"]],
        "seven_one_side_end_flag": [run_ends(row) for row in inputs["seven_one_side_sign"]],
    }


def _first_match_wins(order: Sequence[str]) -> bool:
    """On wandering series: each point carries the first rule of the list that it meets, and every pair does meet."""
    steps = np.random.default_rng(20).normal(size=(2000, 30))
    found = watch(Monthly(np.cumsum(steps, axis=1), ["higher"] * 2000)).signals
    marks = [_RULES[name](found) != 0 for name in order]
    words = [
        {"above_limit", "below_limit"},
        {"rising", "falling"},
        {"near_upper", "near_lower"},
        {"run_above", "run_below"},
    ]
    by_name = dict(zip(_RULES, words, strict=True))
    for place, name in enumerate(order):
        is_first = marks[place] & ~np.any(marks[:place], axis=0) if place else marks[0]
        if not np.array_equal(is_first, np.isin(found.label, list(by_name[name]))):
            return False
    # an outside point is never close to a limit, so it cannot be one of two in three
    pairs = [(a, b) for a in range(4) for b in range(a) if {order[a], order[b]} != {"outside limits", "2 in 3"}]
    return all(bool((marks[a] & marks[b]).any()) for a, b in pairs)


def _rules(inputs: Inputs) -> Any:
    found = nelson(_row(inputs["z"]))
    return {
        rule.value: {
            "signal_points_index0": np.flatnonzero(each.signs[0]).tolist(),
            "all_points_index0": np.flatnonzero(each.points[0]).tolist(),
        }
        for rule, each in found.items()
    }


def _decline(inputs: Inputs) -> Any:
    out = []
    for row in inputs["rows"]:
        if not row["y"]:  # no month, so nothing for the engine to look at
            out.append({"run_of_adverse_moves": [], "flag_3_moves": False})
            continue
        found = watch(Monthly(_row(row["y"]), [row["direction"]]))
        moves = [None if count < 0 else int(count) for count in found.adverse_moves[0]]
        out.append({"run_of_adverse_moves": moves, f"flag_{EARLY_MOVES}_moves": bool(found.early_warning[0])})
    return out


def _runchart(inputs: Inputs) -> Any:
    found = run_chart(inputs["y"])
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


FAMILIES: dict[str, Callable[[Inputs], Any]] = {
    "spc_xmr": _spc_xmr,
    "spc_p": _counted(Chart.P),
    "spc_u": _counted(Chart.U),
    "spc_c": _counted(Chart.C),
    "spc_pprime": _counted(Chart.P_PRIME),
    "spc_uprime": _counted(Chart.U_PRIME),
    "spc_units": _spc_units,
    "rules": _rules,
    "decline": _decline,
    "runchart": _runchart,
}
