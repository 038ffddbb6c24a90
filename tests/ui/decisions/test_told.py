"""What a press did is said once, on the page of the press, in its place there."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from sqm.ui import address
    from sqm.ui.decisions import told

    def press() -> None:
        told.keep("Recorded.")
        told.keep("Erased.", "erase")

    address.arrive(st.session_state.get("page_name", "one"))
    told.say()
    st.text(told.take("erase") if st.session_state.get("has_two_places", True) else "")
    st.button("Press", on_click=press)


def _said(app: AppTest) -> tuple[bool, str]:
    return any("Recorded." in element.proto.body for element in app.get("html")), app.text[0].value


def test_it_is_said_once_and_each_place_says_its_own() -> None:
    app = AppTest.from_function(_page).run()
    assert _said(app) == (False, "")
    assert _said(app.button[0].click().run()) == (True, "Erased.")
    assert _said(app.run()) == (False, "")


def test_another_page_does_not_say_it() -> None:
    app = AppTest.from_function(_page).run()
    app.session_state["has_two_places"] = False
    app.button[0].click().run()  # its second place is not drawn: what it would say waits there
    app.session_state["has_two_places"], app.session_state["page_name"] = True, "two"
    assert _said(app.run()) == (False, "")
    app.session_state["page_name"] = "one"
    assert _said(app.run()) == (False, "Erased.")
