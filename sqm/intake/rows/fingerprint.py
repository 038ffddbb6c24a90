"""Fingerprints of rows and of whole files that do not depend on row order, file format or header language."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Hashes = npt.NDArray[np.uint64]
_MIX1, _MIX2, _GOLDEN = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(0x9E3779B97F4A7C15)


def mixed(values: Hashes, seed: int = 0) -> Hashes:
    """splitmix64: every bit of the input touches every bit of the output."""
    seeded = values + np.uint64((seed * 2 + 1) * int(_GOLDEN) % 2**64)
    for shift, factor in ((30, _MIX1), (27, _MIX2)):
        seeded ^= seeded >> np.uint64(shift)
        seeded *= factor
    seeded ^= seeded >> np.uint64(31)
    return seeded


def of_text(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def of_distinct(name: str, texts: Sequence[str], codes: npt.NDArray[np.int32]) -> Hashes:
    """A hash for every row of a column given as different texts and their places."""
    table = np.fromiter((of_text(f"{name}\x1f{text}") for text in texts), np.uint64, len(texts))
    return table[codes] if len(texts) else np.zeros(len(codes), np.uint64)


def of_strings(column: pa.Array) -> Hashes:
    """A hash for every text of a column with (nearly) all texts different, without making Python strings.

    A polynomial over the bytes of each text modulo 2**64 in 8-byte words, mixed at the end with the length.
    """
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], pa.string())
    count = len(column)
    if not count:
        return np.zeros(0, np.uint64)
    offsets = np.frombuffer(column.buffers()[1], np.int32)[column.offset : column.offset + count + 1].astype(np.int64)
    lengths = np.diff(offsets)
    raw = column.buffers()[2]
    data = np.frombuffer(raw, np.uint8) if raw is not None else np.zeros(0, np.uint8)
    shortest, longest = int(lengths.min()), int(lengths.max())
    if shortest == longest and longest:
        return _of_equal(data[offsets[0] : offsets[-1]].reshape(count, longest))
    total = lengths.astype(np.uint64)
    padded = np.concatenate([data[: offsets[-1]], np.zeros(8, np.uint8)])
    words = np.lib.stride_tricks.as_strided(padded, (len(padded) - 7, 8), (1, 1))
    for start in range(0, longest, 8):
        active = np.flatnonzero(lengths > start)
        chunk = np.ascontiguousarray(words[offsets[active] + start]).view("<u8").reshape(-1)
        left = np.minimum(lengths[active] - start, 8).astype(np.uint64)
        part = (np.uint64(1) << ((left % np.uint64(8)) * np.uint64(8))) - np.uint64(1)
        keep = np.where(left >= 8, np.uint64(2**64 - 1), part).astype(np.uint64)
        total[active] = _stirred(total[active], chunk & keep)
    return mixed(total)


def _of_equal(data: npt.NDArray[np.uint8]) -> Hashes:
    """The same for texts of one length, a row of bytes each."""
    count, length = data.shape
    total = np.full(count, length, np.uint64)
    for start in range(0, length, 8):
        part = data[:, start : start + 8]
        word = np.zeros((count, 8), np.uint8)
        word[:, : part.shape[1]] = part
        total = _stirred(total, word.view("<u8").reshape(-1))
    return mixed(total)


def _stirred(total: Hashes, word: Hashes) -> Hashes:
    stirred = (total ^ word) * _MIX1
    stirred ^= stirred >> np.uint64(32)
    return stirred


def of_numbers(numbers: npt.NDArray[np.integer[Any]], seed: int) -> Hashes:
    """A hash for every number of a column. Different seeds for different columns."""
    return numbers.astype(np.uint64) * np.uint64(of_text(f"numbers{seed}") | 1)


def rows(columns: Iterable[Hashes], count: int) -> Hashes:
    """A hash for every row from the hashes of its cells; the cells' own hashes carry their column's name."""
    total = np.zeros(count, np.uint64)
    for column in columns:
        total += column
    return mixed(total)


def whole(row_hashes: Hashes, *facts: str) -> str:
    """The fingerprint of a set of rows (with repetitions) and of facts about the file, as hexadecimal text."""
    first = int(np.sum(mixed(row_hashes, 1), dtype=np.uint64))
    second = int(np.sum(mixed(row_hashes, 2), dtype=np.uint64))
    text = "\x1e".join((*facts, str(len(row_hashes)), str(first), str(second)))
    return hashlib.sha256(text.encode()).hexdigest()
