"""The demo's log: told by the same rules as an operator's, and in step with the tables."""

from collections import Counter

import pandas as pd

from sqm.database.deciding import decisions
from sqm.database.demo.company import cast
from sqm.database.demo.company.decisions import CONFIRMED, REFUSED, STAGED, WAITING
from sqm.database.demo.company.seals import REVISED
from sqm.database.indicators import sealed, targets
from sqm.database.indicators.indicators import Place
from sqm.database.stores import audits
from sqm.rules.access import EVERYTHING
from sqm.rules.audits import appeals, supplementary, visit_reports
from sqm.rules.decisions import Kind
from sqm.rules.matrix import agreements, editions, events
from sqm.rules.matrix.agreements import Side, State
from sqm.rules.stores import actions
from sqm.rules.watching import reviews, watch_frame, watch_list
from tests.database.demo.conftest import Demo


def test_the_log_is_in_order_and_none_of_it_is_in_the_future_or_the_journal(demo: Demo) -> None:
    log = decisions.every(demo.db)
    assert [each.sequence for each in log] == list(range(1, len(log) + 1))
    assert all(each.happened_at.date() < demo.today for each in log)
    assert not decisions.stored(demo.db)


def test_targets_of_the_log_stand_in_the_table_and_one_waits_for_a_signature(demo: Demo) -> None:
    log = decisions.every(demo.db)
    by_code = {each.indicator_code: each for each in agreements.proposals(log) if each.state is not State.SUPERSEDED}
    assert by_code[WAITING].state is State.OPEN and by_code[WAITING].waits_for == {Side.QUALITY}
    assert by_code[REFUSED].state is State.REFUSED
    agreed = {code for code, each in by_code.items() if each.state is State.AGREED}
    assert agreed == {cast.RAISED_TARGET, cast.LOOSENED_TARGET, STAGED}
    stored = demo.db.frame(
        "select batch_id as proposal, valid_from, low, high from targets "
        "where batch_id in (select decision_id from decisions) order by batch_id, valid_from"
    )
    assert [(row.proposal, row.valid_from.date(), row.low) for row in stored.itertuples()] == [
        (each.proposal_id, each.step.valid_from, each.step.low)
        for each in sorted(agreements.agreed_steps(log), key=lambda row: (row.proposal_id, row.step.valid_from))
    ]
    raised = agreements.proposals(log)[[each.proposal_id for each in agreements.proposals(log)].index("demo-raised-1")]
    assert (raised.state, raised.answered_by) == (State.SUPERSEDED, "demo-raised-2")
    for each in by_code.values():
        if each.first is not None and each.first > demo.last:
            direction = "lower" if each.steps[0].low is None else "higher"
            assert not agreements.check(each, direction, demo.today, [demo.back(1)])
    assert len(targets.every(demo.db)) > 151


def test_one_signal_of_the_last_month_was_confirmed_and_one_dismissed(demo: Demo) -> None:
    found = reviews.reviews(decisions.every(demo.db))
    entries = watch_list.watch_list(watch_frame.watched(demo.judged(), demo.last).frame, demo.last, {}, found)
    raised = watch_list.flags_of(entries)
    assert set(found) <= raised
    verdicts = {flag.indicator_code: review.verdict for flag, review in found.items()}
    assert verdicts.pop(CONFIRMED) is reviews.Verdict.CONFIRMED
    assert list(verdicts.values()) == [reviews.Verdict.DISMISSED]
    cards = reviews.report_card(raised, found)
    assert sum(card.dismissed for card in cards) >= 1 and sum(card.open for card in cards) >= 1


def test_published_months_are_as_they_are_but_for_the_late_report(demo: Demo) -> None:
    published = sealed.sealed(demo.db)
    assert set(published["month"].dt.date) == {demo.back(back) for back in range(1, 36)}
    twice = published[published["revision"] == 2]
    revised = demo.back(35 - REVISED)
    assert list(twice["month"].dt.date) == [revised]
    for back in (1, 2, 20, 35):
        now = sealed.revision_of(demo.db, EVERYTHING, demo.back(back))
        assert now is not None and now.is_empty
    change = sealed.between(demo.db, EVERYTHING, revised, 1, 2)
    assert set(change.moved["scope_code"]) == {"", cast.LATE_DISTRICT}
    assert len(change.flipped) > 0
    (seal,) = (
        each
        for each in decisions.every(demo.db)
        if each.kind is Kind.MONTH_SEALED and each.facts["revision"] == 2 and each.subject == revised.isoformat()
    )
    assert (seal.facts["moved"], seal.facts["flipped"]) == (len(change.moved), len(change.flipped))
    late = change.moved[change.moved["scope_code"] == cast.LATE_DISTRICT]
    assert late["value_before"].isna().all() and late["value_after"].notna().all()
    kept = sealed.figures(demo.db, EVERYTHING, demo.back(7), 1, Place("district", "D01"))
    live = demo.judged("district", "D01")
    live = live[live["month"] == pd.Timestamp(demo.back(7))].reset_index(drop=True)
    assert list(kept["indicator_code"]) == list(live["indicator_code"])
    assert list(kept["status"]) == list(live["status"])
    assert ((kept["value"] - live["value"]).abs().fillna(0.0) < 1e-9).all()


