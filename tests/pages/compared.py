"""A survey of ours and two rivals in a few months, with exactly as many satisfied people as a test says."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from sqm import config
from sqm.database import catalogue, marts, migrations
from sqm.database.connection import Cursor, Database

OVERALL = "overall.overall"
SATISFIED, OTHERS = 9.0, 4.0

Told = Mapping[date, Mapping[str, tuple[int, int]]]
"""By month and operator: satisfied people, and people asked."""


def build(path: Path, told: Told) -> Path:
    """A database file with the shipped catalogue and that survey (cati, one question, one method)."""
    db = Database.open(str(path))
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
        for code, en, zh in (("rival_a", "Farbridge", "远桥"), ("rival_b", "Silveroar", "银桨")):
            cursor.execute(
                "insert into labels values ('operator', $code, 9, $en, $zh, '')", {"code": code, "en": en, "zh": zh}
            )
        cursor.execute("insert into questions values ('b1', 1, $item, $item, 1, 10)", {"item": OVERALL})
        _answers(cursor, told)
        for month in told:  # the pages before this one want a month with an indicator
            cursor.execute(
                "insert into indicator_values (batch_id, indicator_code, month, level, scope_code, district_code, "
                "numerator, denominator, note, source_row) "
                "values ('b2', 'NET-O01', $month, 'company', '', '', 99, 100, '', 2)",
                {"month": month},
            )
        marts.rebuild(cursor)
    db.close()
    return path


def _answers(cursor: Cursor, told: Told) -> None:
    groups = [
        pd.DataFrame(
            {"month": month, "operator_code": operator, "scores": [[SATISFIED]] * good + [[OTHERS]] * (n - good)}
        )
        for month, by_operator in told.items()
        for operator, (good, n) in by_operator.items()
    ]
    rows = pd.concat(groups, ignore_index=True)
    rows["source_row"] = range(2, len(rows) + 2)
    cursor.register("fresh", rows)
    cursor.execute(
        "insert into responses select 'b1', source_row, 'cati', 'cati-1', 'R' || source_row, month, month, '', '', "
        "operator_code, 'cati', '', 1.0, scores from fresh"
    )
    cursor.unregister("fresh")
