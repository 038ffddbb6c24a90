"""From what the rules of each matter say is open to tasks. Nothing is judged here twice: a proposal waits, an appeal is
late, a store waits too long when its own rule says so."""

import calendar
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqm.rules.audits.appeals import Appeal
from sqm.rules.audits.submissions import Report
from sqm.rules.audits.submissions import State as OfReport
from sqm.rules.audits.supplementary import Compliance
from sqm.rules.matrix.agreements import Proposal, Side
from sqm.rules.matrix.editions import Finding, NewIndicator
from sqm.rules.matrix.editions import State as OfIndicator
from sqm.rules.periods import add_months, month_of
from sqm.rules.stores.actions import Action
from sqm.rules.stores.store_score import passes
from sqm.rules.tasks.tasks import Code, Task
from sqm.rules.watching.watch_list import Entry, Group

_SIGNS = {Side.OWNER: Code.SIGN_TARGET_OWNER, Side.QUALITY: Code.SIGN_TARGET_QUALITY}


def month_end(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def signatures(proposals: Iterable[Proposal]) -> list[Task]:
    """One a side that has not signed, due on the last day on which the target may still be agreed: a target may not
    start in a month that is over."""
    return [
        Task(
            _SIGNS[side],
            each.proposal_id,
            None if each.first is None else month_end(each.first),
            indicator_code=each.indicator_code,
            month=each.first,
        )
        for each in proposals
        for side in sorted(each.waits_for)
    ]


def appeals(found: Iterable[Appeal], days: Callable[[date], float | None]) -> list[Task]:
    """To rule for some, to wait for others. days: within how many an appeal raised in a month is to be ruled."""
    return [
        Task(
            code,
            each.appeal_id,
            each.due_on(days(month_of(each.raised_at.date()))),
            each.district_code,
            each.store_code,
            detail=each.item_code,
        )
        for each in found
        if each.is_open
        for code in (Code.RULE_APPEAL, Code.APPEAL_WAITS)
    ]


def actions(found: Iterable[Action], today: date) -> list[Task]:
    """Every open one to those who act; an overdue one also to those who ask for it."""
    tasks = []
    for each in found:
        if not each.is_open:
            continue
        codes = [Code.MOVE_ACTION, *([Code.CHASE_ACTION] if each.is_overdue(today) else [])]
        tasks += [
            Task(
                code,
                each.action_id,
                each.deadline,
                each.district_code,
                each.store_code,
                each.indicator_code,
                detail=each.state.value,
                text=each.title,
            )
            for code in codes
        ]
    return tasks


@dataclass(frozen=True)
class Visit:
    """A scored visit. pass_mark: of its month, None where the province set none."""

    visit_id: str
    store_code: str
    district_code: str
    on: date
    score: float
    pass_mark: float | None

    @property
    def fails(self) -> bool:
        return passes(self.score, self.pass_mark) is False


def visits(found: Iterable[Visit], acted: Iterable[Action], queried: Iterable[Appeal]) -> list[Task]:
    """Visits below the pass mark to which nobody answered: no mark of them was queried, no action names them, and the
    store has none that is open or was opened since."""
    every = tuple(acted)
    named = {each.visit_id for each in every} | {each.visit_id for each in queried}
    mending = {each.store_code for each in every if each.is_open}
    opened: dict[str, date] = {}
    for each in every:
        opened[each.store_code] = max(each.opened_at.date(), opened.get(each.store_code, date.min))
    return [
        Task(Code.ANSWER_VISIT, each.visit_id, None, each.district_code, each.store_code, month=month_of(each.on))
        for each in found
        if each.fails
        and each.visit_id not in named
        and each.store_code not in mending
        and opened.get(each.store_code, date.min) < each.on
    ]


def signals(entries: Iterable[Entry], month: date) -> list[Task]:
    """Signals beyond chance that nobody decided on, or that were put off until now. Early ones may be noise: they wait
    on their page."""
    return [
        Task(Code.REVIEW_SIGNAL, each.indicator_code, indicator_code=each.indicator_code, month=each.first_month)
        for each in entries
        if each.group is Group.BEYOND_CHANCE and (each.review is None or each.review.is_open(month))
    ]


def publications(unpublished: Iterable[date], changed: Iterable[date]) -> list[Task]:
    """unpublished: months that are over and were never published; changed: no longer as they were published."""
    first = [Task(Code.PUBLISH_MONTH, month.isoformat(), month=month) for month in unpublished]
    return first + [Task(Code.PUBLISH_AGAIN, month.isoformat(), month=month) for month in changed]


def reports(found: Iterable[Report]) -> list[Task]:
    """Of the districts' own audits: what is not there yet, for the district; what is late, also for who asks."""
    tasks = []
    for each in found:
        codes = {OfReport.MISSING: (Code.REPORT_AUDITS, Code.CHASE_REPORT), OfReport.NOT_DUE: (Code.REPORT_AUDITS,)}
        tasks += [
            Task(code, f"{each.district_code}.{each.month:%Y-%m}", each.due_on, each.district_code, month=each.month)
            for code in codes.get(each.state, ())
        ]
    return tasks


def values(owed: Iterable[tuple[str, int, int]], month: date) -> list[Task]:
    """owed: district, indicators present, expected."""
    return [
        Task(code, f"{district}.{month:%Y-%m}", None, district, month=month, count=expected - present, of=expected)
        for district, present, expected in owed
        for code in (Code.SEND_VALUES, Code.CHASE_VALUES)
    ]


def means(found: Iterable[Compliance]) -> list[Task]:
    """Nothing was done by a means that the district chose, or nothing was chosen. detail: the means, '' none chosen."""
    return [
        Task(
            Code.USE_MEANS, f"{each.district_code}.{detail}", None, each.district_code, month=each.month, detail=detail
        )
        for each in found
        if not each.is_kept
        for detail in ([str(one) for one in each.missing] or [""])
    ]


def waiting_stores(rows: Iterable[tuple[str, str, date | None, float]], month: date, gap: float) -> list[Task]:
    """Stores that wait too long for a visit, or will before the month after is over.

    rows: store, district, last visit, months waited as of the end of ``month`` (sampling_plan.waiting; NaN: never
    seen). Due at the end of the last month in which the gap is not yet exceeded; None for one that was never visited.
    """
    tasks = []
    for store, district, last, months in rows:
        if months < gap:
            continue
        due = None if last is None else month_end(add_months(month_of(last), int(gap) + 1))
        tasks.append(Task(Code.AUDIT_STORE, store, due, district, store, month=month))
    return tasks


def samples(found: Iterable[tuple[str, date, int, int | None, bool]]) -> list[Task]:
    """found: survey, month of the newest wave, answers, quota, whether it is missed by more than the tolerance."""
    return [
        Task(Code.FILL_SAMPLE, survey, month=month, count=n, of=quota)
        for survey, month, n, quota, is_missed in found
        if is_missed and quota is not None
    ]


def waves(found: Iterable[tuple[str, date]]) -> list[Task]:
    """found: survey and first month of the wave that did not come."""
    return [Task(Code.SEND_WAVE, survey, month=month) for survey, month in found]


def files(found: Iterable[tuple[str, str, int]]) -> list[Task]:
    """found: batch, file name, rows that were left out."""
    return [Task(Code.LOOK_AT_FILE, batch, text=name, count=left_out) for batch, name, left_out in found if left_out]


def lacking(found: Mapping[Finding, Collection[str]]) -> list[Task]:
    """detail: what the indicator lacks."""
    return [
        Task(Code.MEND_INDICATOR, f"{code}.{finding}", indicator_code=code, detail=finding.value)
        for finding, codes in found.items()
        for code in codes
    ]


def proposed(found: Iterable[NewIndicator]) -> list[Task]:
    """Indicators that wait to be accepted or refused."""
    return [
        Task(Code.ANSWER_INDICATOR, each.proposal_id, text=each.who)
        for each in found
        if each.state is OfIndicator.PROPOSED
    ]


def people(found: Iterable[tuple[str, str, str]]) -> list[Task]:
    """found: person, name, why the person sees nothing (people.Refusal)."""
    return [Task(Code.PLACE_PERSON, person, text=name, detail=why) for person, name, why in found]
