"""Line ends and quotes of a text, judged in one pass of pieces that stay in the processor's cache."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_STEP = 1 << 20
_LF, _CR, _QUOTE = 10, 13, 34
_Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Marks:
    """regular: every carriage return is followed by a line feed, and every quote opens a cell, closes one, or is one
    of a doubled pair (RFC 4180)."""

    line_feeds: int
    regular: bool


def judge(body: bytes, end: int, delimiter: str) -> Marks:
    """The marks of the first ``end`` bytes. delimiter: one ASCII character."""
    every = np.frombuffer(body, np.uint8)[:end]
    has_returns, has_quotes = b"\r" in body, b'"' in body
    feeds = quotes = 0
    for start in range(0, end, _STEP):
        piece = every[start : start + _STEP]
        feeds += int(np.count_nonzero(piece == _LF))
        if has_returns and not _returns_regular(every, np.flatnonzero(piece == _CR) + start):
            return Marks(feeds, False)
        if has_quotes:
            at = np.flatnonzero(piece == _QUOTE) + start
            if not _quotes_regular(every, at, quotes % 2, ord(delimiter)):
                return Marks(feeds, False)
            quotes += len(at)
    return Marks(feeds, quotes % 2 == 0)


def _returns_regular(every: _Bytes, at: npt.NDArray[np.intp]) -> bool:
    """A carriage return at the very end counts as a line end."""
    if len(at) and at[-1] == len(every) - 1:
        at = at[:-1]
    return bool(np.all(every[at + 1] == _LF))


def _quotes_regular(every: _Bytes, at: npt.NDArray[np.intp], inside: int, delimiter: int) -> bool:
    """Quotes open and close in turn (inside: 1 when the first of these closes). A quote right after a closing one, or
    right before an opening one, makes the pair that stands for one quote."""
    opens, closes = at[inside::2], at[1 - inside :: 2]
    if len(opens) and opens[0] == 0:
        opens = opens[1:]
    if len(closes) and closes[-1] == len(every) - 1:
        closes = closes[:-1]
    before, after = every[opens - 1], every[closes + 1]
    starts = (before == delimiter) | (before == _LF) | (before == _QUOTE)
    ends = (after == delimiter) | (after == _LF) | (after == _CR) | (after == _QUOTE)
    return bool(np.all(starts) and np.all(ends))
