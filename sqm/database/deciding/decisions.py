"""The log of decisions: recorded with its effects and the trail in one transaction, then written to the journal.

As with batches the database comes first and the journal second, so `rebuild.reconcile` finds what a crash cut off.
Decisions are never undone; a withdrawal is a decision too, and a rebuild replays both.
"""

import json
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqm.database.batches.uploads import JournalEntry, Uploads
from sqm.database.connection import Cursor, Database
from sqm.database.deciding import effects, use_rules
from sqm.database.queries import query
from sqm.database.safety import trail
from sqm.rules import conflicts
from sqm.rules.conflicts import Seen
from sqm.rules.decisions import Decision, Draft, Facts, Kind

DEMO = "demo-"
"""Ids of the demo's decisions begin with it: they come with the demo and are in no journal."""


def record(
    db: Database,
    uploads: Uploads,
    kind: Kind,
    who: str,
    role: str,
    subject: str,
    facts: Facts,
    today: date | None = None,
    seen: Seen | None = None,
) -> Decision:
    """Write a decision down and let it take effect. today: the current month of the rules (the server's day). seen: the
    state of the log that who had in front of them, None: nobody looked (a command, the demonstration).

    Kind, subject and facts come from a builder of the rules (a Draft). Months are sealed by sealed.seal, not here.
    Raises changed_meanwhile (somebody was quicker; see conflicts.require_seen) and what effects.refuse_impossible
    raises, and then nothing is stored. Roles are checked by the caller.
    """
    return record_all(db, uploads, [Draft(kind, subject, facts)], who, role, today, seen)[0]


def record_all(
    db: Database,
    uploads: Uploads,
    drafts: Sequence[Draft],
    who: str,
    role: str,
    today: date | None = None,
    seen: Seen | None = None,
) -> tuple[Decision, ...]:
    """Several decisions in one transaction, in order: all of them or, when one is refused, none. An attempt at what a
    use rule forbids is written to the trail (database/deciding/use_rules.py)."""
    if any(draft.kind is Kind.MONTH_SEALED for draft in drafts):
        raise ValueError("a month is sealed by sealed.seal, which takes the snapshot")
    made: list[Decision] = []
    with use_rules.noted(db, who), db.write() as cursor:
        before = effects.fold(every_within(cursor))
        if seen is not None:
            conflicts.require_seen(before.log, drafts, seen)
        for draft in drafts:
            decision = fresh(cursor, draft.kind, who, role, draft.subject, draft.facts)
            after = effects.fold((*before.log, decision))
            effects.refuse_impossible(cursor, before, after, today or date.today())
            add(cursor, decision)
            effects.settle(cursor, before, after)
            made.append(decision)
            before = after
    for decision in made:
        uploads.write(journal_entry(decision))
    return tuple(made)


def every(db: Database) -> tuple[Decision, ...]:
    """The whole log, oldest first."""
    with db.read() as cursor:
        return every_within(cursor)


def every_within(cursor: Cursor) -> tuple[Decision, ...]:
    """The same inside an open transaction."""
    rows = cursor.execute(query("decisions", "every")).fetchall()
    return tuple(
        Decision(decision_id, sequence, at, who, role, Kind(kind), subject, json.loads(facts))
        for decision_id, sequence, at, who, role, kind, subject, facts in rows
    )


def fresh(cursor: Cursor, kind: Kind, who: str, role: str, subject: str, facts: Facts) -> Decision:
    """The next line of the log, not yet in it."""
    now = datetime.now(UTC).replace(tzinfo=None)
    sequence = int(cursor.execute(query("decisions", "next_sequence")).fetchone()[0])
    return Decision(f"d{now:%Y%m%d%H%M%S}{secrets.token_hex(4)}", sequence, now, who, role, kind, subject, facts)


def add(cursor: Cursor, decision: Decision, with_trail: bool = True) -> None:
    """Append a line; with_trail is False where a rebuild repeats what happened."""
    written = json.dumps(dict(decision.facts), ensure_ascii=False, sort_keys=True, allow_nan=False)
    cursor.execute(
        query("decisions", "add"),
        {
            "decision_id": decision.decision_id,
            "sequence": decision.sequence,
            "happened_at": decision.happened_at,
            "who": decision.who,
            "role": decision.role,
            "kind": decision.kind.value,
            "subject": decision.subject,
            "facts": written,
        },
    )
    if with_trail:
        said = {name: decision.facts[name] for name in ("before", "after", "reason") if name in decision.facts}
        detail = {"subject": decision.subject, **said}
        trail.add(cursor, decision.who, decision.kind.value, decision.decision_id, detail)


def journal_entry(decision: Decision) -> JournalEntry:
    """What the journal keeps of a decision: all of it. upload_id of a seal stands where that of a commit stands."""
    facts = {
        "sequence": decision.sequence,
        "role": decision.role,
        "kind": decision.kind.value,
        "subject": decision.subject,
        "facts": dict(decision.facts),
        **({"upload_id": decision.facts["upload_id"]} if "upload_id" in decision.facts else {}),
    }
    return JournalEntry("decide", decision.decision_id, decision.happened_at.isoformat(), decision.who, facts)


def from_journal(entry: JournalEntry) -> Decision:
    """The decision that a journal entry stands for."""
    facts = entry.facts
    return Decision(
        entry.batch_id,
        int(facts["sequence"]),
        datetime.fromisoformat(entry.happened_at),
        entry.who,
        str(facts["role"]),
        Kind(facts["kind"]),
        str(facts["subject"]),
        facts["facts"],
    )


def replay(cursor: Cursor, decision: Decision) -> None:
    """Store a decision again as it was, with its effects; nothing is refused, journalled or written to the trail."""
    log = every_within(cursor)
    add(cursor, decision, with_trail=False)
    effects.settle(cursor, effects.fold(log), effects.fold((*log, decision)))


def stored(db: Database) -> list[JournalEntry]:
    """The journal entries of all decisions but the demo's, in order."""
    return [journal_entry(each) for each in every(db) if not each.decision_id.startswith(DEMO)]
