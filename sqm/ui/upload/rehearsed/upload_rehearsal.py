"""Steps 4 and 5: what a commit would change, in words; the commit; what it did."""

from typing import Any

import pandas as pd
import streamlit as st

from sqm.database.batches.rehearsal import Rehearsal
from sqm.database.batches.staging import Outcome
from sqm.errors import SqmError
from sqm.intake.recipe import AUDITS, Template
from sqm.rules.targets import Status
from sqm.ui import blocks, formats, navigation, status_style
from sqm.ui.decisions import told
from sqm.ui.doors.data_names import names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.upload import problem_texts, upload_draft
from sqm.ui.upload.rehearsed import outcome_texts, upload_targets, upload_visits
from sqm.ui.upload.upload_draft import Draft
from sqm.ui.words import _, n_, name

_LISTED = 30


def rehearse(viewer: Viewer, draft: Draft) -> None:
    """Draw step 4. Nothing is stored before its button."""
    found = draft.rehearsal
    if found is None:
        return
    blocks.block(_("Nothing is stored yet. This is what would change."), draft.upload.file_name)
    brought = upload_visits.brought(found.visited) if found.visited is not None else []
    blocks.bullets([*_sentences(draft, found.outcome), *brought])
    if found.visited is not None:
        upload_visits.moved(found.visited)
    _conflicts(viewer, draft, found.outcome)
    if draft.recipe.template is Template.TARGETS:
        upload_targets.changed(found.targets)
    if found.visited is None:
        changes(found)
    with st.container(horizontal=True):
        label = _commit_label(draft, found.outcome)
        if st.button(label, type="primary", disabled=not found.outcome.rows_added, key="upload_commit"):
            _commit(viewer, draft)
        st.button(_("Back to the check"), on_click=upload_draft.back_to, args=("check",), key="upload_rehearse_back")
        st.button(_("Cancel"), on_click=upload_draft.abandon, key="upload_rehearse_abandon")


def _commit(viewer: Viewer, draft: Draft) -> None:
    try:
        with st.spinner(_("Storing …")):
            upload_draft.commit(viewer, draft)
    except SqmError as refused:  # somebody else was faster, or the right is gone
        told.keep(problem_texts.sentence(refused))
        upload_draft.back_to("check")
    st.rerun()


def _commit_label(draft: Draft, outcome: Outcome) -> str:
    if draft.recipe.template in AUDITS:
        return n_("Commit {n} visit", "Commit {n} visits", outcome.rows_added)
    return n_("Commit {n} row", "Commit {n} rows", outcome.rows_added)


def _sentences(draft: Draft, outcome: Outcome) -> list[str]:
    return outcome_texts.of_visits(outcome) if draft.recipe.template in AUDITS else outcome_texts.of_rows(outcome)


def _conflicts(viewer: Viewer, draft: Draft, outcome: Outcome) -> None:
    if not outcome.rows_conflicting or draft.recipe.template is Template.TARGETS:
        return
    chosen = st.checkbox(
        n_(
            "Replace the stored row by the one in this file",
            "Replace the {n} stored rows by those in this file",
            outcome.rows_conflicting,
        ),
        value=draft.replace_stored,
        key=f"upload_replace_{draft.upload.upload_id}",
    )
    if bool(chosen) is not draft.replace_stored:
        upload_draft.rehearse(viewer, draft, bool(chosen))
        st.rerun()


def changes(found: Rehearsal) -> None:
    """Cells of the matrix and indicators whose status would be another."""
    if found.flips.empty:
        blocks.footnote(_("No indicator changes its status."))
        return
    known = names()
    if not found.cells.empty:
        blocks.block(
            n_("{n} cell of the matrix changes", "{n} cells of the matrix change", len(found.cells)), _("worst first")
        )
        blocks.rows_html(
            [_("Process"), _("Dimension"), _("Month"), _("Now"), _("Then")],
            [
                (
                    blocks.safe(name(known.processes.get(row["process_code"], {}))),
                    blocks.safe(name(known.dimensions.get(row["dimension_code"], {}))),
                    blocks.safe(formats.month(row["month"])),
                    *_both(row),
                )
                for row in _worst_first(found.cells)
            ],
        )
    blocks.block(
        n_("{n} indicator changes", "{n} indicators change", len(found.flips)), _("whole company, worst first")
    )
    blocks.rows_html(
        [_("Indicator"), _("Month"), _("Now"), _("Then")],
        [
            (
                blocks.safe(known.indicator(str(row["indicator_code"]))),
                blocks.safe(formats.month(row["month"])),
                *_both(row, known.indicators.get(str(row["indicator_code"]))),
            )
            for row in _worst_first(found.flips)
        ],
    )
    if len(found.flips) > _LISTED:
        blocks.footnote(_("The first {n} are listed.", n=_LISTED))


def _worst_first(rows: pd.DataFrame) -> list[dict[str, Any]]:
    order = {str(status): place for place, status in enumerate((Status.MISSED, Status.NEAR, Status.MET))}
    ranked = rows.assign(rank=rows["status_after"].astype(str).map(order).fillna(len(order)))
    return [
        {str(key): value for key, value in row.items()}
        for row in ranked.sort_values(["rank", "month"]).head(_LISTED).to_dict("records")
    ]


def _both(row: dict[str, Any], indicator: dict[str, Any] | None = None) -> tuple[str, str]:
    """Status before and after as badges, with the value of an indicator beside."""
    shown = []
    for when in ("before", "after"):
        status = Status(str(row[f"status_{when}"]))
        text = status_style.badge(status)
        value = row.get(f"value_{when}")
        if indicator is not None and isinstance(value, (int, float)):
            number = formats.indicator_value(value, str(indicator["unit"]), int(indicator["decimals"]))
            text += f" {blocks.safe(number)}"
        shown.append(text)
    return shown[0], shown[1]


def done(viewer: Viewer, draft: Draft) -> None:
    """Draw step 5: what the commit did."""
    batch = draft.batch
    if batch is None:
        return
    is_audit, added = draft.recipe.template in AUDITS, batch.outcome.rows_added
    stored = n_("{n} row is stored", "{n} rows are stored", added)
    blocks.block(upload_visits.stored(added) if is_audit else stored, batch.file_name)
    blocks.bullets(_sentences(draft, batch.outcome))
    with st.container(horizontal=True):
        st.button(_("Upload another file"), type="primary", on_click=upload_draft.abandon, key="upload_again")
        if draft.recipe.template is Template.TARGETS:
            navigation.offer(viewer.role, "matrix", _("See the matrix"))
        elif is_audit and batch.outcome.last_month is not None:
            navigation.offer(viewer.role, "stores", _("See the stores"), month=f"{batch.outcome.last_month:%Y-%m}")
        elif batch.outcome.last_month is not None:
            navigation.offer(viewer.role, "matrix", _("See the matrix"), month=f"{batch.outcome.last_month:%Y-%m}")
