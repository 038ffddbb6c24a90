"""What stands under the filters of the satisfaction page, written once per state of the data, choice and language."""

from functools import lru_cache

from sqm.ui import status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import Html, block_title, empty, footnote, join
from sqm.ui.satisfaction import satisfaction_blocks as parts
from sqm.ui.satisfaction import trend_chart
from sqm.ui.satisfaction.satisfaction_choice import Choice
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, language, use


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, viewer: Viewer, choice: Choice, spoken: str, dark: bool) -> Html:
    names, found = data_names.names(), parts.lines(choice, viewer.scope)
    drawn = parts.small_trends(choice, names, viewer)
    with use(spoken):
        under = parts.under(choice, found, names)
        return join(
            [
                block_title(parts.finding(choice, found, names, viewer), under),
                parts.caution(choice, names),
                parts.ways_to_look(choice, names, viewer),
                *_chart(viewer, choice, names, spoken, dark),
                block_title(parts.breakdown_title(choice, names, viewer, drawn), parts.breakdown_unit(choice)),
                parts.wall(choice, names, viewer, drawn),
                block_title(_("The numbers"), under),
                parts.numbers(choice, found, names),
            ]
        )


def _chart(viewer: Viewer, choice: Choice, names: Names, spoken: str, dark: bool) -> list[Html]:
    """The large trend and, under it, the same in a sentence and what to know of the method."""
    said = trend_chart.said(choice, viewer.scope)
    if said is None:
        return [empty(_("No answers to this question from here."), _("Choose another question, part or month."))]
    told = trend_chart.told(choice, said.facts)
    chart = trend_chart.drawn(choice, viewer.scope, names, spoken, dark, told)
    return [chart, footnote(told, *parts.method_notes(said, names))]


def body(viewer: Viewer, choice: Choice) -> Html:
    """The finding, cautions, ways to look, the large chart, its parts as small trends, and the numbers."""
    return _body(stamp(), viewer, choice, str(language()), status_style.is_dark())
