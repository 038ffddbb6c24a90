"""What a viewer saw last: one look a viewer, and no reason for any page to be drawn anew."""

import datetime

from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.indicators import looks
from sqm.database.safety import trail

JUNE, JULY = datetime.date(2026, 6, 1), datetime.date(2026, 7, 1)


def test_the_last_look_of_each_viewer_is_remembered(db: Database) -> None:
    assert looks.last(db, "ana") is None
    state, version = table_hashes(db), trail.last_sequence(db)
    looks.note(db, "ana", JUNE, {"HOT-P01": "missed"})
    looks.note(db, "ana", JULY, {"HOT-P01": "met", "STO-P01": "near"})
    looks.note(db, "bo", JUNE, {})
    last = looks.last(db, "ana")
    assert last is not None
    assert (last.month, last.statuses) == (JULY, {"HOT-P01": "met", "STO-P01": "near"})
    assert len(db.frame("select * from looks")) == 2
    assert (table_hashes(db), trail.last_sequence(db)) == (state, version)
