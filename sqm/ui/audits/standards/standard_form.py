"""Set a standard from a month on, for everybody; the same form for one district or store, which a rule of use refuses.

The attempt for one place is kept as a way of its own so that whoever looks for it learns the rule, and is in the trail.
"""

from datetime import date

import streamlit as st

from sqm.rules.audits import audit_standards
from sqm.rules.audits.audit_standards import COMPANY, Held, Standard
from sqm.rules.decisions import Draft
from sqm.rules.periods import add_months, month_of
from sqm.ui import blocks, formats
from sqm.ui.audits import data_audits
from sqm.ui.audits.standards import standard_words
from sqm.ui.decisions import back_form, deciding, drawn_log, open_form, told
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import _, name

_AHEAD = 12
_STANDARD, _VALUE, _MONTH, _REASON, _PLACE = (
    f"standard_{what}" for what in ("name", "value", "month", "reason", "place")
)
_SHARES = frozenset({Standard.SAMPLED_SHARE})


def show(viewer: Viewer, is_local: bool, today: date) -> None:
    """is_local: for one district or store."""
    months = [add_months(month_of(today), step) for step in range(_AHEAD)]
    drawn_log.open_form("standard")
    with st.container(border=True, key="standard_form"):
        blocks.subtitle(_("Set a standard for a district or store") if is_local else _("Set a standard"))
        if is_local:
            blocks.footnote(
                _("Pass marks are set once, by the province. What you try here is refused and written down.")
            )
        with st.container(horizontal=True):
            options = list(Standard)
            st.selectbox(_("Standard"), options, format_func=standard_words.title, key=_STANDARD)
            chosen = Standard(st.session_state.get(_STANDARD) or options[0])
            now = _now(chosen, months[0])
            st.number_input(_label(chosen), min_value=0.0, value=now, step=1.0, format="%g", key=f"{_VALUE}_{chosen}")
        with st.container(horizontal=True):
            if is_local:
                places = _places(viewer)
                st.selectbox(_("For"), list(places), format_func=lambda code: places[code], key=_PLACE)
            st.selectbox(_("From month"), months, format_func=formats.month, key=_MONTH)
            st.text_input(_("Reason"), key=_REASON, max_chars=300)
        with st.container(horizontal=True):
            st.button(_("Record"), type="primary", key="standard_record", on_click=_record, args=(viewer, is_local))
            st.button(_("Close"), key="standard_close", on_click=close)


def _now(chosen: Standard, month: date) -> float:
    held = data_standards.value(chosen, month)
    value = 0.0 if held is None else held
    return value * 100.0 if chosen in _SHARES else value


def _label(chosen: Standard) -> str:
    return _("Value, %") if chosen in _SHARES else _("Value")


def _places(viewer: Viewer) -> dict[str, str]:
    """district:D1 or store:S1 -> name; only what the viewer sees."""
    districts = {f"district:{code}": name(row) for code, row in data_audits.districts(viewer.scope).items()}
    stores = {
        f"store:{code}": f"{data_audits.store_name(code, viewer.scope)} {code}"
        for code in data_audits.stores(viewer.scope)
    }
    return districts | stores


def _draft(is_local: bool) -> Draft:
    state = st.session_state
    chosen = Standard(state[_STANDARD])
    typed = float(state.get(f"{_VALUE}_{chosen}") or 0.0)
    value = typed / 100.0 if chosen in _SHARES else typed
    level, _colon, code = str(state.get(_PLACE) or "").partition(":") if is_local else (COMPANY, "", "")
    return audit_standards.set_standard(chosen, value, state[_MONTH], str(state.get(_REASON) or ""), level, code)


def _record(viewer: Viewer, is_local: bool) -> None:
    try:
        draft = _draft(is_local)
    except ValueError:
        told.keep(_("Nothing was recorded: the reason is missing."))
        return
    if deciding.record(viewer, draft):
        close()


def take_back(viewer: Viewer, found: Held) -> None:
    """One question before a version goes."""
    value, month = standard_words.value(found.standard, found.value), formats.month(found.valid_from)
    what = _("Take back: {what}", what=f"{standard_words.title(found.standard)}, {value}, {month}")
    back_form.ask(viewer, found.decision_id, what, "standard", close)


def close() -> None:
    """Shut the form and forget what was typed."""
    values = (f"{_VALUE}_{each}" for each in Standard)
    open_form.shut(("set", "unset"), (_STANDARD, _MONTH, _REASON, _PLACE, *values))
