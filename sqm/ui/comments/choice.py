"""What the page of comments is about: a value that caches are keyed by."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqm.rules.periods import add_months


@dataclass(frozen=True)
class Choice:
    """process, district, store, topic, search: '' for all. span: months up to and with month.

    Hashable, so that it can be part of a cache key.
    """

    survey: str
    month: date
    span: int
    process: str
    district: str
    store: str
    is_unsatisfied: bool
    topic: str
    search: str

    @property
    def first(self) -> date:
        return add_months(self.month, 1 - self.span)

    @property
    def mark(self) -> str:
        """A short name of the choice: a page number holds for one choice alone."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:6]
