"""A process that commits, for tests that kill it: python -m tests.database.committing DATABASE UPLOADS ROWS NUMBER

Prints ``committing`` just before the commit and ``acknowledged <batch>`` once it has returned.
"""

import datetime
import io
import sys
from pathlib import Path

from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from tests.database.conftest import SURVEY_RECIPE, survey_reading

DAY = datetime.date(2026, 6, 5)


def main() -> None:
    database, folder, rows, number = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    db, uploads = Database.open(database), Uploads(folder)
    answers = [
        (f"K{number}-{place}", DAY, f"S{place % 20 + 1:03d}", [place % 10 + 1, 5, 6, 7, 8]) for place in range(rows)
    ]
    reading = survey_reading(answers, content=f"kill {number}")
    raw = uploads.receive(io.BytesIO(str(number).encode()), f"{number}.csv", 1000)
    print("committing", flush=True)
    batch = batches.commit(db, uploads, raw, SURVEY_RECIPE, reading, "ana")
    print("acknowledged", batch.batch_id, flush=True)
    db.close()


if __name__ == "__main__":
    main()
