"""Step 1: choose a file."""

import streamlit as st

from sqm import config
from sqm.errors import SqmError
from sqm.intake import child
from sqm.ui import blocks, formats
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.upload import problem_texts, upload_draft, upload_templates
from sqm.ui.words import _, language


def choose(viewer: Viewer) -> None:
    """Draw the step; a file that arrives is looked into at once."""
    settings = config.load()
    child.warm_up()  # its imports are done by the time a file arrives
    left, right = st.columns([3, 2], gap="medium")
    with left:
        blocks.block(
            _("Choose a file"),
            _("CSV, TSV, XLSX or SAV, up to {size}", size=formats.size(settings.upload_bytes)),
        )
        with st.container(key=f"uploader_{language()}"):
            sent = st.file_uploader(
                _("File"),
                key=f"upload_{upload_draft.generation()}",
                max_upload_size=max(1, settings.upload_bytes // 1024**2),
                label_visibility="collapsed",
            )
        blocks.footnote(
            _("A file that is none of the templates is mapped in the next step."),
            _("Nothing is stored before you have seen what would change, and every upload can be undone."),
        )
    with right:
        upload_templates.offer()
    if sent is not None:
        try:
            with st.spinner(_("Looking into the file …")):
                upload_draft.receive(viewer, sent)
        except SqmError as refused:
            st.warning(problem_texts.sentence(refused))
            return
        st.rerun()
