"""Defects per million opportunities, and the sigma level that people of the method ask for.

The sigma level adds 1.5 to the normal quantile (the shift that Motorola allowed for the long run); both are given, so
that nobody has to guess which one is meant. Units with different numbers of opportunities cannot be compared.
"""

from dataclasses import dataclass

from scipy import special

SHIFT = 1.5
MILLION = 1_000_000.0
_CONFIDENCE = 0.95


@dataclass(frozen=True)
class Defects:
    """per_unit: defects per unit; dpmo per million opportunities; yield_share: opportunities without defect, 0-1.

    z is the long-term quantile, sigma_level = z + 1.5; both None without a defect (or with nothing but defects): then
    dpmo_most is what can be said, an upper limit of 95 %.
    """

    per_unit: float
    dpmo: float
    yield_share: float
    z: float | None
    sigma_level: float | None
    dpmo_most: float | None


def defects_per_million(defects: int, units: int, opportunities: int = 1) -> Defects | None:
    """None without units. opportunities: how many things can go wrong in one unit; part of the indicator's name."""
    chances = units * opportunities
    if not 0 <= defects <= max(chances, 0):
        raise ValueError("more defects than opportunities, or fewer than 0")
    if chances == 0:
        return None
    share = defects / chances
    z = -float(special.ndtri(share)) if 0 < defects < chances else None
    return Defects(
        per_unit=defects / units,
        dpmo=MILLION * share,
        yield_share=1.0 - share,
        z=z,
        sigma_level=None if z is None else z + SHIFT,
        dpmo_most=MILLION * (1.0 - (1.0 - _CONFIDENCE) ** (1.0 / chances)) if defects == 0 else None,
    )
