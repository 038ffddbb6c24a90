"""People, their role and their places, as the log of decisions says; and notes of who signed in or was refused."""

from collections.abc import Sequence
from datetime import date

from sqm.database.connection import Cursor, Database
from sqm.database.queries import query
from sqm.database.safety import trail
from sqm.rules import people as rules
from sqm.rules.decisions import Decision, Kind, standing
from sqm.rules.people import Person

LOGIN, LOGOUT, DENIED = "login", "logout", "denied"
"""Actions of the trail that change no data."""


def every(db: Database) -> tuple[Person, ...]:
    """All people, closed accounts included, by name."""
    names = ("name", "email", "subject", "is_active", "role", "districts", "stores")
    with db.read() as cursor:
        rows = cursor.execute(query("people", "every")).fetchall()
    return tuple(rules.from_facts(row[0], dict(zip(names, row[1:], strict=True))) for row in rows)


def open_stores(db: Database, today: date) -> dict[str, str]:
    """Stores that are open today: code -> district."""
    with db.read() as cursor:
        return dict(cursor.execute(query("people", "open_stores"), {"today": today}).fetchall())


def note(db: Database, who: str, action: str, detail: dict[str, object]) -> None:
    """Write down that somebody signed in, signed out or was refused: no change of the data."""
    if action not in (LOGIN, LOGOUT, DENIED):
        raise ValueError(action)
    with db.write() as cursor:
        trail.add(cursor, who, action, who, detail)


def refuse_impossible(before: Sequence[Decision], after: Sequence[Decision]) -> None:
    """Raise what rules.people.refuse_impossible raises of the newest decision."""
    rules.refuse_impossible(rules.everyone(before), rules.everyone(after), after[-1])


def settle(cursor: Cursor, before: Sequence[Decision], after: Sequence[Decision]) -> None:
    """The tables as the log says."""
    old, new = rules.everyone(before), rules.everyone(after)
    days = {each.subject: each.happened_at.date() for each in standing(after) if each.kind is Kind.PERSON_SET}
    for person_id in sorted(old.keys() | new.keys()):
        if old.get(person_id) == new.get(person_id):
            continue
        for name in ("forget_person", "forget_role", "forget_places"):
            cursor.execute(query("people", name), {"person_id": person_id})
        if person_id in new:
            _add(cursor, new[person_id], days[person_id])


def _add(cursor: Cursor, person: Person, since: date) -> None:
    key = {"person_id": person.person_id}
    said = {"email": person.email, "subject": person.subject, "name": person.name, "is_active": person.is_active}
    cursor.execute(query("people", "add_person"), {**key, **said})
    cursor.execute(query("people", "add_role"), {**key, "role": str(person.role), "valid_from": since})
    for level, codes in (("district", person.districts), ("store", person.stores)):
        for code in codes:
            cursor.execute(query("people", "add_place"), {**key, "level": level, "code": code})
