"""Who is looking. Until sign-in exists, everybody has the role of SQM_ROLE, with the places of SQM_DISTRICTS and
SQM_STORES, and the server is local only."""

from dataclasses import dataclass

import streamlit as st

from sqm import config
from sqm.rules.access import Role, Scope, pages_of, role_of, scope_of
from sqm.ui.words import _


@dataclass(frozen=True)
class Viewer:
    """The person in front of the screen, decided anew on every run. name is what the trail keeps."""

    name: str
    role: Role
    scope: Scope


def viewer() -> Viewer:
    """An unknown role is nobody: whoever cannot be placed sees nothing."""
    settings = config.load()
    role = role_of(settings.role)
    return Viewer(name=str(role), role=role, scope=scope_of(role, settings.districts, settings.stores))


def may_enter(somebody: Viewer) -> bool:
    """Whether there is any page at all for this viewer."""
    return bool(pages_of(somebody.role))


def refuse() -> None:
    """What somebody without a role sees, on every address."""
    st.info(_("You are not signed in, or your account has no role yet. Ask the quality department for access."))
