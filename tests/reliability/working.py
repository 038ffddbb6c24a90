"""A process that works until it is killed: python -m tests.reliability.working FOLDER NUMBER

Opens the operator of FOLDER as the server does, then uploads, undoes, edits a target, takes a snapshot, checkpoints and
migrates, in random order. Prints ``begin <what>`` before each and ``done <what> <ids>`` once it has returned.
"""

import datetime
import io
import sys
from pathlib import Path

import numpy as np

from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.safety import snapshots
from sqm.database.start import open_database
from sqm.errors import SqmError
from sqm.rules.matrix import agreements, events
from sqm.rules.matrix.agreements import Side, Step
from tests.database.conftest import SURVEY_RECIPE, survey_reading
from tests.reliability.operator_file import settings_of

ROWS = 1500
WORK = (*["upload", "undo", "target", "checkpoint"] * 3, "snapshot", "migration")
"""More of what is short, so that the kills meet it."""
CODES = ("HOT-P01", "STO-P01", "NET-P01", "TAR-P01")


def upload(db: Database, uploads: Uploads, name: str) -> list[str]:
    day = datetime.date(2026, 6, 5)
    answers = [(f"{name}-{each}", day, f"S{each % 20 + 1:03d}", [each % 10 + 1, 5, 6, 7, 8]) for each in range(ROWS)]
    raw = uploads.receive(io.BytesIO(name.encode()), f"{name}.csv", 1000)
    reading = survey_reading(answers, content=name)
    return [batches.commit(db, uploads, raw, SURVEY_RECIPE, reading, "ana").batch_id]


def undo(db: Database, uploads: Uploads, name: str) -> list[str]:
    may = batches.history(db)
    chosen = may[may["may_undo"] & may["file_name"].str.startswith("W")]["batch_id"]
    if len(chosen) < 2:
        return []
    batches.undo(db, uploads, str(chosen.iloc[-1]), "ana")
    return [str(chosen.iloc[-1])]


BOTH = (Side.OWNER, Side.QUALITY)


def target(db: Database, uploads: Uploads, name: str, sides: tuple[Side, ...] = BOTH) -> list[str]:
    """A proposal and a comment in one transaction, then both signatures: both of the first, or neither."""
    code = CODES[len(name) % len(CODES)]
    today = datetime.date.today()
    month = (today.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    drafts = [agreements.propose(code, [Step(month, 0.9, None, 0.02)], name), events.comment(code, name)]
    made = decisions.record_all(db, uploads, drafts, "ana", "analyst", today)
    said = [each.decision_id for each in made]
    for side in sides:
        sign = agreements.sign(made[0].decision_id, side, "hotline_dept" if side is Side.OWNER else "")
        said.append(
            decisions.record(db, uploads, sign.kind, "quality", "quality", sign.subject, sign.facts).decision_id
        )
    return said


def main() -> None:
    folder, number = Path(sys.argv[1]), int(sys.argv[2])
    settings = settings_of(folder)
    random = np.random.default_rng(number)
    db, uploads = open_database(settings), Uploads(settings.uploads)
    for turn in range(1000):
        what, name = WORK[int(random.integers(len(WORK)))], f"W{number}-{turn}-"
        print("begin", what, flush=True)
        try:
            if what == "upload":
                ids = upload(db, uploads, name)
            elif what == "undo":
                ids = undo(db, uploads, name)
            elif what == "target":
                ids = target(db, uploads, name)
            else:
                ids = []
                _keep(db, what, folder, name)
        except SqmError as error:
            print("refused", error.code, flush=True)
            continue
        print("done", what, *ids, flush=True)


def _keep(db: Database, what: str, folder: Path, name: str) -> None:
    if what == "snapshot":
        snapshots.take(db, settings_of(folder).snapshots, 2)
    elif what == "checkpoint":
        db.checkpoint()
    else:
        place = folder / "migrated" / name
        place.mkdir(parents=True)
        open_database(settings_of(place)).close()


if __name__ == "__main__":
    main()
