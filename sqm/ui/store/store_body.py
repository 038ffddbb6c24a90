"""What stands under the filters of the store page, written once per state of the data, choice, language and theme."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Scope
from sqm.ui import status_style
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, empty, join
from sqm.ui.store.blocks import (
    changed_block,
    comments_block,
    head_block,
    opinion_block,
    parts_block,
    trend_block,
    volume_block,
    waiting_block,
)
from sqm.ui.store.doors import data_card, data_follow, data_opinion, data_trend, data_volumes
from sqm.ui.store.follow import follow_block, mend_block, mend_choice
from sqm.ui.store.follow.mend_choice import Rights
from sqm.ui.store.store_choice import Choice
from sqm.ui.words import _, language, use

Body = tuple[Html, Html]


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, scope: Scope, choice: Choice, rights: Rights, today: date, spoken: str, dark: bool) -> Body:
    card = data_card.card(scope, choice)
    with use(spoken):
        if card is None:
            return empty(_("This store is not one of yours."), _("Choose another store.")), Html("")
        actions = data_follow.store_actions(choice.store, today)
        mending = {mend_choice.mends(each): each for each in actions if each.is_open}
        opinions = data_opinion.opinions(scope, choice)
        top = [
            head_block.head(card, choice),
            parts_block.parts(card),
            mend_block.mend(card, choice, data_card.bought(scope, choice), mending, rights),
        ]
        below = [
            follow_block.follow(actions, data_follow.store_appeals(choice.store), today, rights),
            changed_block.changed(card),
            trend_block.trend(data_trend.trend(scope, choice)),
            waiting_block.waiting(card, opinions),
            opinion_block.opinion(card, opinions),
            comments_block.comments(card, choice, scope),
            volume_block.volume(data_volumes.months(scope, choice)),
        ]
        return join(top), join(below)


def body(scope: Scope, choice: Choice, rights: Rights, today: date) -> Body:
    """(to the end of what to mend, the rest): a form stands between the two while one is open."""
    return _body(stamp(), scope, choice, rights, today, str(language()), status_style.is_dark())
