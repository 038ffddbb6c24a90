"""Personal data that respondents type into free text, made unreadable before anything is stored.

Plain forms (mobile, landline, ID card, bank card, mail) are always found; evasive ones (spaces, full width, Chinese
numerals, letters for digits, "at" for @) mostly. What is masked becomes MASK; the rest of the text stays literal.
"""

import re
import unicodedata

from sqm.intake.spelling import INVISIBLE

MASK = "***"
_HAN = dict(zip("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸", "00012345678911234567892" + "36", strict=True))
_LOOKALIKE = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "О": "0", "о": "0"}
# What may stand between the digits of a number somebody spells out.
_SEP = r"[\s\-‐‑–—_.·•/\\*,，、。~～\u200b-\u200f\u2060\ufeff\u20e3\ufe0f+]"
_S = _SEP + "{0,3}"
_MOBILE = re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_S})?0?1{_S}[3-9](?:{_S}\d){{9}}(?!{_SEP}?\d{{5}})(?!\d)")
_BRACKETED = re.compile(rf"(?<!\d)[(（\[【]?1[3-9]\d[)）\]】]?{_S}\d{{4}}{_S}\d{{4}}(?!\d)")
_LANDLINE = re.compile(rf"(?<![\d.])[(（]?0\d{{2,3}}[)）]?{_S}[2-9]\d{{2,3}}{_S}\d{{4}}(?:{_S}(?:转|ext\.?){_S}\d{{1,6}})?(?!\d)")
_LOCAL = re.compile(rf"(?:电话|座机|固话|号码|联系|tel|phone|call)\D{{0,6}}([2-9]\d{{2,3}}{_S}\d{{4}})(?!\d)", re.IGNORECASE)
_ID18 = re.compile(rf"(?<!\d)[1-9](?:{_S}\d){{5}}{_S}(?:1{_S}[89]|2{_S}0)(?:{_S}\d){{2}}(?:{_S}\d){{4}}(?:{_S}\d){{3}}{_S}[\dXx×](?!\d)")
_ID15 = re.compile(r"(?<!\d)[1-9]\d{5}[ -]?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}(?!\d)")
_CARD = re.compile(rf"(?<!\d)[3-9](?:{_S}\d){{15,18}}(?!\d)")
_NOT_CARD = re.compile(r"(?:订单|流水|工单|单号|受理|编号|order|ticket)[^\d]{0,8}$", re.IGNORECASE)
_AT = r"\s*(?:@|＠|[(\[（【{]\s*(?:at|AT|艾特|@)\s*[)\]）】}]|\s(?:at|AT)\s|#at#|艾特)\s*"
_DOT = r"\s*(?:\.|．|。|[(\[（【]\s*(?:dot|点)\s*[)\]）】]|\s(?:dot|DOT)\s|点)\s*"
_MAIL = re.compile(rf"[A-Za-z0-9_][A-Za-z0-9._%+\-]*{_AT}[A-Za-z0-9\-]+(?:{_DOT}[A-Za-z0-9\-]{{2,}})+")
_ACCOUNT = re.compile(
    r"(?:微信|weixin|wechat|vx|wx|薇信|威信|QQ|扣扣|qq)(?:号码?|id)?\s*[:：是为]?\s*([A-Za-z0-9_][A-Za-z0-9_\-]{4,19})", re.IGNORECASE
)
_PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])")
_PASSPORT = re.compile(r"(?:护照|passport)\D{0,6}([A-Za-z]{1,2}\d{7,9})", re.IGNORECASE)
_PATTERNS = (_MAIL, _ID18, _MOBILE, _BRACKETED, _CARD, _ID15, _LANDLINE, _PLATE)
_GROUPED = (_LOCAL, _ACCOUNT, _PASSPORT)
_MIXED = re.compile(r"(?<![A-Za-z0-9])[0-9OolI|Оо](?:[\s\-._]?[0-9OolI|Оо]){10,21}(?![A-Za-z0-9])")
# Cheap test, for Arrow's regular expressions too: a text it does not match needs no masking.
SUSPECT = (
    r"(?i)[@＠]|\bat\b|艾特|微信|薇信|威信|weixin|wechat|vx|wx|qq|扣扣|护照|passport|[沪京津渝粤苏浙闽鲁豫川鄂湘皖赣冀晋陕辽吉黑桂琼云贵甘青宁新藏蒙][A-Z]"
    r"|[0-9OolI|０-９零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖①-⑨⓪](?:[^0-9０-９]{0,4}[0-9OolI|０-９零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖①-⑨⓪]){6}"
    r"|[\x{1D7CE}-\x{1D7FF}]"
)
_SUSPECT = re.compile(SUSPECT.replace(r"\x{1D7CE}", "\U0001d7ce").replace(r"\x{1D7FF}", "\U0001d7ff"))


def mask(text: str) -> str:
    """The text with personal data replaced by MASK. Line breaks, markup and all else stay as they are."""
    if len(text) < 5 or not _SUSPECT.search(text):
        return text
    plain = _aligned(text)
    spans = _spans(plain)
    if _HAN_RUN.search(text):
        spans += _spans(_han_digits(plain))
    for match in _MIXED.finditer(plain):
        digits = "".join(_LOOKALIKE.get(c, c) for c in match[0])
        if sum(c.isdigit() for c in match[0]) >= 6 and any(p.search(digits) for p in (_MOBILE, _ID18, _CARD)):
            spans.append(match.span())
    return _covered(text, spans) if spans else text


_HAN_RUN = re.compile(rf"[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸](?:{_S}[\d零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸０-９]){{6}}|\d{_S}[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖](?:{_S}[\d零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]){{5}}")


def _aligned(text: str) -> str:
    """Half-width twin of the text, character for character, so that places in it are places in the text."""
    if text.isascii():
        return text
    return "".join(map(_twin, text))


def _twin(character: str) -> str:
    code = ord(character)
    if code < 0x80 or 0x4E00 <= code <= 0x9FFF:
        return character
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    if character in INVISIBLE:
        return "\u200b"
    digit = unicodedata.digit(character, None)
    return str(digit) if digit is not None else character


def _han_digits(plain: str) -> str:
    return "".join(_HAN.get(character, character) for character in plain)


def _spans(plain: str) -> list[tuple[int, int]]:
    spans = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if pattern is _CARD and _NOT_CARD.search(plain[max(0, match.start() - 12) : match.start()]):
                continue
            spans.append(match.span())
    for pattern in _GROUPED:
        spans += [match.span(1) for match in pattern.finditer(plain)]
    return spans


def _covered(text: str, spans: list[tuple[int, int]]) -> str:
    """Every span replaced by MASK; spans that touch or overlap become one."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start > at or not pieces:
            pieces += [text[at:start], MASK]
        at = max(at, end)
    return "".join(pieces) + text[at:]
