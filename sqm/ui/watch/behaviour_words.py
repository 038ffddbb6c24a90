"""Red in two words: a status and how the indicator behaves, as one sentence, the same on every page and in downloads.

What decides it is sqm/rules/watching/behaviour.py.
"""

from sqm.rules.targets import Status
from sqm.rules.watching.behaviour import WORSENING, Behaviour
from sqm.ui import status_style
from sqm.ui.words import N_, _

_WORDS = {
    Behaviour.FALLING_FOR_REAL: N_("falling for real"),
    Behaviour.CANNOT_REACH: N_("ordinary: this process cannot reach it"),
    Behaviour.BY_CHANCE: N_("ordinary: chance decides"),
    Behaviour.RECOVERING: N_("recovering for real"),
    Behaviour.SLIPPING: N_("slipping for real"),
    Behaviour.LUCK: N_("luck: chance decides"),
    Behaviour.CAPABLE: N_("reliably"),
    Behaviour.IMPROVING: N_("improving for real"),
    Behaviour.ORDINARY: N_("ordinary variation"),
    Behaviour.CHANGED: N_("changed for real"),
    Behaviour.TOO_EARLY: N_("too few months to tell"),
    Behaviour.NO_VARIATION: N_("never varies"),
    Behaviour.NO_DATA: "",
}
_WORSE = {"lower": N_("rising for real"), "range": N_("drifting off for real")}
_COLOURS = dict.fromkeys(WORSENING, "sqm-worse") | dict.fromkeys(
    (Behaviour.RECOVERING, Behaviour.IMPROVING), "sqm-better"
)


def word(behaviour: Behaviour, direction: str = "higher") -> str:
    """falling for real; of an indicator that should be low: rising for real. '' without data."""
    if behaviour is Behaviour.FALLING_FOR_REAL and direction in _WORSE:
        return _(_WORSE[direction])
    return _(_WORDS[behaviour]) if _WORDS[behaviour] else ""


def sentence(status: Status, behaviour: Behaviour, direction: str = "higher") -> str:
    """missed – falling for real"""
    said = word(behaviour, direction)
    if not said:
        return status_style.word(status)
    return _("{status} – {behaviour}", status=status_style.word(status), behaviour=said)


def css(behaviour: Behaviour) -> str:
    """A class that colours the words; the words say the same without it."""
    return _COLOURS.get(behaviour, "")
