"""Who somebody is that has signed in, and which changes of people are refused."""

from collections.abc import Iterable
from datetime import datetime

import pytest

from sqm.errors import SqmError
from sqm.rules import people
from sqm.rules.access import EVERYTHING, NOTHING, Role, Scope
from sqm.rules.decisions import Decision, Draft, withdraw
from sqm.rules.people import Identity, Person, Refusal

STORES = {"S1": "D1", "S2": "D1", "S3": "D2"}
LI = Person("p1", "Li Hua", "li@op.example", "7-li", True, Role.STORE_MANAGER, (), ("S1",))
WANG = Person("p2", "Wang Fang", "wang@op.example", "", True, Role.QUALITY)
CHEN = Person("p3", "Chen Jie", "", "7-chen", True, Role.DISTRICT, ("D1",))
GONE = Person("p4", "Zhao Lei", "zhao@op.example", "7-zhao", False, Role.ANALYST)
BARE = Person("p5", "Sun Yan", "sun@op.example", "", True, Role.NOBODY)
SHUT = Person("p6", "Qian Bo", "qian@op.example", "", True, Role.STORE_MANAGER, (), ("S9",))
ALL = (LI, WANG, CHEN, GONE, BARE, SHUT)


def signed_in(mail: str = "", subject: str = "", verified: bool = True, **claims: str) -> Identity:
    return Identity(subject, mail, verified, claims)


@pytest.mark.parametrize(
    ("identity", "match", "person", "scope", "refusal"),
    [
        (signed_in("li@op.example"), "email", LI, Scope(frozenset({"D1"}), frozenset({"S1"})), None),
        (signed_in(" LI@OP.Example "), "email", LI, Scope(frozenset({"D1"}), frozenset({"S1"})), None),
        (signed_in("li@op.example", verified=False), "email", None, NOTHING, Refusal.UNVERIFIED),
        (signed_in("", "7-li"), "email", None, NOTHING, Refusal.UNKNOWN),
        (signed_in("stranger@op.example"), "email", None, NOTHING, Refusal.UNKNOWN),
        (signed_in("zhao@op.example"), "email", None, NOTHING, Refusal.CLOSED),
        (signed_in("sun@op.example"), "email", BARE, NOTHING, Refusal.NO_ROLE),
        (signed_in("qian@op.example"), "email", SHUT, NOTHING, Refusal.NO_PLACE),
        (signed_in("wang@op.example"), "email", WANG, EVERYTHING, None),
        (signed_in("", "7-chen"), "subject", CHEN, Scope(frozenset({"D1"}), None), None),
        (signed_in("", "7-chen", verified=False), "subject", CHEN, Scope(frozenset({"D1"}), None), None),
        (signed_in("li@op.example", ""), "subject", None, NOTHING, Refusal.UNKNOWN),
        (signed_in("", "other", staff_number="7-chen"), "staff_number", CHEN, Scope(frozenset({"D1"}), None), None),
        (signed_in("", "7-chen"), "staff_number", None, NOTHING, Refusal.UNKNOWN),
    ],
)
def test_who_it_is(
    identity: Identity, match: str, person: Person | None, scope: Scope, refusal: Refusal | None
) -> None:
    placed = people.recognised(ALL, identity, match, STORES)
    assert (placed.person, placed.scope, placed.refusal) == (person, scope, refusal)


def test_a_closed_account_beside_an_open_one_does_not_matter() -> None:
    again = Person("p7", "Zhao Lei", "zhao@op.example", "", True, Role.ANALYST)
    assert people.recognised((*ALL, again), signed_in("zhao@op.example"), "email", STORES).person == again


def test_two_people_of_one_address_are_nobody() -> None:
    twin = Person("p8", "Li Min", "li@op.example", "", True, Role.QUALITY)
    placed = people.recognised((*ALL, twin), signed_in("li@op.example"), "email", STORES)
    assert placed.person is None and placed.refusal is Refusal.TWICE


def test_a_manager_of_two_stores_sees_both_and_a_closed_one_goes() -> None:
    both = Person("p9", "He Ping", "he@op.example", "", True, Role.STORE_MANAGER, (), ("S1", "S3"))
    assert people.scope_today(both, STORES) == Scope(frozenset({"D1", "D2"}), frozenset({"S1", "S3"}))
    assert people.scope_today(both, {"S3": "D2"}) == Scope(frozenset({"D2"}), frozenset({"S3"}))
    assert people.scope_today(both, {}) == NOTHING


def logged(drafts: Iterable[Draft]) -> tuple[Decision, ...]:
    now = datetime(2026, 11, 22)
    return tuple(
        Decision(f"d{place}", place, now, "wang@op.example", "quality", draft.kind, draft.subject, draft.facts)
        for place, draft in enumerate(drafts, 1)
    )


def test_the_log_says_who_there_is() -> None:
    added = people.setting(None, LI, "starts in S1", "")
    moved = people.setting(LI, Person("p1", "Li Hua", "li@op.example", "7-li", True, Role.ANALYST), "moves", "")
    log = logged([added, moved])
    assert people.everyone(log[:1]) == {"p1": LI}
    assert people.everyone(log)["p1"].role is Role.ANALYST and people.everyone(log)["p1"].stores == ()
    assert people.everyone(logged([added, moved, withdraw("d2")])) == {"p1": LI}


@pytest.mark.parametrize(
    ("after", "reason", "by", "code"),
    [
        (LI, " ", "", "person_reason"),
        (Person("p", " ", "a@b.cn", "", True, Role.HR), "new", "", "person_name"),
        (Person("p", "A", "", " ", True, Role.HR), "new", "", "person_unidentified"),
        (Person("p", "A", "a at b", "", True, Role.HR), "new", "", "person_email"),
        (Person("p", "A", "a@b.cn", "", True, Role.DISTRICT), "new", "", "person_place"),
        (Person("p", "A", "a@b.cn", "", True, Role.STORE_MANAGER, ("D1",)), "new", "", "person_place"),
        (LI, "more for me", "li@op.example", "own_rights"),
    ],
)
def test_what_is_no_person(after: Person, reason: str, by: str, code: str) -> None:
    with pytest.raises(SqmError) as caught:
        people.setting(None, after, reason, by)
    assert caught.value.code == code


def test_whoever_takes_over_an_account_of_their_own_is_refused_too() -> None:
    stolen = Person("p1", "Li Hua", "other@op.example", "", True, Role.QUALITY)
    with pytest.raises(SqmError, match="own_rights"):
        people.setting(LI, stolen, "me again", "li@op.example")


def refused(before: dict[str, Person], draft: Draft) -> str:
    decision = logged([draft])[0]
    after = {**before, draft.subject: people.from_facts(draft.subject, draft.facts["after"])}
    with pytest.raises(SqmError) as caught:
        people.refuse_impossible(before, after, decision)
    return caught.value.code


def test_what_the_state_refuses() -> None:
    held = {each.person_id: each for each in ALL}
    twin = Person("p8", "Li Min", "li@op.example", "", True, Role.HR)
    assert refused(held, people.setting(None, twin, "new", "")) == "person_taken"
    assert refused(held, people.setting(None, LI, "twice", "")) == "person_changed"
    closed = Person("p2", "Wang Fang", "wang@op.example", "", False, Role.QUALITY)
    assert refused(held, people.setting(WANG, closed, "leaves", "")) == "last_administrator"
    people.refuse_impossible({}, {"p1": LI}, logged([people.setting(None, LI, "first", "")])[0])
