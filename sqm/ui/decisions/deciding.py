"""What a form does with a decision: record it or take it back, and keep in a sentence what became of it."""

from collections.abc import Callable

from sqm.errors import SqmError
from sqm.rules.decisions import Draft
from sqm.ui.decisions import data_decisions, decision_texts, told
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _


def record(viewer: Viewer, *drafts: Draft, success: str = "", place: str = "") -> bool:
    """Record a decision, or several (all or none); whether it is done, so that the form may close.

    success: the sentence, "Recorded." unless the form knows a better one; place: where on the page it is said.
    """
    return _done(lambda: data_decisions.decide_all(viewer, drafts), success or _("Recorded."), place)


def take_back(viewer: Viewer, *decision_ids: str, reason: str = "", place: str = "") -> bool:
    """Take a decision back, or several (all or none); whether it is done."""
    return _done(lambda: data_decisions.withdraw_all(viewer, decision_ids, reason), _("Taken back."), place)


def _done(act: Callable[[], object], success: str, place: str) -> bool:
    try:
        act()
    except SqmError as refused:
        told.keep(decision_texts.sentence(refused), place)
        return False
    told.keep(success, place)
    return True
