"""Personal data that respondents type into free text, made unreadable before anything is stored.

Plain forms (mobile, landline, ID card, bank card, mail) are always found; evasive ones (spaces, full width, Chinese
numerals, letters for digits, "at" for @) mostly; names where a word beside them tells them (王先生, Mr Smith). What is
masked becomes MASK; the rest of the text stays literal.
"""

import re
import unicodedata

from sqm.intake.words import personal_data as personal
from sqm.intake.words.spelling import INVISIBLE

MASK = "***"
_SHORTEST = 2  # 姓王
SUSPECT = personal.SUSPECT
_SUSPECT = re.compile(re.sub(r"\\x\{([0-9A-F]+)\}", lambda match: chr(int(match[1], 16)), SUSPECT))
_BRACKETS = {"（": "(", "）": ")", "〔": "(", "〕": ")", "［": "[", "］": "]"}


def mask(text: str) -> str:
    """The text with personal data replaced by MASK. Line breaks, markup and all else stay as they are."""
    if len(text) < _SHORTEST or not _SUSPECT.search(text):
        return text
    plain = text if text.isascii() else "".join(map(_twin, text))
    spans = _spans(plain) + _name_spans(plain)
    if personal.HAN_RUN.search(plain):
        spans += _spans("".join(personal.HAN_DIGITS.get(character, character) for character in plain))
    spans += _lookalike_spans(plain)
    return _covered(text, spans) if spans else text


def _twin(character: str) -> str:
    """The half-width twin of one character, so that places in the twin text are places in the text."""
    code = ord(character)
    if code < 0x80 or 0x4E00 <= code <= 0x9FFF:
        return character
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    if character in INVISIBLE:
        return "\u200b"
    digit = unicodedata.digit(character, None)
    return str(digit) if digit is not None else _BRACKETS.get(character, character)


def _spans(plain: str) -> list[tuple[int, int]]:
    spans = []
    for pattern in personal.WHOLE:
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - 12) : match.start()]
            if pattern is not personal.CARD or not personal.NOT_CARD.search(before):
                spans.append(match.span())
    for pattern in personal.PARTS:
        spans += [match.span(1) for match in pattern.finditer(plain)]
    return spans


def _name_spans(plain: str) -> list[tuple[int, int]]:
    """The names themselves; the word that told them (先生, Mr) stays."""
    return [
        match.span(group)
        for pattern in personal.NAMES
        for match in pattern.finditer(plain)
        for group in range(1, pattern.groups + 1)
        if match[group]
    ]


def _lookalike_spans(plain: str) -> list[tuple[int, int]]:
    """Runs like 138OO138OOO: mostly digits, and a number once the letters are read as digits."""
    spans = []
    for match in personal.MIXED.finditer(plain):
        run = match[0]
        if sum(character.isdigit() for character in run) >= 5:
            digits = "".join(personal.LOOKALIKES.get(character, character) for character in run)
            if digits != run and any(p.search(digits) for p in (personal.MOBILE, personal.ID18, personal.CARD)):
                spans.append(match.span())
    return spans


def _covered(text: str, spans: list[tuple[int, int]]) -> str:
    """Every span replaced by MASK; spans that overlap become one."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at or not pieces:
            pieces += [text[at:start], MASK]
        at = max(at, end)
    return "".join(pieces) + text[at:]
