"""Who works with SQM: people with one role each and their places, and who of them somebody is that has signed in.

A person is what the log of decisions says last about a person_id. Whoever cannot be placed beyond doubt is nobody.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from sqm.errors import SqmError
from sqm.rules.access import NOTHING, Role, Scope, role_of, scope_of
from sqm.rules.decisions import Decision, Draft, Facts, Kind, standing

EMAIL, SUBJECT = "email", "subject"
"""How people are recognised; any other word is the claim that carries the value kept as a person's subject."""
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST = 200


@dataclass(frozen=True)
class Person:
    """email and subject may be '' but not both. districts count for a district branch, stores for a store manager."""

    person_id: str
    name: str
    email: str
    subject: str
    is_active: bool
    role: Role
    districts: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()


class Refusal(StrEnum):
    """Why somebody who signed in sees nothing. It is what the trail keeps."""

    UNKNOWN = "unknown_person"
    UNVERIFIED = "email_not_verified"
    TWICE = "two_people"
    CLOSED = "closed_account"
    NO_ROLE = "no_role"
    NO_PLACE = "no_place"


@dataclass(frozen=True)
class Identity:
    """What the identity provider says of somebody who signed in. claims: all of its texts, by name."""

    subject: str
    email: str
    is_verified: bool
    claims: Mapping[str, str]


@dataclass(frozen=True)
class Placed:
    """A person that somebody is, with the scope of today; or why there is none."""

    person: Person | None
    scope: Scope = NOTHING
    refusal: Refusal | None = None


def recognised(people: Iterable[Person], identity: Identity, match: str, stores: Mapping[str, str]) -> Placed:
    """Who it is. stores: the open stores, code -> district: a store that is closed or unknown is no place."""
    if match == EMAIL and not identity.is_verified:
        return Placed(None, refusal=Refusal.UNVERIFIED)
    known_as = identity.subject if match == SUBJECT else identity.claims.get(match, "")
    mail = _mail(identity.email)
    by_mail = match == EMAIL
    held = mail if by_mail else known_as
    found = [each for each in people if held and (each.email if by_mail else each.subject) == held]
    active = [each for each in found if each.is_active]
    if len(active) > 1:
        return Placed(None, refusal=Refusal.TWICE)
    if not found:
        return Placed(None, refusal=Refusal.UNKNOWN)
    return placed(active[0] if active else found[0], stores)


def placed(person: Person, stores: Mapping[str, str]) -> Placed:
    """What a person sees today, or why nothing."""
    if not person.is_active:
        return Placed(None, refusal=Refusal.CLOSED)
    if person.role is Role.NOBODY:
        return Placed(person, refusal=Refusal.NO_ROLE)
    scope = scope_today(person, stores)
    return Placed(person, scope, Refusal.NO_PLACE if scope == NOTHING and person.role in _PLACED else None)


_PLACED = (Role.DISTRICT, Role.STORE_MANAGER)


def scope_today(person: Person, stores: Mapping[str, str]) -> Scope:
    """What the person may see, with the stores that are open today (code -> district)."""
    if person.role is Role.STORE_MANAGER:
        mine = {code: stores[code] for code in person.stores if code in stores}
        return scope_of(person.role, frozenset(mine.values()), frozenset(mine))
    return scope_of(person.role, frozenset(person.districts))


def everyone(log: Iterable[Decision]) -> dict[str, Person]:
    """All people, closed ones included, by person_id."""
    known = (each for each in standing(log) if each.kind is Kind.PERSON_SET)
    return {each.subject: from_facts(each.subject, each.facts["after"]) for each in known}


def setting(before: Person | None, after: Person, reason: str, by: str) -> Draft:
    """Add, change or close a person. by: the name that the trail keeps of who does it.

    Raises SqmError: person_reason, person_name, person_unidentified, person_email, person_place, own_rights.
    """
    if not reason.strip():
        raise SqmError("person_reason")
    after = replace(
        after,
        name=after.name.strip()[:_LONGEST],
        email=_mail(after.email),
        subject=after.subject.strip()[:_LONGEST],
        districts=tuple(sorted(after.districts)) if after.role is Role.DISTRICT else (),
        stores=tuple(sorted(after.stores)) if after.role is Role.STORE_MANAGER else (),
    )
    if not after.name:
        raise SqmError("person_name")
    if not after.email and not after.subject:
        raise SqmError("person_unidentified")
    if after.email and not _ADDRESS.fullmatch(after.email):
        raise SqmError("person_email", email=after.email)
    if after.is_active and after.role in _PLACED and not after.districts and not after.stores:
        raise SqmError("person_place")
    if by and by in {called(each) for each in (before, after) if each is not None}:
        raise SqmError("own_rights")
    facts = {"before": to_facts(before) if before else {}, "after": to_facts(after), "reason": reason.strip()}
    return Draft(Kind.PERSON_SET, after.person_id, facts)


def refuse_impossible(before: Mapping[str, Person], after: Mapping[str, Person], decision: Decision) -> None:
    """Raise SqmError: person_changed (somebody was quicker), person_taken, last_administrator."""
    if decision.kind is Kind.PERSON_SET:
        held = before.get(decision.subject)
        if (to_facts(held) if held else {}) != dict(decision.facts["before"]):
            raise SqmError("person_changed")
        now = after[decision.subject]
        others = [each for each in after.values() if each.is_active and each.person_id != now.person_id]
        for each in others if now.is_active else ():
            if (now.email and each.email == now.email) or (now.subject and each.subject == now.subject):
                raise SqmError("person_taken", name=each.name)
    if administrators(before.values()) and not administrators(after.values()):
        raise SqmError("last_administrator")


def administrators(people: Iterable[Person]) -> list[Person]:
    """Those who may change people: the quality department."""
    return [each for each in people if each.is_active and each.role is Role.QUALITY]


def called(person: Person) -> str:
    """The name under which the trail keeps what a person does: one that no other open account has."""
    return person.email or person.subject


def to_facts(person: Person) -> dict[str, Any]:
    """As the log keeps a person."""
    kept = asdict(person)
    del kept["person_id"]
    return {**kept, "role": str(person.role), "districts": list(person.districts), "stores": list(person.stores)}


def from_facts(person_id: str, facts: Facts) -> Person:
    """The person that a log entry or the tables say. An unknown role is nobody."""
    return Person(
        person_id=person_id,
        name=str(facts["name"]),
        email=str(facts["email"]),
        subject=str(facts["subject"]),
        is_active=bool(facts["is_active"]),
        role=role_of(str(facts["role"])),
        districts=_codes(facts["districts"]),
        stores=_codes(facts["stores"]),
    )


def _codes(codes: Collection[str]) -> tuple[str, ...]:
    return tuple(str(code) for code in codes)


def _mail(text: str) -> str:
    return text.strip().casefold()[:_LONGEST]
