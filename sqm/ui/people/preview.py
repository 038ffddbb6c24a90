"""Who sees what: of one person as things stand today, and of every role by the one table of rights."""

from sqm.rules import people as rules
from sqm.rules.access import Action, Page, Role, may, may_open, pages_of
from sqm.rules.people import Person
from sqm.ui import blocks, navigation
from sqm.ui.decisions.people import role_name
from sqm.ui.markup import Html, block_title, cell, div, el, join, table
from sqm.ui.people import people_words
from sqm.ui.signing import signed_in
from sqm.ui.words import _, listed, n_


def of_person(person: Person) -> None:
    """What this person would see now."""
    found = rules.placed(person, signed_in.open_stores())
    if found.refusal is not None:
        title = _("{name} would see nothing: {why}", name=person.name, why=people_words.refusal(found.refusal))
        blocks.html(block_title(title, _("as the tables stand today")))
        return
    title = _("{name} would see {what}", name=person.name, what=people_words.seen(found.scope))
    facts = [
        (_("Opens"), _pages(person.role) or _("no page")),
        (_("May"), _actions(person.role) or _("nothing but look")),
    ]
    listing = el("dl", *(div("", el("dt", term), el("dd", value)) for term, value in facts), css="sqm-facts sqm-sees")
    blocks.html(join([block_title(title, _("as the tables stand today")), listing]))


def of_roles() -> None:
    """The table of roles, pages and rights that the server enforces."""
    titles = [_("Role"), _("Opens"), _("Not"), _("May")]
    rows = [_role(role, titles) for role in Role if role is not Role.NOBODY]
    heading = block_title(
        _("What each role opens and may do"),
        _("enforced by the server on every page and every act; all else is refused"),
    )
    blocks.html(join([heading, table([el("th", each) for each in titles], rows, "sqm-people")]))


def _role(role: Role, titles: list[str]) -> Html:
    count = len(pages_of(role))
    closed = [navigation.title(str(page)) for page in Page if not may_open(role, page)]
    return el(
        "tr",
        cell(role_name(role), titles[0], "sqm-name"),
        cell(n_("{n} page", "{n} pages", count) if count else _("no page"), titles[1]),
        cell(listed(closed, len(closed)) if count and closed else "–", titles[2]),
        cell(_actions(role) or "–", titles[3]),
    )


def _pages(role: Role) -> str:
    titles = [navigation.title(str(page)) for page in pages_of(role)]
    return listed(titles, len(titles))


def _actions(role: Role) -> str:
    words = [people_words.action(each) for each in Action if may(role, each)]
    return listed(words, len(words))
