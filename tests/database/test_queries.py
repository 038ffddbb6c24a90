"""The SQL files keep their rules: named, parameterised, fit for one file and for the lake."""

import re

import pytest

from sqm import config
from sqm.database.connection import Database
from sqm.database.queries import query

SQL = config.ROOT / "sqm" / "database" / "sql"
FILES = sorted(SQL.glob("*.sql"))
SCHEMA = sorted((SQL / "schema").glob("*.sql"))
# Not results: one row by its key, and texts that stand inside another query.
PARTS = (
    "find", "staged_rows", "stored_rows", "rows_of_batches", "erased_rows", "unfold_position", "store_month_sums",
    "segment_month_sums",
)  # fmt: skip
NOT_ON_THE_LAKE = (
    r"primary key|unique|references|create index|create sequence|\benum\b|generated always|on conflict|returning"
)


def test_every_query_has_a_name_and_a_caller() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (config.ROOT / "sqm" / "database").rglob("*.py"))
    for path in FILES:
        names = re.findall(r"^-- name: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert names, path.name
        assert len(names) == len(set(names)), path.name
        for name in names:
            assert query(path.stem, name)
            assert f'"{name}"' in code, f"{path.name}: nobody calls {name}"


@pytest.mark.parametrize("path", [*FILES, *SCHEMA], ids=lambda path: path.name)
def test_nothing_that_the_lake_lacks(path) -> None:  # type: ignore[no-untyped-def]
    statements = re.sub(r"--.*", "", path.read_text(encoding="utf-8")).lower()
    assert not re.findall(NOT_ON_THE_LAKE, statements)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_select_of_rows_says_its_order_and_its_columns(path) -> None:  # type: ignore[no-untyped-def]
    for name, text in zip(
        re.findall(r"^-- name: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE),
        re.split(r"^-- name: \w+$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:],
        strict=True,
    ):
        body = re.sub(r"--.*", "", text).strip()
        if body.startswith("select") and " from " in body.replace("\n", " ") and "count(*) filter" not in body:
            single = re.match(r"select\s+(exists|min|max|coalesce|\()", body) or "limit 1" in body
            assert single or "order by" in body or name in PARTS, f"{path.name}: {name} has no order"


def test_migrations_are_numbered_and_run_once(db: Database) -> None:
    from sqm.database import migrations

    assert [path.stem[:3] for path in SCHEMA] == [f"{number:03d}" for number in range(1, len(SCHEMA) + 1)]
    assert migrations.migrate(db) == []
