"""The views of the satisfaction page: over time, against others and between places, and what goes with it."""

from enum import StrEnum

from sqm.ui import filters
from sqm.ui.words import _


class View(StrEnum):
    """Only the chosen one is worked out."""

    TREND = "trend"
    COMPARE = "compare"
    DRIVERS = "drivers"


def choose() -> View:
    titles = {View.TREND: _("Trend"), View.COMPARE: _("Compare"), View.DRIVERS: _("Drivers")}
    return View(filters.choice("view", _("View"), list(View), lambda code: titles[View(code)], segmented=True))
