"""Filters: codes in the address, only allowed values, the same choice on the next page and in the other language."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    from enum import StrEnum

    import streamlit as st

    from sqm.ui import address, filters, frame

    address.start()
    frame.settle_language()
    address.arrive(st.session_state.get("page_name", "one"))
    rows = [
        {"district_code": "D1", "name_en": "East", "name_zh": "东区"},
        {"district_code": "D2", "name_en": "West", "name_zh": "西区"},
    ]
    district = filters.district(rows[: st.session_state.get("allowed", 2)])
    kinds = list(StrEnum("Kind", {"A": "a", "B": "b"})) if "members" in st.session_state else ["a", "b"]
    kind = filters.choice("kind", "Kind", kinds, str.upper, kinds[0], segmented=True)
    st.text(f"{district or 'all'} {kind}")
    address.write()


def _app(**query: str) -> AppTest:
    app = AppTest.from_function(_page)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def test_a_choice_goes_into_the_address_and_back_to_the_default_out_of_it() -> None:
    app = _app()
    assert app.text[0].value == "all a" and not dict(app.query_params)
    app.selectbox(key="filter_district_en").select("D2").run()
    assert app.text[0].value == "D2 a" and app.query_params["district"] == "D2"
    app.selectbox(key="filter_district_en").select("").run()
    assert app.text[0].value == "all a" and not dict(app.query_params)


def test_the_address_decides_and_unknown_values_and_names_are_dropped() -> None:
    assert _app(district="D1").text[0].value == "D1 a"
    app = _app(district="D9", junk="1")
    assert app.text[0].value == "all a" and not dict(app.query_params)


def test_a_value_that_is_no_longer_allowed_is_dropped() -> None:
    app = _app(district="D2")
    app.session_state["allowed"] = 1
    app.run()
    assert app.text[0].value == "all a" and not dict(app.query_params)


def test_the_choice_survives_a_page_switch_that_empties_the_address() -> None:
    app = _app(district="D2")
    app.query_params.clear()
    app.session_state["page_name"] = "two"
    app.run()
    assert app.text[0].value == "D2 a" and app.query_params["district"] == "D2"


def test_emptying_the_address_on_the_same_page_resets_as_the_back_button_does() -> None:
    app = _app(district="D2")
    app.query_params.clear()
    app.run()
    assert app.text[0].value == "all a"


def test_the_choice_survives_a_change_of_language() -> None:
    app = _app(district="D2")
    app.session_state["address.choices"]["lang"] = "zh"  # what a click on the switch does
    app.run()
    assert app.selectbox(key="filter_district_zh").label == "区县"
    assert app.text[0].value == "D2 a" and app.query_params["lang"] == "zh"


def test_the_language_survives_an_address_without_it() -> None:
    """A page switch empties the address before the new page is known."""
    app = _app()
    app.session_state["address.choices"]["lang"] = "zh"  # what a click on the switch does
    app.run()
    app.query_params.clear()
    app.session_state["page_name"] = "two"
    assert app.run().selectbox[0].label == "区县"
    assert app.query_params["lang"] == "zh"


def test_the_browser_decides_the_language_of_a_first_visit() -> None:
    app = AppTest.from_function(_page)
    app.context = {"locale": "zh-TW"}
    assert app.run().selectbox[0].label == "区县"


def test_what_a_widget_still_says_when_somebody_goes_back_twice_is_no_choice() -> None:
    """The second Back can leave the browser before the buttons have drawn what the first one set."""
    app = _app(district="D2", kind="b")
    del app.query_params["kind"]
    app.run()
    assert app.text[0].value == "D2 a"
    app.query_params.clear()
    app.segmented_control(key="filter_kind_en").set_value("b").run()
    assert app.text[0].value == "all a" and not dict(app.query_params)
    app.segmented_control(key="filter_kind_en").set_value("b").run()
    assert app.text[0].value == "all b" and dict(app.query_params) == {"kind": "b"}


def test_a_filter_of_an_enumeration_leaves_what_a_page_with_plain_codes_can_read() -> None:
    app = AppTest.from_function(_page)
    app.session_state["members"] = True
    app.run()
    del app.session_state["members"]
    app.session_state["page_name"] = "two"
    assert not app.run().exception
    assert app.text[0].value == "all a"
