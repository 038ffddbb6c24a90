"""Our place among rivals, and the places that chance leaves open."""

from sqm.rules.rivals.lead import NOTHING, Lead, Share, lead_of_shares, lead_of_values
from sqm.rules.rivals.lead_rank import place_of

OWN = Share(0.80, 2000)


def over(*rivals: float) -> dict[str, Lead]:
    return {f"r{n}": lead_of_shares(OWN, Share(p, 2000)) for n, p in enumerate(rivals, start=1)}


def test_a_rank_that_is_beyond_chance() -> None:
    """90 % is above us and 60 % below us for sure."""
    found = place_of(over(0.90, 0.60))
    assert found is not None and (found.rank, found.best, found.worst, found.of) == (2, 2, 2, 3)
    assert found.is_certain and found.alike == ()


def test_who_cannot_be_told_apart_may_stand_above_or_below() -> None:
    """81 % reads better and 79.5 % worse, both within chance; 60 % is below."""
    found = place_of(over(0.81, 0.795, 0.60))
    assert found is not None and (found.rank, found.best, found.worst, found.of) == (2, 1, 3, 4)
    assert found.alike == ("r1", "r2") and not found.is_certain


def test_bare_numbers_rank_but_prove_nothing_and_nobody_is_no_rank() -> None:
    found = place_of({"a": lead_of_values(80.0, 90.0), "b": NOTHING})
    assert found is not None and (found.rank, found.best, found.worst, found.of) == (2, 1, 2, 2)
    assert place_of({}) is None and place_of({"a": NOTHING}) is None


def test_equals_share_the_better_rank() -> None:
    found = place_of(over(0.80))
    assert found is not None and found.rank == 1
