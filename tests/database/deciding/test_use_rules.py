"""Use rules that bite: each forbidden path is refused, says which rule, and stands in the trail; nothing else is."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sqm import config
from sqm.database import catalogue
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions, use_rules
from sqm.database.hashes import table_hashes
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.rules.audits.audit_standards import Standard, set_standard
from sqm.rules.decisions import Draft
from sqm.rules.matrix import agreements, editions
from sqm.rules.matrix.agreements import Step
from sqm.rules.use_rules import Material, Purpose, Rule
from tests.database.batches.test_target_batches import row, send, tried

TODAY, DECEMBER = date(2026, 11, 22), date(2026, 12, 1)


def decide(db: Database, uploads: Uploads, draft: Draft) -> None:
    decisions.record(db, uploads, draft.kind, "dora", "district", draft.subject, draft.facts, TODAY)


def bitten(db: Database, attempt: Callable[[], object], rule: Rule) -> dict[str, object]:
    """The detail of the one entry that the attempt left; nothing else changed."""
    before, count = table_hashes(db), len(trail.entries(db))
    with pytest.raises(SqmError) as refused:
        attempt()
    assert (refused.value.code, refused.value.values["rule"]) == ("use_rule", rule.value)
    after, entries = table_hashes(db), trail.entries(db)
    assert after == before
    assert len(entries) == count + 1
    entry = entries.iloc[0]
    assert entry["action"] == "refused" and entry["object"] == refused.value.values["object"]
    detail: dict[str, object] = {"who": entry["who"], **json.loads(str(entry["detail"]))}
    assert detail["rule"] == rule.value
    return detail


@pytest.mark.parametrize(("level", "place"), [("district", "D01"), ("store", "S001")])
@pytest.mark.parametrize("value", [95.0, 85.0, 20.0])
def test_no_pass_mark_below_the_province_whatever_its_value(
    db: Database, uploads: Uploads, level: str, place: str, value: float
) -> None:
    draft = set_standard(Standard.PASS_MARK, value, DECEMBER, "harder here", level, place)
    detail = bitten(db, lambda: decide(db, uploads, draft), Rule.NO_LOCAL_RAISING)
    assert detail == {
        "who": "dora", "rule": "no_local_raising", "source": "D11", "object": "pass_mark",
        "decision": "standard_set", "scope_level": level, "scope_code": place, "value": str(value),
        "month": "2026-12-01",
    }  # fmt: skip
    assert not list(uploads.journal())


def test_no_target_of_a_district_on_what_comes_from_audits(db: Database, uploads: Uploads) -> None:
    def target(code: str, level: str = "company", place: str = "") -> Draft:
        return agreements.propose(code, [Step(DECEMBER, 0.95, None, 0.0)], "more", level, place)

    draft = target("STO-O07", "district", "D01")
    detail = bitten(db, lambda: decide(db, uploads, draft), Rule.NO_LOCAL_RAISING)
    assert (detail["decision"], detail["scope_code"]) == ("target_proposed", "D01")
    decide(db, uploads, target("STO-O07"))
    decide(db, uploads, target("STO-P01", "district", "D01"))


def test_nor_by_a_file_of_targets(db: Database, uploads: Uploads) -> None:
    """Neither the rehearsal nor the commit lets it pass; the same indicator for the whole company, or another, may."""
    wrong = row(99, place="D02", code="STO-O07")
    assert bitten(db, lambda: tried(db, uploads, row(80), wrong), Rule.NO_LOCAL_RAISING)["scope_code"] == "D02"
    assert bitten(db, lambda: send(db, uploads, "t.csv", row(80), wrong), Rule.NO_LOCAL_RAISING)["who"] == "ana"
    send(db, uploads, "t.csv", row(99, code="STO-O07"), row(70, place="D02", code="STO-O03"))


def test_nothing_from_audits_is_proposed_as_appraised(db: Database, uploads: Uploads) -> None:
    said = {"process_code": "stores", "name_en": "Layout to standard", "source_system": "mystery_audit"}
    draft = editions.propose({**said, "appraised": True})
    assert bitten(db, lambda: decide(db, uploads, draft), Rule.BULLETIN_ONLY)["decision"] == "indicator_proposed"
    decide(db, uploads, editions.propose(said))


def test_nor_by_a_catalogue(db: Database, tmp_path: Path) -> None:
    folder = shutil.copytree(config.ROOT / "data" / "catalogue", tmp_path / "catalogue")
    listed = folder / "indicators.csv"
    text = listed.read_text(encoding="utf-8")
    assert text.count(",mystery_audit,false,") == 3
    listed.write_text(text.replace(",mystery_audit,false,", ",mystery_audit,true,", 1), encoding="utf-8")

    def load() -> None:
        with use_rules.noted(db, "catalogue"), db.write() as cursor:
            catalogue.load(cursor, folder)

    assert bitten(db, load, Rule.BULLETIN_ONLY)["object"] == "PRO-O06"


@pytest.mark.parametrize(
    ("material", "purpose", "rule"),
    [
        (Material.AUDIT, Purpose.PAY, Rule.NO_PERSON),
        (Material.AUDIT, Purpose.PERSONAL_APPRAISAL, Rule.NO_PERSON),
        (Material.AUDIT, Purpose.STORE_APPRAISAL, Rule.NOT_SOLE_BASIS),
        (Material.AUDIT, Purpose.KPI, Rule.BULLETIN_ONLY),
        (Material.PROCESS_MEASURE, Purpose.KPI, Rule.BULLETIN_ONLY),
        (Material.PROCESS_MEASURE, Purpose.PAY, Rule.BULLETIN_ONLY),
        (Material.OPERATIONS, Purpose.KPI, Rule.OBSERVED_ONLY),
        (Material.AUDIT, "a raffle", Rule.NOT_LISTED),
    ],
)
def test_a_use_that_is_forbidden(db: Database, material: Material, purpose: str, rule: Rule) -> None:
    detail = bitten(db, lambda: use_rules.require_use(db, "hana", material, purpose, "S001 2026-10"), rule)
    assert (detail["who"], detail["material"], detail["purpose"]) == ("hana", material, purpose)


def test_a_download_of_personnel_is_refused_and_written_down(db: Database) -> None:
    def take(role: str) -> None:
        use_rules.require_use(db, "hana", Material.AUDIT, Purpose.BULLETIN, "fair_table", role=role)

    assert bitten(db, lambda: take("hr"), Rule.NO_PERSON)["object"] == "fair_table"
    take("quality")


def test_a_use_that_is_allowed_leaves_no_entry(db: Database) -> None:
    before = table_hashes(db), len(trail.entries(db))
    use_rules.require_use(db, "ana", Material.AUDIT, Purpose.RECTIFICATION, "S001")
    use_rules.require_use(db, "ana", Material.AUDIT, Purpose.STORE_APPRAISAL, "S001", beside=[Material.SURVEY])
    assert (table_hashes(db), len(trail.entries(db))) == before


def test_other_failures_are_no_entries_of_this_kind(db: Database, uploads: Uploads) -> None:
    before = table_hashes(db), len(trail.entries(db))
    with pytest.raises(SqmError) as refused:
        decide(db, uploads, set_standard(Standard.PASS_MARK, 101, DECEMBER, "a slip"))
    assert refused.value.code == "standard_value"
    assert (table_hashes(db), len(trail.entries(db))) == before
