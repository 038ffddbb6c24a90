"""The fair table of a class as a workbook, for a stated purpose that stands in the file.

Purposes that the rules of use forbid can be chosen, and are refused with the rule named; the attempt is written down.
"""

import streamlit as st

from sqm.database.deciding import use_rules as refusals
from sqm.errors import SqmError
from sqm.reports.workbook import workbook
from sqm.rules import use_rules
from sqm.rules.access import Action, may
from sqm.rules.stores.store_results import Compared
from sqm.rules.use_rules import Material, Purpose
from sqm.ui import blocks
from sqm.ui.decisions import decision_texts
from sqm.ui.doors.data import database
from sqm.ui.signing import rights
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.stores import stores_book
from sqm.ui.stores import stores_words as words
from sqm.ui.stores.stores_choice import Choice, group_code
from sqm.ui.words import _, language, use

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PURPOSES = (
    Purpose.BULLETIN,
    Purpose.RECTIFICATION,
    Purpose.TRAINING,
    Purpose.STORE_APPRAISAL,
    Purpose.PERSONAL_APPRAISAL,
)
_PURPOSE, _BUTTON = "stores_purpose", "stores_workbook"


def material(choice: Choice) -> Material:
    """What the table is made of, for the rules of use."""
    return Material.AUDIT if choice.what is Compared.AUDIT else Material.PROCESS_MEASURE


def form(viewer: Viewer, choice: Choice) -> None:
    """Drawn only for roles that may take tables with them."""
    if not may(viewer.role, Action.DOWNLOAD_WORKBOOK) or choice.group is None:
        return
    with st.container(key="stores_take", horizontal=True, vertical_alignment="bottom"):
        purpose = st.selectbox(_("What for"), PURPOSES, format_func=words.purpose, key=_PURPOSE)
        label = _("Download as workbook")
        if use_rules.broken(material(choice), purpose) is None:
            _take(viewer, choice, purpose, label)
            pressed = False
        else:
            pressed = st.button(label, key=f"{_BUTTON}_refused")
    if pressed:
        blocks.said(_refused(viewer, choice, purpose))


def _take(viewer: Viewer, choice: Choice, purpose: Purpose, label: str) -> None:
    spoken = str(language())
    name = f"stores-{choice.month:%Y-%m}-{choice.span}-{group_code(choice.one_class)}-{purpose}.xlsx"

    def build() -> bytes:
        with use(spoken):
            return book(viewer, choice, purpose)

    st.download_button(label, data=build, file_name=name, mime=TYPE, on_click="ignore", key=_BUTTON)


def book(viewer: Viewer, choice: Choice, purpose: Purpose) -> bytes:
    """The file, in the language in force. SqmError("use_rule") for a forbidden purpose, which is written down."""
    subject = f"fair_table:{group_code(choice.one_class)}:{choice.month:%Y-%m}"
    refusals.require_use(database(), viewer.name, material(choice), purpose, subject, role=viewer.role)
    viewer = rights.require(viewer, Action.DOWNLOAD_WORKBOOK)
    return workbook(stores_book.tables(viewer.scope, choice, words.purpose(purpose)), {}, _("Service quality"))


def _refused(viewer: Viewer, choice: Choice, purpose: Purpose) -> str:
    try:
        book(viewer, choice, purpose)
    except SqmError as refused:
        return decision_texts.sentence(refused)
    return ""
