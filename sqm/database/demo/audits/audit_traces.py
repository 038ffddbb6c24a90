"""What auditors wrote down beside the points: who they were, minutes, remarks, what they brought.

Everything follows from points that stand already, so no number moves. One auditor of the agency gives nearly the same
total everywhere: it is given visits that came out close to the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from sqm.database.demo.audits.audit_remarks import EVIDENCE, PHOTO, REMARKS
from sqm.database.demo.audits.audit_sheets import HANDLING, QUEUEING, SheetItem, Sheets
from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import MONTHS, Floats, Ints
from sqm.database.demo.noise import stream
from sqm.rules.audits.audit_visits import item_losses
from sqm.rules.stores.store_evidence import BESIDE

AUDITORS = tuple(f"A{number}" for number in range(1, 10))
_NEAR = 0.33  # share of a month's visits, those closest to the mean, that the narrow one is given
_REMARKED, _EVIDENT = 0.10, 0.30
_FULL_POINTS = 10.0


@dataclass(frozen=True)
class Marks:
    """Items of visits, one entry each; the items of a visit stand together. visit, item: places."""

    codes: Sequence[str]
    visit: Ints
    item: Ints
    points: Floats
    applies: NDArray[np.bool_]


@dataclass(frozen=True)
class Traces:
    """Columns of visits (evidence: of their items). auditors: places in AUDITORS. NaN, null: nothing written down."""

    checklists: pa.Array
    auditors: Ints
    waited: Floats
    handled: Floats
    comments: pa.Array
    evidence: pa.Array


def traced(sheets: Sheets, themes: Sequence[str], theme: Ints, months: Ints, marks: Marks) -> Traces:
    """theme: place in themes, and the month's place, of each visit."""
    random = stream("audit traces")
    checklists = checklist_codes(sheets, themes, theme, months)
    frame, rules = _frame(sheets, checklists, marks), sheets.rules
    losses = item_losses(frame, rules)
    beside = np.array([code.split(".")[0] in BESIDE for code in marks.codes])[marks.item]
    of_theme = item_losses(frame[~beside], rules).groupby("visit")["lost"].sum()
    totals = 100.0 - of_theme.reindex(range(len(months)), fill_value=0.0).to_numpy(np.float64)
    failed = losses["is_failed"].to_numpy(bool)
    return Traces(
        checklists=pa.array(checklists).dictionary_encode(),
        auditors=_auditors(random, totals, months),
        waited=minutes(random, sheets, QUEUEING, marks, months),
        handled=minutes(random, sheets, HANDLING, marks, months),
        comments=_comments(random, marks, losses["lost"].to_numpy(np.float64), failed, len(months)),
        evidence=_evidence(random, marks, failed),
    )


def checklist_codes(sheets: Sheets, themes: Sequence[str], theme: Ints, months: Ints) -> list[str]:
    """The version in force at each visit."""
    return [sheets.versions[themes[which]][month] for which, month in zip(theme.tolist(), months.tolist(), strict=True)]


def minutes(random: np.random.Generator, sheets: Sheets, code: str, marks: Marks, months: Ints) -> Floats:
    """Minutes of each visit that its points for them say by the standard in force; below the limit of full marks, and
    above that of none, points do not tell. NaN for a visit without that item."""
    full, zero = (limit[months] for limit in sheets.limits[code])
    points = np.full(len(months), np.nan)
    if code in marks.codes:
        at = np.flatnonzero((marks.item == list(marks.codes).index(code)) & marks.applies)
        points[marks.visit[at]] = marks.points[at]
    found = zero - (zero - full) * points / _FULL_POINTS
    chance = random.random(len(months))
    found = np.where(points >= _FULL_POINTS, full * (0.3 + 0.7 * chance), found)
    found = np.where(points <= 0, zero * (1.0 + 0.4 * chance), found)
    return np.asarray(np.round(found, 2))


def _frame(sheets: Sheets, checklists: Sequence[str], marks: Marks) -> pd.DataFrame:
    """As audit_visits.item_losses wants it; visits are places."""
    names = list(dict.fromkeys(checklists))
    listed = np.array([names.index(name) for name in checklists])[marks.visit]
    known = {name: {item.code: item for item in sheets.items[name]} for name in names}
    grid = [
        [known[name].get(code, SheetItem(code, np.nan, np.nan, False, False)) for code in marks.codes] for name in names
    ]

    def column(field: str) -> Floats:
        values = np.array([[float(getattr(item, field)) for item in row] for row in grid], np.float64)
        return np.asarray(values[listed, marks.item])

    return pd.DataFrame(
        {
            "visit": marks.visit,
            "item": marks.item,
            "points": np.where(marks.applies, marks.points, np.nan),
            "most": column("points"),
            "pass_points": column("pass_points"),
            "is_critical": column("critical") > 0,
            "is_minor": column("minor") > 0,
        }
    )


def _auditors(random: np.random.Generator, totals: Floats, months: Ints) -> Ints:
    """Places in AUDITORS: a month's visits in equal parts, the narrow one's out of those closest to the mean."""
    narrow = AUDITORS.index(cast.NARROW_AUDITOR)
    others = np.array([place for place in range(len(AUDITORS)) if place != narrow])
    out = np.zeros(len(totals), np.int64)
    for month in range(MONTHS):
        mine = np.flatnonzero(months == month)
        closest = mine[np.argsort(np.abs(totals[mine] - totals[mine].mean()), kind="stable")]
        taken = random.permutation(closest[: round(_NEAR * len(mine))])[: len(mine) // len(AUDITORS)]
        rest = random.permutation(np.setdiff1d(mine, taken))
        out[rest] = others[np.arange(len(rest)) % len(others)]
        out[taken] = narrow
    return out


def _comments(
    random: np.random.Generator, marks: Marks, lost: Floats, failed: NDArray[np.bool_], visits: int
) -> pa.Array:
    """On some visits, in the words of the collected sheet, about the failed item that cost most."""
    order = np.lexsort((-np.where(failed, lost, -1.0), marks.visit))
    first = order[np.searchsorted(marks.visit[order], np.arange(visits))]
    said = failed[first] & (random.random(visits) < _REMARKED)
    variant = random.integers(0, 2, visits)
    words = [
        REMARKS[marks.codes[item]][which] if speaks and marks.codes[item] in REMARKS else None
        for item, which, speaks in zip(marks.item[first].tolist(), variant.tolist(), said.tolist(), strict=True)
    ]
    return pa.array(words, pa.string())


def _evidence(random: np.random.Generator, marks: Marks, failed: NDArray[np.bool_]) -> pa.Array:
    """Of some failed items: the name of a photo, the number of a ticket or of a receipt."""
    brought = failed & (random.random(len(failed)) < _EVIDENT)
    number = random.integers(1000, 9999, len(failed))
    words: list[str | None] = [None] * len(failed)
    for at in np.flatnonzero(brought).tolist():
        words[at] = EVIDENCE.get(marks.codes[marks.item[at]], PHOTO).format(number[at])
    return pa.array(words, pa.string())
