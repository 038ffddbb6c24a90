"""Who may look: everybody with role, places and state of the account."""

from collections import Counter

from sqm.rules.access import Role
from sqm.rules.people import Person
from sqm.ui import links
from sqm.ui.decisions.people import role_name
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, join, table
from sqm.ui.people import people_words
from sqm.ui.signing import provider, signed_in
from sqm.ui.words import _, listed, n_

PAGE = "people"


def everyone() -> tuple[Person, ...]:
    """By name, closed accounts last."""
    return tuple(sorted(signed_in.everyone(), key=lambda each: not each.is_active))


def block(manages: bool) -> Html:
    """manages: the viewer may add and change people."""
    people = everyone()
    way = links.link(_("Add a person"), PAGE, css="sqm-way", new="person", person="") if manages else NOTHING
    parts = [block_title(_finding(people), _unit()), div("sqm-ways", way)]
    if not people:
        owes = _("The quality department adds people here, before or after sign-in is set up.")
        return join([*parts, empty(_("Nobody has been added yet."), owes)])
    titles = [_("Name"), _("Recognised by"), _("Role"), _("District or store"), _("Account")]
    return join([*parts, table([el("th", each) for each in titles], [_row(each, titles) for each in people])])


def _finding(people: tuple[Person, ...]) -> str:
    active = [each for each in people if each.is_active]
    if not active:
        return _("Nobody may sign in yet")
    counts = Counter(each.role for each in active)
    roles = [f"{role_name(role)} {counts[role]}" for role in Role if counts[role]]
    who = n_("{n} person may sign in", "{n} people may sign in", len(active))
    return _("{who}: {roles}", who=who, roles=listed(roles, len(roles)))


def _unit() -> str:
    if provider.is_set_up():
        return _("read again in every run: a change of role or store holds at once, in open windows too")
    return _("no sign-in is set up on this server: these people can sign in as soon as it is")


def _row(person: Person, titles: list[str]) -> Html:
    known_by = person.email or person.subject
    return el(
        "tr",
        cell(links.link(person.name, PAGE, css="sqm-way", person=person.person_id, new=""), titles[0], "sqm-name"),
        cell(known_by, titles[1]),
        cell(role_name(person.role), titles[2]),
        cell(people_words.places(person), titles[3]),
        cell(_("in use") if person.is_active else _("out of use"), titles[4]),
    )
