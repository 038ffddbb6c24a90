"""Where a forbidden use of audits ends: refused, written to the trail, and the rule named to whoever asked.

The entry is a transaction of its own: what was refused is rolled back, and the attempt must stay.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import NoReturn

from sqm.database.connection import Cursor, Database
from sqm.database.queries import query
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.intake.reading import Reading
from sqm.intake.recipe import Recipe, Template
from sqm.rules import use_rules
from sqm.rules.decisions import Decision, Draft, text_in
from sqm.rules.use_rules import AUDIT_SOURCE, COMPANY, Rule

REFUSED = "refused"
"""The action of the trail."""
CODE = "use_rule"


@contextmanager
def noted(db: Database, who: str) -> Iterator[None]:
    """Around a transaction: if a use rule ends it, the attempt is written down once it is rolled back."""
    try:
        yield
    except SqmError as refused:
        if refused.code == CODE:
            log(db, who, dict(refused.values))
        raise


def log(db: Database, who: str, values: dict[str, object]) -> None:
    """Only write it down: values of the error, with rule and object."""
    with db.write() as cursor:
        trail.add(cursor, who, REFUSED, str(values.get("object", "")), values)


def refusal(rule: Rule, subject: str, **detail: object) -> SqmError:
    """SqmError("use_rule"): rule, source (rows of the feature list), object, and what was asked for."""
    return SqmError(CODE, rule=rule.value, source=use_rules.sources(rule), object=subject, **detail)


def refuse(db: Database, who: str, rule: Rule, subject: str, **detail: object) -> NoReturn:
    """Write an attempt down and raise its refusal. Never inside an open transaction: use ``noted`` there."""
    with noted(db, who):
        raise refusal(rule, subject, **detail)


def require_use(
    db: Database,
    who: str,
    material: str,
    purpose: str,
    subject: str,
    beside: Collection[str] = (),
    role: str = "",
) -> None:
    """Raise SqmError("use_rule") unless the material may be used for this, by this role. subject: what of it (a store,
    a file). Ask before the right to download is asked, for that one does not write down who was refused."""
    rule = use_rules.broken(material, purpose, beside, role)
    if rule is not None:
        refuse(db, who, rule, subject, material=str(material), purpose=str(purpose))


def require_decision(db: Database, who: str, draft: Draft) -> None:
    """For somebody who may not decide this at all: an attempt at what a rule forbids is answered by the rule, and
    written down, as it is for those who may."""
    with noted(db, who), db.read() as cursor:
        refuse_decision(cursor, draft)


def refuse_decision(cursor: Cursor, newest: Draft | Decision) -> None:
    """Raise the refusal of a decision that breaks a rule, whoever makes it."""
    rule = use_rules.broken_by(newest, from_audits(cursor))
    if rule is None:
        return
    said = {name: text_in(newest.facts, name) for name in ("scope_level", "scope_code", "value", "month")}
    asked = {name: value for name, value in said.items() if value}
    raise refusal(rule, newest.subject, decision=newest.kind.value, **asked)


def refuse_file(cursor: Cursor, recipe: Recipe, reading: Reading) -> None:
    """The same for an uploaded file of targets: none of a district or store on an indicator from audits."""
    if recipe.template is not Template.TARGETS or not reading.rows.num_rows:
        return
    known, rows = from_audits(cursor), reading.rows
    columns = (rows.column(name).to_pylist() for name in ("indicator_code", "scope_level", "scope_code"))
    for code, level, place in zip(*columns, strict=True):
        if level != COMPANY and code in known:
            raise refusal(Rule.NO_LOCAL_RAISING, str(code), scope_level=level, scope_code=place)


def refuse_catalogue(cursor: Cursor) -> None:
    """The same for a catalogue that was just read: none of its indicators from audits is appraised."""
    found = cursor.execute(query("use_rules", "appraised_audits"), {"source_system": AUDIT_SOURCE}).fetchone()
    if found is not None:
        raise refusal(Rule.BULLETIN_ONLY, str(found[0]))


def from_audits(cursor: Cursor) -> frozenset[str]:
    """Codes of the indicators whose source is an audit."""
    rows = cursor.execute(query("use_rules", "from_audits"), {"source_system": AUDIT_SOURCE}).fetchall()
    return frozenset(str(row[0]) for row in rows)
