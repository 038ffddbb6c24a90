"""What a commit would change, found by doing it and rolling it back: the rehearsal cannot disagree with the commit."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.database.batches import batches, target_rehearsal, visit_rehearsal
from sqm.database.batches.staging import Outcome
from sqm.database.batches.uploads import Upload
from sqm.database.batches.visit_rehearsal import Visited
from sqm.database.connection import Cursor, Database, frame
from sqm.database.deciding import use_rules
from sqm.database.indicators import indicators, targets
from sqm.database.indicators.indicators import COMPANY, Place
from sqm.database.queries import query
from sqm.intake.reading import Reading
from sqm.intake.recipe import AUDITS, Recipe, Template
from sqm.rules.matrix import matrix
from sqm.rules.periods import add_months, month_range


@dataclass(frozen=True)
class Rehearsal:
    """outcome: rows by fate and months reached. flips: one row per indicator and month whose status at company level
    would change: indicator_code, month, status_before, status_after, value_before, value_after.
    cells: process_code, dimension_code, month, status_before, status_after of matrix cells that would change.
    targets: the targets that the file sets, with the columns of target_rehearsal.changed_targets; empty for others.
    visited: what a file of store audits brings; None for others."""

    outcome: Outcome
    flips: pd.DataFrame
    cells: pd.DataFrame
    targets: pd.DataFrame
    visited: Visited | None = None


def rehearse(
    db: Database, upload: Upload, recipe: Recipe, reading: Reading, who: str, replace_stored: bool = False
) -> Rehearsal:
    """Try a commit and roll it back. Raises the same SqmError as the commit would."""
    with use_rules.noted(db, who), db.trial() as cursor:
        use_rules.refuse_file(cursor, recipe, reading)
        months = _reached(cursor, recipe, reading)
        agreed = targets.every_within(cursor)
        before = _judged(cursor, months)
        scored = visit_rehearsal.means(cursor, recipe, reading)
        outcome = batches.apply(cursor, upload, recipe, reading, who, replace_stored)
        after = _judged(cursor, months)
        changed = target_rehearsal.changed_targets(cursor, batches.REHEARSAL, agreed)
        visited = visit_rehearsal.visited(cursor, batches.REHEARSAL, scored)
    return Rehearsal(outcome, _flips(before, after), _cell_flips(before, after), changed, visited)


def _reached(cursor: Cursor, recipe: Recipe, reading: Reading) -> tuple[date, ...]:
    """The months whose verdicts could change. A target reaches every month from its first one on that has values;
    visits to stores reach none: no indicator is worked out from them."""
    if recipe.template in AUDITS:
        return ()
    if recipe.template is not Template.TARGETS:
        return reading.months
    newest = target_rehearsal.newest_month(cursor)
    if newest is None or not reading.months or min(reading.months) > newest:
        return ()
    return tuple(month_range(min(reading.months), newest))


def _judged(cursor: Cursor, months: tuple[date, ...], place: Place = COMPANY) -> dict[date, pd.DataFrame]:
    """Every month that the file reaches, judged at company level as the matrix page judges it."""
    if not months:
        return {}
    listed = frame(cursor, query("indicators", "catalogue"))
    agreed = targets.every_within(cursor)
    sums = indicators.sums_within(cursor, place, add_months(min(months), -1), max(months))
    return {month: matrix.judge_month(listed, sums, agreed, month) for month in sorted(set(months))}


def _flips(before: dict[date, pd.DataFrame], after: dict[date, pd.DataFrame]) -> pd.DataFrame:
    found = []
    for month, now in after.items():
        then = before[month].set_index("indicator_code")
        both = now[["indicator_code", "status", "value"]].copy()
        both["status_before"] = both["indicator_code"].map(then["status"])
        both["value_before"] = both["indicator_code"].map(then["value"])
        changed = both[both["status"] != both["status_before"]]
        found.append(changed.rename(columns={"status": "status_after", "value": "value_after"}).assign(month=month))
    columns = ["indicator_code", "month", "status_before", "status_after", "value_before", "value_after"]
    return _stacked(found, columns)


def _cell_flips(before: dict[date, pd.DataFrame], after: dict[date, pd.DataFrame]) -> pd.DataFrame:
    keys = ["process_code", "dimension_code"]
    found = []
    for month, now in after.items():
        both = matrix.cells(now)[[*keys, "status"]].merge(
            matrix.cells(before[month])[[*keys, "status"]], on=keys, suffixes=("_after", "_before")
        )
        found.append(both[both["status_after"] != both["status_before"]].assign(month=month))
    return _stacked(found, [*keys, "month", "status_before", "status_after"])


def _stacked(parts: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    if not filled:
        return pd.DataFrame(columns=columns)
    return pd.concat(filled, ignore_index=True)[columns]
