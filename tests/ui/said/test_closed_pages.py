"""Personnel asks for store audits: refused, told the rule, written down once. So is a district with its own mark."""

import json
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.deciding import decisions
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.rules.access import Role, Scope, scope_of
from sqm.rules.audits.appeals import raise_appeal
from sqm.rules.audits.audit_standards import Standard, set_standard
from sqm.rules.decisions import Draft
from sqm.ui.decisions import data_decisions, decision_texts
from sqm.ui.doors.data import database
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import use
from tests.browser import tiny

DECEMBER = date(2099, 12, 1)
RULE = "Refused: An audit is charged to nobody (rule D13). The attempt was written down."


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(tiny.build(tmp_path)))
    monkeypatch.setenv("SQM_UPLOADS", str(tmp_path / "uploads"))


def ask(page_name: str, monkeypatch: pytest.MonkeyPatch, role: str) -> AppTest:
    monkeypatch.setenv("SQM_ROLE", role)
    script = f"""
from sqm.ui import page
from sqm.ui.signing import sign_in
with page.gate(sign_in.viewer()):
    page.begin("{page_name}")
"""
    return AppTest.from_string(script, default_timeout=30).run()


def refusals() -> list[tuple[str, str, str]]:
    rows = trail.entries(database())
    rows = rows[rows["action"] == "refused"]
    return [
        (str(who), str(what), json.loads(str(detail))["rule"])
        for who, what, detail in zip(rows["who"], rows["object"], rows["detail"], strict=True)
    ]


@pytest.mark.parametrize("name", ["store", "stores", "audits"])
def test_personnel_is_told_the_rule_and_the_attempt_is_written_down_once(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ask(name, monkeypatch, "hr")
    app.run()
    assert [info.value for info in app.info] == [RULE]
    assert refusals() == [("hr", name, "no_person")]


def test_a_page_that_no_rule_of_use_closes_says_only_that(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("upload", monkeypatch, "hr").info[0].value == "Your role may not open this page."
    assert ask("audits", monkeypatch, "auditor").info[0].value == "Your role may not open this page."
    assert not refusals()


def test_a_district_that_raises_its_mark_is_told_the_rule_though_it_may_set_no_standard() -> None:
    viewer = Viewer("dora", Role.DISTRICT, scope_of(Role.DISTRICT, frozenset({"D01"})))
    with use("en"):
        local = set_standard(Standard.PASS_MARK, 95, DECEMBER, "harder here", "district", "D01")
        said = _refusal(viewer, local)
        assert said.startswith("Refused: Pass marks are the province's") and "D11" in said
        plain = _refusal(viewer, set_standard(Standard.PASS_MARK, 95, DECEMBER, "for all"))
        assert plain == "Your role may not do this. Nothing was changed."
    assert refusals() == [("dora", "pass_mark", "no_local_raising")]
    assert not decisions.every(database())


def _refusal(viewer: Viewer, draft: Draft) -> str:
    with pytest.raises(SqmError) as refused:
        data_decisions.decide(viewer, draft)
    return decision_texts.sentence(refused.value)


def test_nobody_decides_on_a_store_outside_their_scope() -> None:
    viewer = Viewer("mia", Role.STORE_MANAGER, Scope(frozenset({"D01"}), frozenset({"S001"})))
    with pytest.raises(SqmError) as refused:
        data_decisions.decide(viewer, raise_appeal("v1", "licence", "S002", "D01", 1.0, "not mine"))
    assert refused.value.code == "not_allowed"
    with pytest.raises(SqmError) as mine:
        data_decisions.decide(viewer, raise_appeal("v1", "licence", "S001", "D01", 1.0, "mine"))
    assert mine.value.code == "audit_item_unknown"
