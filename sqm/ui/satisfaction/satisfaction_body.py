"""What stands above and below the large chart, written once per state of the data, choice, language and theme."""

from functools import lru_cache

from sqm.ui import data_names, status_style
from sqm.ui.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, block_title, empty, footnote, join
from sqm.ui.satisfaction import satisfaction_blocks as parts
from sqm.ui.satisfaction import trend_chart
from sqm.ui.satisfaction.satisfaction_choice import Choice
from sqm.ui.sign_in import Viewer
from sqm.ui.words import _, language, use


@lru_cache(maxsize=KEPT)
def _above(at: Stamp, viewer: Viewer, choice: Choice, spoken: str, dark: bool) -> Html:
    names, found = data_names.names(), parts.lines(choice, viewer.scope)
    with use(spoken):
        title = block_title(parts.finding(choice, found, names, viewer), parts.under(choice, found, names))
        return join([title, parts.caution(choice, names), parts.ways_to_look(choice, names, viewer)])


@lru_cache(maxsize=KEPT)
def _below(at: Stamp, viewer: Viewer, choice: Choice, spoken: str, dark: bool) -> Html:
    names, found = data_names.names(), parts.lines(choice, viewer.scope)
    drawn = parts.small_trends(choice, names, viewer)
    said = trend_chart.said(choice, viewer.scope)
    with use(spoken):
        if said is None:
            told = empty(_("No answers to this question from here."), _("Choose another question, part or month."))
        else:
            told = footnote(trend_chart.told(choice, said.facts), *parts.method_notes(said, names))
        return join(
            [
                told,
                block_title(parts.breakdown_title(choice, names, viewer, drawn), parts.breakdown_unit(choice)),
                parts.wall(choice, names, viewer, drawn),
                block_title(_("The numbers"), parts.under(choice, found, names)),
                parts.numbers(choice, found, names),
            ]
        )


def above(viewer: Viewer, choice: Choice) -> Html:
    """The finding, cautions about the survey, and the ways to split it."""
    return _above(stamp(), viewer, choice, str(language()), status_style.is_dark())


def below(viewer: Viewer, choice: Choice) -> Html:
    """The chart in a sentence, its parts as small trends, and the numbers."""
    return _below(stamp(), viewer, choice, str(language()), status_style.is_dark())
