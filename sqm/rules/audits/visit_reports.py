"""Reports of auditors that the quality department rejects: such a visit counts nowhere any more (D08, F19)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from sqm.rules.decisions import Decision, Draft, Kind, standing, text_in
from sqm.rules.sampling import wilson_limits


@dataclass(frozen=True)
class Rejection:
    """at in UTC. decision_id: what a withdrawal names, and then the visit counts again."""

    visit_id: str
    reason: str
    decision_id: str
    who: str
    at: datetime


def reject_visit(visit_id: str, reason: str) -> Draft:
    """ValueError without a reason: the auditor is told it."""
    if not (visit_id.strip() and reason.strip()):
        raise ValueError("a report is rejected for a reason")
    return Draft(Kind.VISIT_REJECTED, visit_id.strip(), {"reason": reason.strip()})


def rejections(decisions: Iterable[Decision]) -> tuple[Rejection, ...]:
    """Oldest first."""
    return tuple(
        Rejection(each.subject, text_in(each.facts, "reason"), each.decision_id, each.who, each.happened_at)
        for each in standing(decisions)
        if each.kind is Kind.VISIT_REJECTED
    )


def rejected(decisions: Iterable[Decision]) -> frozenset[str]:
    """Ids of the visits that do not count."""
    return frozenset(each.visit_id for each in rejections(decisions))


def rates(visits: pd.DataFrame, ids: Collection[str], by: str = "auditor_code") -> pd.DataFrame:
    """visits: visit_id and the column ``by``, the rejected ones among them. Out, indexed by it: visits, rejected, share
    (0-1), low, high (Wilson)."""
    is_rejected = visits["visit_id"].astype(str).isin(set(ids)).astype(int)
    grouped = is_rejected.groupby(visits[by].astype(str), sort=True)
    out = pd.DataFrame({"visits": grouped.size(), "rejected": grouped.sum()})
    low, high = wilson_limits(out["rejected"].to_numpy(dtype=float), out["visits"].to_numpy(dtype=float))
    return out.assign(share=out["rejected"] / out["visits"], low=low, high=high)