def test_events_mark_the_stories_and_an_indicator_is_proposed(demo: Demo) -> None:
    log = decisions.every(demo.db)
    ticks = events.events(log)
    spike = next(each for each in ticks if each.district_code == cast.SPIKE_DISTRICT)
    assert spike.month == demo.back(35 - cast.SPIKE_MONTH) and spike.concerns("network")
    assert {each.kind for each in ticks} == set(events.EventKind)
    assert all(each.title_en and each.title_zh != each.title_en for each in ticks)
    (asked,) = editions.new_indicators(log)
    assert asked.state is editions.State.PROPOSED
    assert events.comments(log, "HOT-P01") and events.comments(log, "NET-C01")


def test_marks_were_queried_ruled_and_one_report_rejected(demo: Demo) -> None:
    log, last = decisions.every(demo.db), demo.last
    found = appeals.appeals(log)
    states = Counter(each.state for each in found)
    assert states == {
        appeals.State.REJECTED: 3,
        appeals.State.UPHELD: 3,
        appeals.State.PARTLY: 1,
        appeals.State.OPEN: 3,
    }
    marks = audits.marks(demo.db, EVERYTHING, demo.back(8), last).set_index(["visit", "item"])
    visits = audits.visits(demo.db, EVERYTHING, demo.back(8), last).set_index("visit_id")
    for each in found:
        mark, visit = marks.loc[(each.visit_id, each.item_code)], visits.loc[each.visit_id]
        assert (visit["store_code"], visit["district_code"]) == (each.store_code, each.district_code)
        assert each.raised_at.date() > visit["visited_on"].date()
        assert each.claimed is None or mark["points"] < each.claimed <= mark["most"]
        assert not each.is_changed or each.granted is None or mark["points"] <= each.granted <= mark["most"]
    assert sum(each.is_late(10.0, demo.today) for each in found if not each.is_open) == 1
    (rejected,) = visit_reports.rejections(log)
    assert visits.loc[rejected.visit_id, "auditor_code"] == cast.NARROW_AUDITOR
    assert rejected.visit_id not in {each.visit_id for each in found}


def test_every_district_goes_by_the_means_it_chose_but_one(demo: Demo) -> None:
    held = supplementary.choices(decisions.every(demo.db))
    codes = list(audits.districts(demo.db)["district_code"])
    for month in (demo.back(11), demo.back(2), demo.last):
        seen = audits.visits(demo.db, EVERYTHING, month, month, "")
        kept = {each.district_code: each.is_kept for each in supplementary.compliance(held, seen, codes, month)}
        assert [code for code, is_kept in kept.items() if not is_kept] == (
            [cast.LATE_DISTRICT] if month == demo.last else []
        )
        allowed = {code: {means.value for means in supplementary.chosen_in(held, code, month)} for code in codes}
        extra = seen[seen["source"].isin([means.value for means in supplementary.Means])]
        assert all(row.source in allowed[row.district_code] for row in extra.itertuples())


def test_actions_are_done_ahead_of_their_deadline_and_over_it(demo: Demo) -> None:
    found = {each.action_id.removeprefix("demo-"): each for each in actions.actions(decisions.every(demo.db))}
    assert {key: each.state.value for key, each in found.items()} == {
        "action-1": "done", "action-2": "do", "action-3": "do", "action-4": "check",
    }  # fmt: skip
    assert (found["action-1"].store_code, found["action-1"].indicator_code) == (cast.IMPROVED_STORE, "STO-O01")
    assert found["action-3"].is_overdue(demo.today)
    assert not found["action-2"].is_overdue(demo.today)
