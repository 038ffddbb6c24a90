"""Codes of SqmError as sentences with advice."""

from sqm.errors import SqmError
from sqm.ui.words import N_, _

_SENTENCES = {
    "database_in_use": N_("Another program holds the database file. Close it, then reload this page."),
    "database_unreadable": N_("The database file cannot be opened. Ask the administrator to look at the server's log."),
}
_OTHER = N_("This cannot be done now ({code}). Ask the administrator to look at the server's log.")


def sentence(error: SqmError) -> str:
    """What happened and what to do, in the viewer's language."""
    text = _SENTENCES.get(error.code)
    return _(text, **error.values) if text else _(_OTHER, code=error.code)
