"""One comment unmasked for a call back, and one respondent erased, through the pages: who may, what is written down
before, and that nothing of it stays."""

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.safety import trail
from sqm.ui.comments import data_comments
from sqm.ui.doors.data import database as opened_database
from tests.database.conftest import open_tiny
from tests.database.files import SURVEY_HEADER
from tests.database.privacy.test_erasure import holding, send
from tests.pages.conftest import Open, shown

PHONE, SAID = "13912340003", "call me on 13912340003, zebra"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """12 customers of one store who left words and a number."""
    folder = tmp_path_factory.mktemp("privacy")
    db = open_tiny(folder / "sqm.duckdb")
    lines = [SURVEY_HEADER]
    for at in range(12):
        words = SAID if at == 3 else f"quick {at}"
        lines.append(f'P{at:03d},S001,2026-09-05,短信,9,9,9,9,9,139123400{at:02d},"{words}"')
    send(db, Uploads(folder / "sqm.uploads"), "september.csv", ("\n".join(lines) + "\n").encode())
    db.close()
    return folder


@pytest.fixture
def file(sent: Path, tmp_path: Path) -> Path:
    shutil.copytree(sent, tmp_path / "here")
    return tmp_path / "here" / "sqm.duckdb"


def answer(file: Path) -> str:
    db = Database.open(str(file))
    with db.read() as cursor:
        batch, row = cursor.execute("select batch_id, source_row from comments where comment like '%zebra%'").fetchone()
    db.close()
    return f"{batch}.{row}"


def button(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def reveals(app: AppTest) -> list[dict[str, object]]:
    rows = trail.entries(opened_database(), 50)
    assert not app.exception
    return [json.loads(str(each)) for each in rows[rows["action"] == "reveal"]["detail"]]


def kept(app: AppTest) -> str:
    """All that the session remembers."""
    return repr(app.session_state)


def test_a_comment_is_revealed_once_with_a_reason_that_was_written_down(file: Path, open_page: Open) -> None:
    code = answer(file)
    app = open_page("comments", database=file, role="quality", reveal=code)
    assert not app.exception and "zebra" in shown(app) and "***" in shown(app) and PHONE not in shown(app)
    button(app, "reveal_now")
    assert "the reason is written into the trail" in shown(app) and PHONE not in shown(app) and reveals(app) == []
    app.text_input(key=f"reveal_reason:{code}").set_value("asked for a call back on 13912340003").run()
    button(app, "reveal_now")
    assert shown(app).count(PHONE) == 2 and SAID in shown(app), "the number and the words"
    batch, row = code.split(".")
    said = {"file": "september.csv", "row": int(row), "role": "quality", "reason": "asked for a call back on ***"}
    assert reveals(app) == [said] and trail.entries(opened_database(), 1)["object"][0] == batch
    app.run()
    assert PHONE not in shown(app) and PHONE not in kept(app).replace("call back on " + PHONE, "")
    button(app, "reveal_close")
    assert "Show one comment unmasked" not in shown(app) and PHONE not in kept(app)
    assert holding(file.parent, PHONE) == [
        f"sqm.uploads/{path.parent.name}/raw" for path in file.parent.glob("*/*/raw")
    ]


@pytest.mark.parametrize("role", ["executive", "analyst", "district", "store_manager"])
def test_nobody_else_is_offered_it(file: Path, open_page: Open, role: str) -> None:
    place = {"districts": "D01", "stores": "S001"} if role in ("district", "store_manager") else {}
    app = open_page("comments", database=file, role=role, reveal=answer(file), **place)
    assert "zebra" in shown(app) and "Reveal" not in shown(app) and "Show one comment" not in shown(app)
    assert not [each for each in app.button if each.key == "reveal_now"]


def test_a_respondent_is_erased_from_the_page_of_people(file: Path, open_page: Open) -> None:
    comments = open_page("comments", database=file, role="quality")
    assert "zebra" in shown(comments), "and now in the caches"
    app = open_page("people", database=file, role="quality")
    app.selectbox(key="erase_survey").set_value("store_evaluation")
    app.text_input(key="erase_phone").set_value(PHONE).run()
    button(app, "erase_look")
    assert "1 answer in 1 file (Sep 2026)" in shown(app)
    app.checkbox(key="erase_sure").check().run()
    button(app, "erase_now")
    assert "the reason is written into the trail" in shown(app) and len(holding(file.parent, "zebra")) > 1
    app.text_input(key="erase_reason").set_value(f"{PHONE} asked for it").run()
    button(app, "erase_now")
    assert "Erased: 1 answer in 1 file" in shown(app) and not app.exception
    assert PHONE not in kept(app) and data_comments._found.cache_info().currsize == 0
    for word in (PHONE, "zebra", "P003"):
        assert holding(file.parent, word) == []
    last = trail.entries(opened_database(), 1).iloc[0]
    assert last["action"] == "erase" and json.loads(str(last["detail"]))["reason"] == "*** asked for it"
    comments.run()
    assert not comments.exception and "zebra" not in shown(comments) and "quick 4" in shown(comments)
