"""Words of store audits: sources, means, verdicts, months of a window."""

from datetime import date

from sqm.rules.audits.appeals import Verdict
from sqm.rules.audits.supplementary import Means
from sqm.rules.periods import add_months
from sqm.ui import formats
from sqm.ui.markup import Html, el
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import N_, _

YEAR = 12
"""Months of the window in which auditors, appeals and reports are judged."""

SOURCES = {
    "third_party": N_("mystery shopping by the third party"),
    "self_audit": N_("the district's own audit"),
    "double_check": N_("second visit to check the auditor"),
    "remote_monitoring": N_("remote monitoring"),
    "open_visit": N_("open visit"),
    "callback": N_("call back to customers"),
}
MEANS = {
    Means.REMOTE_MONITORING: N_("remote monitoring"),
    Means.OPEN_VISIT: N_("open visit"),
    Means.CALLBACK: N_("call back to customers"),
}
VERDICTS = {
    Verdict.UPHELD: N_("upheld"),
    Verdict.PARTLY: N_("other points"),
    Verdict.REJECTED: N_("the mark stays"),
}


def source(code: str) -> str:
    """The source of a visit; the code of one that nobody knows."""
    return _(SOURCES[code]) if code in SOURCES else code


def theme(code: str) -> str:
    return data_standards.audit_names().topic(code) if code else _("no theme")


def year_to(month: date) -> tuple[date, date]:
    """First and last month of the year that ends with a month."""
    return add_months(month, 1 - YEAR), month


def year(month: date) -> str:
    """Nov 2025 – Oct 2026"""
    return formats.months(*year_to(month))


def points(value: float | None) -> str:
    """Points of an item, in halves at most: 8, 6.5; None says that the item does not apply."""
    return _("does not apply") if value is None else formats.number(value, 2).rstrip("0").rstrip(".")


def heads(titles: list[str], numeric: frozenset[int] | tuple[int, ...] = ()) -> list[Html]:
    """Head cells; numeric: places of columns that stand at the right."""
    return [el("th", title, css="sqm-r" if place in numeric else "") for place, title in enumerate(titles)]
