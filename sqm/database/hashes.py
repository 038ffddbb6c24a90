"""One number a table that does not depend on the order of its rows: proof that undo and rebuild restore everything."""

from sqm.database.connection import Cursor, Database

# What an undo or a rebuild does not give back. trail: what happened is not unmade, and a rebuild is no act of the
# people in it. remembered_columns, looks: notes about people's habits, not part of the record. Decisions, agreed
# targets, accepted indicators, sealed months and their figures are restored by a rebuild: they are in the journal.
NOT_RESTORED = ("trail", "remembered_columns", "looks")


def table_hashes(db: Database) -> dict[str, tuple[int, int]]:
    """Rows and hash sum of every table except NOT_RESTORED."""
    with db.read() as cursor:
        return {name: _hash(cursor, name) for name in _tables(cursor) if name not in NOT_RESTORED}


def read_all(db: Database) -> None:
    """Read every value of every table: the engine checks each block that it reads. Raises SqmError("database_damaged").

    It finds what checksums of the raw file cannot: a block that is missing, or that another one was written over.
    """
    with db.read() as cursor:
        for name in _tables(cursor):
            _hash(cursor, name)


def _tables(cursor: Cursor) -> list[str]:
    found = cursor.execute("select table_name from duckdb_tables() where not temporary").fetchall()
    return sorted(str(row[0]) for row in found)


def _hash(cursor: Cursor, table: str) -> tuple[int, int]:
    sql = f'select count(*), coalesce(sum(hash(t)), 0)::varchar from (select * from "{table}") as t'  # noqa: S608  # nosec B608
    rows, total = cursor.execute(sql).fetchone()
    return int(rows), int(total)
