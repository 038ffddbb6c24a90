"""The reference catalogue: what the operator agrees on once, kept as CSV files that people can edit."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from sqm.database.connection import Cursor
from sqm.database.deciding import decisions, effects, study_effects, use_rules
from sqm.errors import SqmError

# Table -> must the file be there? All of it is replaced by a load, except rows that a batch or a decision brought.
_TABLES = {
    "processes": True,
    "dimensions": True,
    "departments": True,
    "contacts": False,
    "process_owners": True,
    "drivers": True,
    "needs": False,
    "promises": False,
    "audit_topics": False,
    "checklists": False,
    "checklist_items": False,
    "audit_items": False,
    "audit_standards": False,
    "score_parts": False,
    "audit_rotation": False,
    "indicators": True,
    "items": True,
    "surveys": True,
    "methods": True,
    "studies": False,
    "study_quotas": False,
    "focus_groups": False,
    "labels": True,
    "targets": True,
    "districts": False,
    "stores": False,
}
_WITH_BATCH = {
    "indicators", "items", "surveys", "methods", "studies", "study_quotas", "focus_groups", "labels", "targets",
    "districts", "stores", "checklists", "checklist_items", "audit_items", "audit_standards", "score_parts",
    "audit_rotation",
}  # fmt: skip


def load(cursor: Cursor, folder: Path) -> dict[str, int]:
    """Replace the catalogue rows of every table by the file of that name; rows of batches and decisions stay.

    Returns rows by table. Raises SqmError("catalogue_file_missing" | "catalogue_column_missing" | "catalogue_value")
    with file and column, or "use_rule" for an indicator that may not be appraised, and then nothing is stored (the
    caller's transaction rolls back).
    """
    counts = {table: _load(cursor, folder / f"{table}.csv", table, needed) for table, needed in _TABLES.items()}
    use_rules.refuse_catalogue(cursor)
    log = decisions.every_within(cursor)
    effects.settle_indicators(cursor, effects.fold(log))  # a code that a file has is its own
    study_effects.restore(cursor, log)
    return counts


def load_table(cursor: Cursor, path: Path, table: str) -> int:
    """Replace the catalogue rows of one table by the file at path."""
    return _load(cursor, path, table, needed=True)


def _load(cursor: Cursor, path: Path, table: str, needed: bool) -> int:
    if not path.exists():
        if needed:
            raise SqmError("catalogue_file_missing", file=path.name)
        return 0
    columns = _columns(cursor, table)
    rows = _rows(path, columns)
    cursor.register("staged_catalogue", rows)
    try:
        if table in _WITH_BATCH:
            cursor.execute(f"delete from {table} where batch_id = ''")  # noqa: S608  one of _TABLES  # nosec B608
        else:
            cursor.execute(f"delete from {table}")  # noqa: S608  # nosec B608
        names = ", ".join(name for name, _ in columns)
        cursor.execute(f"insert into {table} ({names}) select {names} from staged_catalogue")  # noqa: S608  # nosec B608
    finally:
        cursor.unregister("staged_catalogue")
    return int(rows.num_rows)


def _columns(cursor: Cursor, table: str) -> list[tuple[str, str]]:
    described = cursor.execute(
        "select column_name, data_type from duckdb_columns() where table_name = $table order by column_index",
        {"table": table},
    ).fetchall()
    return [(name, kind) for name, kind in described]


def _rows(path: Path, columns: list[tuple[str, str]]) -> pa.Table:
    names = [name for name, _ in columns if name != "batch_id"]
    options = pyarrow.csv.ConvertOptions(
        column_types={name: pa.string() for name in names}, strings_can_be_null=False, include_columns=names
    )
    try:
        text = pyarrow.csv.read_csv(path, convert_options=options)
    except KeyError as error:
        raise SqmError("catalogue_column_missing", file=path.name, column=str(error).strip("'\"")) from error
    arrays = [_typed(path, text.column(name).to_pylist(), name, kind) for name, kind in columns if name != "batch_id"]
    if len(columns) > len(names):
        arrays.append(pa.array([""] * text.num_rows))
        names = [*names, "batch_id"]
    return pa.table(dict(zip(names, arrays, strict=True)))


_READERS: dict[str, tuple[Callable[[str], object], pa.DataType]] = {
    "INTEGER": (int, pa.int32()),
    "DOUBLE": (float, pa.float64()),
    "BOOLEAN": (lambda text: {"true": True, "false": False}[text.lower()], pa.bool_()),
    "DATE": (datetime.date.fromisoformat, pa.date32()),
}


def _typed(path: Path, values: list[str], name: str, kind: str) -> pa.Array:
    if kind not in _READERS:
        return pa.array(values, pa.string())
    read, arrow_type = _READERS[kind]
    typed: list[object] = []
    for row, value in enumerate(values, start=2):
        try:
            typed.append(read(value) if value else None)
        except (ValueError, KeyError) as error:
            raise SqmError("catalogue_value", file=path.name, row=row, column=name, found=value) from error
    return pa.array(typed, arrow_type)
