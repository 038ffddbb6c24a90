"""Appeals: a store queries an item of an audit with evidence, the quality department rules, the score follows (F18).

Nobody rules their own: a store or district raises, the quality department rules. A ruling names the points that hold
from then on; nothing is overwritten in the visit itself, so a ruling that is taken back leaves the first mark again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

from sqm.rules.decisions import Decision, Draft, Facts, Kind, standing, text_in
from sqm.rules.sampling import wilson_limits

NOT_APPLICABLE = None
"""As points of an item: the store has no such business, so the item is out of the points obtained and the most."""


class Verdict(StrEnum):
    """upheld: as claimed. partly: other points than marked, others than claimed. rejected: the mark stays."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


class State(StrEnum):
    """open, or the verdict."""

    OPEN = "open"
    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Appeal:
    """claimed, granted: points of the item, None: it does not apply. granted counts only when ``is_changed``.

    raised_at, ruled_at in UTC; ruled_at is None and the texts of the ruling are '' while it is open.
    """

    appeal_id: str
    visit_id: str
    item_code: str
    store_code: str
    district_code: str
    claimed: float | None
    reason: str
    evidence: str
    who: str
    role: str
    raised_at: datetime
    state: State = State.OPEN
    granted: float | None = None
    ruling_id: str = ""
    ruled_by: str = ""
    ruled_at: datetime | None = None
    ruling: str = ""

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    @property
    def is_changed(self) -> bool:
        """Whether the ruling put other points in the place of the mark."""
        return self.state in (State.UPHELD, State.PARTLY)

    def days_open(self, today: date) -> int:
        """Whole days from the query to its ruling, or to today."""
        return max(((self.ruled_at.date() if self.ruled_at else today) - self.raised_at.date()).days, 0)

    def due_on(self, appeal_days: float | None) -> date | None:
        """The last day for a ruling by the standard; None where the province set none."""
        return None if appeal_days is None else self.raised_at.date() + timedelta(days=int(appeal_days))

    def is_late(self, appeal_days: float | None, today: date) -> bool:
        """Ruled, or still waiting, after that day."""
        due = self.due_on(appeal_days)
        return due is not None and (self.ruled_at.date() if self.ruled_at else today) > due


def raise_appeal(
    visit_id: str,
    item_code: str,
    store_code: str,
    district_code: str,
    claimed: float | None,
    reason: str,
    evidence: str = "",
) -> Draft:
    """claimed: points that the store holds to be right, None: the item does not apply. ValueError without a reason."""
    if not (visit_id.strip() and item_code.strip() and reason.strip()):
        raise ValueError("an appeal names a visit, an item and a reason")
    facts = {
        "item_code": item_code.strip(),
        "store_code": store_code,
        "district_code": district_code,
        "claimed": None if claimed is None else float(claimed),
        "reason": reason.strip(),
        "evidence": evidence.strip(),
    }
    return Draft(Kind.APPEAL_RAISED, visit_id.strip(), facts)


def rule(appeal_id: str, verdict: Verdict, reason: str, points: float | None = NOT_APPLICABLE) -> Draft:
    """points: what holds after a verdict of PARTLY, None: the item does not apply; the other verdicts name none, for
    the claim or the mark says it. ValueError without a reason: both sides are to learn from it."""
    if not reason.strip():
        raise ValueError("a ruling has a reason")
    of_ruling = {"points": None if points is None else float(points)} if verdict is Verdict.PARTLY else {}
    return Draft(Kind.APPEAL_RULED, appeal_id, {"verdict": verdict.value, "reason": reason.strip(), **of_ruling})


def appeals(decisions: Iterable[Decision]) -> tuple[Appeal, ...]:
    """Every appeal that was not withdrawn, oldest first. The first ruling that stands decides."""
    found: dict[str, Appeal] = {}
    for each in standing(decisions):
        if each.kind is Kind.APPEAL_RAISED:
            found[each.decision_id] = _raised(each)
        elif each.kind is Kind.APPEAL_RULED and each.subject in found and found[each.subject].is_open:
            found[each.subject] = _ruled(found[each.subject], each)
    return tuple(found.values())


