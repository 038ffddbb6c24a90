"""Every page opens with ``viewer = begin("its name")``: the guard, the title, and what stands on every page."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from sqm.rules.access import Page, may_open
from sqm.ui import address, frame, navigation
from sqm.ui.decisions import data_decisions, drawn_log
from sqm.ui.doors import data
from sqm.ui.home.tasks import task_count
from sqm.ui.said import closed_pages, incidents, notices, recovery_notice
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _

__all__ = ["Viewer", "begin", "gate", "run"]

_passed: ContextVar[Viewer | None] = ContextVar("passed", default=None)
_asked: ContextVar[str] = ContextVar("asked", default="")


def run(chosen: st.Page, viewer: Viewer) -> None:
    """Run a page for a viewer whom main.py has let in. A page that ends early still gets its frame."""
    with (
        incidents.caught(),
        data.one_state(),
        data.in_time(),
        drawn_log.drawing(data_decisions.last()),
        gate(viewer, chosen.url_path),
        suppress(StopException),
    ):
        chosen.run()


@contextmanager
def gate(viewer: Viewer, page_name: str = "") -> Iterator[None]:
    """main.py runs the page inside this block. The mark ends with the block, so it cannot outlive the script run."""
    tokens = _passed.set(viewer), _asked.set(page_name)
    try:
        yield
    finally:
        _passed.reset(tokens[0])
        _asked.reset(tokens[1])


def begin(page_name: str, needs_data: bool = True) -> Viewer:
    """Let the viewer in or stop the run.

    A page that main.py did not start, or that the role may not open, shows a sentence and nothing of itself. A page
    that needs data shows what is missing as long as the database is empty.
    """
    viewer = _passed.get()
    if viewer is None or not may_open(viewer.role, page_name):
        refuse(page_name)
        st.stop()
    address.arrive(page_name)
    waiting = None if page_name == Page.HOME else task_count.known(viewer.role, viewer.scope, date.today())
    frame.around(page_name, navigation.title(page_name), notices.strip(), waiting)
    recovery_notice.show(viewer)
    if needs_data:
        notices.stop_when_empty(viewer)
    return viewer


def refuse(page_name: str) -> None:
    """What a viewer sees on an address that the role may not open: the rule of use, if one closes it."""
    viewer = _passed.get()
    told = closed_pages.sentence(viewer, page_name) if viewer is not None else ""
    st.info(told or _("Your role may not open this page."))


def stand_in() -> None:
    """The script at an address that the role may not open: the frame, and the sentence."""
    frame.around(navigation.ENTRIES[0].name)
    refuse(_asked.get())
