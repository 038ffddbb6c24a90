"""methods 9."""

import pytest
from scipy import stats

from sqm.rules.watching.six_sigma import defects_per_million


def test_by_hand() -> None:
    found = defects_per_million(5, 100, 4)
    assert found is not None and found.z is not None
    assert (found.per_unit, found.dpmo, found.yield_share) == pytest.approx((0.05, 12500.0, 0.9875))
    assert found.z == pytest.approx(stats.norm.ppf(0.9875))
    assert found.sigma_level == pytest.approx(found.z + 1.5)
    assert found.dpmo_most is None


def test_no_defect_is_not_an_endless_sigma() -> None:
    found = defects_per_million(0, 1000, 3)
    assert found is not None and found.dpmo_most is not None
    assert (found.dpmo, found.z, found.sigma_level) == (0.0, None, None)
    assert (1 - found.dpmo_most / 1e6) ** 3000 == pytest.approx(0.05)


def test_nothing_but_defects_and_no_units() -> None:
    found = defects_per_million(10, 10)
    assert found is not None and (found.yield_share, found.sigma_level) == (0.0, None)
    assert defects_per_million(0, 0) is None


@pytest.mark.parametrize(("defects", "units"), [(-1, 10), (11, 10), (1, 0)])
def test_what_cannot_be_is_refused(defects: int, units: int) -> None:
    with pytest.raises(ValueError, match="defects"):
        defects_per_million(defects, units)
