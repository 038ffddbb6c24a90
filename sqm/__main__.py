"""Commands for the person who runs SQM; each prints one line and needs no SQL.

python -m sqm catalogue FOLDER   replace the catalogue by the CSV files of a folder, and work the matrix out again
python -m sqm rebuild FILE       build a new database file from the catalogue (or demo) and the raw uploads alone
python -m sqm hashes             rows and hash of every table
python -m sqm check              whether the trail is whole: no entry changed, deleted or moved
python -m sqm admit EMAIL NAME   let the first person of the quality department sign in; that person adds the others
python -m sqm snapshot           a snapshot now; while the server runs, the newest one that the server took
python -m sqm restore SNAPSHOT FILE   a new database file from a snapshot and what the journal has since
python -m sqm erase SURVEY       erase one respondent, asked for on the terminal, from every table, file and snapshot
python -m sqm drill              restore the newest snapshot into a temporary folder and compare every table
"""

import argparse
import secrets
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqm import config
from sqm.database import catalogue, marts
from sqm.database.batches import rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions, people, use_rules
from sqm.database.hashes import table_hashes
from sqm.database.privacy import erasure
from sqm.database.privacy.erased_files import Wanted
from sqm.database.safety import restoring, snapshots, trail
from sqm.database.start import open_database
from sqm.errors import SqmError
from sqm.intake import limits
from sqm.rules import people as person_rules
from sqm.rules.access import Role
from sqm.rules.people import Person

