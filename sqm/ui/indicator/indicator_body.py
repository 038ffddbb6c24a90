"""What stands under the filters of the indicator page, written once per state of the data, choice and language."""

from datetime import date
from functools import lru_cache

from sqm.database.indicators.indicators import Place
from sqm.rules.access import Action, may
from sqm.ui import status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.indicator import (
    history_chart,
    indicator_blocks,
    indicator_choice,
    indicator_story,
    indicator_tables,
    indicator_talk,
)
from sqm.ui.indicator.indicator_choice import Choice
from sqm.ui.markup import NOTHING, Html, block_title, div, empty, footnote, join
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, language, use


@lru_cache(maxsize=KEPT)
def _body(
    at: Stamp, viewer: Viewer, code: str, place: Place, month: date, by: str, rows: bool, spoken: str, dark: bool
) -> Html:
    names = data_names.names()
    choice = indicator_choice.made(viewer.scope, code, place, month)
    now = choice.view.row
    with use(spoken):
        heading = indicator_choice.heading(choice, names, viewer.scope)
        left = [indicator_story.arithmetic(choice, names), indicator_tables.meaning_section(choice, names, viewer)]
        right = [
            indicator_story.related(choice, names, viewer),
            indicator_tables.places_section(choice, names, viewer, by),
            indicator_talk.section(choice, viewer),
        ]
        see_rows = now is not None and may(viewer.role, Action.SEE_SOURCE_ROWS)
        return join(
            [
                block_title(indicator_blocks.finding(choice, names), heading),
                NOTHING if now is None else indicator_blocks.cards(choice, now),
                *_chart(choice, viewer),
                div("sqm-two", div("", *left), div("", *right)),
                indicator_tables.sources_section(choice, viewer, rows) if see_rows else NOTHING,
            ]
        )


def _chart(choice: Choice, viewer: Viewer) -> list[Html]:
    """The history, and under it the same in a sentence."""
    if choice.view.facts is None:
        missing = _("No value of this indicator on this place yet.")
        return [empty(missing, _("The owner reports it, or a survey asks it."))]
    sentence = history_chart.told(choice, choice.view.facts)
    return [history_chart.drawn(choice, viewer.scope, sentence), footnote(sentence)]


def body(viewer: Viewer, choice: Choice, by: str, rows: bool) -> Html:
    """by: level of the table of places. rows: the files and rows behind the number are asked for."""
    where = (choice.code, choice.place, choice.month)
    return _body(stamp(), viewer, *where, by, rows, str(language()), status_style.is_dark())
