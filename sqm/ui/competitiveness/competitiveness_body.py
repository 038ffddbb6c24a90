"""What stands on the page of competitiveness, written once per state of the data, choice, language and theme."""

from functools import lru_cache

from sqm.ui import status_style
from sqm.ui.competitiveness import campaigns_block, indices_block, lead_block, split_block
from sqm.ui.competitiveness.competitiveness_choice import Choice
from sqm.ui.competitiveness.index import index_block
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, join
from sqm.ui.words import language, use


@lru_cache(maxsize=KEPT)
def _top(at: Stamp, choice: Choice, spoken: str, dark: bool) -> Html:
    names = data_names.names()
    with use(spoken):
        return join(
            [
                lead_block.block(choice, names, spoken, dark),
                split_block.block(choice, names),
                lead_block.by_month(choice, names),
                index_block.block(choice, names, spoken, dark),
            ]
        )


def top(choice: Choice) -> Html:
    """Lead and rank, who moved, and the index; the list of its weights comes after it."""
    return _top(stamp(), choice, str(language()), status_style.is_dark())


@lru_cache(maxsize=KEPT)
def _below(at: Stamp, choice: Choice, spoken: str, dark: bool) -> Html:
    names = data_names.names()
    with use(spoken):
        return join([indices_block.block(choice, names), campaigns_block.block(choice, names, spoken, dark)])


def below(choice: Choice) -> Html:
    """Indices of single questions, and promotions with the month after."""
    return _below(stamp(), choice, str(language()), status_style.is_dark())
