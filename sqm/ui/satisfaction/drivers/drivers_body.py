"""What goes with satisfaction: drivers, the importance-performance map, features; once per state, choice, language."""

from functools import lru_cache

from sqm.rules.drivers.drivers import State
from sqm.ui import status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import Html, block_title, empty, footnote, join
from sqm.ui.satisfaction import satisfaction_blocks
from sqm.ui.satisfaction.drivers import data_drivers, drivers_blocks, kano_blocks
from sqm.ui.satisfaction.drivers import driver_words as words
from sqm.ui.satisfaction.satisfaction_choice import Choice
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, language, use


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, viewer: Viewer, choice: Choice, spoken: str, dark: bool) -> Html:
    names = data_names.names()
    features = data_drivers.features(viewer.scope, choice.held, choice.month)
    with use(spoken):
        parts = [satisfaction_blocks.caution(choice, names)]
        if choice.item:
            parts += _drivers(viewer, choice, names)
        if features:
            parts += kano_blocks.blocks(features, choice, names)
        if len(parts) == 1:
            parts.append(_nothing())
        return join(parts)


def body(viewer: Viewer, choice: Choice) -> Html:
    """Drivers of the chosen outcome, their place on the map, and the features that the survey asked in pairs."""
    return _body(stamp(), viewer, choice, str(language()), status_style.is_dark())


def _nothing() -> Html:
    return empty(
        _("This survey has no overall question with further questions under it."),
        _("Choose another survey; roles of questions are set when a file is uploaded."),
    )


def _drivers(viewer: Viewer, choice: Choice, names: Names) -> list[Html]:
    view = data_drivers.drivers(viewer.scope, choice.held, choice.item, choice.month)
    if view is None:
        return [empty(_("No answers to this question from here."), _("Choose another question, part or month."))]
    title = block_title(words.finding(view.found, choice.item, names), words.under(view, choice, names))
    if view.found.state is State.SHOWN:
        parts = [title, drivers_blocks.chart(view, choice.item, names)]
    else:
        parts = [title, empty(words.too_few(view.found), _("Choose another survey, question or month."))]
    parts.append(footnote(*words.method(view, names)))
    if view.map.cross is not None:
        parts += [
            block_title(words.map_finding(view.map, names), words.map_under(view)),
            drivers_blocks.importance_picture(view, names),
            drivers_blocks.numbers(view, names),
        ]
    return parts
