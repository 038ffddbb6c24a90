"""A text file in memory, as UTF-8, whatever its encoding was."""

from dataclasses import dataclass
from pathlib import Path

from sqm.intake import encoding
from sqm.intake.encoding import Guess


@dataclass(frozen=True)
class TextFile:
    """body: UTF-8 without byte order mark. damaged: some bytes could not be read and stand as U+FFFD.
    replaced: U+FFFD stood in the file itself already. encoding '' = the bytes are no text."""

    body: bytes
    encoding: str
    certain: bool = True
    damaged: bool = False


def load(path: Path, named: str = "", limit: int = -1) -> TextFile:
    """Read a file, at most limit bytes of it (-1 = all). named: an encoding that is known already."""
    with path.open("rb") as stream:
        data = stream.read(limit)
    guess = encoding.detect(data)
    if named and named != guess.encoding and not guess.mark:
        guess = Guess(named, 0)
    if not guess.encoding:
        return TextFile(b"", "", False)
    if guess.encoding == "utf-8":
        return _utf8(data, guess, cut=limit > 0 and len(data) == limit)
    text, damaged = encoding.decode(data, guess)
    body = text.lstrip("\ufeff").encode("utf-8", "replace")
    return TextFile(body, guess.encoding, guess.certain, damaged and not (limit > 0 and len(data) == limit))


def _utf8(data: bytes, guess: Guess, cut: bool) -> TextFile:
    body = data[guess.mark :]
    while body.startswith(b"\xef\xbb\xbf"):
        body = body[3:]
    try:
        body.decode("utf-8")
        return TextFile(body, "utf-8")
    except UnicodeDecodeError as error:
        if cut and error.start > len(body) - 4:
            return TextFile(body[: error.start], "utf-8")
        if not guess.mark and body[: error.start].isascii():
            later = encoding.detect(body[max(0, error.start - 64) : error.start + 65536])
            if later.encoding not in ("", "utf-8"):
                text, damaged = encoding.decode(body, later)
                return TextFile(text.encode("utf-8", "replace"), later.encoding, False, damaged)
        return TextFile(body.decode("utf-8", "replace").encode(), "utf-8", guess.certain, True)
