"""Two people at once: python -m tests.reliability.races --rounds 100

Each round two threads send the same file, or sign the same target, at the same moment. Of the files exactly one must be
stored and the other refused with a code. Signatures are lines of a log that is only ever appended to: what was
acknowledged must stand, and whoever was refused must have a code. At the end everything acknowledged must be there.
"""

import argparse
import io
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqm import config
from sqm.database import batches, decisions, rebuild, trail
from sqm.database.connection import Database
from sqm.database.start import open_database
from sqm.database.uploads import Uploads
from sqm.errors import SqmError
from sqm.rules import agreements
from sqm.rules.agreements import Side
from tests.database.conftest import SURVEY_RECIPE, survey_reading
from tests.reliability.operator_file import build_register
from tests.reliability.working import target

Act = Callable[[], str]


def run(rounds: int, folder: Path) -> Counter[str]:
    settings = build_register(folder)
    acknowledged: set[str] = set()
    db, uploads, seen = open_database(settings), Uploads(settings.uploads), Counter[str]()
    for number in range(rounds):
        race = (_same_file, _same_signature)[number % 2]
        stored, refused = race(db, uploads, number)
        acknowledged |= set(stored)
        seen[f"{race.__name__[1:]}: {len(stored)} stored, {refused or 'none'} refused"] += 1
    _consistent(db, settings, acknowledged, seen)
    db.close()
    return seen


def _both(first: Act, second: Act) -> tuple[list[str], str]:
    """Ids that were acknowledged, and the code of the other."""
    ready, done, codes = threading.Barrier(2), [], []

    def one(act: Act) -> None:
        ready.wait()
        try:
            done.append(act())
        except SqmError as error:
            codes.append(error.code)

    threads = [threading.Thread(target=one, args=(act,)) for act in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, ", ".join(codes)


def _same_file(db: Database, uploads: Uploads, number: int) -> tuple[list[str], str]:
    day = date(2026, 6, 5)
    reading = survey_reading([(f"K{number}-{each}", day, "S001", [9, 8, 7, 6, 5]) for each in range(200)])

    def send() -> str:
        raw = uploads.receive(io.BytesIO(str(number).encode()), f"{number}.csv", 1000)
        return batches.commit(db, uploads, raw, SURVEY_RECIPE, reading, "ana").batch_id

    return _both(send, send)


def _same_signature(db: Database, uploads: Uploads, number: int) -> tuple[list[str], str]:
    proposal = target_without_signature(db, uploads, number)

    def sign() -> str:
        draft = agreements.sign(proposal, Side.QUALITY)
        return decisions.record(
            db, uploads, draft.kind, "quality", "quality", draft.subject, draft.facts
        ).decision_id  # fmt: skip

    return _both(sign, sign)


def target_without_signature(db: Database, uploads: Uploads, number: int) -> str:
    """The id of a new proposal."""
    return target(db, uploads, f"W{number}-", sides=())[0]


def _consistent(db: Database, settings: config.Settings, acknowledged: set[str], seen: Counter[str]) -> None:
    held = set(batches.history(db)["batch_id"]) | {each.decision_id for each in decisions.every(db)}
    written = {each.entry.batch_id for each in rebuild.standing(Uploads(settings.uploads))}
    seen["acknowledged and lost"] += len(acknowledged - held)
    seen["journal and database differ"] += written != held
    seen["trail not whole"] += bool(trail.check(db)[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sqm-races-") as folder:
        for what, count in sorted(run(chosen.rounds, Path(folder)).items()):
            print(count, what)


if __name__ == "__main__":
    main()
