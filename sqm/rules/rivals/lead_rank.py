"""Which place among rivals a sample can prove, and which places it cannot rule out."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqm.rules.rivals.lead import Lead, Standing


@dataclass(frozen=True)
class Place:
    """rank: by the values alone, 1 is the best. best, worst: the places that chance leaves open. of: operators ranked.

    alike: the rivals whose difference from us cannot be told from chance.
    """

    rank: int
    best: int
    worst: int
    of: int
    alike: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        return self.best == self.worst


def place_of(leads: Mapping[str, Lead]) -> Place | None:
    """leads: ours over each rival that has a value; None when there is no rival to be ranked with.

    A rival that is ahead beyond chance is above us in any case; one that cannot be told apart may be either. A
    difference without an interval proves nothing.
    """
    known = {code: lead for code, lead in leads.items() if lead.difference is not None}
    if not known:
        return None
    ahead = sum(lead.standing is Standing.BEHIND for lead in known.values())
    below = sum(lead.standing is Standing.AHEAD for lead in known.values())
    return Place(
        rank=1 + sum((lead.difference or 0.0) < 0 for lead in known.values()),
        best=1 + ahead,
        worst=1 + len(known) - below,
        of=1 + len(known),
        alike=tuple(code for code, lead in known.items() if lead.standing not in (Standing.AHEAD, Standing.BEHIND)),
    )
