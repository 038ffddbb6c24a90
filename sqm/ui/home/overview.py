"""The overview of the whole company: cards, the matrix in small with what turned, who is weakest, and the trends."""

from datetime import date

from sqm.rules.access import Scope
from sqm.ui.doors import data_names
from sqm.ui.home import home_blocks
from sqm.ui.home.roles import home_satisfaction
from sqm.ui.markup import Html, block_title, div, el, join
from sqm.ui.matrix import data_matrix, matrix_grid
from sqm.ui.words import _


def head(scope: Scope, month: date) -> Html:
    """How many indicators met and missed, against the month before."""
    view = data_matrix.month_view(scope, month)
    return block_title(home_blocks.finding(view), home_blocks.published(view, data_names.all_months()))


def cards(scope: Scope, month: date) -> Html:
    """The five counts, satisfaction, lead and the districts' reports."""
    names, places = data_names.names(), data_names.places(scope)
    return div(
        "sqm-cards sqm-top",
        home_blocks.tally_card(data_matrix.month_view(scope, month)),
        home_satisfaction.share_card(scope, month),
        home_satisfaction.lead_card(scope, month, names),
        home_blocks.reporting_card(data_matrix.reporting(scope, month), places),
    )


def matrix(scope: Scope, month: date) -> Html:
    """Left the matrix and what turned, right the weakest processes."""
    return div("sqm-two", el("section", grid(scope, month)), el("section", weakest(scope, month)))


def grid(scope: Scope, month: date) -> Html:
    """The matrix in small, and what turned since the last published month."""
    names, view = data_names.names(), data_matrix.month_view(scope, month)
    return join(
        [
            block_title(_("The matrix of the month"), _("worst status of each cell; operations are observed only")),
            matrix_grid.grid(view, names, is_small=True),
            block_title(home_blocks.changes_finding(view)),
            home_blocks.changes_lists(view, names),
        ]
    )


def weakest(scope: Scope, month: date) -> Html:
    """The processes that miss most of what they are appraised by."""
    names, view = data_names.names(), data_matrix.month_view(scope, month)
    title = block_title(home_blocks.weakest_finding(view, names), _("by share of appraised indicators missed"))
    return join([title, home_blocks.weakest_list(view, names)])


def trends(scope: Scope, month: date) -> Html:
    return home_satisfaction.trends(scope, month, data_names.names())
