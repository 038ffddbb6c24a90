"""The trail: who did what and when, with filters; whether its chain holds; and a copy to take along."""

import io

import pandas as pd
import streamlit as st

from sqm.database.safety import trail
from sqm.reports.harmless import harmless_frame
from sqm.rules.access import Action
from sqm.ui import blocks, formats
from sqm.ui.decisions import people
from sqm.ui.doors.data import database
from sqm.ui.markup import block_title, cell, el, table
from sqm.ui.people import trail_words
from sqm.ui.signing import rights
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, n_

_READ, _SHOWN = 5_000, 60
_CHECKED = "trail.checked"


def show(viewer: Viewer) -> None:
    """Only for the role that may: the page asks before."""
    rights.require(viewer, Action.READ_TRAIL)
    everything = trail.entries(database(), _READ)
    title = n_("{n} entry in the trail", "{n} entries in the trail", len(everything))
    if len(everything) == _READ:
        title = _("The latest {n} entries of the trail", n=f"{_READ:,}")
    blocks.html(block_title(title, _("who did what and when (UTC); nothing in it is ever changed or deleted")))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.selectbox(_("Who"), ["", *_values(everything, "who")], format_func=_who, key="trail_who")
        acts = ["", *_values(everything, "action")]
        action = st.selectbox(_("What was done"), acts, format_func=_act, key="trail_action")
        text = st.text_input(_("Object or detail contains"), key="trail_text", max_chars=100)
        st.button(_("Check the chain"), key="trail_check", on_click=_check, args=(viewer,))
    rows = _filtered(everything, who, action, text.strip())
    _say_checked()
    if rows.empty:
        blocks.empty(_("No entry is like that."))
        return
    blocks.html(_table(rows.head(_SHOWN)))
    more = len(rows) - _SHOWN
    blocks.footnote(
        n_("{n} more entry: narrow the filters", "{n} more entries: narrow the filters", more) if more > 0 else ""
    )
    st.download_button(
        _("Download these entries"),
        data=lambda: export(viewer, rows),
        file_name="trail.csv",
        mime="text/csv",
        on_click="ignore",
        key="trail_export",
    )


def export(viewer: Viewer, rows: pd.DataFrame) -> bytes:
    """A CSV that no spreadsheet runs, and an entry of its own."""
    viewer = rights.require(viewer, Action.READ_TRAIL)
    with database().write() as cursor:
        trail.add(cursor, viewer.name, "export", "trail", {"rows": len(rows)})
    target = io.BytesIO()
    target.write(b"\xef\xbb\xbf")  # so that Excel reads the Chinese
    harmless_frame(rows).to_csv(target, index=False)
    return target.getvalue()


def _values(rows: pd.DataFrame, column: str) -> list[str]:
    return sorted({str(value) for value in rows[column]})


def _who(who: str) -> str:
    return people.called(who) if who else _("all")


def _act(action: str) -> str:
    return trail_words.action(action) if action else _("all")


def _filtered(rows: pd.DataFrame, who: str, action: str, text: str) -> pd.DataFrame:
    keep = pd.Series(True, index=rows.index)
    if who:
        keep &= rows["who"] == who
    if action:
        keep &= rows["action"] == action
    if text:
        both = rows["object"].astype(str) + " " + rows["detail"].astype(str)
        keep &= both.str.contains(text, case=False, regex=False)
    return rows[keep]


def _table(rows: pd.DataFrame) -> str:
    titles = [_("No."), _("When (UTC)"), _("Who"), _("What was done"), _("Object"), _("Detail")]
    body = [
        el(
            "tr",
            cell(str(row.sequence), titles[0]),
            cell(formats.moment(pd.Timestamp(str(row.happened_at)).to_pydatetime()), titles[1]),
            cell(people.called(str(row.who)), titles[2]),
            cell(trail_words.action(str(row.action)), titles[3]),
            cell(str(row.object), titles[4]),
            cell(trail_words.detail(str(row.detail)), titles[5]),
        )
        for row in rows.itertuples()
    ]
    return table([el("th", each) for each in titles], body, "sqm-trail")


def _check(viewer: Viewer) -> None:
    rights.require(viewer, Action.READ_TRAIL)
    st.session_state[_CHECKED] = trail.check(database())


def _say_checked() -> None:
    checked = st.session_state.pop(_CHECKED, None)
    if checked is None:
        return
    count, broken = checked
    if not broken:
        blocks.said(n_("Checked: {n} entry, the chain holds.", "Checked: {n} entries, the chain holds.", count))
        return
    first = broken[0].sequence
    blocks.said(
        n_(
            "Checked: {n} fault, the first at entry {first}.",
            "Checked: {n} faults, the first at entry {first}.",
            len(broken),
            first=first,
        )
    )
