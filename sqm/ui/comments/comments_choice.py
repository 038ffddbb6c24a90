"""What the page of comments shows: survey, months, process, place, score and words; from address and filters."""

import streamlit as st

from sqm.rules.periods import month_range
from sqm.rules.surveys.comment_topics import Topic
from sqm.ui import address, filters
from sqm.ui.comments import data_comments
from sqm.ui.comments.choice import Choice
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Names, Places
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, language, n_, name

SPANS = (1, 3, 6, 12)
UNSATISFIED = "unsatisfied"
LONGEST_SEARCH = 60
A_PAGE = 25
_MOST_STORES = 40  # a longer list is no choice


def choose(viewer: Viewer, names: Names) -> Choice | None:
    """Draws the filters; None when nobody wrote anything."""
    surveys = data_comments.held()
    if not surveys:
        return None
    places = data_names.places(viewer.scope)
    with st.container(key="filters", horizontal=True):
        codes = list(surveys)
        rows = [names.surveys.get(code, {"survey_code": code, "name_en": code}) for code in codes]
        held = surveys[filters.survey(rows) if len(rows) > 1 else codes[0]]
        month = filters.month(month_range(held.first, held.last))
        span = filters.choice("back", _("Period"), [str(each) for each in SPANS], _span)
    with st.container(key="comments_filters", horizontal=True):
        listed = list(names.processes.values())
        process = filters.coded("process", _("Process of the lowest score"), listed, "process_code", _("All processes"))
        district = filters.district(list(places.districts.values()))
        store = _store(places, district)
        score = filters.choice("score", _("Customers"), ["", UNSATISFIED], _score)
        search = _search()
    topic = filters.unseen("topic", ["", *Topic], "")
    return Choice(held.survey_code, month, int(span), process, district, store, score == UNSATISFIED, topic, search)


def sheet(chosen: Choice, rows: int) -> int:
    """The page in force, from 1. Another choice begins at its first page."""
    pages = [sheet_code(chosen, page) for page in range(1, -(-rows // A_PAGE) + 1)]
    at = filters.unseen("at", pages, "")
    return pages.index(at) + 1 if at in pages else 1


def sheet_code(chosen: Choice, page: int) -> str:
    return f"{chosen.mark}-{page}"


def _span(code: str) -> str:
    return n_("{n} month", "{n} months", int(code))


def _score(code: str) -> str:
    return _("Not satisfied") if code else _("All customers")


def _store(places: Places, district: str) -> str:
    """Stores of the chosen district; a viewer of few stores chooses among them at once."""
    rows = [row for row in places.stores.values() if not district or row["district_code"] == district]
    if not district and len(rows) > _MOST_STORES:
        return filters.ALL
    return filters.coded("store", _("Store"), sorted(rows, key=name), "store_code", _("All stores"))


def _search() -> str:
    """The words in force. A text field answers in what is typed, so it needs no code."""
    value = address.written("words", LONGEST_SEARCH)
    widget = f"filter_words_{language()}"
    if st.session_state.get(widget) != value:
        st.session_state[widget] = value
    st.text_input(
        _("Words in the comment"),
        key=widget,
        max_chars=LONGEST_SEARCH,
        placeholder=_("such as queue"),
        on_change=_take,
        args=(widget,),
    )
    return value.strip()


def _take(widget: str) -> None:
    address.choose("words", str(st.session_state.get(widget) or "")[:LONGEST_SEARCH])
