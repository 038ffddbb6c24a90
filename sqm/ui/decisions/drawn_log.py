"""What this session has in front of it: up to which line of the log its page was drawn, and since when a form is open.

Buttons act before the page is drawn again, so what stands here then is what the viewer saw when pressing. A form keeps
what was typed while the page around it follows the data; it counts from when it was opened.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import streamlit as st

from sqm.rules.conflicts import Seen

_PAGE, _NOW, _FORMS, _DRAWN, _MINE = (f"decisions.{what}" for what in ("page", "now", "forms", "drawn", "mine"))


@contextmanager
def drawing(last: int) -> Iterator[None]:
    """Around a page that shows the log up to the line ``last``. A run that is cut short by the next one leaves what was
    seen before."""
    st.session_state.setdefault(_PAGE, last)
    st.session_state[_NOW], st.session_state[_DRAWN] = last, set()
    yield
    drawn = st.session_state[_DRAWN]
    st.session_state[_PAGE] = last
    st.session_state[_FORMS] = {form: at for form, at in _forms().items() if form in drawn}


def open_form(form: str) -> None:
    """Every form in which something is typed or chosen before it is recorded says so when it is drawn."""
    if _NOW in st.session_state:
        st.session_state[_FORMS] = {form: st.session_state[_NOW], **_forms()}
        st.session_state[_DRAWN].add(form)


def seen() -> Seen | None:
    """What the viewer saw when pressing; None before any page was drawn."""
    if _PAGE not in st.session_state:
        return None
    return Seen(min((st.session_state[_PAGE], *_forms().values())), frozenset(st.session_state.get(_MINE, ())))


def look_again() -> None:
    """After a conflict: the next drawing counts, for open forms too."""
    st.session_state[_FORMS] = {}


def made(decision_ids: Iterable[str]) -> None:
    """What this session has decided is no surprise to it."""
    st.session_state[_MINE] = (*st.session_state.get(_MINE, ()), *decision_ids)


def _forms() -> dict[str, int]:
    held: dict[str, int] = st.session_state.get(_FORMS, {})
    return held
