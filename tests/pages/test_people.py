"""The page of people and rights: adding, changing and closing with a reason, what somebody would see, and the trail."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database import migrations
from sqm.database.connection import Database
from sqm.database.deciding import people
from sqm.database.safety import trail
from sqm.rules.access import EVERYTHING, Action, Role
from sqm.rules.decisions import Kind
from sqm.ui.doors import data
from sqm.ui.people import people_words, trail_block, trail_words
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import use
from tests.pages.conftest import PAGES, Open, shown
from tests.pages.reading import finding, headings, plain, rows


def fill(app: AppTest, mark: str = "", lang: str = "en", **said: object) -> AppTest:
    """Type into the form and record."""
    with use(lang):  # AppTest formats the options of a widget outside the session
        for key, value in said.items():
            kind = {
                "role": app.selectbox,
                "stores": app.multiselect,
                "districts": app.multiselect,
                "open": app.checkbox,
            }
            kind.get(key, app.text_input)(key=f"person_{key}:{mark}").set_value(value)
            app.run()
        app.button(key="person_record").click()
        return app.run()


def add_li(open_page: Open, own_file: Path, lang: str = "en") -> AppTest:
    app = open_page("people", lang, database=own_file, role="quality", new="person")
    said = {"name": "Li Hua", "email": "Li@op.example", "role": Role.STORE_MANAGER, "stores": ["S2"]}
    return fill(app, lang=lang, **said, reason="new there")


@pytest.mark.parametrize(
    ("lang", "nobody", "one"),
    [
        ("en", "Nobody may sign in yet", "1 person may sign in: store manager 1"),
        ("zh", "尚无人可登录", "1人可登录：营业厅经理 1"),
    ],
)
def test_a_person_is_added_with_a_reason(open_page: Open, own_file: Path, lang: str, nobody: str, one: str) -> None:
    assert finding(shown(open_page("people", lang, database=own_file, role="quality"))) == nobody
    app = add_li(open_page, own_file, lang)
    assert not app.exception and one in headings(shown(app))
    assert not any(each.key == "person_record" for each in app.button), "the form is closed"
    held = people.every(data.database())
    assert [(each.name, each.email, each.role, each.stores) for each in held] == [
        ("Li Hua", "li@op.example", Role.STORE_MANAGER, ("S2",))
    ]
    detail = json.loads(trail.entries(data.database(), 1)["detail"][0])
    assert detail["reason"] == "new there" and detail["before"] == {} and detail["after"]["name"] == "Li Hua"


def test_nothing_is_recorded_without_a_reason_or_a_place(open_page: Open, own_file: Path) -> None:
    app = open_page("people", database=own_file, role="quality", new="person")
    fill(app, name="Li Hua", email="li@op.example")
    assert "Nothing was recorded: say why." in shown(app)
    fill(app, reason="new")
    assert "Nothing was recorded: this role needs a district or a store." in shown(app)
    assert people.every(data.database()) == ()


def test_a_person_is_changed_then_closed_and_the_preview_follows(open_page: Open, own_file: Path) -> None:
    add_li(open_page, own_file)
    person_id = people.every(data.database())[0].person_id

    def opened(lang: str = "en") -> AppTest:
        return open_page("people", lang, database=own_file, role="quality", person=person_id)

    assert headings(shown(opened()))[0] == "Li Hua would see Store 2 (S2); of East district (D1) the totals"
    assert headings(shown(opened("zh")))[0].startswith("Li Hua可查看")
    fill(opened(), person_id, role=Role.DISTRICT, districts=["D2"], reason="promoted")
    assert headings(shown(opened()))[0] == "Li Hua would see West district (D2) with 2 stores"
    fill(opened(), person_id, open=False, reason="left")
    assert headings(shown(opened()))[0] == "Li Hua would see nothing: the account is closed"
    assert [json.loads(each)["reason"] for each in trail.entries(data.database(), 3)["detail"]] == [
        "left",
        "promoted",
        "new there",
    ]


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.QUALITY])
def test_nobody_else_opens_the_page(open_page: Open, role: Role) -> None:
    app = open_page("home", role=str(role), districts="D1", stores="S1")
    with pytest.raises(ValueError, match="people"):
        app.switch_page(str(PAGES / "people.py"))
    assert "people_" not in shown(open_page("people", role=str(role), districts="D1", stores="S1"))


def test_every_right_has_a_name_in_both_languages(open_page: Open) -> None:
    assert set(people_words.ACTIONS) == set(Action)
    assert {str(kind) for kind in Kind} <= set(trail_words.ACTIONS)
    page = plain(shown(open_page("people", "zh", role="quality")))
    assert not re.findall(r"[a-z]+_[a-z]+", page.split("各角色可打开的页面")[1].split("操作日志共")[0])


def test_the_trail_is_filtered_checked_and_taken_along(open_page: Open, own_file: Path) -> None:
    add_li(open_page, own_file)
    app = open_page("people", database=own_file, role="quality")
    app.text_input(key="trail_text").set_value("new there").run()
    listed = rows(shown(app), "in the trail")
    assert "reason: new there" in listed[0][5] and "role: store manager" in listed[0][5]
    assert len(listed) == 1 and listed[0][3] == "person changed"
    app.button(key="trail_check").click().run()
    assert re.search(r"Checked: \d+ entr(y|ies), the chain holds.", shown(app))
    app.text_input(key="trail_text").set_value("no such words").run()
    assert "person changed" not in shown(app).split("in the trail")[1]
    db: Database = data.database()
    with db.write() as cursor:
        trail.add(cursor, "=cmd|'/c calc'!A0", "test", "+1", {"a": "@x"})
    found = trail.entries(db, 10)
    viewer = Viewer("quality", Role.QUALITY, EVERYTHING)
    text = trail_block.export(viewer, found).decode("utf-8-sig")
    assert "'=cmd|" in text and ",=cmd" not in text
    assert trail.entries(db, 1)["action"][0] == "export"


def test_an_empty_file_is_no_failure(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    db = Database.open(str(path))
    migrations.migrate(db)
    db.close()
    app = open_page("people", database=path, role="quality", new="person")
    assert not app.exception and "Nobody has been added yet." in shown(app)
