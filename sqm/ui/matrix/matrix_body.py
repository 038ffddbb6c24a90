"""What stands on the matrix page under its filters, written once per state of the data, choice, language and theme."""

from datetime import date
from functools import lru_cache

from sqm.database.indicators.indicators import Place
from sqm.rules.access import Scope
from sqm.ui import status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import NOTHING, Html, block_title, join
from sqm.ui.matrix import asof, matrix_grid, matrix_list, matrix_words
from sqm.ui.watch import data_watch
from sqm.ui.words import language, use


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, scope: Scope, month: date, place: Place, chosen: str, as_of: str, spoken: str, dark: bool) -> Html:
    names = data_names.names()
    view = asof.view(scope, month, place, as_of)
    watch = data_watch.view(scope, month, place)
    cell = view.cells.get(chosen)
    with use(spoken):
        title = matrix_words.finding(view, names)
        under = matrix_words.under(view, data_names.places(scope), place.code)
        return join(
            [
                block_title(title, under),
                asof.strip(scope, month, as_of),
                matrix_grid.grid(view, names, chosen, watch=watch),
                matrix_list.cell_block(view, names, cell, place, watch) if cell else NOTHING,
                matrix_words.notes(),
                matrix_list.further(),
            ]
        )


def body(scope: Scope, month: date, place: Place, chosen: str, as_of: str = asof.LIVE) -> Html:
    """The finding, the grid, the indicators of the chosen cell, and what a reader must know."""
    return _body(stamp(), scope, month, place, chosen, as_of, str(language()), status_style.is_dark())
