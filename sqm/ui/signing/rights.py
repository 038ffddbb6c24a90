"""Who may act: asked by every door that writes or hands something out, whatever button was pressed.

A button keeps the viewer for whom it was drawn, and a browser may send the press of one that is long gone. What counts
is who looks in this very run. A refusal is written to the trail.
"""

from streamlit.runtime.scriptrunner import get_script_run_ctx

from sqm.database.deciding import people
from sqm.errors import SqmError
from sqm.rules.access import Action, may
from sqm.ui.doors.data import database
from sqm.ui.signing import sign_in
from sqm.ui.signing.sign_in import Viewer


def acting(viewer: Viewer) -> Viewer:
    """The viewer as of now. Outside a run (files that are made on click) the one that was given."""
    return viewer if get_script_run_ctx() is None else sign_in.viewer()


def require(viewer: Viewer, action: Action) -> Viewer:
    """Who acts, if they may do this now. Raises SqmError("not_allowed") and writes the attempt down."""
    now = acting(viewer)
    if not may(now.role, action):
        note(now, action=str(action))
        raise SqmError("not_allowed", action=str(action), role=str(now.role))
    return now


def note(viewer: Viewer, **what: str) -> None:
    """Write down that a viewer was refused: action, page or place."""
    people.note(database(), viewer.name, people.DENIED, {"why": "not_allowed", "role": str(viewer.role), **what})
