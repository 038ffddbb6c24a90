"""Propose an indicator that is observed only."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from sqm.rules.values import Kind
from sqm.ui import blocks
from sqm.ui.decisions import deciding, open_form, told
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Names
from sqm.ui.editions import data_editions, editions_words
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, name

_PREFIX = "proposed_"
_TEXTS = ("name_en", "name_zh", "definition_en", "definition_zh", "why")
_CHOICES = ("process_code", "dimension_code", "kind", "unit", "direction", "department_code", "source_system")
_PER = {"per_10k": 10_000.0, "per_million": 1_000_000.0}
_DECIMALS = {Kind.SHARE: 1, Kind.MEAN: 1, Kind.RATE: 2, Kind.COUNT: 0, Kind.LEVEL: 0}
OPERATIONS = "operations"


def show(viewer: Viewer, process: str) -> None:
    """The form, in a box of its own under the heading of the proposals. process: the one to begin with, or ''."""
    names = data_names.names()
    processes = {code: name(row) for code, row in names.processes.items()}
    with st.container(border=True, key="editions_propose"):
        blocks.subtitle(_("Propose an indicator"))
        for what, english, chinese in (
            ("name", _("Name in English"), _("Name in Chinese")),
            ("definition", _("Definition in English"), _("Definition in Chinese")),
        ):
            with st.container(horizontal=True):
                st.text_input(english, key=f"{_PREFIX}{what}_en", max_chars=300)
                st.text_input(chinese, key=f"{_PREFIX}{what}_zh", max_chars=300)
        with st.container(horizontal=True):
            first = list(processes).index(process) if process in processes else 0
            process = _coded("process_code", _("Process"), processes, first)
            dimensions = {code: name(row) for code, row in names.dimensions.items()}
            _coded("dimension_code", _("Dimension"), dimensions, list(names.dimensions).index(OPERATIONS))
            _coded("department_code", _("Owner"), _owners(names, process))
            _coded("source_system", _("Source"), _sources(names))
        with st.container(horizontal=True):
            kind = _coded("kind", _("Measured as"), {str(each): editions_words.kind(each) for each in _DECIMALS})
            units = editions_words.UNITS[Kind(kind)]
            _coded("unit", _("Unit"), {code: editions_words.unit(code) for code in units})
            directions = ("higher", "lower", "range")
            _coded("direction", _("Direction"), {code: editions_words.direction(code) for code in directions})
        st.text_input(_("Why it should be watched"), key=f"{_PREFIX}why", max_chars=300)
        blocks.footnote(
            _("One language is enough; it then stands for both."),
            _("A proposed indicator is observed only: it counts for no appraisal."),
        )
        with st.container(horizontal=True):
            st.button(_("Propose the indicator"), type="primary", on_click=_propose, args=(viewer,))
            st.button(_("Close"), key="proposal_close", on_click=close)


def close() -> None:
    """Shut the forms of the page, and forget what was typed."""
    open_form.shut(("new", "answer"), (f"{_PREFIX}{each}" for each in (*_TEXTS, *_CHOICES)))


def _coded(key: str, label: str, shown: dict[str, str], index: int = 0) -> str:
    """A list of codes shown by name. A choice that is no longer offered (a unit of another kind) is dropped."""
    widget = f"{_PREFIX}{key}"
    if st.session_state.get(widget) not in shown:
        st.session_state.pop(widget, None)
    options: Sequence[str] = list(shown)
    chosen = st.selectbox(label, options, index=index, format_func=lambda code: shown.get(code, code), key=widget)
    return str(chosen)


def _owners(names: Names, process: str) -> dict[str, str]:
    """Departments that own the process first."""
    first = [str(row["department_code"]) for row in names.owners.get(process, ())]
    return {code: names.department(code) for code in dict.fromkeys([*first, *names.departments])}


def _sources(names: Names) -> dict[str, str]:
    known = {code: name(row) for (kind, code), row in names.labels.items() if kind == "source_system"}
    return {"": _("not known yet")} | known


def _propose(viewer: Viewer) -> None:
    said: dict[str, Any] = {key: str(st.session_state.get(f"{_PREFIX}{key}") or "") for key in (*_TEXTS, *_CHOICES)}
    why = said.pop("why").strip()
    if not (said["name_en"].strip() or said["name_zh"].strip()) or not why:
        told.keep(_("Nothing was recorded: an indicator needs a name, and a reason to watch it."))
        return
    said |= {"per": _PER.get(said["unit"], 1.0), "decimals": _DECIMALS[Kind(said["kind"])]}
    proposed = _("Proposed. It waits for the quality department.")
    if deciding.record(viewer, data_editions.draft(said, why), success=proposed):
        close()
