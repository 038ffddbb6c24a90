"""Verdicts on what a month's figures rest on."""

from datetime import date

import pytest

from sqm.rules.audits.sampling_plan import Coverage
from sqm.rules.audits.submissions import Report, State
from sqm.rules.targets import Status
from sqm.rules.tasks import month_checks

OCTOBER, DUE = date(2026, 10, 1), date(2026, 11, 10)


def report(state: State, came: bool) -> Report:
    return Report("D1", OCTOBER, state, DUE, DUE if came else None, 0)


def test_counts_of_what_lacks() -> None:
    assert [month_checks.publication(each) for each in (True, False)] == [Status.MET, Status.NEAR]
    assert [month_checks.complete(each) for each in (0, 1)] == [Status.MET, Status.MISSED]
    assert [month_checks.silent(each) for each in (0, 1)] == [Status.MET, Status.NEAR]


def test_nothing_agreed_and_nothing_stored_is_no_verdict() -> None:
    assert [month_checks.samples(*each) for each in ((0, 0), (3, 0), (3, 1))] == [
        Status.NO_DATA,
        Status.MET,
        Status.MISSED,
    ]
    assert [month_checks.files(*each) for each in ((0, 0), (2, 0), (2, 17))] == [
        Status.NO_DATA,
        Status.MET,
        Status.NEAR,
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], Status.NO_DATA),
        ([report(State.ON_TIME, True), report(State.LATE, True)], Status.MET),
        ([report(State.ON_TIME, True), report(State.NOT_DUE, False)], Status.NEAR),
        ([report(State.NOT_DUE, False), report(State.MISSING, False)], Status.MISSED),
    ],
)
def test_reports_are_all_there_or_still_to_come_or_overdue(found: list[Report], expected: Status) -> None:
    assert month_checks.reports(found) is expected


@pytest.mark.parametrize(
    ("audited", "overdue", "expected"), [(3, 0, Status.MET), (2, 0, Status.NEAR), (3, 1, Status.MISSED)]
)
def test_visits_are_enough_and_nobody_waits_too_long(audited: int, overdue: int, expected: Status) -> None:
    assert month_checks.visits(Coverage("", 9, 3, audited, audited, overdue)) is expected


def test_somebody_has_to_do_something_about_near_and_missed() -> None:
    assert [each for each in Status if month_checks.is_open(each)] == [Status.NEAR, Status.MISSED]