ADMINISTRATOR = "administrator"
"""Who the trail names for what is done on the server's own command line."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m sqm", description=__doc__.splitlines()[0] if __doc__ else "")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("catalogue").add_argument("folder", type=Path)
    commands.add_parser("rebuild").add_argument("file", type=Path)
    commands.add_parser("hashes")
    commands.add_parser("check")
    admitted = commands.add_parser("admit")
    admitted.add_argument("email")
    admitted.add_argument("name")
    commands.add_parser("snapshot")
    restored = commands.add_parser("restore")
    restored.add_argument("snapshot", type=Path)
    restored.add_argument("file", type=Path)
    commands.add_parser("drill")
    erased = commands.add_parser("erase")
    erased.add_argument("survey")
    erased.add_argument("--respondent", default="", help="the id; without it and --phone both are asked for")
    erased.add_argument("--phone", default="")
    erased.add_argument("--month", default="", help="YYYY-MM, where a survey counts its ids anew every month")
    erased.add_argument("--reason", default="")
    erased.add_argument("--yes", action="store_true", help="do it; without this only what would go is said")
    chosen = parser.parse_args(arguments)
    settings = config.load()
    try:
        if chosen.command == "rebuild":
            return _rebuild(settings, chosen.file)
        if chosen.command == "snapshot":
            return _snapshot(settings)
        if chosen.command == "restore":
            return _restore(settings, chosen.snapshot, chosen.file)
        if chosen.command == "drill":
            return _drill(settings)
        db = open_database(settings)
        if chosen.command == "check":
            return _check(db)
        if chosen.command == "erase":
            return _erase(db, settings, chosen)
        if chosen.command == "admit":
            return _admit(db, Uploads(settings.uploads), chosen.email, chosen.name)
        return _catalogue(db, chosen.folder) if chosen.command == "catalogue" else _hashes(db)
    except SqmError as error:
        print(f"{error.code}: {error.values}", file=sys.stderr)  # noqa: T201
        return 1


def _admit(db: Database, uploads: Uploads, email: str, name: str) -> int:
    """Add a person of the quality department, or give an account that there is this role and open it."""
    wanted = Person(f"p{secrets.token_hex(6)}", name, email, "", True, Role.QUALITY)
    held = next((each for each in people.every(db) if each.email == email.strip().casefold()), None)
    if held is not None:
        wanted = replace(held, name=name, role=Role.QUALITY, is_active=True)
    draft = person_rules.setting(held, wanted, "python -m sqm admit", "")
    decisions.record(db, uploads, draft.kind, ADMINISTRATOR, str(Role.QUALITY), draft.subject, draft.facts)
    print(f"{email} may sign in as quality department")  # noqa: T201
    return 0


def _catalogue(db: Database, folder: Path) -> int:
    with use_rules.noted(db, "catalogue"), db.write() as cursor:
        counts = catalogue.load(cursor, folder)
        marts.rebuild(cursor)
    print(", ".join(f"{table} {count}" for table, count in counts.items()))  # noqa: T201
    return 0


def _rebuild(settings: config.Settings, file: Path) -> int:
    if file.exists():
        raise SqmError("file_exists", file=file.name)
    nowhere = file.with_suffix(".none")
    db = open_database(replace(settings, database=str(file), uploads=nowhere, snapshots=nowhere))
    count = rebuild.replay_all(db, Uploads(settings.uploads), limits.of(settings))
    db.checkpoint()
    print(f"{count} batches and decisions")  # noqa: T201
    return 0


def _snapshot(settings: config.Settings) -> int:
    """For a nightly job: afterwards the file that it names may be copied to another machine."""
    try:
        db = open_database(settings)
    except SqmError as error:
        if error.code != "database_in_use":
            raise
        whole = (each for each in snapshots.every(settings.snapshots) if snapshots.is_whole(each))
        found = next(whole, None)
        if found is None:
            raise SqmError("snapshot_missing") from error
    else:
        found = snapshots.take(db, settings.snapshots, settings.snapshots_kept)
        db.close()
    print(f"{found.file} {found.size} bytes, SHA-256 {found.sha256}, trail {found.sequence} {found.digest}")  # noqa: T201
    return 0


def _restore(settings: config.Settings, snapshot: Path, file: Path) -> int:
    started = time.perf_counter()
    brought = restoring.restore(snapshots.of_file(snapshot), file, settings)
    for batch_id, why in brought.caught_up.failed:
        print(f"{batch_id} could not be replayed: {why}")  # noqa: T201
    replayed, undone = len(brought.caught_up.replayed), len(brought.caught_up.undone)
    spent = time.perf_counter() - started
    print(f"{file} in {spent:.1f} s: {replayed} replayed, {undone} undone, {brought.entries} entries of the trail")  # noqa: T201
    return 1 if brought.caught_up.failed else 0


def _drill(settings: config.Settings) -> int:
    started = time.perf_counter()
    found = restoring.drill(settings)
    for table in found.different:
        print(f"different: {table}")  # noqa: T201
    verdict = "different" if found.different else "equal"
    spent = time.perf_counter() - started
    print(f"{verdict}: {found.snapshot} against {found.against}, {found.tables} tables, {spent:.1f} s")  # noqa: T201
    return 1 if found.different else 0


def _erase(db: Database, settings: config.Settings, chosen: argparse.Namespace) -> int:
    """Typed in rather than given as an argument, a person's number is in no history of commands."""
    respondent, phone = chosen.respondent, chosen.phone
    if not respondent and not phone:
        respondent, phone = input("respondent id: "), input("phone number: ")
    month = date.fromisoformat(f"{chosen.month}-01") if chosen.month else None
    wanted = Wanted(chosen.survey, respondent.strip(), phone.strip(), month)
    if not chosen.yes:
        found = erasure.plan(db, settings, wanted)
    else:
        found = erasure.erase(db, settings, wanted, ADMINISTRATOR, "", chosen.reason)
    for one in found.files:
        print(f"{one.sent.file_name}: rows {', '.join(map(str, one.rows))}")  # noqa: T201
    done = "erased" if chosen.yes else "would go; nothing was changed (--yes --reason ... does it)"
    print(f"{found.rows} rows, {len(found.drafts)} uploads that nobody committed: {done}")  # noqa: T201
    return 0


def _hashes(db: Database) -> int:
    for table, (rows, total) in table_hashes(db).items():
        print(f"{table} {rows} {total:x}")  # noqa: T201
    return 0


def _check(db: Database) -> int:
    count, broken = trail.check(db)
    for each in broken:
        print(f"entry {each.sequence}: {each.fault}")  # noqa: T201
    print(f"{count} entries, {len(broken)} faults")  # noqa: T201
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
