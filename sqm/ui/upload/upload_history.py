"""What has been stored, newest first, and undo."""

import pandas as pd
import streamlit as st

from sqm.errors import SqmError
from sqm.intake.recipe import Template
from sqm.rules.access import Action, may
from sqm.ui import blocks, formats
from sqm.ui.decisions import people, told
from sqm.ui.doors.data_names import names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.upload import problem_texts, upload_draft
from sqm.ui.upload.data_upload import history
from sqm.ui.words import N_, _, n_, name

_KINDS = {
    Template.SURVEY: N_("survey"),
    Template.INDICATOR: N_("indicators"),
    Template.STORES: N_("store register"),
    Template.TARGETS: N_("targets"),
    Template.VISITS: N_("store audits"),
    Template.VISIT_ITEMS: N_("store audits"),
}
_SHOWN = 10
_LIMIT = "upload.history_shown"


def show(viewer: Viewer) -> None:
    """The list of batches; each may be undone as long as no later one rests on it."""
    batches = history()
    blocks.block(
        n_("{n} file is stored", "{n} files are stored", len(batches)),
        _("newest first; undo restores the state from before the file exactly"),
    )
    if batches.empty:
        blocks.empty(
            _("No file has been uploaded yet."), _("Start with the store register, then surveys and indicator files.")
        )
        return
    limit = int(st.session_state.get(_LIMIT, _SHOWN))
    for row in batches.head(limit).to_dict("records"):
        _batch(viewer, {str(key): value for key, value in row.items()})
    if len(batches) > limit:
        st.button(_("Show more"), on_click=_more, args=(limit,), key="upload_history_more")


def _more(limit: int) -> None:
    st.session_state[_LIMIT] = limit + 5 * _SHOWN


def _batch(viewer: Viewer, row: dict[str, object]) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"upload_batch_{row['batch_id']}"):
        blocks.pair(str(row["file_name"]), _facts(row))
        if not row["may_undo"] or not may(viewer.role, Action.UNDO_BATCH):
            return
        with st.popover(_("Undo")):
            st.text(_("Take back every row of this file? The state from before is restored exactly."))
            st.button(
                _("Yes, undo"), type="primary", key=f"upload_undo_{row['batch_id']}", on_click=_undo, args=(viewer, row)
            )


def _undo(viewer: Viewer, row: dict[str, object]) -> None:
    try:
        upload_draft.undo(viewer, str(row["batch_id"]))
        told.keep(_("{file} was taken back.", file=str(row["file_name"])))
    except SqmError as refused:
        told.keep(problem_texts.sentence(refused))


def _facts(row: dict[str, object]) -> str:
    kind = _(_KINDS[Template(str(row["template"]))]) if row["template"] in set(Template) else str(row["template"])
    survey = name(names().surveys.get(str(row["survey_code"]), {})) or str(row["survey_code"])
    first, last = row["first_month"], row["last_month"]
    months = formats.months(_month(first), _month(last)) if pd.notna(first) else ""  # type: ignore[call-overload]
    rows = n_("{n} row", "{n} rows", int(str(row["rows_added"])))
    left_out = int(str(row["rows_rejected"]))
    said = [
        survey or kind,
        months,
        rows,
        n_("{n} left out", "{n} left out", left_out) if left_out else "",
        f"{pd.Timestamp(str(row['committed_at'])):%Y-%m-%d %H:%M} UTC",
        people.called(str(row["committed_by"])),
        "" if row["may_undo"] else _("later files rest on it"),
    ]
    return " · ".join(part for part in said if part)


def _month(value: object) -> pd.Timestamp:
    return pd.Timestamp(str(value))
