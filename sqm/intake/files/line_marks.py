"""Line ends and quotes of a text, counted in one pass that stays in the processor's cache."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_STEP = 1 << 20
_LF, _CR, _QUOTE = 10, 13, 34


@dataclass(frozen=True)
class Marks:
    """quotes: places of all quotes. lone_returns: a carriage return that no line feed follows."""

    line_feeds: int
    lone_returns: bool
    quotes: npt.NDArray[np.int64]


def count(body: bytes, end: int) -> Marks:
    """The marks of the first ``end`` bytes."""
    every = np.frombuffer(body, np.uint8)[:end]
    has_returns, has_quotes = b"\r" in body, b'"' in body
    feeds = 0
    lone = False
    quotes: list[npt.NDArray[np.int64]] = []
    for start in range(0, end, _STEP):
        piece = every[start : start + _STEP]
        is_feed = piece == _LF
        feeds += int(np.count_nonzero(is_feed))
        if has_returns:
            returns = np.flatnonzero(piece == _CR) + start + 1
            if len(returns) and returns[-1] >= end:
                returns = returns[:-1]
            lone = lone or bool(np.any(every[returns] != _LF))
        if has_quotes:
            quotes.append(np.flatnonzero(piece == _QUOTE) + start)
    return Marks(feeds, lone, np.concatenate(quotes) if quotes else np.zeros(0, np.int64))


def quotes_regular(body: bytes, at: npt.NDArray[np.int64], mark: str) -> bool:
    """Every quote opens a cell, closes one, or is one of a doubled pair (RFC 4180)."""
    if not len(at):
        return True
    if len(at) % 2:
        return False
    every, delimiter = np.frombuffer(body, np.uint8), ord(mark)
    opens, closes = at[0::2], at[1::2]
    doubled = np.zeros(len(opens), bool)
    doubled[1:] = opens[1:] == closes[:-1] + 1
    before = every[np.maximum(opens - 1, 0)]
    starts = (opens == 0) | (before == delimiter) | (before == _LF)
    followed = np.zeros(len(closes), bool)
    followed[:-1] = doubled[1:]
    last = len(every) - 1
    after = every[np.minimum(closes + 1, last)]
    ends = (closes == last) | (after == delimiter) | (after == _LF) | (after == _CR)
    return bool(np.all(starts | doubled) and np.all(ends | followed))
