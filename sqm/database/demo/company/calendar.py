"""The demo operator's time: 36 months up to the last full month before today, and how a year feels to customers."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

MONTHS = 36
LAST = MONTHS - 1
METHOD_BREAK = 12  # the CATI questionnaire changed in the 13th month
WEB_START = 9  # the web survey was launched in the 10th month

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Points of satisfied share by calendar month (January first): queues and promotions before the Spring Festival,
# students in September, a calm spring. Sums to about nothing, so a year keeps its level.
_SEASON = np.array([-1.2, -0.8, 0.5, 0.9, 0.7, 0.4, -0.1, -0.4, -1.1, 0.3, 0.6, 0.2]) / 100
# Volume of visits, calls and complaints against an ordinary month.
_VOLUME = np.array([1.12, 0.94, 0.98, 0.97, 0.99, 1.00, 1.03, 1.05, 1.08, 0.96, 0.95, 1.00])


@dataclass(frozen=True)
class Calendar:
    """The months of the demo, oldest first; position 35 is the last full month."""

    months: tuple[date, ...]

    @classmethod
    def until(cls, today: date) -> "Calendar":
        """The 36 months that end with the last full month before today (on the 1st that is the month before)."""
        last = today.year * 12 + today.month - 2
        return cls(tuple(date(count // 12, count % 12 + 1, 1) for count in range(last - LAST, last + 1)))

    @property
    def last(self) -> date:
        """The last full month."""
        return self.months[LAST]

    def back(self, months: int) -> date:
        """The month so many before the last one."""
        return self.months[LAST - months]

    @property
    def starts(self) -> Ints:
        """Days since 1970-01-01 of each month's first day."""
        return np.array(self.months, dtype="datetime64[D]").astype(np.int64)

    @property
    def lengths(self) -> Ints:
        """Days in each month."""
        firsts = np.array(self.months, dtype="datetime64[M]")
        return (firsts + 1).astype("datetime64[D]").astype(np.int64) - self.starts

    @property
    def season(self) -> Floats:
        """Season's effect on a satisfied share, one number a month."""
        return _SEASON[[month.month - 1 for month in self.months]]

    @property
    def volume(self) -> Floats:
        """Season's factor on volumes, one number a month."""
        return _VOLUME[[month.month - 1 for month in self.months]]

    def januaries(self) -> tuple[int, ...]:
        """Positions of the Januaries, oldest first: the months from which new targets count."""
        return tuple(place for place, month in enumerate(self.months) if month.month == 1)
