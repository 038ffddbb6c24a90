"""Show one comment unmasked, with the phone number for a call back: to the role that may, with a reason, once.

What is revealed is drawn in the run in which the button was pressed, and kept in no state and no cache: the next click
on anything takes it away.
"""

import streamlit as st

from sqm import config
from sqm.database.batches.uploads import Uploads
from sqm.database.privacy import revealing
from sqm.database.privacy.revealing import Revealed
from sqm.errors import SqmError
from sqm.intake import limits
from sqm.rules.access import Action, may
from sqm.ui import address, blocks, filters
from sqm.ui.comments import data_comments
from sqm.ui.comments.choice import Choice
from sqm.ui.decisions import decision_texts
from sqm.ui.doors.data import database
from sqm.ui.doors.data_names import Record
from sqm.ui.signing import rights
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _

_REASON = "reveal_reason"


def code(row: Record) -> str:
    """Which answer a comment belongs to, as its link says it."""
    return f"{row['batch_id']}.{row['source_row']}"


def show(viewer: Viewer, chosen: Choice) -> None:
    """The form of the comment that a link names, for who may; nothing else."""
    if not may(viewer.role, Action.REVEAL_CONTACT):
        return
    rows = {code(row): row for row in data_comments.group(viewer.scope, chosen).rows}
    wanted = filters.unseen("reveal", list(rows), "")
    if not wanted:
        return
    row = rows[wanted]
    with st.container(border=True, key="reveal"):
        blocks.subtitle(_("Show one comment unmasked, with the phone number if the file has one"))
        blocks.pair("", str(row["comment"]))
        reason = st.text_input(
            _("Reason"), key=f"{_REASON}:{wanted}", max_chars=300, placeholder=_("such as: call back about a complaint")
        )
        with st.container(horizontal=True):
            is_pressed = st.button(_("Show once"), type="primary", key="reveal_now")
            st.button(_("Close"), key="reveal_close", on_click=_close)
        if is_pressed:
            _draw(viewer, row, reason)
        blocks.footnote(
            _("Your name, this comment and the reason are written into the trail before anything is shown.")
        )


def reveal(viewer: Viewer, batch_id: str, source_row: int, reason: str) -> Revealed:
    """The door: asks for the right again. Raises what revealing.reveal raises, and not_allowed."""
    viewer = rights.require(viewer, Action.REVEAL_CONTACT)
    settings = config.load()
    return revealing.reveal(
        database(),
        Uploads(settings.uploads),
        limits.of(settings),
        viewer.name,
        str(viewer.role),
        batch_id,
        source_row,
        reason,
    )


def _draw(viewer: Viewer, row: Record, reason: str) -> None:
    try:
        told = reveal(viewer, str(row["batch_id"]), int(row["source_row"]), reason)
    except SqmError as refused:
        blocks.said(decision_texts.sentence(refused))
        return
    blocks.facts(
        (_("Phone"), told.phone or _("the file has none")),
        (_("What the customer wrote"), told.comment or "–"),
    )


def _close() -> None:
    address.choose("reveal", "")
    for key in [key for key in st.session_state if str(key).startswith(_REASON)]:
        del st.session_state[key]
