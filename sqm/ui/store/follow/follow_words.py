"""Words of what is followed up: states of actions and of appeals."""

from sqm.rules.audits.appeals import State as Ruling
from sqm.rules.stores.actions import State as Step
from sqm.ui.words import N_, _

_STEPS = {
    Step.PLAN: N_("planned"),
    Step.DO: N_("under way"),
    Step.CHECK: N_("effect being checked"),
    Step.ACT: N_("being made the rule"),
    Step.DONE: N_("done"),
    Step.DROPPED: N_("given up"),
}
_RULINGS = {
    Ruling.OPEN: N_("waits for a ruling"),
    Ruling.UPHELD: N_("upheld"),
    Ruling.PARTLY: N_("upheld in part"),
    Ruling.REJECTED: N_("rejected"),
}


def step(state: Step) -> str:
    return _(_STEPS[state])


def ruling(state: Ruling) -> str:
    return _(_RULINGS[state])
