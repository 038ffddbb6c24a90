"""What stands on the process page under its filters, written once per state of the data, choice, language and theme."""

from datetime import date
from functools import lru_cache

from sqm.database.indicators.indicators import Place
from sqm.rules.access import Scope
from sqm.ui import status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import Html, block_title, div, el, join
from sqm.ui.matrix import data_matrix
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.process import (
    process_departments,
    process_dimensions,
    process_drivers,
    process_overview,
    process_trend,
    process_words,
)
from sqm.ui.watch import data_watch
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, language, name, use


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, scope: Scope, month: date, place: Place, process: str, spoken: str, dark: bool) -> Html:
    names = data_names.names()
    view = data_matrix.month_view(scope, month, place)
    watch = data_watch.view(scope, month, place)
    with use(spoken):
        under = process_words.under(view, data_names.places(scope), place.code)
        if process:
            return _one(process, scope, view, names, watch, place, under)
        return _all(view, names, watch, under)


def body(scope: Scope, month: date, place: Place, process: str) -> Html:
    """One process, or all of them from the weakest on when none is chosen."""
    return _body(stamp(), scope, month, place, process, str(language()), status_style.is_dark())


def _one(process: str, scope: Scope, view: MonthView, names: Names, watch: WatchView, place: Place, under: str) -> Html:
    aside = el(
        "section",
        process_trend.block(process, scope, view, names, place),
        process_dimensions.outside_in(process, view),
    )
    drivers = el("section", process_drivers.block(process, view, names, watch, place))
    return join(
        [
            block_title(process_words.finding(process, view, names, watch), under),
            el("p", name(names.processes[process], "driver"), css="sqm-statement"),
            div("sqm-main-aside", drivers, aside),
            process_dimensions.columns(process, view, names, watch, place),
            process_departments.block(process, view, names, place),
            process_words.notes(),
        ]
    )


def _all(view: MonthView, names: Names, watch: WatchView, under: str) -> Html:
    return join(
        [
            block_title(
                process_words.overview_finding(view, names),
                _("{where}; by share of appraised indicators missed", where=under),
            ),
            process_overview.ranking(view, names, watch),
            process_overview.accountability(view, names),
            process_departments.directory(view, names),
            process_words.notes(),
        ]
    )
