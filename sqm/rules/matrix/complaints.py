"""Complaints and appeals: whose load is larger than its number of customers, and was a problem solved the first time?

Rates and their intervals are values.value_of (kind rate) and sampling.garwood. Appeals (to the ministry, after the
operator failed to answer) are another thing than complaints; their rates are per million users of a quarter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.rules.sampling import Interval, wilson

WINDOW_DAYS = 7
"""A contact this many days after the one before still belongs to the same problem."""


@dataclass(frozen=True)
class Load:
    """share: of all appeals, 0-1. relative: share of appeals / share of users; 1 is as many as its size lets expect.
    rate: per user (multiply by a million). None without users."""

    appeals: float
    share: float | None
    rate: float | None
    relative: float | None


@dataclass(frozen=True)
class Resolution:
    """First-contact resolution. gross: of all episodes; net: of those that the first line could have solved."""

    episodes: int
    resolved: int
    gross: float | None
    gross_interval: Interval | None
    net_episodes: int
    net_resolved: int
    net: float | None
    net_interval: Interval | None
    too_young: int


def relative_load(appeals: Mapping[str, float], users: Mapping[str, float | None]) -> dict[str, Load]:
    """Per operator. relative needs the users of every operator that has appeals."""
    all_appeals = sum(appeals.values())
    sizes = {code: users.get(code) or 0.0 for code in appeals}
    all_users = sum(sizes.values()) if all(size > 0 for size in sizes.values()) else 0.0
    out = {}
    for code, count in appeals.items():
        share, size = count / all_appeals if all_appeals > 0 else None, sizes[code]
        out[code] = Load(
            appeals=count,
            share=share,
            rate=count / size if size > 0 else None,
            relative=None if share is None or all_users <= 0 else share / (size / all_users),
        )
    return out


def first_contact_resolution(
    contacts: pd.DataFrame, window_days: int = WINDOW_DAYS, as_of: date | None = None
) -> Resolution:
    """contacts: customer, issue, day (datetime64), first_line_resolvable (bool).

    An episode is a customer's contacts about one issue, each at most window_days after the one before; resolved if
    there was only one. as_of: last day of the data; an episode that began less than window_days before it can still be
    repeated, so it is not counted but told in too_young.
    """
    rows = contacts.sort_values(["customer", "issue", "day"], kind="stable")
    since = rows.groupby(["customer", "issue"], sort=False)["day"].diff()
    window = pd.Timedelta(days=window_days)
    rows = rows.assign(episode=(since.isna() | (since > window)).cumsum())
    episodes = rows.groupby("episode").agg(
        began=("day", "first"), contacts=("day", "size"), can_resolve=("first_line_resolvable", "first")
    )
    old = episodes if as_of is None else episodes[episodes["began"] <= pd.Timestamp(as_of) - window]
    is_resolved, can = old["contacts"] == 1, old["can_resolve"].astype(bool)
    resolved, net, net_resolved = int(is_resolved.sum()), int(can.sum()), int((is_resolved & can).sum())
    return Resolution(
        episodes=len(old),
        resolved=resolved,
        gross=resolved / len(old) if len(old) else None,
        gross_interval=wilson(resolved, len(old)),
        net_episodes=net,
        net_resolved=net_resolved,
        net=net_resolved / net if net else None,
        net_interval=wilson(net_resolved, net),
        too_young=len(episodes) - len(old),
    )
