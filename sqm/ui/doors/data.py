"""The pages' doors to the database. Every door is cached, and the key is all that its answer depends on.

A cached answer is shared by all viewers. Therefore each door that touches stores, districts or respondents takes the
viewer's ``scope`` as an argument (never with a leading underscore, which would leave it out of the key), and each takes
the ``stamp``: which database, and how often it has changed. A commit or an undo changes the stamp, so nothing is stale.
"""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import NamedTuple

import streamlit as st

from sqm import config
from sqm.database import contents as contents_of
from sqm.database.connection import Database, answers_within
from sqm.database.contents import Contents
from sqm.database.safety import trail
from sqm.ui.doors import database_door

KEPT = 400  # answers kept by each door; the oldest goes first


class Stamp(NamedTuple):
    """Identifies a state of the data."""

    database: str
    version: int


_now: ContextVar[Stamp | None] = ContextVar("stamp", default=None)


def database() -> Database:
    """The open database. Only for doors in sqm/ui and for writes; pages call doors."""
    return database_door.database()


def stamp() -> Stamp:
    """The state of the data in this run."""
    held = _now.get()
    if held is not None:
        return held
    db = database()
    return Stamp(db.path, trail.last_sequence(db))


@contextmanager
def one_state() -> Iterator[None]:
    """Ask for the state of the data once, for all doors of a run."""
    token = _now.set(stamp())
    try:
        yield
    finally:
        _now.reset(token)


def in_time() -> AbstractContextManager[None]:
    """What a page reads ends within the setting SQM_QUERY_SECONDS, or it says that it took too long."""
    return answers_within(config.load().query_seconds)


def forget_all() -> None:
    """Empty every cache of this process: after an erasure, what it would not ask for again must not stay either."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("sqm."):
            for each in list(vars(module).values()):
                if str(getattr(each, "__module__", "")).startswith("sqm.") and hasattr(each, "cache_clear"):
                    each.cache_clear()
    st.cache_data.clear()


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _contents(at: Stamp) -> Contents:
    return contents_of.contents(database())


def contents() -> Contents:
    """Is there anything to show, and is it the demonstration?"""
    return _contents(stamp())
