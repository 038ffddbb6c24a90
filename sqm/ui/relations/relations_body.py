"""What stands on the page of relations, written once per state of the data, month, language and theme."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Scope
from sqm.rules.drivers.lead_lag import Verdict
from sqm.ui import formats, status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, block_title, join
from sqm.ui.matrix import data_matrix
from sqm.ui.relations import data_relations, relations_leads, relations_mismatches, relations_words
from sqm.ui.relations.data_relations import RelationsView
from sqm.ui.words import _, language, use


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, scope: Scope, month: date, spoken: str, dark: bool) -> Html:
    names = data_names.names()
    view, matrix = data_relations.view(scope, month), data_matrix.month_view(scope, month)
    with use(spoken):
        parts = [
            block_title(relations_words.finding(view, names), _sides_under(month)),
            relations_mismatches.mismatches(view, matrix, names),
            block_title(relations_words.leads_finding(view, names), _leads_under(view)),
            relations_leads.pictures(view, names),
            relations_leads.leads(view, names),
        ]
        if view.of(Verdict.MOVES_NOTHING):
            parts.append(block_title(relations_words.silent_finding(view), relations_leads.silent_under(view)))
            parts.append(relations_leads.silent(view, names))
        return join([*parts, relations_words.notes(view, names)])


def body(scope: Scope, month: date) -> Html:
    """Mismatching processes, operations indicators that run ahead of customers, those that move nothing, the method."""
    return _body(stamp(), scope, month, str(language()), status_style.is_dark())


def _sides_under(month: date) -> str:
    return _(
        "{month}, all districts. Outside: operations. Inside: customer perception and complaints. Red: an indicator "
        "misses its target; near counts as green.",
        month=formats.month(month),
    )


def _leads_under(view: RelationsView) -> str:
    return _(
        "{period}, {indicators} operations indicators; the strongest first. In the picture: distance from the "
        "indicator's own trend and season in standard deviations, up is better. Right of the dashed line: not felt "
        "yet.",
        period=relations_words.period(view),
        indicators=len(view.best),
    )
