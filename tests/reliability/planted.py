"""A small operator in which every text that people may write is chosen by the caller: say(store, text).

store is '' where the text belongs to no store. Besides its words every store has a number of its own: how many
transactions it did in each month (``NUMBERS``).
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from sqm.database import marts
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Cursor, Database
from sqm.database.deciding import decisions
from sqm.database.safety import trail
from sqm.intake.recipe import Recipe, Template
from sqm.rules import people
from sqm.rules.access import Role
from sqm.rules.audits import appeals, audit_standards, visit_reports
from sqm.rules.audits.appeals import Verdict
from sqm.rules.audits.audit_standards import Standard
from sqm.rules.decisions import Draft
from sqm.rules.matrix import agreements, editions, events
from sqm.rules.matrix.agreements import Side, Step
from sqm.rules.matrix.events import EventKind
from sqm.rules.people import Person
from sqm.rules.periods import add_months, month_of
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Measure, Opening
from sqm.rules.surveys import studies
from tests.pages import audit_fixture, operator
from tests.pages.operator import LAST, MONTHS, STORES

Say = Callable[[str, str], str]
NUMBERS = {store: 7_130_000 + 1_009 * place for place, store in enumerate(STORES, 1)}
MINE, DISTRICT = "S1", "D1"
"""The store whose manager looks."""
ITEM = f"{audit_fixture.THEME}.exit_terms_told"
TARGET = "PRO-P01"
"""An indicator with a proposal that was refused; ``SECOND`` has one that waits, ``SIGNAL`` one that got worse."""
SECOND, SIGNAL = "HOT-P01", "PRO-P01"


def build(folder: Path, say: Say) -> Path:
    """The path of the database, with its uploads beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = operator.build(folder / "planted.duckdb")
    visits = [*audit_fixture.VISITS, *_more_visits(say)]
    audit_fixture.add(path, tuple(visits))
    db, uploads = Database.open(str(path)), Uploads(folder / "planted.uploads")
    with db.write() as cursor:
        for place, (store, district) in enumerate(STORES.items(), 1):
            _plant(cursor, place, store, district, say)
        for template in Template:
            how = {"recipe": Recipe(template).to_json(), "template": template}
            cursor.execute("update batches set recipe = $recipe where template = $template", how)
        marts.rebuild(cursor)
    for draft, who, role in _decided(say):
        decisions.record(db, uploads, draft.kind, who, role, draft.subject, draft.facts)
    _answered(db, uploads, say)
    with db.write() as cursor:
        for store in STORES:
            trail.add(
                cursor, say(store, "zhao"), "reveal", say(store, "an answer"), {"reason": say(store, "call back")}
            )
    db.close()
    return path


def _more_visits(say: Say) -> Iterator[audit_fixture.Visit]:
    """The first three stores did not tell the exit terms, the others always do; auditors have names of their own."""
    for back in (1, 2):
        for place, store in enumerate(STORES):
            points = (8.0, 10.0, 8.0, 1.0 if back == 1 and place < 3 else 4.0)
            auditor = say("", f"A{place % 2 + 1}")
            yield audit_fixture.Visit(
                f"W{back}-{store}", store, points, auditor, add_months(LAST, -back)
            )  # fmt: skip


def _plant(cursor: Cursor, place: int, store: str, district: str, say: Say) -> None:
    key = {"store": store}
    name = {"en": say(store, f"Store {store}"), "zh": say(store, f"{store}营业厅")}
    cursor.execute("update stores set name_en = $en, name_zh = $zh where store_code = $store", {**key, **name})
    cursor.execute(
        "insert into comments select batch_id, source_row, survey_code, month, store_code, $text || source_row "
        "from responses where store_code = $store and source_row % 2 = 0",
        {**key, "text": say(store, "queue too long 排队太久")},
    )
    seen = {**key, "text": say(store, "seen by the auditor")}
    cursor.execute("update visits set comment = $text where store_code = $store", seen)
    cursor.execute(
        "update visit_items set evidence = $text where visit_id in "
        "(select visit_id from visits where store_code = $store)",
        seen,
    )
    for month in MONTHS:
        cursor.execute(
            "insert into store_volumes values ('v', $store, $month, 'payment', 'counter', $count)",
            {**key, "month": month, "count": NUMBERS[store]},
        )
    cursor.execute(
        "insert into batches values ($batch, $sequence, 'visits', $upload, 'x', $batch, $file, '', 1, 0, 0, 0, "
        "$month, $month, $at, $who, '{}')",
        {
            "batch": f"b-{store}",
            "sequence": 10 + place,
            "upload": f"u-{store}",
            "file": say(store, f"{store}暗访.csv"),
            "month": LAST,
            "at": LAST,
            "who": say(store, "zhao"),
        },
    )
    cursor.execute(
        "insert into indicator_values values ($batch, 1, $code, $month, 'store', $store, $district, $count, 1, null, "
        "$note)",
        {
            **key,
            "batch": f"b-{store}",
            "code": say("", "SPEED"),
            "month": LAST,
            "district": district,
            "count": NUMBERS[store],
            "note": say(store, "measured at night"),
        },
    )


