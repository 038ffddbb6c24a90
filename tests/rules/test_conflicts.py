"""Who saw an older state of a thing than the log holds is told by whom and when it was changed."""

from datetime import date, datetime, timedelta

import pytest

from sqm.errors import SqmError
from sqm.rules.audits import appeals
from sqm.rules.audits.appeals import Verdict
from sqm.rules.audits.audit_standards import Standard, set_standard
from sqm.rules.conflicts import Seen, require_seen
from sqm.rules.decisions import Decision, Draft, withdraw
from sqm.rules.matrix import agreements, events
from sqm.rules.matrix.agreements import Side, Step
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Opening, State
from sqm.rules.watching import reviews, watch_marks
from sqm.rules.watching.reviews import Flag

JUNE, DECEMBER = date(2026, 6, 1), date(2026, 12, 1)
FLAG = Flag("HOT-P01", "district", "D01", JUNE, "beyond_limits")
TARGET = agreements.propose("HOT-P01", [Step(DECEMBER, 0.9, None, 0.02)], "after the move")
APPEAL = appeals.raise_appeal("V1", "hall.licence", "S001", "D01", 20.0, "it hung there")
ACTION = actions.open_action(Opening("a greeter", "D01", "district", DECEMBER, 1.5, store_code="S001", item_code="i"))
START = datetime(2026, 11, 22, 8, 0)


def log_of(*drafts: Draft) -> tuple[Decision, ...]:
    """The first line is d1 by p1 at 8:01, and so on."""
    return tuple(
        Decision(f"d{n}", n, START + timedelta(minutes=n), f"p{n}", "quality", each.kind, each.subject, each.facts)
        for n, each in enumerate(drafts, start=1)
    )


def is_refused(log: tuple[Decision, ...], draft: Draft, seen: int, mine: frozenset[str] = frozenset()) -> bool:
    try:
        require_seen(log, [draft], Seen(seen, mine))
    except SqmError as refused:
        assert refused.code == "changed_meanwhile"
        return True
    return False


@pytest.mark.parametrize(
    ("before", "theirs", "mine"),
    [
        ((), TARGET, agreements.propose("HOT-P01", [Step(DECEMBER, 0.8, None, 0.02)], "or this")),
        ((TARGET,), agreements.sign("d1", Side.QUALITY), agreements.sign("d1", Side.QUALITY)),
        ((TARGET,), agreements.sign("d1", Side.QUALITY), agreements.refuse("d1", Side.OWNER, "too high")),
        (
            (TARGET,),
            agreements.propose("HOT-P01", [Step(DECEMBER, 0.8, None, 0.02)], "or", answers="d1"),
            agreements.sign("d1", Side.OWNER),
        ),
        ((TARGET, agreements.sign("d1", Side.OWNER)), withdraw("d2"), agreements.sign("d1", Side.QUALITY)),
        ((TARGET,), withdraw("d1"), withdraw("d1")),
        ((), reviews.confirm(FLAG), reviews.dismiss(FLAG, "chance")),
        ((), watch_marks.rebase("HOT-P01", JUNE, "new"), watch_marks.exclude("HOT-P01", JUNE, "strike")),
        ((), APPEAL, APPEAL),
        ((APPEAL,), appeals.rule("d1", Verdict.UPHELD, "seen"), appeals.rule("d1", Verdict.REJECTED, "not seen")),
        ((APPEAL,), withdraw("d1"), appeals.rule("d1", Verdict.UPHELD, "seen")),
        ((), ACTION, ACTION),
        ((ACTION,), actions.move("d1", State.DO), actions.move("d1", State.DROPPED, "no money")),
        (
            (),
            set_standard(Standard.PASS_MARK, 80.0, DECEMBER, "law"),
            set_standard(Standard.PASS_MARK, 90.0, DECEMBER, "law"),
        ),
    ],
)
def test_the_second_of_two_is_refused_and_who_has_looked_again_is_not(
    before: tuple[Draft, ...], theirs: Draft, mine: Draft
) -> None:
    log = log_of(*before, theirs)
    assert is_refused(log, mine, seen=len(before))
    assert not is_refused(log, mine, seen=len(log))
    assert not is_refused(log, mine, seen=len(before), mine=frozenset({log[-1].decision_id})), "the same window"


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        (TARGET, agreements.propose("HOT-P02", [Step(DECEMBER, 0.8, None, 0.02)], "another indicator")),
        (TARGET, agreements.propose("HOT-P01", [Step(DECEMBER, 0.8, None, 0.02)], "one district", "district", "D01")),
        (reviews.confirm(FLAG), reviews.confirm(FLAG._replace(signal="trend"))),
        (reviews.confirm(FLAG), reviews.confirm(FLAG._replace(first_month=DECEMBER))),
        (APPEAL, appeals.raise_appeal("V1", "hall.greeting", "S001", "D01", 5.0, "another item")),
        (events.comment("HOT-P01", "one"), events.comment("HOT-P01", "two")),
        (TARGET, events.comment("HOT-P01", "one")),
    ],
)
def test_other_things_do_not_meet(theirs: Draft, mine: Draft) -> None:
    assert not is_refused(log_of(theirs), mine, seen=0)


def test_it_says_who_and_when_of_the_newest_change() -> None:
    log = log_of(reviews.confirm(FLAG), reviews.dismiss(FLAG, "chance"), events.comment("HOT-P01", "one"))
    with pytest.raises(SqmError) as refused:
        require_seen(log, [reviews.confirm(FLAG)], Seen(0))
    assert refused.value.values == {"who": "p2", "at": START + timedelta(minutes=2)}


def test_of_several_drafts_one_is_enough() -> None:
    log = log_of(reviews.confirm(FLAG))
    with pytest.raises(SqmError):
        require_seen(log, [reviews.confirm(FLAG._replace(signal="trend")), reviews.dismiss(FLAG, "no")], Seen(0))
