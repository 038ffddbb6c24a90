"""Look as: what the form offers, what a choice shows, and that no address chooses for anybody."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.rules.access import NOTHING, Role, Scope
from sqm.ui.signing.look_as import Place
from sqm.ui.words import use
from tests.pages.conftest import Open, shown

ASKED = "look_as.asked"


def look(app: AppTest, role: Role, lang: str = "en", district: str = "", store: str = "") -> AppTest:
    """Open the form, choose, and press the button."""
    with use(lang):
        app.session_state[ASKED] = True
        app.run()
        app.selectbox(key="look_as.role").set_value(role).run()
        if district:
            app.selectbox(key="look_as.district").set_value(district).run()
        if store:
            app.selectbox(key="look_as.store").set_value(store).run()
        app.button(key="look_as.done").click().run()
    return app


@pytest.mark.parametrize(
    ("lang", "called", "told", "asks"),
    [
        ("en", "analyst", "No sign-in is set up: this server answers on this machine only.", "Look as"),
        ("zh", "分析员", "尚未配置登录：本服务仅限本机访问。", "切换查看身份"),
    ],
)
def test_the_frame_says_who_looks_and_that_nobody_signs_in(
    open_page: Open, lang: str, called: str, told: str, asks: str
) -> None:
    page = shown(open_page("home", lang, role="analyst"))
    assert told in page
    assert f'title="{asks}">{called} ▾</a>' in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_manager_of_one_store_sees_that_store(open_page: Open, lang: str) -> None:
    app = look(open_page("home", lang, role="analyst"), Role.STORE_MANAGER, lang, "D1", "S2")
    assert not app.exception
    chosen = app.session_state["look_as.chosen"]
    assert chosen.scope == Scope(frozenset({"D1"}), frozenset({"S2"}))
    who = {"en": "store manager: ", "zh": "营业厅经理："}[lang]
    assert f">{who}" in shown(app)
    assert not any(each.key == "look_as.role" for each in app.selectbox), "the form is closed"


def test_only_the_stores_of_the_district_are_offered(open_page: Open) -> None:
    app = open_page("home", role="analyst")
    app.session_state[ASKED] = True
    app.run()
    app.selectbox(key="look_as.role").set_value(Role.STORE_MANAGER).run()
    offered = set()
    for code in ("D1", "D2"):
        app.selectbox(key="look_as.district").set_value(code).run()
        offered.add(tuple(app.selectbox(key="look_as.store").options))
    assert len(offered) == 2 and all(offered)


@pytest.mark.parametrize("role", [Role.AUDITOR])
def test_a_role_without_pages_sees_the_sentence_and_may_choose_again(open_page: Open, role: Role) -> None:
    app = look(open_page("home", role="analyst"), role)
    assert "Auditors are a third party" in app.info[0].value
    assert "sqm-page-title" not in shown(app) and "sqm-who" in shown(app)
    assert "sqm-page-title" in shown(look(app, Role.QUALITY))


def test_no_address_chooses_a_role(open_page: Open) -> None:
    words = {"look_as": "quality", "look_as.role": "quality", "district": "D2"}
    app = open_page("home", role="store_manager", **words)
    assert "look_as.chosen" not in app.session_state
    assert ">store manager ▾</a>" in shown(app)


def test_a_store_manager_without_a_store_sees_nothing() -> None:
    assert Place(Role.STORE_MANAGER).scope == NOTHING


def test_the_pages_follow_the_choice(open_page: Open, operator_file: Path) -> None:
    app = look(open_page("home", role="executive"), Role.ANALYST)
    app.switch_page(str(Path(__file__).resolve().parents[2] / "pages" / "upload.py")).run()
    assert not app.exception and "sqm-page-title" in shown(app)
