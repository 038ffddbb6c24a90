"""Visits and marks as they hold now: without rejected reports, with the points that rulings gave.

One door for every page, so that no score anywhere forgets an appeal. What was uploaded stays as it was.
"""

from collections.abc import Iterable

import pandas as pd

from sqm.rules.audits.appeals import appeals, corrected
from sqm.rules.audits.visit_reports import rejected
from sqm.rules.decisions import Decision


def holding(
    visits: pd.DataFrame, marks: pd.DataFrame, decisions: Iterable[Decision]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """visits: visit_id, score (as the file gave it); marks: visit, item, points; other columns stay.

    A visit with a changed item loses the score of its file: from then on its items say it.
    """
    log = tuple(decisions)
    out, found = rejected(log), appeals(log)
    changed = {each.visit_id for each in found if each.is_changed} & set(marks["visit"])
    if not out and not changed:
        return visits, marks
    kept = visits[~visits["visit_id"].isin(out)].copy()
    kept["score"] = kept["score"].astype(float).mask(kept["visit_id"].isin(changed))
    return kept, corrected(marks[~marks["visit"].isin(out)], found)
