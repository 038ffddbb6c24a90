"""Visits as a table: the same columns whether a row of the file was a visit or an item of one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sqm.intake.reading import VISITS_SCHEMA
from sqm.intake.rows import fingerprint
from sqm.intake.rows.visits import visit_marks
from sqm.intake.rows.visits.visit_facts import NUMBERS, TEXTS, Facts
from sqm.intake.rows.visits.visit_marks import Item, Marks

Rows = npt.NDArray[np.intp]
_COLUMN = {"checklist_code": "checklist", "auditor_code": "auditor"}


def months_of(days: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """The first day of each day's month, since 1970-01-01."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)


def table(
    source_rows: npt.NDArray[np.int32], facts: Facts, firsts: Rows, marks: Marks, items: Sequence[Item]
) -> pa.Table:
    """firsts: for every visit the row that speaks for it."""
    days = facts.days[firsts]
    dated = {"visited_on": days, "month": months_of(days)}
    listed = dict(zip(("items", "points", "max_points", "critical", "evidence"), visit_marks.lists(marks, items),
                      strict=True))  # fmt: skip
    columns = []
    for name in VISITS_SCHEMA.names:
        field = _COLUMN.get(name, name)
        if name == "source_row":
            columns.append(pa.array(source_rows[firsts], pa.int32()))
        elif name in dated:
            columns.append(pa.array(dated[name], pa.int32()).view(pa.date32()))
        elif name == "comment":
            columns.append(facts.comment.take(pa.array(firsts)))
        elif field in NUMBERS:
            columns.append(pa.array(facts.numbers[field][firsts], pa.float64(), from_pandas=True))
        elif name in listed:
            columns.append(listed[name])
        else:
            columns.append(pa.array(facts.texts[field][firsts], pa.string()))
    return pa.Table.from_arrays(columns, schema=VISITS_SCHEMA)


def hashes(facts: Facts, firsts: Rows, marks: Marks, items: Sequence[Item]) -> fingerprint.Hashes:
    """A hash for every visit."""
    told = [facts.texts[name][firsts].tolist() for name in ("visit_id", *TEXTS)]
    told.append([str(day) for day in facts.days[firsts].tolist()])
    told += [[repr(value) for value in facts.numbers[name][firsts].tolist()] for name in NUMBERS]
    told.append(facts.comment.take(pa.array(firsts)).fill_null("").to_pylist())
    spelled = pa.array(["\x1f".join(cells) for cells in zip(*told, strict=True)], pa.string())
    return fingerprint.rows([fingerprint.of_strings(spelled), visit_marks.hashes(marks, items)], len(firsts))
