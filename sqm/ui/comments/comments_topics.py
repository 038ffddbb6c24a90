"""Topics by how many comments name them, beside the period before; each leads to its comments."""

from sqm.rules.sampling import HIDDEN_BELOW
from sqm.rules.surveys.comment_topics import Topic
from sqm.ui import formats
from sqm.ui.comments import comments_words
from sqm.ui.comments.choice import Choice
from sqm.ui.comments.data_comments import Group
from sqm.ui.links import STAY
from sqm.ui.markup import NOTHING, Html, cell, div, el, span, table
from sqm.ui.words import _


def topics(group: Group, before: Group, chosen: Choice) -> Html:
    """Those that anybody named, the most frequent first; praise last."""
    found = [each for each in Topic if group.topics[each] or before.topics.get(each, 0)]
    if not found:
        return NOTHING
    found.sort(key=lambda each: (each is Topic.PRAISE, -group.topics[each]))
    most = max(group.topics.values()) or 1
    titles = [_("Topic"), _("Comments that name it"), _("Of all"), _("Period before")]
    head = [el("th", title, css="sqm-r" if at == 2 else "") for at, title in enumerate(titles)]
    rows = [_row(each, group, before, chosen, most, titles) for each in found]
    return table(head, rows, "sqm-list sqm-topics")


def _row(each: Topic, group: Group, before: Group, chosen: Choice, most: int, titles: list[str]) -> Html:
    n = group.topics[each]
    is_chosen = chosen.topic == each
    title = el(
        "a",
        comments_words.topic(each),
        css=f"sqm-go {'sqm-chosen-word' if is_chosen else ''}".strip(),
        href=f"{STAY}topic={'' if is_chosen else each}",
    )
    bar = div("sqm-topic-bar", el("i", style=f"width:{100 * n / most:.0f}%"), span("", formats.count(n)))
    was = "–" if before.is_hidden else _before(before.topics.get(each, 0), before.n)
    return el(
        "tr",
        cell(title, titles[0], "sqm-name"),
        cell(bar, titles[1]),
        cell(formats.share(n / group.n, 0), titles[2], "sqm-r"),
        cell(span("sqm-soft", was), titles[3]),
        css="sqm-chosen-row" if is_chosen else "sqm-thin" if n < HIDDEN_BELOW else "",
    )


def _before(n: int, of: int) -> str:
    return _("{k} of {n} ({share})", k=formats.count(n), n=formats.count(of), share=formats.share(n / of, 0))
