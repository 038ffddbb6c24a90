"""One file through the product: received, looked at, read, committed. No page is involved, all floors below are."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqm import config
from sqm.database import catalogue, migrations
from sqm.database.batches import batches, register
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.errors import SqmError
from sqm.intake import limits
from sqm.intake.child import look_in_child, read_in_child
from sqm.intake.problems import Problem, Verdict, verdict
from sqm.intake.proposals import proposal
from sqm.intake.recipe import Template
from sqm.ui.upload import problem_texts
from sqm.ui.words import use

WHO = "analyst"


@dataclass
class Taken:
    """What became of one upload. batch_id is '' when nothing was stored."""

    outcome: Verdict
    rows: int = 0
    batch_id: str = ""
    template: Template = Template.SURVEY
    messages: list[dict[str, object]] = field(default_factory=list)
    seconds: float = 0.0
    peak_memory_mb: float = 0.0


def prepare(db: Database, uploads: Uploads, stores: Path) -> None:
    """Catalogue, and the store register as an upload of its own."""
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
    taken = take(db, uploads, stores, "stores.csv")
    if taken.outcome is Verdict.REJECT:
        raise SystemExit(f"the store register is refused: {taken.messages}")


def take(db: Database, uploads: Uploads, path: Path, file_name: str) -> Taken:
    """Upload a file as a browser would send it, with no correction by an analyst."""
    started = time.perf_counter()
    settings = config.load()
    with path.open("rb") as stream:
        upload = uploads.receive(stream, file_name, settings.upload_bytes)
    raw, costs = uploads.path(upload.upload_id), limits.of(settings)
    look = look_in_child(raw, upload.file_name, costs)
    if not look.readable:
        return _done(Taken(Verdict.REJECT, messages=_messages(look.problems)), started, look.peak_memory_mb)
    known = register.read(db, date.today())
    recipe = proposal.propose(look, known)
    reading = read_in_child(raw, upload.file_name, recipe, known, costs)
    taken = Taken(verdict(reading.problems), template=recipe.template, messages=_messages(reading.problems))
    if taken.outcome is not Verdict.REJECT:
        try:
            batch = batches.commit(db, uploads, upload, recipe, reading, WHO)
            taken.rows, taken.batch_id = batch.outcome.rows_added, batch.batch_id
            if batch.outcome.rows_same or batch.outcome.rows_conflicting:
                taken.outcome = Verdict.WARN
        except SqmError as error:
            taken.outcome = Verdict.REJECT
            taken.messages.append({"row": None, "column": "", "text": _told(error)})
    return _done(taken, started, max(look.peak_memory_mb, reading.peak_memory_mb))


def _done(taken: Taken, started: float, peak: float) -> Taken:
    taken.seconds, taken.peak_memory_mb = round(time.perf_counter() - started, 2), peak
    return taken


def _messages(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """What the page says, one entry for every row that a problem names."""
    found: list[dict[str, object]] = []
    for problem in problems:
        text = _sentences(problem)
        for row in problem.rows or (problem.row,):
            found.append({"row": row, "column": problem.column, "text": text})
    return found


def _sentences(problem: Problem) -> str:
    """The sentences of both languages, as the page shows the one or the other."""
    told = []
    for language in ("en", "zh"):
        with use(language):
            told += [problem_texts.title(problem), problem_texts.mend(problem), problem_texts.expected(problem)]
    return " · ".join(part for part in (*dict.fromkeys(told), problem.found) if part)


def _told(error: SqmError) -> str:
    told = []
    for language in ("en", "zh"):
        with use(language):
            told.append(problem_texts.sentence(error))
    return " · ".join(told)
