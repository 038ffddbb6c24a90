"""Build the demo operator's database, beside its final name first: a build that is killed leaves nothing half."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqm.config import ROOT
from sqm.database import catalogue, marts, migrations
from sqm.database.connection import Cursor, Database
from sqm.database.demo import tables
from sqm.database.demo.audits.audit_sheets import read_sheets
from sqm.database.demo.audits.audits import add_audits
from sqm.database.demo.audits.own_audits import add_own_audits
from sqm.database.demo.audits.spot_checks import add_spot_checks
from sqm.database.demo.company.calendar import METHOD_BREAK, Calendar
from sqm.database.demo.company.course import Course, Level, courses, read_levels
from sqm.database.demo.company.decisions import add_decisions
from sqm.database.demo.company.targets import Agreed, Row, agree
from sqm.database.demo.company.values import add_values, operations
from sqm.database.demo.company.volumes import INDICATOR as DIVERTED
from sqm.database.demo.company.volumes import add_volumes
from sqm.database.demo.company.world import World, read_world
from sqm.database.demo.complaints.causes import ESCALATED
from sqm.database.demo.complaints.complaint_values import complaint_blocks
from sqm.database.demo.complaints.complaints import Complaints, add_complaints, draw_complaints
from sqm.database.demo.noise import SEED
from sqm.database.demo.surveys.cati import add_cati
from sqm.database.demo.surveys.instant import add_hotline, add_web
from sqm.database.demo.surveys.kano import add_kano
from sqm.database.demo.surveys.opinion import Opinion, check_cast
from sqm.database.demo.surveys.programme import add_programme
from sqm.database.demo.surveys.reputation import add_reputation
from sqm.database.demo.surveys.service_gaps import add_service_gaps
from sqm.database.demo.surveys.store_evaluation import add_store_evaluation
from sqm.database.queries import query

Progress = Callable[[float, str], None]

BATCH = "demo"  # codes that the catalogue does not have: the rivals, the second questionnaire
_DATA = ROOT / "data"
_METHODS = ("cati-1", "cati-2")


def build(path: str, progress: Progress, today: date | None = None) -> None:
    """Write a new demo database to path, replacing what stands there.

    progress gets the share done (0-1) and a step code: catalogue, surveys, complaints, operations, marts,
    decisions, file, done.
    The same today gives the same rows. Raises what the catalogue raises when its files are wrong.
    """
    final = Path(path)
    final.parent.mkdir(parents=True, exist_ok=True)
    unfinished = final.with_name(final.name + ".building")
    _remove(unfinished)
    day = today or datetime.now(UTC).date()
    calendar = Calendar.until(day)
    progress(0.0, "catalogue")
    db = Database.open(str(unfinished))
    try:
        migrations.migrate(db)
        with db.write() as cursor:
            agreed, in_log = _fill(cursor, calendar, progress, day)
        progress(0.65, "marts")
        with db.write() as cursor:  # a transaction of its own: rows that are committed are read faster
            marts.rebuild(cursor)
        progress(0.85, "decisions")
        with db.write() as cursor:
            add_decisions(cursor, calendar, agreed, in_log)
        progress(0.95, "file")
        db.checkpoint()
    finally:
        db.close()
    unfinished.replace(final)
    progress(1.0, "done")


def _remove(unfinished: Path) -> None:
    for leftover in (unfinished, unfinished.with_name(unfinished.name + ".wal")):
        leftover.unlink(missing_ok=True)


def _fill(
    cursor: Cursor, calendar: Calendar, progress: Progress, today: date
) -> tuple[dict[str, Agreed], dict[str, Row]]:
    _add_catalogue(cursor, calendar)
    world = read_world(cursor, calendar)
    check_cast(world)
    first_targets = dict(cursor.execute(query("demo", "first_high")).fetchall())
    agreed, in_log = agree(cursor, calendar)
    levels = read_levels(_DATA / "demo" / "levels.csv")
    paths = courses(world, levels, agreed)
    progress(0.08, "surveys")
    _add_surveys(cursor, world, paths)
    progress(0.5, "complaints")
    escalated = {process: first_targets[code] for process, code in ESCALATED.items()}
    drawn = draw_complaints(world, paths, escalated)
    add_complaints(cursor, world, drawn)
    progress(0.6, "operations")
    _add_values(cursor, world, levels, paths, drawn, today)
    return agreed, in_log


def _add_catalogue(cursor: Cursor, calendar: Calendar) -> None:
    catalogue.load(cursor, _DATA / "catalogue")
    catalogue.load_table(cursor, _DATA / "demo" / "districts.csv", "districts")
    catalogue.load_table(cursor, _DATA / "demo" / "stores.csv", "stores")
    operators = tables.read_text(_DATA / "demo" / "operators.csv")
    cursor.register("staged_operators", operators)
    cursor.execute(query("demo", "name_operator"))
    cursor.execute(query("demo", "add_rivals"), {"batch_id": BATCH})
    cursor.execute(query("demo", "add_settings"), {"seed": str(SEED), "last": calendar.last.isoformat()})
    cursor.unregister("staged_operators")
    cursor.execute(
        query("demo", "add_method"),
        {"method_code": _METHODS[1], "valid_from": calendar.months[METHOD_BREAK], "batch_id": BATCH},
    )


def _add_surveys(cursor: Cursor, world: World, paths: dict[str, Course]) -> None:
    methods: dict[str, tuple[str, ...]] = {}
    for survey, method in cursor.execute(query("demo", "methods")).fetchall():
        methods[survey] = (*methods.get(survey, ()), method)
    opinion = Opinion(world, paths, methods)
    add_cati(cursor, world, opinion)
    add_store_evaluation(cursor, world, opinion)
    add_hotline(cursor, world, opinion)
    add_web(cursor, world, opinion)
    add_kano(cursor, world, BATCH)
    add_service_gaps(cursor, world)
    add_programme(cursor, world, _DATA / "demo" / "focus_groups.csv")
    add_reputation(cursor, world, opinion, BATCH)


def _add_values(
    cursor: Cursor,
    world: World,
    levels: dict[str, Level],
    paths: dict[str, Course],
    drawn: Complaints,
    today: date,
) -> None:
    sheets = read_sheets(cursor, world.calendar)
    audited, visited = add_audits(cursor, world, paths, sheets)
    add_spot_checks(cursor, world)
    counted = complaint_blocks(world, paths, drawn)
    reported = operations(world, levels, paths)
    add_values(cursor, world, [*reported, *visited, *counted])
    add_own_audits(cursor, world, audited, sheets, today)
    add_volumes(cursor, world, next(block for block in reported if block.code == DIVERTED))
