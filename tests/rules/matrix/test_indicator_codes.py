"""The next free code of a cell of the matrix."""

import pytest

from sqm.rules.matrix.indicator_codes import next_code

PROMOTIONS = ["PRO-P01", "PRO-P02", "PRO-O01", "PRO-O09"]
OPERATIONS = ["PRO-O01", "PRO-O09", "TAR-O05"]


@pytest.mark.parametrize(
    ("process", "dimension", "expected"),
    [
        (PROMOTIONS, OPERATIONS, "PRO-O10"),
        (["PRO-P01", "PRO-P02"], OPERATIONS, "PRO-O01"),
        ([*PROMOTIONS, "speed", "PRO-O1x"], OPERATIONS, "PRO-O10"),
        ([*PROMOTIONS, "PRO-O99"], OPERATIONS, "PRO-O100"),
        ([], OPERATIONS, ""),
        (PROMOTIONS, ["speed"], ""),
    ],
)
def test_the_code_follows_the_highest_of_its_cell(process: list[str], dimension: list[str], expected: str) -> None:
    assert next_code(process, dimension) == expected
