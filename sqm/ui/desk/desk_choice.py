"""What the target desk shows, from links and filters: an indicator to propose for, a proposal, or the answer to one."""

from dataclasses import dataclass

import streamlit as st

from sqm.rules.access import Action, may
from sqm.rules.matrix.agreements import Proposal
from sqm.ui import address, filters
from sqm.ui.desk import data_desk
from sqm.ui.doors import data_names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _

_SHOWN = "desk.shown"


@dataclass(frozen=True)
class Choice:
    """indicator: its code, '' when none is chosen; opened: the proposal that stands open; counters: the viewer writes
    an answer to it."""

    indicator: str = ""
    opened: Proposal | None = None
    counters: bool = False


def choose(viewer: Viewer) -> Choice:
    """An indicator goes before a proposal, unless the proposal was asked for later."""
    _newest_wins()
    indicator = _indicator(viewer)
    found = Choice(indicator) if indicator else _proposal(viewer)
    if indicator:
        address.choose("proposal", "")
        address.choose("counter", "")
    st.session_state[_SHOWN] = (found.indicator, found.opened.proposal_id if found.opened else "")
    return found


def close() -> None:
    """Back to the list, from a button."""
    show("")


def show(proposal_id: str, counters: bool = False) -> None:
    """Open a proposal after a button was pressed, and nothing else."""
    address.choose("indicator", "")
    address.choose("proposal", proposal_id)
    address.choose("counter", "1" if counters else "")


def _newest_wins() -> None:
    """A link from elsewhere names one of them; what this session looked at before gives way."""
    before = st.session_state.get(_SHOWN, ("", ""))
    asked = tuple(st.query_params.get(name, "") for name in ("indicator", "proposal"))
    if asked[0] and asked[0] != before[0] and not asked[1]:
        address.choose("proposal", "")
    if asked[1] and asked[1] != before[1] and not asked[0]:
        address.choose("indicator", "")


def _indicator(viewer: Viewer) -> str:
    names = data_names.names()
    codes = ["", *names.indicators]
    if not may(viewer.role, Action.PROPOSE_TARGET):
        return filters.unseen("indicator", codes, "")
    with st.container(key="filters", horizontal=True):
        return filters.choice(
            "indicator",
            _("Propose a target for"),
            codes,
            lambda code: names.indicator(code) if code else _("choose an indicator …"),
        )


def _proposal(viewer: Viewer) -> Choice:
    every = data_desk.proposals(viewer.scope)
    opened = every.get(filters.unseen("proposal", ["", *every], ""))
    if opened is None:
        return Choice()
    counters = data_desk.may_answer(viewer, opened) and filters.unseen("counter", ["", "1"], "") == "1"
    return Choice("", opened, counters)