def _decided(say: Say) -> Iterator[tuple[Draft, str, str]]:
    """What the managers of all stores did, and what the province did."""
    soon = date.today() + timedelta(days=60)
    for store, district in STORES.items():
        who = say(store, "manager")
        opening = Opening(
            say(store, "guide at the entrance"),
            district,
            say(store, "shift leader"),
            soon,
            2.0,
            Measure.POINTS,
            store,
            say(store, "nobody knows where to queue"),
            item_code=ITEM,
        )
        yield actions.open_action(opening), who, "store_manager"
        if store in ("S2", "S3"):
            ground, photo = say(store, "it was told, see the recording"), say(store, "录音.wav")
            yield appeals.raise_appeal(f"W1-{store}", ITEM, store, district, 4.0, ground, photo), who, "store_manager"
        person = Person(
            f"p-{store}",
            say(store, "Manager"),
            f"{store.lower()}@op.example",
            "",
            True,
            Role.STORE_MANAGER,
            (),
            (store,),
        )
        yield people.setting(None, person, say(store, "begins"), "test"), "quality", "quality"
    quality = say("", "quality")
    month = month_of(date.today())
    yield (
        events.add_event(LAST, EventKind.NETWORK, say("", "cut-over"), say("", "割接"), "promotions"),
        quality,
        "quality",
    )
    yield events.comment(TARGET, say("", "since the campaign"), LAST), quality, "quality"
    steps = [Step(add_months(month, 1), 0.9, None, 0.01)]
    yield agreements.propose(TARGET, steps, say("", "as the rival")), quality, "quality"
    yield audit_standards.set_standard(Standard.PASS_MARK, 81.0, month, say("", "as agreed")), quality, "quality"
    yield agreements.propose(SECOND, steps, say("", "as the best district")), "analyst", "analyst"
    yield editions.propose(_indicator(say)), quality, "executive"
    yield visit_reports.reject_visit("W2-S6", say("", "another store on the photo")), quality, "quality"
    yield studies.change_method("web", "web-2", month, say("", "new form"), say("", "新问卷")), quality, "analyst"


def _indicator(say: Say) -> dict[str, str]:
    texts = ("name", "definition", "numerator", "denominator")
    said = {f"{each}_{language}": say("", each) for each in texts for language in ("en", "zh")}
    codes = {"process_code": "e_channels", "direction": "lower", "department_code": "data_services"}
    return {**said, **codes, "source_system": say("", "portal log")}


def _answered(db: Database, uploads: Uploads, say: Say) -> None:
    """The other side of some decisions."""
    log = decisions.every(db)
    raised = [each for each in log if each.kind == "appeal_raised" and each.facts["store_code"] in ("S2", "S3")]
    proposed = next(each for each in log if each.kind == "target_proposed")
    answers = [
        appeals.rule(each.decision_id, Verdict.UPHELD, say("S2", "the recording shows it")) for each in raised[:1]
    ]
    answers += [agreements.refuse(proposed.decision_id, Side.OWNER, say("", "two stores are closed"))]
    for each in log:
        if each.kind == "action_opened" and each.facts["store_code"] in ("S1", "S2"):
            store = str(each.facts["store_code"])
            answers.append(actions.move(each.decision_id, actions.State.DO, say(store, "begun on Monday")))
    for draft in answers:
        decisions.record(db, uploads, draft.kind, "quality", "quality", draft.subject, draft.facts)


def trail_of(path: Path) -> list[dict[str, object]]:
    """Of a closed file, oldest first; detail read."""
    db = Database.open(str(path))
    rows = trail.entries(db, 100_000).iloc[::-1]
    db.close()
    return [{**row, "detail": json.loads(str(row["detail"]))} for row in rows.to_dict("records")]
