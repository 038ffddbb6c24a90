"""The three dimensions of a process side by side, and how much of it customers see at all."""

from sqm.database.indicators.indicators import Place
from sqm.rules.matrix.process import Group, customers_share, facing, group
from sqm.ui import formats, links
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import NOTHING, Html, block_title, div, el, join, span
from sqm.ui.matrix.data_matrix import MonthView, cell_code
from sqm.ui.matrix.matrix_grid import OBSERVED
from sqm.ui.process import data_process, process_rows, process_words
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, name


def columns(process: str, view: MonthView, names: Names, watch: WatchView, place: Place) -> Html:
    """One column a dimension: its count, how many get worse, its indicators from the weakest on."""
    rows = data_process.rows_of(view, process)
    parts = [group(code, (row for row in rows if row["dimension_code"] == code)) for code in names.dimensions]
    return div("sqm-trio", *(_column(process, part, names, watch, place) for part in parts))


def _column(process: str, part: Group, names: Names, watch: WatchView, place: Place) -> Html:
    words = name(names.dimensions[part.code])
    under = process_words.worse(process_words.getting_worse(part.rows, watch))
    if part.code == OBSERVED:
        under = _(" · ").join([under, _("observed, not appraised")])
    if not part.rows:
        return el("section", block_title(words, _("no indicator in this edition")))
    title = join([links.link(words, "matrix", cell=cell_code(process, part.code)), process_words.badge(part)], " ")
    entries = [process_rows.compact(row, names, watch, place) for row in part.rows]
    return el("section", block_title(title, under), el("ul", *entries, css="sqm-compact"))


def outside_in(process: str, view: MonthView) -> Html:
    """How many indicators show what customers see, how many only the operations; each with its misses."""
    customers, operations = facing(data_process.rows_of(view, process))
    everywhere = customers_share(*facing(view.rows.values()))
    title = _(
        "{n} of {total} indicators show what customers see",
        n=customers.total,
        total=customers.total + operations.total,
    )
    share = formats.share(customers_share(customers, operations), 0)
    note = _(
        "customer-facing {share}; all processes {everywhere}", share=share, everywhere=formats.share(everywhere, 0)
    )
    most = max(customers.total, operations.total, 1)
    bars = [
        _bar(_("Perception and complaints"), customers, most, "sqm-outside"),
        _bar(_("Internal operations"), operations, most, "sqm-inside"),
    ]
    return join([block_title(title, note), div("sqm-bars", *bars)])


def _bar(words: str, part: Group, most: int, css: str) -> Html:
    """A bar from zero, as long as it has indicators."""
    width = f"width:{100 * part.total / most:.0f}%"
    badge = process_words.badge(part) if part.rows else NOTHING
    return div(
        "",
        div("sqm-line", span("", words), span("", Html(f"{badge}"))),
        div("sqm-track", el("i", css=css, style=width)),
    )
