"""A target against the natural range of a process."""

import pytest

from sqm.rules.matrix.reach import Reach, reach


@pytest.mark.parametrize(
    ("low", "high", "direction", "natural", "found"),
    [
        (80.0, None, "higher", (71.2, 78.9), Reach.OUT_OF_REACH),
        (78.9, None, "higher", (71.2, 78.9), Reach.BY_CHANCE),
        (75.0, None, "higher", (71.2, 78.9), Reach.BY_CHANCE),
        (71.2, None, "higher", (71.2, 78.9), Reach.RELIABLE),
        (None, 3.0, "lower", (3.1, 4.0), Reach.OUT_OF_REACH),
        (None, 3.5, "lower", (3.1, 4.0), Reach.BY_CHANCE),
        (None, 4.0, "lower", (3.1, 4.0), Reach.RELIABLE),
        (0.6, 0.8, "range", (0.61, 0.79), Reach.RELIABLE),
        (0.6, 0.8, "range", (0.55, 0.79), Reach.BY_CHANCE),
        (0.6, 0.8, "range", (0.85, 0.95), Reach.OUT_OF_REACH),
        (0.1 + 0.2, None, "higher", (0.3, 0.4), Reach.RELIABLE),
        (80.0, None, "higher", (None, None), Reach.UNKNOWN),
        (None, None, "higher", (71.2, 78.9), Reach.UNKNOWN),
        (0.6, None, "range", (0.61, 0.79), Reach.UNKNOWN),
        (80.0, 10.0, "higher", (81.0, 82.0), Reach.RELIABLE),
    ],
)
def test_reach(
    low: float | None,
    high: float | None,
    direction: str,
    natural: tuple[float | None, float | None],
    found: Reach,
) -> None:
    assert reach(low, high, direction, *natural) is found
