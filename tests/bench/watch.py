"""What the watch rules cost in false alarms, what they find, and how long they take.

python -m tests.bench.watch [--repetitions 400]

Each repetition draws 151 stable indicators (normal noise) over 24 months; then one of them worsens by 1.5 sigma for six
more months. A set of rules is run as the product would: in every month, on the months so far. Per set and policy:

- standing: false signals on the list of month 24; new: of these, not on the list of month 23;
- later: false signals standing six months later, had nothing shifted (fixed limits keep the error of their mean);
- found: share of shifted indicators that are on the list in at least one of the six months.

limits "all": from all months so far, shifted ones included; "fixed": from the first 24 months (fix_after).
The first line is the list "beyond chance": methods 2.7 as the product uses it. "drift" and "early" are the early signs
that stand below it (rules/watching/drift.py, 2.7). N5, N6 and N3 are expert rules of 2.5, and CUSUM one over all
months (slack 0.5 sigma, decision at 3), for comparison. Ends with 1 when the list beyond chance raises more false
signals than wanted, or when list and drift together find fewer shifts.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from sqm.rules.watching.nelson import Rule, nelson, standardised
from sqm.rules.watching.watch import Monthly, watch

INDICATORS, MONTHS, AFTER, SHIFT = 151, 24, 6, 1.5
MOST_FALSE, LEAST_FOUND, MOST_MS = 2.0, 0.90, 15.0
SEED, CHUNK = 20261122, 50
SETS: dict[str, tuple[str, ...]] = {
    "2.7": ("2.7",),
    "2.7 + drift": ("2.7", "drift"),
    "2.7 + drift + early": ("2.7", "drift", "early"),
    "2.7 + N5": ("2.7", "N5"),
    "2.7 + N6": ("2.7", "N6"),
    "2.7 + N5 + N6": ("2.7", "N5", "N6"),
    "2.7 + N3 + N5 + N6": ("2.7", "N3", "N5", "N6"),
    "2.7 + early": ("2.7", "early"),
    "2.7 + N5 + N6 + early": ("2.7", "N5", "N6", "early"),
    "2.7 + CUSUM": ("2.7", "cusum"),
}


def flags(values: Any, fix_after: int) -> dict[str, Any]:
    """On the list in the last month, by each rule on its own; higher is better."""
    found = watch(Monthly(values, ["higher"] * len(values), fix_after=fix_after))
    z = standardised(values, found.limits)
    expert = nelson(z)
    out = {rule.value: expert[rule].signs[:, -1] < 0 for rule in (Rule.N3, Rule.N5, Rule.N6)}
    return out | {
        "2.7": found.beyond_chance,
        "early": found.early_warning,
        "drift": found.slow_drift,
        "cusum": _cusum(z) > 3.0,
    }


def _cusum(z: Any) -> Any:
    total = np.zeros(len(z))
    for month in range(z.shape[1]):
        total = np.maximum(0.0, total - np.nan_to_num(z[:, month]) - 0.5)
    return total


def _by_set(values: Any, fix_after: int) -> dict[str, Any]:
    single = flags(values, fix_after)
    return {name: np.any([single[part] for part in parts], axis=0) for name, parts in SETS.items()}


def _chunks(repetitions: int) -> Iterator[tuple[Any, Any]]:
    """(stable series of some repetitions, the first series of each made worse after month 24)."""
    for chunk, first in enumerate(range(0, repetitions, CHUNK)):
        size = min(CHUNK, repetitions - first)
        stable = np.random.default_rng([SEED, chunk]).normal(size=(size * INDICATORS, MONTHS + AFTER))
        shifted = stable[::INDICATORS].copy()
        shifted[:, MONTHS:] -= SHIFT
        yield stable, shifted


def study(repetitions: int, fix_after: int) -> dict[str, dict[str, float]]:
    """Per set of rules: standing, new and later (signals of 151 a month) and found (share)."""
    counts = {name: np.zeros(4) for name in SETS}
    for stable, shifted in _chunks(repetitions):
        before, now, later = (_by_set(stable[:, :end], fix_after) for end in (MONTHS - 1, MONTHS, MONTHS + AFTER))
        seen = [_by_set(shifted[:, :end], fix_after) for end in range(MONTHS + 1, MONTHS + AFTER + 1)]
        for name in SETS:
            hit = np.any([each[name] for each in seen], axis=0)
            fresh = now[name] & ~before[name]
            counts[name] += [now[name].sum(), fresh.sum(), later[name].sum(), hit.sum()]
    names = ("standing", "new", "later", "found")
    return {name: dict(zip(names, (each / repetitions).tolist(), strict=True)) for name, each in counts.items()}


def milliseconds(rounds: int = 30) -> float:
    """Median time of one pass over 151 indicators and 36 months, a mixed bag of charts."""
    random = np.random.default_rng(SEED)
    values = random.normal(0.8, 0.02, size=(INDICATORS, 36))
    sizes = np.full(values.shape, 500.0) * random.uniform(0.5, 3.0, size=(INDICATORS, 1))
    kinds = (["share", "rate", "mean"] * INDICATORS)[:INDICATORS]
    series = Monthly(values, ["higher"] * INDICATORS, kinds, sizes, 1.0, np.full(INDICATORS, 0.78))
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        watch(series)
        times.append((time.perf_counter() - started) * 1000.0)
    return statistics.median(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=400)
    repetitions = parser.parse_args().repetitions
    print(f"{repetitions} repetitions of {INDICATORS} indicators; seed {SEED}; wanted: false at most {MOST_FALSE:g}")
    print(f"a month, found within {AFTER} months at least {LEAST_FOUND:.0%}")
    print(f"{'rules':24}{'limits':>8}{'standing':>10}{'new':>7}{'later':>7}{'found':>8}")
    results = {}
    for policy, fix_after in (("all", 0), ("fixed", MONTHS)):
        results[policy] = study(repetitions, fix_after)
        for name, row in results[policy].items():
            numbers = f"{row['standing']:10.2f}{row['new']:7.2f}{row['later']:7.2f}{row['found']:8.1%}"
            print(f"{name:24}{policy:>8}{numbers}")
    beyond, found = results["all"]["2.7"]["standing"], results["all"]["2.7 + drift"]["found"]
    aims = (beyond <= MOST_FALSE, found >= LEAST_FOUND, (took := milliseconds()) < MOST_MS)
    print(f"beyond chance: false {beyond:.2f} {_aim(aims[0])}; with drift: found {found:.1%} {_aim(aims[1])}; ", end="")
    print(f"one pass {took:.1f} ms {_aim(aims[2])}")
    return 0 if all(aims) else 1


def _aim(is_met: bool) -> str:
    return "(aim met)" if is_met else "(AIM MISSED)"


if __name__ == "__main__":
    sys.exit(main())
