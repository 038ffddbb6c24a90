"""Where sqm/ui narrows what was worked out for everybody to what a viewer may see: each door, as text, must not name a
place of others. tests/reliability/scope_mutations.py takes the narrowing away one by one."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Cursor
from sqm.database.deciding import decisions
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.audits import supplementary, visit_reports
from sqm.rules.audits.supplementary import Means
from sqm.rules.decisions import Draft
from sqm.rules.matrix import agreements, events
from sqm.rules.matrix.agreements import Step
from sqm.rules.matrix.events import EventKind
from sqm.rules.periods import add_months, month_of
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Opening
from sqm.rules.stores.store_results import Compared
from sqm.ui.audits import data_audits
from sqm.ui.audits.auditors import agreement_blocks, auditors_blocks
from sqm.ui.audits.audits_choice import Choice, View
from sqm.ui.audits.coverage import coverage_blocks, data_coverage
from sqm.ui.desk import data_desk
from sqm.ui.months import events_block
from sqm.ui.programme import data_programme
from sqm.ui.store import district_actions
from sqm.ui.stores.doors import data_scores, data_stores
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.stores.views import Measure
from sqm.ui.words import use
from tests.database import two_stores
from tests.database.two_stores import BRANCH, FAR, JULY, JUNE, MANAGER, NEAR, OWN, STORES

DISTRICTS = ("D01", "D02")
NEXT = add_months(month_of(date.today()), 1)
CHOICE = Choice(View.AUDITORS, JUNE, "", True)
GROUP = ("own", "large")
OTHERS = {BRANCH: (FAR, "D02"), MANAGER: (NEAR, FAR, "D02")}


def build(folder: Path) -> Path:
    """The operator of two_stores with quotas, visits made twice, and decisions on every store and district."""
    folder.mkdir()
    db, uploads = two_stores.operator(folder / "all", tuple(STORES)), Uploads(folder / "all" / "own.uploads")
    with db.write() as cursor:
        for district in DISTRICTS:
            cursor.execute(
                "insert into study_quotas values ('store_evaluation', 'district', $code, 9, '')", {"code": district}
            )
        _again(cursor, "-2", "double_check", date(2026, 6, 9))
        _again(cursor, "-3", "third_party", date(2026, 7, 3))
    step = Step(NEXT, 0.9, None, 0.02)
    drafts = [
        *(visit_reports.reject_visit(f"s-{store}", "too late") for store in STORES),
        *(events.add_event(JUNE, EventKind.CAMPAIGN, each, each, district_code=each) for each in DISTRICTS),
        *(supplementary.choose_means(each, [Means.OPEN_VISIT], NEXT) for each in DISTRICTS),
        *(action(each, "") for each in DISTRICTS),
        *(agreements.propose("HOT-P01", [step], each, "district", each) for each in DISTRICTS),
        *(agreements.propose("STO-P01", [step], each, "store", each) for each in STORES),
    ]
    decisions.record_all(db, uploads, drafts, "quality", "quality")
    db.close()
    return Path(db.path)


def _again(cursor: Cursor, mark: str, source: str, day: date) -> None:
    """Each visit of the third party once more, with a point less for every item: only two visits say how sure a score
    is."""
    cursor.execute(
        "insert into visit_items by name select * replace (visit_id || $mark as visit_id, greatest(points - 1, 0) as "
        "points) from visit_items where visit_id like 't-S___'",
        {"mark": mark},
    )
    cursor.execute(
        "insert into visits by name select * replace (visit_id || $mark as visit_id, $source as source, $day as "
        "visited_on, date_trunc('month', $day::date)::date as month) from visits where visit_id like 't-S___'",
        {"mark": mark, "source": source, "day": day},
    )


DOORS: dict[str, Callable[[Scope], object]] = {
    "stores": lambda scope: list(data_scores.stores(scope)),
    "results": lambda scope: list(data_scores.view(scope, JUNE, Span.QUARTER).results),
    "tables": lambda scope: data_scores.view(scope, JULY, Span.QUARTER).tables,
    "visits": lambda scope: data_scores.scored_visits(scope, JUNE, Span.QUARTER).visits.to_csv(),
    "losses": lambda scope: data_scores.scored_visits(scope, JUNE, Span.QUARTER).losses.to_csv(),
    "visits of a store": lambda scope: [
        store for store in STORES if data_scores.store_visits(scope, store, JUNE) is not None
    ],
    "cascade": lambda scope: list(data_stores.cascade(scope, JUNE, Span.QUARTER, Compared.AUDIT).districts),
    "funnel": lambda scope: data_stores.store_funnel(scope, JUNE, Span.QUARTER, Measure.SMS, GROUP),
    "districts": lambda scope: list(data_audits.districts(scope)),
    "quotas": lambda scope: data_programme.parts(scope, "store_evaluation", JUNE),
    "visits made twice": lambda scope: agreement_blocks.twice(CHOICE, scope),
    "rejected reports": lambda scope: auditors_blocks.rejections(CHOICE, scope, rejects=True),
    "visits to reject": lambda scope: auditors_blocks.month_visits(JUNE, scope, ""),
    "waiting for an audit": lambda scope: coverage_blocks.waiting(
        Choice(View.COVERAGE, date(2027, 3, 1), "", True), scope
    ),
    "means": lambda scope: data_coverage.means(scope, NEXT, ""),
    "reports": lambda scope: list(data_coverage.reports(scope, JUNE, "", date.today())),
    "actions of districts": lambda scope: district_actions.of(scope, "", date.today()),
    "events": lambda scope: events_block.known(scope),
    "proposals": lambda scope: list(data_desk.proposals(scope).values()),
}


NOT_OF_STORES = frozenset({"actions of districts"})
"""What somebody with single stores gets nothing of, not even of their own district."""


def action(district: str, store: str) -> Draft:
    """An action for a store, or for a district with store ''."""
    return actions.open_action(Opening("a second greeter", district, "district", NEXT, 1.0, store_code=store))


def leaks(name: str) -> list[str]:
    """Places of others that a door names; nothing when it names none. The operator is that of SQM_DATABASE."""
    door = DOORS[name]
    with use("en"):
        told = {scope: str(door(scope)) for scope in (EVERYTHING, BRANCH, MANAGER)}
    wrong = [] if {FAR, "D02"} & _codes(told[EVERYTHING]) else [f"{name}: names no place of others at all"]
    for scope, others in OTHERS.items():
        if found := _codes(told[scope]) & {*others}:
            wrong.append(f"{name}: names {', '.join(sorted(found))} to a viewer of {scope}")
        if name in NOT_OF_STORES and scope.stores is not None:
            wrong += [f"{name}: names {each} to who sees stores" for each in _codes(told[scope])]
        elif not {OWN, "D01"} & _codes(told[scope]):
            wrong.append(f"{name}: does not name the viewer's own place")
    return wrong


def _codes(text: str) -> set[str]:
    return set(re.findall(r"\b[SD]\d{2,3}\b", text))
