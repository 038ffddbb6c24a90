"""Targets by upload: rehearsed, stored as a batch, taken back exactly, and never in a month that was judged."""

import datetime
import io
from pathlib import Path

import pytest

from sqm.database import catalogue
from sqm.database.batches import batches, rebuild, register
from sqm.database.batches.rehearsal import Rehearsal, rehearse
from sqm.database.batches.uploads import Upload, Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.hashes import table_hashes
from sqm.database.indicators import targets
from sqm.errors import SqmError
from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.proposals import proposal
from sqm.intake.reading import Reading
from sqm.intake.recipe import Recipe, Template
from sqm.rules.access import Role
from sqm.rules.matrix import agreements
from sqm.rules.periods import add_months
from tests.database.conftest import INDICATOR_RECIPE, indicator_reading, open_tiny

TODAY = datetime.date.today()
NOW = TODAY.replace(day=1)
NEXT = add_months(NOW, 1)
CODE = "STO-O03"
HEADER = "indicator,level,place_code,effective_month,low,high,tolerance,agreed_by,reason\n"
BOUNDS = ["low", "high", "tolerance"]


def row(low: float = 80, month: datetime.date = NOW, place: str = "", code: str = CODE, reason: str = "agreed") -> str:
    return f"{code},,{place},{month:%Y-%m},{low:g},,2,network,{reason}\n"


def received(uploads: Uploads, name: str, text: str) -> Upload:
    return uploads.receive(io.BytesIO(text.encode()), name, 10_000_000)


def understood(db: Database, uploads: Uploads, upload: Upload) -> tuple[Recipe, Reading]:
    path, known = uploads.path(upload.upload_id), register.read(db, TODAY)
    recipe = proposal.propose(opening.look(path, upload.file_name, Limits()), known)
    assert recipe.template is Template.TARGETS and recipe.is_template
    return recipe, reader.read(path, upload.file_name, recipe, known, Limits())


def send(db: Database, uploads: Uploads, name: str, *rows: str) -> batches.Batch:
    upload = received(uploads, name, HEADER + "".join(rows))
    recipe, reading = understood(db, uploads, upload)
    return batches.commit(db, uploads, upload, recipe, reading, "ana")


def tried(db: Database, uploads: Uploads, *rows: str) -> Rehearsal:
    upload = received(uploads, "tried.csv", HEADER + "".join(rows))
    return rehearse(db, upload, *understood(db, uploads, upload), "ana")


def problems(db: Database, uploads: Uploads, *rows: str) -> list[str]:
    reading = understood(db, uploads, received(uploads, "p.csv", HEADER + "".join(rows)))[1]
    return [problem.code for problem in reading.problems]


def in_force(db: Database, month: datetime.date = NOW, place: str = "") -> list[list[float]]:
    rows = targets.every(db)
    mine = rows[(rows["indicator_code"] == CODE) & (rows["scope_code"] == place)]
    found: list[list[float]] = mine[mine["valid_from"].dt.date == month][BOUNDS].round(6).fillna(-1).values.tolist()
    return found


@pytest.fixture
def judged(db: Database, uploads: Uploads) -> Database:
    """Fourteen months of one indicator in one store, 60 % to 73 %, up to the current month."""
    values = [(CODE, add_months(NOW, back - 13), "S001", 60.0 + back, 100.0) for back in range(14)]
    upload = received(uploads, "values.csv", "values")
    batches.commit(db, uploads, upload, INDICATOR_RECIPE, indicator_reading(values), "ana")
    return db


def test_targets_of_every_level_are_stored_in_the_indicators_own_unit(judged: Database, uploads: Uploads) -> None:
    batch = send(judged, uploads, "t.csv", row(80), row(70, place="S001"), row(75, NEXT, "D02"))
    assert (batch.outcome.rows_added, batch.outcome.first_month, batch.outcome.last_month) == (3, NOW, NEXT)
    assert in_force(judged) == [[0.8, -1, 0.02]]
    assert in_force(judged, place="S001") == [[0.7, -1, 0.02]]
    assert in_force(judged, NEXT, "D02") == [[0.75, -1, 0.02]]


def test_the_rehearsal_says_what_is_set_and_what_the_last_months_would_have_been(
    judged: Database, uploads: Uploads
) -> None:
    before = table_hashes(judged)
    found = tried(judged, uploads, row(70), row(65, NEXT, "S001"))
    assert table_hashes(judged) == before
    company, store = (dict(each) for each in found.targets.to_dict("records"))
    assert (company["scope_level"], company["low"], company["months"]) == ("company", 0.7, 12)
    assert company["missed"] == 6  # 62 .. 67 % of 62 .. 73 %: 68 % is within the tolerance
    assert (store["scope_code"], store["months"], store["missed"]) == ("S001", 12, 1)
    agreed = targets.every(judged)
    old = agreed[(agreed["indicator_code"] == CODE) & (agreed["scope_level"] == "company")].iloc[-1]
    assert company["low_before"] == pytest.approx(old["low"])
    assert store["low_before"] == pytest.approx(old["low"])  # a store without its own is judged by the company's
    assert set(found.flips["month"]) <= {NOW}


