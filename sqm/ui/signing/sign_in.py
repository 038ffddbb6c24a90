"""Who is looking. Without an identity provider whoever sits at this machine looks as they choose."""

from dataclasses import dataclass

import streamlit as st

from sqm.rules.access import Role, Scope, pages_of
from sqm.ui.signing import look_as, provider, signed_in
from sqm.ui.words import _


@dataclass(frozen=True)
class Viewer:
    """The person in front of the screen, decided anew on every run. name is what the trail keeps."""

    name: str
    role: Role
    scope: Scope


def viewer() -> Viewer:
    """An unknown role is nobody: whoever cannot be placed sees nothing."""
    if provider.is_set_up():
        return Viewer(*signed_in.standing())
    place = look_as.place()
    return Viewer(name=str(place.role), role=place.role, scope=place.scope)


def may_enter(somebody: Viewer) -> bool:
    """Whether there is any page at all for this viewer."""
    return bool(pages_of(somebody.role))


def refuse(somebody: Viewer) -> None:
    """What somebody without any page sees, on every address."""
    if somebody.role is Role.AUDITOR:
        st.info(_("Auditors are a third party: no page is open to them. An analyst uploads what they found."))
    else:
        st.info(_("You are not signed in, or your account has no role yet. Ask the quality department for access."))
