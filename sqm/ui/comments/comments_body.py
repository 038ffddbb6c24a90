"""What stands on the page of comments, written once per state of the data, choice, language and theme."""

from functools import lru_cache

from sqm.rules.access import Action, Scope, may
from sqm.rules.sampling import HIDDEN_BELOW, wilson
from sqm.ui import formats
from sqm.ui.comments import comments_choice, comments_list, comments_topics, comments_words, data_comments
from sqm.ui.comments.choice import Choice
from sqm.ui.comments.data_comments import Group
from sqm.ui.doors import data_names
from sqm.ui.doors.data import Stamp, stamp
from sqm.ui.doors.data_names import Names, Places
from sqm.ui.markup import NOTHING, Html, block_title, div, el, empty, join
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, language, n_, use

_KEPT = 60  # pages of 25 comments


@lru_cache(maxsize=_KEPT)
def _body(at: Stamp, scope: Scope, chosen: Choice, sheet: int, may_reveal: bool, spoken: str) -> Html:
    names, places = data_names.names(), data_names.places(scope)
    group, before = data_comments.group(scope, chosen), data_comments.group(scope, chosen, back=1)
    with use(spoken):
        title = block_title(
            comments_words.finding(group, before, chosen.is_unsatisfied),
            comments_words.under(chosen, names, _place(chosen, places)),
        )
        if group.is_hidden:
            return join([title, _hidden(), comments_words.notes(group)])
        return join(
            [
                title,
                _self_selected(chosen, names),
                _figures(group, before),
                comments_words.left_out(group),
                comments_topics.topics(group, before, chosen),
                block_title(
                    comments_words.listed(group, chosen), _("The newest first, {n} a page", n=comments_choice.A_PAGE)
                ),
                comments_list.comments(group, chosen, sheet, names, places, may_reveal),
                comments_words.notes(group),
            ]
        )


def body(viewer: Viewer, chosen: Choice) -> Html:
    """Finding, figures, topics against the period before, the comments, and how people are protected."""
    group = data_comments.group(viewer.scope, chosen)
    sheet = comments_choice.sheet(chosen, len(group.rows))
    may_reveal = may(viewer.role, Action.REVEAL_CONTACT)
    return _body(stamp(), viewer.scope, chosen, sheet, may_reveal, str(language()))


def _place(chosen: Choice, places: Places) -> str:
    if chosen.store:
        return places.place("store", chosen.store)
    return places.place("district", chosen.district) if chosen.district else _("all districts")


def _hidden() -> Html:
    return empty(
        _("A group so small could point at a person, so neither the texts nor their number are shown."),
        _("Choose a longer period or a larger place: months with few comments are counted with those that follow."),
    )


def _self_selected(chosen: Choice, names: Names) -> Html:
    if names.surveys.get(chosen.survey, {}).get("representative", True):
        return NOTHING
    return div("sqm-note", _("self-selected: whoever liked to answer"))


def _figures(group: Group, before: Group) -> Html:
    """Two cards: how many, and the share from customers who are not satisfied, each with the period before."""
    return div("sqm-cards", el("section", _count(group, before)), el("section", _share(group, before)))


def _card(label: str, value: str, note: str) -> Html:
    inside = [div("sqm-label", label), div("sqm-number", value), div("sqm-note", note)]
    return div("sqm-headline", *inside)


def _count(group: Group, before: Group) -> Html:
    note = _("before: too few") if before.is_hidden else n_("before: {n}", "before: {n}", before.n)
    return _card(_("Comments"), formats.count(group.n), note)


def _share(group: Group, before: Group) -> Html:
    label = _("From customers who are not satisfied")
    if group.told < HIDDEN_BELOW:
        return _card(label, "–", _("too few answered the overall question"))
    interval = wilson(group.unsatisfied, group.told)
    share = group.unsatisfied / group.told
    told = _(
        "{k} of {n}, interval {low} to {high}",
        k=formats.count(group.unsatisfied),
        n=formats.count(group.told),
        low=formats.share(interval.low if interval else None, 0),
        high=formats.share(interval.high if interval else None, 0),
    )
    if before.told >= HIDDEN_BELOW:
        was = formats.share(before.unsatisfied / before.told, 0)
        told = _("{told}; before {share} of {n}", told=told, share=was, n=formats.count(before.told))
    return _card(label, formats.share(share, 0), told)
