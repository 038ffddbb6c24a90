"""What dissatisfied customers may cost: churn by satisfaction level, revenue at risk, a chain of effects (methods 6).

To be said wherever a figure is shown: revenue per customer stays as it is; how much of the churn satisfaction causes is
unknown (show 25, 50 and 100 %); no discounting within the year. An association, never a promise.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqm.rules.sampling import GREY_BELOW, Interval, wilson, z_of

MONTHS = 12


@dataclass(frozen=True)
class Level:
    """customers: of this level in all; churned of observed over 12 months; revenue: of a customer and month (money)."""

    code: str
    customers: float
    observed: float
    churned: float
    revenue: float


@dataclass(frozen=True)
class LevelRisk:
    """churn: 0-1 over 12 months, of the levels joined below 30 observed; steady: never below that of a better level.
    revenue, at_risk: of the year. is_joined: too few were observed for a churn of its own."""

    code: str
    churn: float
    interval: Interval
    steady: float
    revenue: float
    at_risk: float
    is_joined: bool


@dataclass(frozen=True)
class Risk:
    """Money of the year. excess: what would not be at risk if every level churned like the best. interval: 95 %, by the
    delta method, customers and revenue taken as known."""

    levels: tuple[LevelRisk, ...]
    revenue: float
    at_risk: float
    se: float
    interval: Interval
    excess: float

    def shifted(self, from_level: str, to_level: str, share: float = 1.0) -> float:
        """Revenue lost in a year if this share of a level felt like another; below 0 is a gain. Steady churn; the
        customers keep the revenue of the level they come from."""
        found = {level.code: level for level in self.levels}
        left, reached = found[from_level], found[to_level]
        return share * left.revenue * (reached.steady - left.steady)


@dataclass(frozen=True)
class Chain:
    """total: product of the effects; outcome: total x shock. interval: of the outcome, where all errors are known."""

    total: float
    outcome: float
    interval: Interval | None


def revenue_at_risk(levels: Sequence[Level], months: int = MONTHS) -> Risk | None:
    """levels: best first. None when fewer than 30 customers were observed in all levels together."""
    if any(not 0 <= each.churned <= each.observed for each in levels):
        raise ValueError("more churned than observed, or fewer than 0")
    if math.fsum(each.observed for each in levels) < GREY_BELOW:
        return None
    groups = _joined(levels)
    rates = [math.fsum(each.churned for each in group) / math.fsum(each.observed for each in group) for group in groups]
    steady = isotonic(rates, [math.fsum(each.observed for each in group) for group in groups])
    out, variance = [], 0.0
    for group, rate, smooth in zip(groups, rates, steady, strict=True):
        observed = math.fsum(each.observed for each in group)
        interval = wilson(rate * observed, observed) or Interval(0.0, 1.0)
        yearly = [each.customers * each.revenue * months for each in group]
        variance += math.fsum(yearly) ** 2 * rate * (1.0 - rate) / observed
        out += [
            LevelRisk(each.code, rate, interval, smooth, money, money * rate, len(group) > 1)
            for each, money in zip(group, yearly, strict=True)
        ]
    at_risk, se = math.fsum(each.at_risk for each in out), math.sqrt(variance)
    return Risk(
        levels=tuple(out),
        revenue=math.fsum(each.revenue for each in out),
        at_risk=at_risk,
        se=se,
        interval=Interval(at_risk - z_of() * se, at_risk + z_of() * se),
        excess=math.fsum(each.revenue * (each.churn - out[0].churn) for each in out),
    )


def _joined(levels: Sequence[Level]) -> list[list[Level]]:
    """Neighbours, each group with 30 observed: a thin level joins the next worse one, the worst the one before it."""
    groups: list[list[Level]] = []
    for level in levels:
        if groups and math.fsum(each.observed for each in groups[-1]) < GREY_BELOW:
            groups[-1].append(level)
        else:
            groups.append([level])
    if len(groups) > 1 and math.fsum(each.observed for each in groups[-1]) < GREY_BELOW:
        thin = groups.pop()
        groups[-1] += thin
    return groups


def isotonic(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nearest series that never falls (pool adjacent violators; Barlow et al. 1972)."""
    blocks: list[tuple[float, float, int]] = []  # mean, weight, how many
    for value, weight in zip(values, weights, strict=True):
        blocks.append((value, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (first, w, n), (second, v, m) = blocks[-2:]
            blocks[-2:] = [((first * w + second * v) / (w + v), w + v, n + m)]
    return [mean for mean, _, count in blocks for _ in range(count)]


def chain(effects: Sequence[float], shock: float = 1.0, errors: Sequence[float] | None = None) -> Chain:
    """effects: of each link on the next, in the units of the links; shock: a change of the first. errors: standard
    errors of the effects; the interval is first order, for independent effects that are causes."""
    total = math.prod(effects)
    if errors is None:
        return Chain(total, total * shock, None)
    others = [math.prod(effects[:place]) * math.prod(effects[place + 1 :]) for place in range(len(effects))]
    se = abs(shock) * math.sqrt(math.fsum((o * e) ** 2 for o, e in zip(others, errors, strict=True)))
    return Chain(total, total * shock, Interval(total * shock - z_of() * se, total * shock + z_of() * se))
