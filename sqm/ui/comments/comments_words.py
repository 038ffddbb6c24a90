"""What is said about comments: topics, findings, and how people are protected."""

from sqm.rules import sampling
from sqm.rules.rivals.lead import Share, newcombe
from sqm.rules.surveys.comment_topics import Topic
from sqm.ui import formats
from sqm.ui.comments.choice import Choice
from sqm.ui.comments.data_comments import MOST, Group
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import NOTHING, Html, div, footnote
from sqm.ui.words import N_, _, n_, name

_TOPICS = {
    Topic.WAITING: N_("Waiting and queues"),
    Topic.STAFF: N_("Staff and their manner"),
    Topic.KNOWLEDGE: N_("Knowledge and explanation"),
    Topic.PROCEDURE: N_("Procedures and forms"),
    Topic.SYSTEM: N_("Systems and speed of handling"),
    Topic.SURROUNDINGS: N_("Premises and surroundings"),
    Topic.SELF_SERVICE: N_("Self-service"),
    Topic.PRICE: N_("Prices, plans and bills"),
    Topic.PROMOTION: N_("Promotions and contracts"),
    Topic.NETWORK: N_("Network"),
    Topic.HOTLINE: N_("Hotline"),
    Topic.PRAISE: N_("Praise"),
}


def topic(code: str) -> str:
    return _(_TOPICS[Topic(code)])


def period(chosen: Choice) -> str:
    """Aug 2026 – Oct 2026"""
    return formats.months(chosen.first, chosen.month)


def most_named(group: Group) -> Topic | None:
    """The trouble that most comments name; praise is none."""
    troubles = {each: n for each, n in group.topics.items() if each is not Topic.PRAISE and n >= sampling.HIDDEN_BELOW}
    return max(troubles, key=lambda each: troubles[each], default=None)


def finding(group: Group, before: Group, is_narrowed: bool) -> str:
    """More from customers who are not satisfied, when that is beyond chance; else what is named most.

    is_narrowed: only those who are not satisfied were asked for, so their share says nothing.
    """
    if group.is_hidden:
        return _("Too few comments: hidden")
    moved = "" if is_narrowed else _moved(group, before)
    if moved:
        return moved
    named = most_named(group)
    if named is None:
        return n_(
            "{n} comment, and no topic is named in 5 of them",
            "{n} comments, and no topic is named in 5 of them",
            group.n,
        )
    return _(
        "Named most: {topic}, in {k} of {n} comments",
        topic=topic(named),
        k=formats.count(group.topics[named]),
        n=formats.count(group.n),
    )


def _moved(group: Group, before: Group) -> str:
    """A change of the share from customers who are not satisfied, if its interval (Newcombe) leaves out 0."""
    if min(group.told, before.told) < sampling.GREY_BELOW:
        return ""
    now, was = group.unsatisfied / group.told, before.unsatisfied / before.told
    limits = newcombe(Share(now, group.told), Share(was, before.told))
    if limits is None or limits[0] <= 0.0 <= limits[1]:
        return ""
    shares = {"share": formats.share(now, 0), "before": formats.share(was, 0)}
    if limits[0] > 0.0:
        return _("More comments come from customers who are not satisfied: {share}, after {before}", **shares)
    return _("Fewer comments come from customers who are not satisfied: {share}, after {before}", **shares)


def under(chosen: Choice, names: Names, places: str) -> str:
    """Survey, period, place, process and whose comments."""
    parts = [
        name(names.surveys.get(chosen.survey, {})) or chosen.survey,
        period(chosen),
        places,
        name(names.processes[chosen.process]) if chosen.process else _("all processes"),
        _("customers who are not satisfied") if chosen.is_unsatisfied else "",
    ]
    between = " · "
    return between.join(part for part in parts if part)


def listed(group: Group, chosen: Choice) -> str:
    """The title of the list: 12 comments with the word queue about Waiting"""
    n = len(group.rows)
    if chosen.search and chosen.topic:
        return n_(
            "{n} comment with “{words}” about: {topic}", "{n} comments with “{words}” about: {topic}", n,
            words=chosen.search, topic=topic(chosen.topic),
        )  # fmt: skip
    if chosen.search:
        return n_("{n} comment with “{words}”", "{n} comments with “{words}”", n, words=chosen.search)
    if chosen.topic:
        return n_("{n} comment about: {topic}", "{n} comments about: {topic}", n, topic=topic(chosen.topic))
    return n_("{n} comment, in the customer's own words", "{n} comments, in the customers' own words", n)


def left_out(group: Group) -> Html:
    """Which months are counted, where a part of the period waits for a longer one."""
    if group.counted is None:
        return NOTHING
    return div(
        "sqm-note",
        _(
            "Counted here: {period}. Other months of the period hold too few comments of this place by themselves: a "
            "longer period counts them together with the months beside them.",
            period=formats.months(*group.counted),
        ),
    )


def unlisted() -> str:
    """Why a text that is counted does not stand here."""
    return _(
        "Comments from months in which this place has fewer than 5 are counted here, but listed under the larger place "
        "without the name of this one: side by side with the month they could point at a person."
    )


def notes(group: Group) -> Html:
    """How it was counted and what is hidden, once for the page."""
    return footnote(
        _(
            "Written by customers who chose to write: they do not stand for all customers. Not satisfied: the overall "
            "answer is below three quarters of its scale (below 8 of 1 to 10)."
        ),
        _(
            "A topic is counted by the words in a comment, Chinese and English; a comment may name several, or none. "
            "A change between two periods may be chance."
        ),
        _(
            "Names, telephone numbers, mail addresses and card numbers are masked (***) before anything is stored, and "
            "once more when it is shown. Searching finds only what is shown."
        ),
        _(
            "Small groups: below 5 comments neither the texts nor their number are shown to anybody. Months of a place "
            "with fewer than 5 are counted together with those that follow until they are 5, and only whole groups of "
            "months are counted: so no two periods or places tell the few between them. Whoever sees several stores "
            "reads a store's name beside a comment only where its month holds 5 by itself; channel and brand stand "
            "there only from 10 on. Days are never shown."
        ),
        _("Only the newest {n} comments are read; choose a shorter period.", n=formats.count(MOST))
        if group.is_cut
        else "",
    )