def corrected(marks: pd.DataFrame, found: Iterable[Appeal]) -> pd.DataFrame:
    """marks: visit, item, points (other columns stay) -> the same rows with the points that hold after the rulings.

    An item that a ruling found not to apply has NaN; of several rulings on one item the last holds. Never more than
    ``most``, where the frame has it: a visit that was uploaded again may carry another checklist.
    """
    changed = sorted((each for each in found if each.is_changed), key=lambda each: each.ruled_at or each.raised_at)
    held = {(each.visit_id, each.item_code): each.granted for each in changed}
    out = marks.copy()
    out["points"] = out["points"].astype(float)
    if not held:
        return out
    places = pd.MultiIndex.from_frame(out[["visit", "item"]].astype(str))
    granted = pd.Series(
        [np.nan if points is None else float(points) for points in held.values()],
        index=pd.MultiIndex.from_tuples(held),
        dtype=float,
    )
    points = granted.reindex(places).to_numpy()
    if "most" in out:
        points = np.minimum(points, out["most"].to_numpy(dtype=float))
    out["points"] = np.where(places.isin(granted.index), points, out["points"])
    return out


def rates(marks: pd.DataFrame, found: Sequence[Appeal], by: str = "") -> pd.DataFrame:
    """How often audits are queried, and how often the ruling changes something: a rate of a wide standard or a careless
    auditor (D08, D10).

    marks: a row per visit and item, with the column ``by`` (auditor, theme, district ...); '': all together. Out,
    indexed by it: items (audited), queried (items, however often), queried_share, ruled, changed (appeals),
    changed_share, low, high (Wilson, of the changed; NaN when nothing was ruled). Appeals on visits outside are out.
    """
    rows = pd.DataFrame(
        {
            "visit": marks["visit"].astype(str),
            "item": marks["item"].astype(str),
            "by": marks[by].astype(str) if by else "",
        }
    )
    told = pd.DataFrame(
        [(each.visit_id, each.item_code, not each.is_open, each.is_changed) for each in found],
        columns=["visit", "item", "ruled", "changed"],
    ).astype({"ruled": int, "changed": int})
    per_item = told.groupby(["visit", "item"], as_index=False)[["ruled", "changed"]].sum().assign(queried=1)
    joined = rows.merge(per_item, how="left", on=["visit", "item"])
    counts = ["queried", "ruled", "changed"]
    joined[counts] = joined[counts].fillna(0).astype(int)
    out = joined.groupby("by", sort=True)[counts].sum()
    out.insert(0, "items", joined.groupby("by", sort=True).size())
    ruled = out["ruled"].to_numpy(dtype=float)
    out["queried_share"] = out["queried"] / out["items"]
    out["changed_share"] = np.where(ruled > 0, out["changed"] / np.where(ruled > 0, ruled, 1.0), np.nan)
    low, high = wilson_limits(out["changed"].to_numpy(dtype=float), ruled)
    return out.assign(low=low, high=high)


def points_in(facts: Facts, name: str) -> float | None:
    """Points as the facts hold them; None: the item does not apply."""
    value = facts.get(name)
    return None if value is None else float(value)


def _raised(each: Decision) -> Appeal:
    return Appeal(
        appeal_id=each.decision_id,
        visit_id=each.subject,
        item_code=text_in(each.facts, "item_code"),
        store_code=text_in(each.facts, "store_code"),
        district_code=text_in(each.facts, "district_code"),
        claimed=points_in(each.facts, "claimed"),
        reason=text_in(each.facts, "reason"),
        evidence=text_in(each.facts, "evidence"),
        who=each.who,
        role=each.role,
        raised_at=each.happened_at,
    )


def _ruled(appeal: Appeal, ruling: Decision) -> Appeal:
    verdict = Verdict(text_in(ruling.facts, "verdict"))
    granted = appeal.claimed if verdict is Verdict.UPHELD else points_in(ruling.facts, "points")
    return replace(
        appeal,
        state=State(verdict.value),
        granted=granted,
        ruling_id=ruling.decision_id,
        ruled_by=ruling.who,
        ruled_at=ruling.happened_at,
        ruling=text_in(ruling.facts, "reason"),
    )
