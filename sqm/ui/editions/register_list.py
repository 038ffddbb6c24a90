"""The register: every indicator of an edition with its place, owner, source and first month."""

from datetime import date
from functools import lru_cache

import pandas as pd

from sqm.rules.access import Scope
from sqm.ui import formats, links
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.editions import data_editions, editions_body
from sqm.ui.markup import Html, block_title, cell, el, join, span, table
from sqm.ui.words import _, language, n_, name, use


@lru_cache(maxsize=KEPT)
def _register(at: Stamp, scope: Scope, month: date, process: str, spoken: str) -> Html:
    rows = [row for row in data_editions.view(scope, month).rows if process in ("", row["process_code"])]
    names = data_names.names()
    with use(spoken):
        appraised = sum(bool(row["appraised"]) for row in rows)
        title = n_("{n} indicator in the register", "{n} indicators in the register", len(rows))
        if process:
            title = _("{process}: {said}", process=name(names.processes[process]), said=title)
        under = _("{appraised} appraised, {observed} observed", appraised=appraised, observed=len(rows) - appraised)
        titles = [
            _("Indicator name"),
            _("Code"),
            _("Process"),
            _("Dimension"),
            _("Owner"),
            _("Role"),
            _("Source"),
            _("Valid from"),
        ]
        head = [el("th", each) for each in titles]
        body = [_row(row, titles, names) for row in rows]
        return join([block_title(title, under), table(head, body, "sqm-list sqm-register"), editions_body.notes()])


def register(scope: Scope, month: date, process: str) -> Html:
    """process: '' for all of them."""
    return _register(stamp(), scope, month, process, str(language()))


def _row(row: Record, titles: list[str], names: Names) -> Html:
    code = str(row["indicator_code"])
    role = _("appraised") if row["appraised"] else span("sqm-badge sqm-soft", _("observed"))
    return el(
        "tr",
        cell(links.link(name(row), "indicator", code=code, place=""), titles[0], "sqm-name"),
        cell(code, titles[1], "sqm-code"),
        cell(name(names.processes[str(row["process_code"])]), titles[2]),
        cell(name(names.dimensions[str(row["dimension_code"])]), titles[3]),
        cell(name(row, "department") or formats.MISSING, titles[4]),
        cell(role, titles[5]),
        cell(names.label("source_system", str(row["source_system"])) or formats.MISSING, titles[6]),
        cell(_validity(row), titles[7]),
    )


def _validity(row: Record) -> str:
    start, end = (row[each] for each in ("valid_from", "valid_to"))
    first = formats.month(start)
    return first if end is None or pd.isna(end) else _("{first} until {last}", first=first, last=formats.month(end))
