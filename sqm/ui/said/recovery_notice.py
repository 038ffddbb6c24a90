"""What the database repaired by itself, for the roles that know what was uploaded; for a week after it happened."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from sqm.database.safety import recovery
from sqm.database.safety.recovery import NEW, Said
from sqm.rules.access import Action, may
from sqm.ui import blocks, formats
from sqm.ui.doors import data
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, n_

SHOWN_FOR = timedelta(days=7)


def show(viewer: Viewer) -> None:
    """A line over the page; nothing for other roles, and nothing when nothing happened."""
    if not may(viewer.role, Action.COMMIT_BATCH):
        return
    since = datetime.now(UTC).replace(tzinfo=None) - SHOWN_FOR
    newest = next(((at, said) for _sequence, at, said in _recovered(data.stamp()) if at >= since), None)
    if newest is not None:
        blocks.said(sentences(*newest))


@st.cache_data(show_spinner=False, max_entries=4)
def _recovered(at: data.Stamp) -> tuple[tuple[int, datetime, Said], ...]:
    return recovery.recovered(data.database())


def sentences(at: datetime, said: Said) -> str:
    """What happened to the files, what came back, and what is missing."""
    parts = [
        _("The database repaired itself on {at} (UTC).", at=formats.moment(at)),
        _files(said),
        _back(said),
        _missing(said),
    ]
    if said.kept:
        parts.append(_("The files as they were are kept on the server in the folder {folder}.", folder=said.kept))
    return " ".join(part for part in parts if part)


def _files(said: Said) -> str:
    if said.snapshot == NEW:
        return _("Its file could not be read and was built again from the raw uploads.")
    if said.snapshot:
        return _("Its file could not be read; the snapshot {name} took its place.", name=said.snapshot)
    if said.cut_at >= 0:
        return _("The end of its log was damaged and was cut off.")
    if said.log_set_aside:
        return _("A log that did not belong to its file was put aside.")
    return ""


def _back(said: Said) -> str:
    again = len(said.replayed) + len(said.undone)
    if not again:
        return "" if said.failed or said.entries_lost else _("Nothing is missing.")
    return n_("{n} change was made again from the journal.", "{n} changes were made again from the journal.", again)


def _missing(said: Said) -> str:
    parts: list[str] = []
    if said.failed:
        parts.append(
            n_(
                "{n} change could not be made again, because its raw file is damaged: look at the history of uploads, "
                "and upload what is missing once more.",
                "{n} changes could not be made again, because their raw files are damaged: look at the history of "
                "uploads, and upload what is missing once more.",
                len(said.failed),
            )
        )
    if said.entries_lost:
        parts.append(n_("{n} entry of the trail is lost.", "{n} entries of the trail are lost.", said.entries_lost))
    return " ".join(parts)
