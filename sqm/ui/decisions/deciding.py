"""What a form does with a decision: record it or take it back, and say in a sentence what became of it."""

from typing import NamedTuple

from sqm.errors import SqmError
from sqm.rules.decisions import Draft
from sqm.ui.decisions import data_decisions, decision_texts
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _


class Outcome(NamedTuple):
    """Whether it was stored, and the sentence for the viewer."""

    is_done: bool
    said: str


def decide(viewer: Viewer, draft: Draft, told: str = "") -> Outcome:
    """Record a decision; told: the sentence for a success, "Recorded." unless the form knows a better one."""
    try:
        data_decisions.decide(viewer, draft)
    except SqmError as refused:
        return Outcome(False, decision_texts.sentence(refused))
    return Outcome(True, told or _("Recorded."))


def withdraw(viewer: Viewer, decision_id: str, reason: str = "") -> Outcome:
    """Take a decision back."""
    try:
        data_decisions.withdraw(viewer, decision_id, reason)
    except SqmError as refused:
        return Outcome(False, decision_texts.sentence(refused))
    return Outcome(True, _("Taken back."))
