"""Every door behind a right, called straight: the wrong role changes nothing, is told so, and stands in the trail."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.hashes import table_hashes
from sqm.database.indicators.indicators import Place
from sqm.database.privacy.erased_files import Wanted
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.rules.access import ACTIONS, PAGES, Action, Page, Role, scope_of
from sqm.rules.decisions import Draft, Kind, action_of
from sqm.rules.stores.store_results import Compared
from sqm.rules.use_rules import Purpose
from sqm.ui.comments import reveal_form
from sqm.ui.decisions import data_decisions
from sqm.ui.doors import data_names
from sqm.ui.doors.data import database
from sqm.ui.indicator import indicator_choice, indicator_tables
from sqm.ui.matrix import matrix_download
from sqm.ui.months import data_months
from sqm.ui.people import erase_form, trail_block
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.stores import stores_download
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.stores.stores_choice import Choice
from sqm.ui.stores.views import View
from sqm.ui.upload import upload_draft
from tests.browser import tiny
from tests.browser.conftest import ROOT

MONTH = date(2026, 9, 1)
UI = ROOT / "sqm" / "ui"
Door = Callable[[Viewer], object]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.build(tmp_path_factory.mktemp("doors"))


@pytest.fixture(autouse=True)
def _on(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(file))


def _workbook(viewer: Viewer) -> object:
    choice = Choice(View.TABLE, MONTH, Span.YEAR, "", ("own", "large"), Compared.COMPOSITE)
    return stores_download.book(viewer, choice, Purpose.BULLETIN)


def _source_rows(viewer: Viewer) -> object:
    code = next(iter(data_names.names().indicators))
    choice = indicator_choice.made(viewer.scope, code, Place("company", ""), MONTH)
    return indicator_tables.sources_section(choice, viewer, True)


DOORS: dict[Action, Door] = {
    Action.COMMIT_BATCH: lambda viewer: upload_draft.commit(viewer, None),  # type: ignore[arg-type]
    Action.UNDO_BATCH: lambda viewer: upload_draft.undo(viewer, "any"),
    Action.DOWNLOAD_WORKBOOK: _workbook,
    Action.SEE_SOURCE_ROWS: _source_rows,
    Action.SEAL_MONTH: lambda viewer: data_months.publish(viewer, MONTH, ""),
    Action.READ_TRAIL: lambda viewer: trail_block.export(viewer, pd.DataFrame()),
    Action.REVEAL_CONTACT: lambda viewer: reveal_form.reveal(viewer, "any", 2, "why"),
    Action.ERASE_RESPONDENT: lambda viewer: erase_form.erase(viewer, Wanted("store_evaluation", "P1"), "why"),
}
"""What is no decision of the log."""
UNWRITTEN = {Action.SEE_SOURCE_ROWS}
"""Part of a page that others get without it: nobody tried anything."""


def drafts(action: Action) -> list[Draft]:
    """Everything that this right lets somebody decide, about a store of another district."""
    place = {"district_code": "D05", "store_code": "S020"}
    said = {"side": "owner" if action is Action.SIGN_TARGET_OWNER else "quality", **place}
    every = [Draft(kind, "x", said) for kind in Kind if kind not in (Kind.WITHDRAWN, Kind.MONTH_SEALED)]
    return [each for each in every if action_of(each) is action]


def viewers(action: Action) -> list[Viewer]:
    """One of each role that lacks the right."""
    place = frozenset({"D01"}), frozenset({"S001"})
    return [Viewer(f"{role}@op", role, scope_of(role, *place)) for role in Role if role not in ACTIONS[action]]


def refusals() -> list[tuple[str, str]]:
    rows = trail.entries(database(), 100_000)
    rows = rows[rows["action"].isin(["denied", "refused"])]
    return [
        (str(who), json.loads(str(detail)).get("action", "refused by a rule"))
        for who, detail in zip(rows["who"], rows["detail"], strict=True)
    ]


@pytest.mark.parametrize("action", Action)
def test_the_wrong_role_gets_nothing_done_by_any_door(action: Action) -> None:
    doors = [DOORS[action]] if action in DOORS else []
    doors += [lambda viewer, draft=each: data_decisions.decide(viewer, draft) for each in drafts(action)]
    assert doors, "a right without a door: write it down here"
    before, told = table_hashes(database()), len(refusals())
    for viewer in viewers(action):
        for door in doors:
            with pytest.raises(SqmError) as refused:
                door(viewer)
            assert refused.value.code in ("not_allowed", "use_rule"), (viewer, refused.value)
    assert table_hashes(database()) == before
    wanted = 0 if action in UNWRITTEN else len(viewers(action)) * len(doors)
    assert len(refusals()) - told == wanted
    assert {who for who, _what in refusals()[:wanted]} == ({each.name for each in viewers(action)} if wanted else set())


def test_the_workbook_of_the_matrix_is_another_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made on click, outside a run: the role counts that the page was drawn for."""
    made: list[Callable[[], bytes]] = []
    monkeypatch.setattr(matrix_download.st, "download_button", lambda _label, data, **_more: made.append(data))
    monkeypatch.setattr(matrix_download, "may", lambda _role, _action: True)
    matrix_download.button(viewers(Action.DOWNLOAD_WORKBOOK)[0], _View(), Place("company", ""))  # type: ignore[arg-type]
    with pytest.raises(SqmError, match="not_allowed"):
        made[0]()


EXPORTS: dict[str, Action] = {
    "matrix/matrix_download.py": Action.DOWNLOAD_WORKBOOK,
    "stores/stores_download.py": Action.DOWNLOAD_WORKBOOK,
    "people/trail_block.py": Action.READ_TRAIL,
    "upload/upload_templates.py": Action.COMMIT_BATCH,
    "upload/upload_check.py": Action.COMMIT_BATCH,
}
"""Where files are handed out, and the right that it takes. The last two stand on a page that no other role opens."""


def test_every_file_that_is_handed_out_takes_a_right() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in UI.rglob("*.py")}
    handing_out = {path.relative_to(UI).as_posix() for path, text in sources.items() if "download_button(" in text}
    assert handing_out == set(EXPORTS)
    for name, action in EXPORTS.items():
        asks = f"rights.require(viewer, Action.{action.name})" in sources[UI / name]
        assert asks or PAGES[Page.UPLOAD] <= ACTIONS[action], name


class _View:
    month = MONTH


SCRIPT = """
import streamlit as st
from sqm.rules.access import EVERYTHING, Role
from sqm.rules.matrix.events import comment
from sqm.ui.decisions import deciding, told
from sqm.ui.signing.sign_in import Viewer

is_done = deciding.record(Viewer("quality", Role.QUALITY, EVERYTHING), comment("PRO-P01", "drawn for another"))
st.text(f"{is_done} {told.take()}")
"""


@pytest.mark.parametrize(
    ("role", "said"), [("hr", "False Your role may not do this. Nothing was changed."), ("quality", "True Recorded.")]
)
def test_who_looks_now_decides_and_not_for_whom_the_button_was_drawn(
    monkeypatch: pytest.MonkeyPatch, role: str, said: str
) -> None:
    monkeypatch.setenv("SQM_ROLE", role)
    app = AppTest.from_string(SCRIPT, default_timeout=30).run()
    assert [each.value for each in app.text] == [said]
    assert ((role, "comment") in refusals()) is (role == "hr")
