"""Commands for the person who runs SQM; each prints one line and needs no SQL.

python -m sqm catalogue FOLDER   replace the catalogue by the CSV files of a folder, and work the matrix out again
python -m sqm rebuild FILE       build a new database file from the catalogue (or demo) and the raw uploads alone
python -m sqm hashes             rows and hash of every table
python -m sqm check              whether the trail is whole: no entry changed, deleted or moved
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from sqm import config
from sqm.database import catalogue, marts, rebuild, trail, use_rules
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.start import open_database
from sqm.database.uploads import Uploads
from sqm.errors import SqmError
from sqm.intake import limits


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m sqm", description=__doc__.splitlines()[0] if __doc__ else "")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("catalogue").add_argument("folder", type=Path)
    commands.add_parser("rebuild").add_argument("file", type=Path)
    commands.add_parser("hashes")
    commands.add_parser("check")
    chosen = parser.parse_args(arguments)
    settings = config.load()
    try:
        if chosen.command == "rebuild":
            return _rebuild(settings, chosen.file)
        db = open_database(settings)
        if chosen.command == "check":
            return _check(db)
        return _catalogue(db, chosen.folder) if chosen.command == "catalogue" else _hashes(db)
    except SqmError as error:
        print(f"{error.code}: {error.values}", file=sys.stderr)  # noqa: T201
        return 1


def _catalogue(db: Database, folder: Path) -> int:
    with use_rules.noted(db, "catalogue"), db.write() as cursor:
        counts = catalogue.load(cursor, folder)
        marts.rebuild(cursor)
    print(", ".join(f"{table} {count}" for table, count in counts.items()))  # noqa: T201
    return 0


def _rebuild(settings: config.Settings, file: Path) -> int:
    if file.exists():
        raise SqmError("file_exists", file=file.name)
    db = open_database(replace(settings, database=str(file), uploads=file.with_suffix(".none")))
    count = rebuild.replay_all(db, Uploads(settings.uploads), limits.of(settings))
    db.checkpoint()
    print(f"{count} batches and decisions")  # noqa: T201
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
