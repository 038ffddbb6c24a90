"""The ways one word is written: full width, odd spaces, invisible characters, nearly right."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

# Characters nobody sees: zero width, byte order marks, soft hyphen, directions of writing, variation selectors.
INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u180e"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
)
_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\t\r\n\v\f\u0085\u2028\u2029"
)
_BARE = {ord(c): None for c in INVISIBLE} | {ord(c): " " for c in _SPACES}
# Full-width forms have one half-width twin each, so this never joins or splits characters (NFKC makes 7² into 72).
_NARROW = _BARE | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: "-", 0xFE63: "-"}
_NOTE_AT_END = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]$")
_LOOSE = re.compile(r"[\s_\-./·*:：、,，'\"`]+")


def bare(text: str) -> str:
    """Without invisible characters, every kind of space a plain one, trimmed."""
    return text.translate(_BARE).strip()


def narrow(text: str) -> str:
    """bare, and full-width ASCII made half-width."""
    return text.translate(_NARROW).strip()


def normal(text: str) -> str:
    """NFKC, bare: how headers and codes are compared."""
    return bare(unicodedata.normalize("NFKC", bare(text)))


def code(text: str) -> str:
    """A store, district or operator code as the registers write it."""
    return normal(text).upper()


def header(text: str) -> str:
    """A header for comparison: no case, spaces, marks, and no trailing note such as (%) or （1-10分）."""
    word = normal(text).casefold()
    for _ in range(3):
        shorter = _NOTE_AT_END.sub("", word).strip()
        if shorter == word or not shorter:
            break
        word = shorter
    return _LOOSE.sub("", word) or word


def similar(word: str, words: Iterable[str]) -> str:
    """The word among words that was probably meant, or ''. One or two characters apart, never more than a third."""
    known = list(words)
    if len(word) < 2:
        return ""
    cutoff = 0.6 if len(word) <= 3 else 0.7
    found = difflib.get_close_matches(word, known, n=1, cutoff=cutoff)
    return found[0] if found else ""
