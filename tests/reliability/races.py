"""Two people at once: python -m tests.reliability.races --rounds 100

Each round two threads do the same at the same moment, both having seen the same state: send the same file, send two
files with the same rows after a rehearsal, propose or sign a target, review a signal, move an action, rule on an
appeal, change a person. Exactly one is stored; the other is refused with a code, and knows by whom and when it was
changed. At the end everything acknowledged must be there, in the journal and in the trail too.
"""

import argparse
import io
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sqm import config
from sqm.database.batches import batches, rebuild
from sqm.database.batches.rehearsal import rehearse
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.safety import trail
from sqm.database.start import open_database
from sqm.errors import SqmError
from sqm.rules import people
from sqm.rules.access import Role
from sqm.rules.audits import appeals
from sqm.rules.audits.appeals import Verdict
from sqm.rules.conflicts import Seen
from sqm.rules.decisions import Decision, Draft
from sqm.rules.matrix import agreements
from sqm.rules.matrix.agreements import Side, Step
from sqm.rules.people import Person
from sqm.rules.periods import add_months, month_of
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Opening, State
from sqm.rules.watching import reviews
from sqm.rules.watching.reviews import Flag
from tests.database.batches.test_visit_batches import DESKS, HEAD, JUNE
from tests.database.batches.test_visit_batches import commit as commit_visits
from tests.database.conftest import SURVEY_RECIPE, survey_reading
from tests.reliability.operator_file import build_register

Act = Callable[[], str]
CODE = "HOT-P01"


def run(rounds: int, folder: Path) -> Counter[str]:
    settings = build_register(folder)
    acknowledged: set[str] = set()
    db, uploads, seen = open_database(settings), Uploads(settings.uploads), Counter[str]()
    acknowledged.add(commit_visits(db, uploads, HEAD + JUNE).batch_id)
    for number in range(rounds):
        race = RACES[number % len(RACES)]
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


def _same_month(db: Database, uploads: Uploads, number: int) -> tuple[list[str], str]:
    """Two files, the same people and month, other answers; both were rehearsed before either was stored."""
    day = date(2026, 6, 5)

    def ready(score: int) -> Act:
        rows = [(f"M{number}-{each}", day, "S001", [score, 8, 7, 6, 5]) for each in range(200)]
        reading = survey_reading(rows)  # type: ignore[arg-type]
        raw = uploads.receive(io.BytesIO(f"{number} {score}".encode()), f"{number} {score}.csv", 1000)
        told = rehearse(db, raw, SURVEY_RECIPE, reading, "ana", replace_stored=True).outcome
        return lambda: batches.commit(db, uploads, raw, SURVEY_RECIPE, reading, "ana", True, told).batch_id

    return _both(ready(9), ready(4))


def _same_proposal(db: Database, uploads: Uploads, number: int) -> tuple[list[str], str]:
    steps = [Step(add_months(month_of(date.today()), 1), low, None, 0.02) for low in (0.9, 0.8)]
    return _decided(db, uploads, *(agreements.propose(CODE, [each], f"round {number}") for each in steps))


def _same_signature(db: Database, uploads: Uploads, number: int) -> tuple[list[str], str]:
    step = Step(add_months(month_of(date.today()), 1), 0.9, None, 0.02)
    made = decide(db, uploads, agreements.propose(CODE, [step], f"round {number}"))
    return _decided(db, uploads, *[agreements.sign(made.decision_id, Side.QUALITY)] * 2)


def _same_signal(db: Database, uploads: Uploads, number: int) -> tuple[list[str], str]:
    flag = Flag(CODE, "company", "", add_months(date(2000, 1, 1), number), "beyond_limits")
    return _decided(db, uploads, reviews.confirm(flag, "seen"), reviews.dismiss(flag, "chance"))


def _same_action(db: Database, uploads: Uploads, number: int) -> tuple[list[str], str]:
    due = date.today() + timedelta(weeks=2)
    made = decide(db, uploads, actions.open_action(Opening(f"round {number}", "D01", "district", due, 2.0)))
    steps = (State.DO, State.DROPPED)
    return _decided(db, uploads, *(actions.move(made.decision_id, step, "as agreed") for step in steps))


def _same_appeal(db: Database, uploads: Uploads, number: int) -> tuple[list[str], str]:
    claimed = 5.0 + number // len(RACES) % 3
    made = decide(db, uploads, appeals.raise_appeal("V1", DESKS, "S001", "D01", claimed, "they were open"), who="li")
    verdicts = (Verdict.UPHELD, Verdict.REJECTED)
    return _decided(db, uploads, *(appeals.rule(made.decision_id, verdict, "looked up") for verdict in verdicts))


def _same_person(db: Database, uploads: Uploads, number: int) -> tuple[list[str], str]:
    before = Person(f"p{number}", "Li Hua", f"li{number}@op.example", "", True, Role.ANALYST)
    decide(db, uploads, people.setting(None, before, "new", ""))
    roles = (Role.EXECUTIVE, Role.HR)
    changes = [Person(before.person_id, before.name, before.email, "", True, role) for role in roles]
    return _decided(db, uploads, *(people.setting(before, each, "moved", "") for each in changes))


RACES = (
    _same_file,
    _same_month,
    _same_proposal,
    _same_signature,
    _same_signal,
    _same_action,
    _same_appeal,
    _same_person,
)


def decide(db: Database, uploads: Uploads, draft: Draft, seen: Seen | None = None, who: str = "wang") -> Decision:
    return decisions.record(db, uploads, draft.kind, who, "quality", draft.subject, draft.facts, seen=seen)


def _decided(db: Database, uploads: Uploads, first: Draft, second: Draft) -> tuple[list[str], str]:
    """Both had the whole log in front of them."""
    seen = Seen(decisions.every(db)[-1].sequence if decisions.every(db) else 0)
    return _both(
        lambda: decide(db, uploads, first, seen, "wang").decision_id,
        lambda: decide(db, uploads, second, seen, "zhao").decision_id,
    )


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
