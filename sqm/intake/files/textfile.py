"""A text file in memory, as UTF-8, whatever its encoding was."""

from dataclasses import dataclass
from pathlib import Path

from sqm.intake.files import encoding
from sqm.intake.files.encoding import Guess

_ALWAYS_VERIFIED = 1024**2


@dataclass(frozen=True)
class TextFile:
    """body: UTF-8 without byte order mark; not proven to be UTF-8 before ``verified``, because Arrow's parser proves it
    on the way. damaged: some bytes could not be read and stand as U+FFFD. encoding '' = the bytes are no text."""

    body: bytes
    encoding: str
    certain: bool = True
    damaged: bool = False
    is_verified: bool = True


def load(path: Path, named: str = "", limit: int = -1) -> TextFile:
    """Read a file, at most limit bytes of it (-1 = all). named: an encoding that is known already."""
    with path.open("rb") as stream:
        guess = encoding.detect(stream.read(encoding.SAMPLE))
        stream.seek(guess.mark)
        data = stream.read(limit)
        is_cut = limit > 0 and len(stream.read(1)) > 0
    if named and named != guess.encoding and not guess.mark:
        guess = Guess(named)
    if not guess.encoding:
        return TextFile(b"", "", False)
    if guess.encoding == "utf-8":
        while data.startswith(b"\xef\xbb\xbf"):
            data = data[3:]
        file = TextFile(data, "utf-8", guess.certain, False, False)
        return file if len(data) > _ALWAYS_VERIFIED else verified(file, is_cut)
    return _transcoded(data, guess.encoding, guess.certain, is_cut)


def _transcoded(data: bytes, name: str, certain: bool, is_cut: bool = False) -> TextFile:
    text, damaged = encoding.decode(data, name)
    return TextFile(text.lstrip("\ufeff").encode("utf-8", "replace"), name, certain, damaged and not is_cut)


def verified(file: TextFile, is_cut: bool = False) -> TextFile:
    """The same file with bytes that are no UTF-8 dealt with: another encoding from there on, or damage."""
    if file.is_verified:
        return file
    try:
        file.body.decode("utf-8")
        return TextFile(file.body, "utf-8", file.certain)
    except UnicodeDecodeError as error:
        at = error.start
    if is_cut and at > len(file.body) - 4:
        return TextFile(file.body[:at], "utf-8", file.certain)
    if file.body[:at].isascii():
        later = encoding.detect(file.body[max(0, at - 64) : at + encoding.SAMPLE])
        if later.encoding not in ("", "utf-8"):
            return _transcoded(file.body, later.encoding, False, is_cut)
    return TextFile(file.body.decode("utf-8", "replace").encode(), "utf-8", file.certain, True)
