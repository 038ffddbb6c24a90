"""Published months: sealed with the figures as they were, compared with what they are now, published anew if need be.

The figures of a seal are worked out once and kept as a file among the raw uploads, because that day's data, targets,
catalogue and rules made them: a rebuild reads the file again and works nothing out.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from sqm.database.batches.uploads import Upload, Uploads
from sqm.database.connection import Cursor, Database, frame
from sqm.database.deciding import decisions
from sqm.database.indicators import indicators, targets
from sqm.database.indicators.indicators import COMPANY, Place
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.errors import SqmError
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.decisions import Decision, Kind, text_in
from sqm.rules.matrix.revisions import Revision, compare
from sqm.rules.matrix.snapshot import judge_everywhere
from sqm.rules.periods import add_months, month_of

_NOT_COMPARABLE = 0  # the revision of months that were published before figures were kept
_SNAPSHOT_LIMIT = 1024**3


@dataclass(frozen=True)
class Seal:
    """One publication of a month; sealed_at in UTC."""

    month: date
    revision: int
    sealed_at: datetime
    sealed_by: str
    note: str = ""


def seal(
    db: Database, uploads: Uploads, month: date, who: str, note: str = "", role: str = "", today: date | None = None
) -> Decision:
    """Publish a month, or publish it anew with what late data changed (facts: revision, note, moved, flipped).

    Raises SqmError: month_not_over, month_without_data, month_unchanged (it is published just like this).
    """
    month = month_of(month)
    if month >= month_of(today or date.today()):
        raise SqmError("month_not_over", month=month)
    upload: Upload | None = None
    try:
        with db.write() as cursor:
            last = int(cursor.execute(query("sealed", "last_revision"), {"month": month}).fetchone()[0])
            judged = judge(cursor, month, month)
            if judged["value"].notna().sum() == 0:
                raise SqmError("month_without_data", month=month)
            change = compare(_published(cursor, EVERYTHING, month, last), judged) if last > _NOT_COMPARABLE else None
            if change is not None and change.is_empty:
                raise SqmError("month_unchanged", month=month, revision=last)
            revision = max(last, _NOT_COMPARABLE) + 1
            content = _written(table_of(cursor, judged.assign(revision=revision)))
            name = f"sealed {month:%Y-%m} revision {revision}.csv"
            upload = uploads.receive(io.BytesIO(content), name, _SNAPSHOT_LIMIT)
            facts = {
                "revision": revision,
                "note": note.strip(),
                "moved": 0 if change is None else len(change.moved),
                "flipped": 0 if change is None else len(change.flipped),
                "upload_id": upload.upload_id,
                "sha256": upload.sha256,
            }
            decision = decisions.fresh(cursor, Kind.MONTH_SEALED, who, role, month.isoformat(), facts)
            decisions.add(cursor, decision)
            _store(cursor, decision, content)
    except BaseException:
        if upload is not None:
            uploads.discard(upload.upload_id)
        raise
    uploads.write(decisions.journal_entry(decision))
    return decision


def replay(cursor: Cursor, uploads: Uploads, decision: Decision) -> None:
    """Seal again from the kept file. Raises SqmError("raw_file_damaged") when it is not what was written."""
    upload = uploads.find(text_in(decision.facts, "upload_id"))
    if uploads.digest(upload.upload_id) != text_in(decision.facts, "sha256"):
        raise SqmError("raw_file_damaged", file=upload.file_name)
    decisions.add(cursor, decision, with_trail=False)
    _store(cursor, decision, uploads.path(upload.upload_id).read_bytes())


def sealed(db: Database) -> pd.DataFrame:
    """Every publication: month, revision (0: from before figures were kept), sealed_at (UTC), sealed_by, note."""
    return db.frame(query("sealed", "months"))


def figures(db: Database, scope: Scope, month: date, revision: int, place: Place = COMPANY) -> pd.DataFrame:
    """What a revision said of the company or of one district, in the shape of matrix.judge_month with the names of
    today; no rows for a place that the viewer may not see, a store, or a revision that kept no figures."""
    parameters = scope_parameters(scope)
    return db.frame(
        query("sealed", "figures"),
        {
            "month": month_of(month),
            "revision": revision,
            "level": place.level,
            "scope_code": place.code,
            "all_districts": parameters["all_districts"],
            "districts": parameters["districts"],
        },
    )


def revision_of(db: Database, scope: Scope, month: date) -> Revision | None:
    """How a published month stands now against its last publication, on the places that the viewer may see.

    None for a month that is not published, or was before figures were kept.
    """
    with db.read() as cursor:
        last = int(cursor.execute(query("sealed", "last_revision"), {"month": month_of(month)}).fetchone()[0])
        if last <= _NOT_COMPARABLE:
            return None
        published = _published(cursor, scope, month_of(month), last)
        return compare(published, judge(cursor, month_of(month), month_of(month), scope))


def between(db: Database, scope: Scope, month: date, earlier: int, later: int) -> Revision:
    """What one publication of a month changed of an earlier one, on the places that the viewer may see."""
    with db.read() as cursor:
        before, after = (_published(cursor, scope, month_of(month), revision) for revision in (earlier, later))
    return compare(before, after)


def judge(
    cursor: Cursor,
    first: date,
    last: date,
    scope: Scope = EVERYTHING,
    amend: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """The company and the districts of a scope as they stand now, in every month (rules/matrix/snapshot.py).

    amend: changes the monthly sums first, for figures as they would be with other data.
    """
    parameters = scope_parameters(scope)
    limits = {name: parameters[name] for name in ("all_districts", "districts")}
    span = {"first": add_months(first, -1), "last": last}
    sums = indicators.with_n_eff(frame(cursor, query("sealed", "sums"), {**span, **limits}))
    sums = sums if amend is None else amend(sums)
    listed = frame(cursor, query("indicators", "catalogue"))
    codes = [row[0] for row in cursor.execute(query("sealed", "district_codes")).fetchall()]
    seen = [code for code in codes if scope.sees_district(code)]
    return judge_everywhere(listed, sums, targets.every_within(cursor), first, last, seen)


def table_of(cursor: Cursor, figures: pd.DataFrame) -> pa.Table:
    """Rows of judge, with a column revision, as the table of sealed figures takes them."""
    columns = _columns(cursor)
    return pa.Table.from_pandas(figures[list(columns)], schema=pa.schema(columns.items()), preserve_index=False)


def keep(cursor: Cursor, seals: Sequence[Seal], figures: pa.Table) -> None:
    """Store publications and their figures (table_of) inside the caller's transaction."""
    columns = ("month", "revision", "sealed_at", "sealed_by", "note")
    made = pa.table({name: [getattr(each, name) for each in seals] for name in columns})
    for name, rows, statement in (("staged_seals", made, "add_months"), ("staged_figures", figures, "add_figures")):
        cursor.register(name, rows)
        try:
            cursor.execute(query("sealed", statement))
        finally:
            cursor.unregister(name)


