"""Step 3: what is wrong with the file, by repair; the rejected rows to download; the word that good rows may go on."""

import io
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd
import streamlit as st

from sqm.errors import SqmError
from sqm.intake.problems import Level, Problem
from sqm.intake.reading import Reading
from sqm.intake.recipe import AUDITS
from sqm.reports.harmless import harmless_frame
from sqm.ui import blocks, formats
from sqm.ui.decisions import told
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.upload import problem_texts, upload_draft
from sqm.ui.upload.rehearsed import upload_visits
from sqm.ui.upload.upload_draft import Draft
from sqm.ui.words import _, n_

_ROWS_NAMED = 12
_OPEN_AT_FIRST = 3


def check(viewer: Viewer, draft: Draft) -> None:
    """Draw the step; the button at its end rehearses."""
    problems = draft.look.problems if draft.reading is None else draft.reading.problems
    blocks.block(_finding(draft), draft.upload.file_name)
    if draft.reading is not None:
        _counts(draft.reading)
    show(problems)
    if draft.reading is not None:
        _rejected(draft.reading)
        _take_good_rows(draft)
    draft = upload_draft.current() or draft
    with st.container(horizontal=True):
        if draft.may_go_on and st.button(_("Rehearse"), type="primary", key="upload_rehearse"):
            _rehearse(viewer, draft)
        if draft.look.readable:
            st.button(
                _("Change the columns"), on_click=upload_draft.back_to, args=("columns",), key="upload_check_back"
            )
        st.button(_("Take another file"), on_click=upload_draft.abandon, key="upload_check_abandon")


def _rehearse(viewer: Viewer, draft: Draft) -> None:
    try:
        with st.spinner(_("Trying it out …")):
            upload_draft.rehearse(viewer, draft)
    except SqmError as refused:
        told.keep(problem_texts.sentence(refused))
        if refused.code == "already_committed":
            upload_draft.abandon()
    st.rerun()


def _finding(draft: Draft) -> str:
    reading = draft.reading
    if reading is None:
        return _("This file cannot be read")
    good, bad = reading.rows.num_rows, reading.rejected.num_rows
    if any(problem.level is Level.FILE for problem in reading.problems) or not good:
        return _("Nothing of this file can be stored yet")
    if reading.template in AUDITS:
        return upload_visits.finding(good, bad)
    if bad:
        return n_("{n} row is good, {bad} to mend", "{n} rows are good, {bad} to mend", good, bad=formats.count(bad))
    return n_("{n} row is good, none to mend", "{n} rows are good, none to mend", good)


def _counts(reading: Reading) -> None:
    blocks.facts(
        (_("Rows read"), formats.count(reading.rows_read)),
        (_("Good visits") if reading.template in AUDITS else _("Good rows"), formats.count(reading.rows.num_rows)),
        (_("Rows to mend"), formats.count(reading.rejected.num_rows)),
        (_("Months"), formats.months(reading.months[0], reading.months[-1]) if reading.months else ""),
    )


def show(problems: Iterable[Problem]) -> None:
    """Problems by how far they reach and by repair: a line to open, then each place with what was found."""
    listed = list(problems)
    opened = 0
    for level in Level:
        groups: dict[str, list[Problem]] = {}
        for problem in listed:
            if problem.level is level:
                groups.setdefault(problem.code, []).append(problem)
        if not groups:
            continue
        blocks.subtitle(problem_texts.level(level))
        for group in groups.values():
            serious = level in (Level.FILE, Level.ROW)
            with st.expander(
                blocks.plain(problem_texts.group_title(group)), expanded=serious and opened < _OPEN_AT_FIRST
            ):
                _group(group)
            opened += 1


def _group(group: list[Problem]) -> None:
    for text in dict.fromkeys(problem_texts.mend(problem) for problem in group):
        blocks.footnote(text)
    places = [
        [_rows(problem), problem.column, problem.found, problem_texts.expected(problem)]
        for problem in group
        if problem.row is not None or problem.column or problem.found
    ]
    if places:
        blocks.table([_("Row"), _("Column"), _("Found"), _("Expected")], places)


def _rows(problem: Problem) -> str:
    """Row numbers as a spreadsheet shows them: 3, 5, 9 … (17)"""
    rows = problem.rows or (() if problem.row is None else (problem.row,))
    total = problem_texts.count(problem)
    named = ", ".join(str(row) for row in rows[:_ROWS_NAMED])
    return f"{named} … ({formats.count(total)})" if total > _ROWS_NAMED else named


def _rejected(reading: Reading) -> None:
    if not reading.rejected.num_rows:
        return
    st.download_button(
        n_("Download the row to mend", "Download the {n} rows to mend", reading.rejected.num_rows),
        data=lambda: rejected_csv(reading),
        file_name="rows_to_mend.csv",
        mime="text/csv",
        on_click="ignore",
        key="upload_rejected",
    )


def rejected_csv(reading: Reading) -> bytes:
    """The rejected rows with row number and reasons in words, as UTF-8 for spreadsheets; formulas made harmless."""
    rows: pd.DataFrame = reading.rejected.to_pandas()
    reasons = {problem.code: problem_texts.what(problem) for problem in reading.problems}
    joint = "; "
    rows["reasons"] = [
        joint.join(reasons.get(code, code) for code in dict.fromkeys(str(codes).split(";")))
        for codes in rows["reasons"]
    ]
    rows = rows.rename(columns={"source_row": _("Row"), "reasons": _("Reasons")})
    buffer = io.StringIO()
    harmless_frame(rows).to_csv(buffer, index=False, lineterminator="\r\n")
    return buffer.getvalue().encode("utf-8-sig")


def _take_good_rows(draft: Draft) -> None:
    reading = draft.reading
    if reading is None or not reading.rejected.num_rows or not reading.rows.num_rows:
        return
    if any(problem.level is Level.FILE for problem in reading.problems):
        return
    visits = upload_visits.take(reading.rows.num_rows, reading.rejected.num_rows)
    ticked = st.checkbox(
        visits
        if reading.template in AUDITS
        else n_(
            "Take the good row and leave out {bad}",
            "Take the {n} good rows and leave out {bad}",
            reading.rows.num_rows,
            bad=formats.count(reading.rejected.num_rows),
        ),
        value=draft.take_good_rows,
        key=f"upload_take_{draft.upload.upload_id}",
    )
    if bool(ticked) is not draft.take_good_rows:
        upload_draft.keep(replace(draft, take_good_rows=bool(ticked)))
