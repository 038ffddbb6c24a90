"""The month after a promotion: what is given lifts satisfaction and expectations; the lift goes, the expectation stays.

Debt is a month after that reads worse than the month before, beyond chance. One campaign proves nothing: whatever else
happened in these months is in the difference too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqm.rules.periods import add_months
from sqm.rules.surveys.trends import Movement, Point, Word, movement_between


@dataclass(frozen=True)
class Aftermath:
    """lift: from the month before a campaign's month to it; debt: from the month before to the month after."""

    month: date
    lift: Movement
    debt: Movement

    @property
    def is_debt(self) -> bool:
        return self.debt.word is Word.DOWN


def aftermath(points: Mapping[date, Sequence[Point]], months: Iterable[date], last: date) -> tuple[Aftermath, ...]:
    """points: of one item of our customers by month (one per method); months: of the campaigns, any order.

    Oldest first, without what lies after ``last``; a month after that is not over yet has no debt (Word.NO_DATA).
    """
    known = {month: held for month, held in points.items() if month <= last}

    def moved(month: date, step: int) -> Movement:
        return movement_between(known.get(add_months(month, -1), ()), known.get(add_months(month, step), ()))

    return tuple(Aftermath(month, moved(month, 0), moved(month, 1)) for month in sorted(set(months)) if month <= last)
