"""The views of the page of stores. Only the chosen one is worked out."""

from enum import StrEnum

from sqm.ui import filters
from sqm.ui.words import _


class View(StrEnum):
    """table: from the company down to the fair table of a class. items: stores by items. funnel: who lies outside what
    chance does."""

    TABLE = "table"
    MAP = "map"
    ITEMS = "items"
    FUNNEL = "funnel"


class Shown(StrEnum):
    """What the marks of the map say."""

    STANDING = "standing"
    MARK = "pass_mark"
    SMS = "sms"
    VISITS = "visits"
    LAST = "last"


class Measure(StrEnum):
    """Which share the funnel looks at."""

    PASSED = "passed"
    SMS = "sms"


def choose() -> View:
    titles = {View.TABLE: _("Fair table"), View.MAP: _("Map"), View.ITEMS: _("By item"), View.FUNNEL: _("Funnel")}
    return View(filters.choice("view", _("View"), list(View), lambda code: titles[View(code)], segmented=True))
