"""What customers of the store wrote, as the page of comments shows it: masked, small groups hidden."""

from sqm.rules.access import Scope
from sqm.ui import formats, links
from sqm.ui.comments import comments_list, comments_words, data_comments
from sqm.ui.comments.choice import Choice as CommentChoice
from sqm.ui.comments.data_comments import Group
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import Html, block_title, div, el, empty, join
from sqm.ui.store import store_words as words
from sqm.ui.store.doors.data_card import Card
from sqm.ui.store.store_choice import Choice
from sqm.ui.stores.doors.data_scores import MONTHS, SURVEY
from sqm.ui.words import _, n_

SHOWN = 5


def comments(card: Card, choice: Choice, scope: Scope) -> Html:
    """The newest few, and the way to all of them."""
    if SURVEY not in data_comments.held():
        return join(
            [
                block_title(_("No comments of customers")),
                empty(_("Nobody wrote anything."), _("An analyst uploads a survey file with a column of comments.")),
            ]
        )
    wanted = CommentChoice(SURVEY, choice.month, MONTHS[choice.span], "", "", choice.store, False, "", "")
    group, before = data_comments.group(scope, wanted), data_comments.group(scope, wanted, back=1)
    title = block_title(comments_words.finding(group, before, False), _under(group, card))
    if group.is_hidden:
        told = _("A group so small could point at a person, so neither the texts nor their number are shown.")
        return join([title, empty(told, _("Choose a longer period."))])
    if not group.rows:
        return join([title, empty(_("None of these comments can be listed here."), comments_words.unlisted())])
    shown = [_comment(row) for row in group.rows[:SHOWN]]
    way = links.link(
        n_("all {n} comment", "all {n} comments", len(group.rows)),
        "comments",
        css="sqm-way",
        survey=SURVEY,
        month=f"{choice.month:%Y-%m}",
        back=str(MONTHS[choice.span]),
        district=str(card.record["district_code"]),
        store=choice.store,
    )
    return join([title, el("ol", *shown, css="sqm-comments"), div("sqm-ways", way)])


def _under(group: Group, card: Card) -> str:
    parts = [_("what customers wrote, masked"), words.period(card)]
    if not group.is_hidden:
        parts.append(formats.sample(group.n))
    return words.BETWEEN.join(parts)


def _comment(row: Record) -> Html:
    facts = [comments_list.when(row)]
    if row["score"] == row["score"]:
        points, high = (float(row[each]) for each in ("score", "scale_max"))
        facts.append(_("overall {score} of {high}", score=f"{points:g}", high=f"{high:g}"))
    return el("li", el("p", str(row["comment"])), div("sqm-soft", words.BETWEEN.join(facts)))
