"""Which encoding a text file is in. Known header words decide; then how likely the characters are."""

import codecs
from dataclasses import dataclass

import charset_normalizer

from sqm.intake.words import vocabulary

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_CANDIDATES = ("gb18030", "big5", "cp949", "shift_jis", "cp1252", "cp1251", "cp1250")
SAMPLE = 256 * 1024


@dataclass(frozen=True)
class Guess:
    """encoding is '' when the bytes are no text. mark: length of the byte order mark. certain: no guess was needed."""

    encoding: str
    mark: int = 0
    certain: bool = True


def detect(data: bytes) -> Guess:
    """The encoding of a whole file."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Guess(name, len(mark))
    wide = _without_mark(data[:4096])
    if wide:
        return Guess(wide)
    head = data[:SAMPLE]
    if _valid_utf8(head):
        return Guess("utf-8")
    scores = {name: _header_score(head, name) for name in _CANDIDATES}
    best_name = max(scores, key=lambda name: scores[name])
    if scores[best_name] >= 2:
        return Guess(best_name)
    if _mostly_utf8(head):
        return Guess("utf-8", certain=False)
    if _likely(head, "cp949") > 0.95 > 0.9 * _likely(head, "gb18030"):
        return Guess("cp949", certain=False)  # Hangul fills only the first half of the range of everyday Chinese
    ranked = sorted(((_likely(head, name), name) for name in ("gb18030", "big5", "cp949", "shift_jis")), reverse=True)
    if ranked[0][0] > 0.6:
        return Guess(ranked[0][1], certain=False)
    if _likely_latin(head):
        return Guess("cp1252", certain=False)
    best = charset_normalizer.from_bytes(head).best()
    if best is not None and not any(ord(c) < 9 for c in str(best)[:4096]):
        return Guess(best.encoding, certain=False)
    return Guess("cp1252", certain=False) if _decodes(head, "cp1252") else Guess("")


def _likely_latin(head: bytes) -> bool:
    """Western letters here and there among plain ASCII."""
    if not _decodes(head, "cp1252"):
        return False
    other = [c for c in head.decode("cp1252", "ignore") if ord(c) > 127]
    return len(other) < 0.2 * len(head) and sum(c.isalpha() for c in other) > 0.7 * len(other)


def _without_mark(head: bytes) -> str:
    """UTF-16 or UTF-32 without a byte order mark, told by the places of its zero bytes."""
    if head.count(0) < 0.15 * max(1, len(head)):
        return ""
    quarters = [head[i::4].count(0) / max(1, len(head[i::4])) for i in range(4)]
    if min(quarters[1:]) > 0.7:
        return "utf-32-le"
    if min(quarters[:3]) > 0.7:
        return "utf-32-be"
    even, odd = quarters[0] + quarters[2], quarters[1] + quarters[3]
    if min(even, odd) > 0.1 * max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _valid_utf8(head: bytes) -> bool:
    """Valid but for a character cut at the end of the sample."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(head: bytes) -> bool:
    """Far more well-formed multi-byte characters than broken ones: UTF-8 with damage, not another encoding."""
    text = head.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if ord(c) > 127) - broken
    return whole > 3 * broken


def _decodes(head: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(head)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _header_score(head: bytes, name: str) -> int:
    """How many template columns some early line names when decoded so; ASCII lines say nothing about encodings."""
    lines = head[:8192].decode(name, "ignore").replace("\r", "\n").split("\n")[:20]
    best = 0
    for line in lines:
        if line.isascii():
            continue
        for delimiter in (",", "\t", ";", "|"):
            if delimiter in line:
                best = max(best, vocabulary.best_template([c.strip('" ') for c in line.split(delimiter)])[1])
    return best


def _likely(head: bytes, name: str) -> float:
    """Share of the non-ASCII characters that are everyday ones in this encoding (1 = all)."""
    if not _decodes(head, name):
        return 0.0
    text = codecs.getincrementaldecoder(name)().decode(head)
    other = [c for c in text if ord(c) > 127]
    if not other:
        return 0.0
    return sum(1 for c in other if _everyday(c, name)) / len(other)


def _everyday(character: str, name: str) -> bool:
    try:
        lead = character.encode({"gb18030": "gb2312", "big5": "big5", "cp949": "euc_kr"}.get(name, name))[0]
    except UnicodeEncodeError:
        return False
    if name == "gb18030":
        return 0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3
    if name == "big5":
        return 0xA4 <= lead <= 0xC6 or lead in (0xA1, 0xA2)
    if name == "cp949":
        return 0xAC00 <= ord(character) <= 0xD7A3 or lead == 0xA1
    return "\u3040" <= character <= "\u30ff" or 0x88 <= lead <= 0x97


def decode(data: bytes, name: str) -> tuple[str, bool]:
    """The text, and whether some bytes could not be read (they stand as U+FFFD)."""
    try:
        return data.decode(name), False
    except UnicodeDecodeError:
        return data.decode(name, "replace"), True
    except LookupError:
        return data.decode("utf-8", "replace"), True
