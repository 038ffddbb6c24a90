"""Arrow decimals straight from whole numbers of their smallest unit, a column at a time."""

from collections.abc import Iterable, Sequence
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
    columns: Iterable[npt.NDArray[np.int64] | None], present: Sequence[npt.NDArray[np.bool_] | None], count: int,
    kind: pa.Decimal128Type,
) -> pa.Array:  # fmt: skip
    """A list of decimals for every row, one from each column (None = all 0). present: None = nothing is null; as many
    as columns, which may be made one after the other: a million rows of ten scores take 160 MB already.
    """
    width = len(present)
    wide = np.zeros((count, width, 2), np.int64)
    for place, numbers in enumerate(columns):
        if numbers is not None:
            wide[:, place, 0] = numbers
            if count and numbers.min() < 0:
                wide[:, place, 1] = numbers >> 63
    bits = None
    if any(flags is not None for flags in present):
        valid = np.ones((count, width), bool)
        for place, flags in enumerate(present):
            if flags is not None:
                valid[:, place] = flags
        bits = pa.py_buffer(np.packbits(valid.reshape(-1), bitorder="little").tobytes())
    flat = pa.Array.from_buffers(kind, count * width, [bits, pa.py_buffer(wide)])
    offsets = np.arange(0, count * width + 1, width, dtype=np.int32) if width else np.zeros(count + 1, np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), flat)