def test_undo_restores_every_table_exactly(judged: Database, uploads: Uploads) -> None:
    states, done = [table_hashes(judged)], []
    for number, rows in enumerate(([row(80)], [row(82), row(70, place="S001")], [row(82), row(71, NEXT)])):
        done.append(send(judged, uploads, f"{number}.csv", *rows))
        states.append(table_hashes(judged))
    for batch in reversed(done):
        assert table_hashes(judged) == states.pop()
        batches.undo(judged, uploads, batch.batch_id, "ana")
    assert table_hashes(judged) == states[0]


def test_the_same_row_again_is_the_same_and_a_changed_one_replaces(judged: Database, uploads: Uploads) -> None:
    first = send(judged, uploads, "a.csv", row(80), row(70, place="S001"))
    second = send(judged, uploads, "b.csv", row(80), row(72, place="S001"))
    assert (second.outcome.rows_added, second.outcome.rows_same, second.outcome.rows_replaced) == (1, 1, 1)
    assert in_force(judged, place="S001") == [[0.72, -1, 0.02]]
    with pytest.raises(SqmError) as blocked:
        batches.undo(judged, uploads, first.batch_id, "ana")
    assert blocked.value.code == "undo_blocked"
    batches.undo(judged, uploads, second.batch_id, "ana")
    assert in_force(judged, place="S001") == [[0.7, -1, 0.02]]


def test_another_catalogue_does_not_bring_back_what_an_upload_replaced(
    judged: Database, uploads: Uploads, tmp_path: Path
) -> None:
    """The catalogue's own row of the same month stays beneath the uploaded one, and is there again after undo."""
    catalogued = "indicator_code,scope_level,scope_code,valid_from,low,high,tolerance,agreed_by,reason\n"
    (tmp_path / "targets.csv").write_text(f"{catalogued}{CODE},company,,{NOW},0.6,,0.01,network,yearly\n")
    for _ in range(2):
        with judged.write() as cursor:
            catalogue.load_table(cursor, tmp_path / "targets.csv", "targets")
        if in_force(judged) == [[0.6, -1, 0.01]]:
            batch = send(judged, uploads, "t.csv", row(80))
        assert in_force(judged) == [[0.8, -1, 0.02]]
    batches.undo(judged, uploads, batch.batch_id, "ana")
    assert in_force(judged) == [[0.6, -1, 0.01]]


def test_a_rebuild_gives_the_same_hashes(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    """History loaded into an empty database, then values, then targets of which a row was refused as past."""
    long_ago = datetime.date(2016, 4, 1)
    send(db, uploads, "history.csv", row(95, long_ago))
    values = "month,store_code,indicator,n,rate\n" + "".join(
        f"2016-{month:02d},S001,{CODE},100,{90 + month / 2}\n" for month in range(4, 9)
    )
    upload = received(uploads, "values.csv", values)
    known = register.read(db, TODAY)
    path = uploads.path(upload.upload_id)
    recipe = proposal.propose(opening.look(path, "values.csv", Limits()), known)
    batches.commit(db, uploads, upload, recipe, reader.read(path, "values.csv", recipe, known, Limits()), "ana")
    mixed = send(db, uploads, "mixed.csv", row(80, NEXT), row(70, add_months(NOW, -1)))
    assert mixed.outcome.rows_rejected == 1
    rebuilt = open_tiny(tmp_path / "rebuilt.duckdb")
    assert rebuild.replay_all(rebuilt, uploads, Limits()) == 3
    assert table_hashes(rebuilt) == table_hashes(db)
    rebuilt.close()


def test_a_month_that_is_over_is_closed_once_any_month_was_judged(judged: Database, uploads: Uploads) -> None:
    assert problems(judged, uploads, row(month=add_months(NOW, -1)))[:1] == ["target_month_over"]
    assert problems(judged, uploads, row(month=NOW)) == []


def test_an_empty_database_takes_the_targets_of_the_past(db: Database, uploads: Uploads) -> None:
    assert problems(db, uploads, row(month=datetime.date(2016, 4, 1))) == []


def test_a_published_month_is_closed_and_what_judged_it_is_not_taken_back(judged: Database, uploads: Uploads) -> None:
    batch = send(judged, uploads, "t.csv", row(80))
    late = received(uploads, "late.csv", HEADER + row(85))
    waiting = understood(judged, uploads, late)
    with judged.write() as cursor:
        cursor.execute("insert into sealed_months values ($month, 1, now()::timestamp, 'qm', '')", {"month": NOW})
    assert problems(judged, uploads, row(90))[:1] == ["target_month_sealed"]
    with pytest.raises(SqmError) as closed:
        batches.commit(judged, uploads, late, *waiting, "ana")
    assert closed.value.code == "target_month_closed"
    with pytest.raises(SqmError) as published:
        batches.undo(judged, uploads, batch.batch_id, "ana")
    assert published.value.code == "target_month_published"


def test_what_both_sides_signed_is_not_changed_by_an_upload(judged: Database, uploads: Uploads) -> None:
    step = agreements.Step(NEXT, 0.77, None, 0.01)
    made = agreements.propose(CODE, [step], "talked over")
    first = decisions.record(judged, uploads, made.kind, "qm", Role.QUALITY, made.subject, made.facts)
    send(judged, uploads, "before.csv", row(81, NEXT))
    for side in agreements.Side:
        signed = agreements.sign(first.decision_id, side, "network")
        decisions.record(judged, uploads, signed.kind, "qm", Role.QUALITY, signed.subject, signed.facts)
    assert in_force(judged, NEXT) == [[0.77, -1, 0.01]]
    assert problems(judged, uploads, row(82, NEXT))[:1] == ["target_signed"]
