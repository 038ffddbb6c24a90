"""How long the drivers take that nobody has looked at yet: read, worked out (1,000 resamples) and placed on the map.

python -m tests.bench.drivers [--millions 6] [--rounds 3]

Builds a database of so many answers under tests/bench/work (once) and asks the page's own door, with its cache emptied
each time: the telephone survey (its processes, asked in rotation, pairwise) and the store survey (its questions, store
by store, listwise). A survey with fewer answers than 250,000 in twelve months is said to have fewer. Prints the median
of the rounds, people and answers, and what the second look costs; ends with 1 above 3 s.
"""

import argparse
import os
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import date

from tests.bench import generate
from tests.bench.pages import WORK

WANTED, MOST_SECONDS = 250_000, 3.0
CASES = (("cati", "overall.overall"), ("store_evaluation", "stores.overall"))


@dataclass(frozen=True)
class Measured:
    """answers: to the outcome and its drivers. seconds: the median of first looks; again: of a look that is kept."""

    survey: str
    people: int
    answers: int
    seconds: float
    again: float


def measure(survey: str, outcome: str, rounds: int) -> Measured:
    """The database of SQM_DATABASE, through the door that the page uses."""
    from sqm.rules.access import EVERYTHING
    from sqm.ui.satisfaction import data_satisfaction
    from sqm.ui.satisfaction.drivers import data_drivers

    held = data_satisfaction.held()[survey]
    month: date = held.last
    times = []
    for _round in range(rounds):
        data_drivers._drivers.cache_clear()
        started = time.perf_counter()
        view = data_drivers.drivers(EVERYTHING, held, outcome, month)
        times.append(time.perf_counter() - started)
    assert view is not None and view.found.drivers
    started = time.perf_counter()
    data_drivers.drivers(EVERYTHING, held, outcome, month)
    again = time.perf_counter() - started
    answers = sum(each.answered for each in view.found.drivers) + view.found.n_all
    return Measured(survey, view.found.n_all, answers, statistics.median(times), again)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    path = WORK / f"drivers_{chosen.millions:g}.duckdb"
    if not path.exists():
        count, seconds = generate.build(path, chosen.millions)
        print(f"built {count:,} answers in {seconds:.0f} s")
    os.environ["SQM_DATABASE"] = str(path)
    slow = False
    for survey, outcome in CASES:
        found = measure(survey, outcome, chosen.rounds)
        few = "" if found.answers >= WANTED else f" (fewer than {WANTED:,})"
        print(
            f"{survey}: {found.people:,} people, {found.answers:,} answers{few}: {found.seconds:.2f} s at first, "
            f"{found.again * 1000:.2f} ms again; limit {MOST_SECONDS:.0f} s"
        )
        slow |= found.seconds > MOST_SECONDS
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
