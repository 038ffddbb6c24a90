"""Pages that are closed to a role: the attempt is written down, and where a rule of use closes the page, it is told."""

import streamlit as st

from sqm.database.deciding import use_rules as refusals
from sqm.rules import use_rules
from sqm.ui import navigation
from sqm.ui.decisions import rule_texts
from sqm.ui.doors.data import database
from sqm.ui.signing import rights
from sqm.ui.signing.sign_in import Viewer

_ASKED = "closed_pages.asked"


def sentence(viewer: Viewer, page_name: str) -> str:
    """What the viewer is told, '' where no rule of use closes the page. Written down once a session and page, for every
    click runs the script again."""
    rule = use_rules.closed_page(viewer.role, page_name)
    asked: set[str] = st.session_state.setdefault(_ASKED, set())
    is_new = page_name not in asked
    asked.add(page_name)
    if rule is None:
        if is_new and page_name in {each.name for each in navigation.ENTRIES}:
            rights.note(viewer, page=page_name)
        return ""
    if is_new:
        values: dict[str, object] = {"rule": rule.value, "source": use_rules.sources(rule), "object": page_name}
        refusals.log(database(), viewer.name, {**values, "role": str(viewer.role)})
    return rule_texts.refusal(rule.value, use_rules.sources(rule))
