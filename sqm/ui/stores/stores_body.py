"""What stands on the page of stores, written once per state of the data, viewer, choice, language and theme."""

from functools import lru_cache

from sqm.rules.access import Scope
from sqm.rules.stores.store_results import Compared
from sqm.ui import formats, status_style
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, join
from sqm.ui.stores import stores_ways
from sqm.ui.stores import stores_words as words
from sqm.ui.stores.blocks import cascade_blocks, fair_table, funnel_blocks, items_blocks, map_blocks
from sqm.ui.stores.doors import data_scores, data_stores
from sqm.ui.stores.stores_choice import Choice
from sqm.ui.stores.views import Measure, Shown, View
from sqm.ui.words import _, language, name, use


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, scope: Scope, choice: Choice, spoken: str, dark: bool) -> tuple[Html, Html]:
    views = {View.TABLE: _table, View.MAP: _map, View.ITEMS: _items, View.FUNNEL: _funnel}
    with use(spoken):
        return views[choice.view](scope, choice, dark)


def body(scope: Scope, choice: Choice) -> tuple[Html, Html]:
    """The chosen view, above and below the map that can be moved, or the actions of districts under the cascade; other
    views have nothing below."""
    return _body(stamp(), scope, choice, str(language()), status_style.is_dark())


def _named() -> dict[str, str]:
    return {code: name(row) or code for code, row in data_stores.districts().items()}


def _period(choice: Choice) -> str:
    return formats.months(*data_scores.window(choice.month, choice.span))


def _compared(choice: Choice) -> Html:
    options = [(str(each), words.compared(each)) for each in Compared]
    return stores_ways.ways(_("Compared:"), options, choice.what, choice, "what")


def _table(scope: Scope, choice: Choice, dark: bool) -> tuple[Html, Html]:
    view = data_scores.view(scope, choice.month, choice.span)
    cascade = data_stores.cascade(scope, choice.month, choice.span, choice.what)
    known = data_scores.stores(scope)
    above = [_compared(choice), cascade_blocks.blocks(cascade, choice, data_stores.districts())]
    return join(above), fair_table.blocks(view, choice, known, _named(), not scope.is_everything, dark)


def _map(scope: Scope, choice: Choice, dark: bool) -> tuple[Html, Html]:
    shown = stores_ways.ways(
        _("Marked by:"), [(str(each), words.shown(each)) for each in Shown], choice.show, choice, "show"
    )
    parts = [shown, _compared(choice)] if choice.show in (Shown.STANDING, Shown.MARK) else [shown]
    above, below = map_blocks.blocks(scope, choice, _period(choice), _named(), dark)
    return join([*parts, above]), below


def _items(scope: Scope, choice: Choice, dark: bool) -> tuple[Html, Html]:
    found = data_stores.items(choice.month, choice.span, choice.theme, choice.district, choice.group)
    options = [(each, words.theme(each)) for each in data_stores.themes(choice.month, choice.span)]
    themes = [stores_ways.ways(_("Theme:"), options, choice.theme, choice, "theme")] if len(options) > 1 else []
    known = data_scores.stores(scope)
    return join([*themes, items_blocks.blocks(found, choice, known, _named(), _period(choice))]), Html("")


def _funnel(scope: Scope, choice: Choice, dark: bool) -> tuple[Html, Html]:
    options = [(str(each), words.measure(each)) for each in Measure]
    ways = stores_ways.ways(_("Share of:"), options, choice.measure, choice, "of")
    found = data_stores.store_funnel(scope, choice.month, choice.span, choice.measure, choice.one_class)
    known = data_scores.stores(scope)
    return join([ways, funnel_blocks.blocks(found, choice, known, _named(), _period(choice), dark)]), Html("")
