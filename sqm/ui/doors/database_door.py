"""The database of this process: opened once, and built first if it is the demo and not there yet."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from sqm import config
from sqm.database import start
from sqm.database.connection import Database
from sqm.ui.words import _

_WAIT = 0.1  # seconds between two looks at the progress


@dataclass
class _Opening:
    """The work of one thread, looked at by every visitor who waits. fraction runs from 0 to 1."""

    fraction: float = 0.0
    database: Database | None = None
    failure: Exception | None = None
    done: threading.Event = field(default_factory=threading.Event)


_lock = threading.Lock()
_openings: dict[str, _Opening] = {}  # by path: one in service, several in tests
_followers: list[Callable[[Database], None]] = []


def database() -> Database:
    """The open database; the first visitors of a new installation see how far its building is.

    All who come meanwhile wait for the same build. A failed opening is tried again by the next visitor.
    """
    opening = _begin()
    if not opening.done.is_set():
        _show_progress(opening)
    if opening.failure is not None:
        raise opening.failure
    if opening.database is None:
        raise RuntimeError("the opening ended without a database")
    return opening.database


def opened(seconds: float) -> Database | None:
    """For those who are no visitors: the database, or None while it is still being opened after some seconds. Raises
    why it could not be opened; the next question tries again."""
    opening = _begin()
    if not opening.done.wait(seconds):
        return None
    if opening.failure is not None:
        raise opening.failure
    return opening.database


def when_opened(follow: Callable[[Database], None]) -> None:
    """Call follow with every database that is opened from now on."""
    _followers.append(follow)


def _begin() -> _Opening:
    settings = config.load()
    with _lock:
        opening = _openings.get(settings.database)
        if opening is None or opening.failure is not None:
            opening = _openings[settings.database] = _Opening()
            threading.Thread(target=_open, args=(opening, settings), name="open-database", daemon=True).start()
        return opening


def _open(opening: _Opening, settings: config.Settings) -> None:
    def advance(fraction: float) -> None:
        opening.fraction = min(max(fraction, 0.0), 1.0)

    try:
        opening.database = start.open_database(settings, advance)
        for follow in _followers:
            follow(opening.database)
    except Exception as failure:  # noqa: BLE001 - handed to the waiting visitors, who show it
        opening.failure = failure
    finally:
        opening.done.set()


def _show_progress(opening: _Opening) -> None:
    if opening.done.wait(0.5):  # an existing file opens at once: no flicker
        return
    text = _("Preparing the demonstration data. This happens once and takes a few seconds.")
    place = st.empty()
    bar = place.progress(0.0, text)
    while not opening.done.wait(_WAIT):
        bar.progress(opening.fraction, text)
        time.sleep(0)  # let Streamlit stop this run when the visitor leaves
    place.empty()
