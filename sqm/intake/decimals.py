"""Arrow decimals straight from whole numbers of their smallest unit, a column at a time."""

from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def units(value: Decimal, scale: int) -> int:
    """value as a whole number of 10**-scale, half to even."""
    return int((value.scaleb(scale)).to_integral_value(ROUND_HALF_EVEN))


def array(
    numbers: npt.NDArray[np.int64], kind: pa.Decimal128Type, valid: npt.NDArray[np.bool_] | None = None
) -> pa.Array:
    """numbers count the smallest unit of kind (its scale); valid False = null. Must fit the precision of kind."""
    wide = np.zeros((len(numbers), 2), np.int64)
    wide[:, 0] = numbers
    if len(numbers) and numbers.min() < 0:
        np.right_shift(numbers, 63, out=wide[:, 1])
    bits = None if valid is None or valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little").tobytes())
    return pa.Array.from_buffers(kind, len(numbers), [bits, pa.py_buffer(wide)])


def lists(
    numbers: npt.NDArray[np.int64], valid: npt.NDArray[np.bool_] | None, kind: pa.Decimal128Type
) -> pa.Array:
    """A list of decimals for every row of the two-dimensional numbers."""
    rows, width = numbers.shape
    flat = array(numbers.reshape(-1), kind, None if valid is None else valid.reshape(-1))
    offsets = np.arange(0, rows * width + 1, width, dtype=np.int32) if width else np.zeros(rows + 1, np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), flat)
