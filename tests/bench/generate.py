"""A database with a chosen number of survey answers: the demo thinned out, or filled up with store evaluations.

python -m tests.bench.generate 10 FILE                 about 10 million answers in FILE
python -m tests.bench.generate 10 FILE --stores 1000   of 1,000 stores: the demo's, copied with their audits
"""

import argparse
import time
from datetime import date
from pathlib import Path

from sqm.database import demo, marts
from sqm.database.connection import Cursor, Database

ROOT = Path(__file__).resolve().parent.parent.parent
_MILLION = 1_000_000
_ITEMS = ("stores.overall", "stores.environment", "stores.waiting", "stores.staff", "stores.handling")

_QUESTIONS = """
insert into questions
select $batch_id, unnest(range(1, 6))::integer, unnest($items::varchar[]), unnest($items::varchar[]), 1, 10
"""

# One respondent a row: store, day, channel, brand and scores all follow from the hash of the row's number,
# so the same size always gives the same rows.
_RESPONSES = """
insert into responses
with numbered as (
    select r.range as number, hash(r.range, $batch_id) as chance from range($rows::bigint) as r
),
known as (
    select list(store_code order by store_code) as stores, list(district_code order by store_code) as districts
    from stores
),
placed as (
    select number, chance, stores[(chance % len(stores) + 1)::integer] as store_code,
        districts[(chance % len(stores) + 1)::integer] as district_code
    from numbered
    cross join known
)
select $batch_id, (number + 2)::integer, 'store_evaluation', $method_code, $batch_id || '-' || number,
    $month::date + ((chance // 1000) % 28)::integer, $month::date, store_code, district_code, 'own',
    ['front_desk', 'outbound_call', 'sms'][((chance // 7) % 3 + 1)::integer],
    ['gotone', 'mzone', 'easyown'][((chance // 11) % 3 + 1)::integer], 1,
    [1 + (chance // 13) % 10, 1 + (chance // 131) % 10, 1 + (chance // 1327) % 10, 1 + (chance // 13291) % 10,
        1 + (chance // 132911) % 10]::decimal(7, 2)[]
from placed
"""

# A share of the respondents, the same ones every time.
_THIN_OUT = "delete from responses where hash(batch_id, source_row) % 10000 >= $kept * 10000"

# Copy number $copy of the demo's first $first stores, with their visits.
_CHOOSE = """
create or replace temp table copied as
select store_code from stores where batch_id = '' order by store_code limit $first
"""
_COPIES = (
    """insert into stores select * replace (store_code || '-' || $copy as store_code,
        name_en || ' ' || $copy as name_en, name_zh || ' ' || $copy as name_zh, 'bench' as batch_id)
    from stores where store_code in (from copied)""",
    """insert into visit_items select i.* replace (i.visit_id || '-' || $copy as visit_id)
    from visit_items as i join visits as v on v.visit_id = i.visit_id and v.batch_id = i.batch_id
    where v.store_code in (from copied)""",
    """insert into visits select * replace (visit_id || '-' || $copy as visit_id,
        store_code || '-' || $copy as store_code)
    from visits where store_code in (from copied)""",
)


def build(path: Path, millions: float, stores: int = 0) -> tuple[int, float]:
    """Build the file; returns the number of answers and the seconds it took. Months are those of the demo, stores too
    unless there are to be more."""
    started = time.perf_counter()
    path.unlink(missing_ok=True)
    demo.build(str(path), lambda fraction, step: None)
    db = Database.open(str(path))
    try:
        _copy_stores(db, stores)
        months = [row[0] for row in db.frame("select distinct month from responses order by month").values.tolist()]
        if (surplus := answers(db) / (millions * _MILLION)) > 1:
            with db.write() as cursor:
                cursor.execute(_THIN_OUT, {"kept": 1 / surplus})
                marts.rebuild(cursor)
        lacking = max(0, int(millions * _MILLION) - answers(db))
        rows = -(-lacking // (len(months) * len(_ITEMS)))
        for number, month in enumerate(months if rows else []):
            with db.write() as cursor:
                _fill(cursor, f"bench-{number:02d}", month.date(), rows)
        db.checkpoint()
        return answers(db), time.perf_counter() - started
    finally:
        db.close()


def _copy_stores(db: Database, wanted: int) -> None:
    held = int(db.frame("select count(*) as n from stores")["n"][0])
    with db.write() as cursor:
        for copy, start in enumerate(range(held, wanted, held), start=1):
            cursor.execute(_CHOOSE, {"first": min(held, wanted - start)})
            for statement in _COPIES:
                cursor.execute(statement, {"copy": str(copy)})


def last_two_months(path: Path) -> tuple[str, str]:
    """The last two months of a file as an English page writes them, the last one first."""
    db = Database.open(str(path))
    try:
        months = db.frame("select distinct month from mart_indicator_month order by month desc limit 2")["month"]
        return f"{months[0]:%b %Y}", f"{months[1]:%b %Y}"
    finally:
        db.close()


def answers(db: Database) -> int:
    """Answers that the marts count: every answered item of every respondent."""
    return int(db.frame("select sum(n) as n from mart_segment_month")["n"][0])


def _fill(cursor: Cursor, batch_id: str, month: date, rows: int) -> None:
    method = cursor.execute(
        "select method_code from methods where survey_code = 'store_evaluation' order by valid_from desc limit 1"
    ).fetchone()[0]
    cursor.execute(_QUESTIONS, {"batch_id": batch_id, "items": list(_ITEMS)})
    cursor.execute(_RESPONSES, {"batch_id": batch_id, "rows": rows, "month": month, "method_code": method})
    marts.add(cursor, batch_id)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("millions", type=float)
    parser.add_argument("file", type=Path)
    parser.add_argument("--stores", type=int, default=0)
    chosen = parser.parse_args()
    count, seconds = build(chosen.file, chosen.millions, chosen.stores)
    print(f"{count} answers in {seconds:.1f} s, {chosen.file.stat().st_size / _MILLION:.0f} MB")


if __name__ == "__main__":
    main()
