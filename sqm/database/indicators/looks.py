"""What each viewer saw last on Home, to say what changed since. A note about people, not part of the record:
it is not in the journal, a rebuild starts without it, and it makes no cached page stale."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqm.database.connection import Database
from sqm.database.queries import query


@dataclass(frozen=True)
class Look:
    """looked_at in UTC; statuses: indicator code -> status in the month that was the latest then."""

    looked_at: datetime
    month: date
    statuses: Mapping[str, str] = field(hash=False)


def last(db: Database, who: str) -> Look | None:
    """What a viewer saw last, None for the first time. Read it once a session, before note() replaces it."""
    with db.read() as cursor:
        row = cursor.execute(query("looks", "last"), {"who": who}).fetchone()
    return None if row is None else Look(row[0], row[1], json.loads(row[2]))


def note(db: Database, who: str, month: date, statuses: Mapping[str, str]) -> None:
    """Remember what a viewer sees now; the former look is forgotten."""
    written = json.dumps(dict(statuses), sort_keys=True)
    with db.write() as cursor:
        cursor.execute(query("looks", "forget"), {"who": who})
        now = datetime.now(UTC).replace(tzinfo=None)
        cursor.execute(query("looks", "add"), {"who": who, "looked_at": now, "month": month, "statuses": written})