def _published(cursor: Cursor, scope: Scope, month: date, revision: int) -> pd.DataFrame:
    parameters = scope_parameters(scope)
    limits = {name: parameters[name] for name in ("all_districts", "districts")}
    return frame(cursor, query("sealed", "published"), {"month": month, "revision": revision, **limits})


def _store(cursor: Cursor, decision: Decision, content: bytes) -> None:
    """The same for a new seal and for its replay: from the bytes of the file."""
    month, facts = date.fromisoformat(decision.subject), decision.facts
    made = Seal(month, int(facts["revision"]), decision.happened_at, decision.who, text_in(facts, "note"))
    keep(cursor, [made], _read(content, _columns(cursor)))


def _columns(cursor: Cursor) -> dict[str, pa.DataType]:
    """Columns of sealed_figures with their Arrow types."""
    return {field.name: field.type for field in cursor.execute(query("sealed", "no_figures")).arrow().schema}


def _written(figures: pa.Table) -> bytes:
    """CSV, which people can open; its numbers are written so that they are read back bit by bit."""
    sink = io.BytesIO()
    pyarrow.csv.write_csv(figures, sink)
    return sink.getvalue()


def _read(content: bytes, columns: dict[str, pa.DataType]) -> pa.Table:
    options = pyarrow.csv.ConvertOptions(column_types=columns, strings_can_be_null=False)
    return pyarrow.csv.read_csv(io.BytesIO(content), convert_options=options)
