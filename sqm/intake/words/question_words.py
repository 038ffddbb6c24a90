"""What a question asks about, apart from what it asks for: its number, and its words without those of its role."""

import re
from dataclasses import dataclass

from sqm.intake.words import spelling

_FLAGS = re.IGNORECASE
_NUMBERED = re.compile(
    r"^\s*(?:q|问题|题|第)?\s*(\d{1,3})\s*(?:[-–._]\s*(\d{1,2})(?!\d)|([a-z])\b)?\s*题?[.、):：\s]*", _FLAGS
)
_LETTERED = re.compile(r"^\s*([a-z])[-_]?(\d{1,3})(?!\d)[.、):：\s]*", _FLAGS)
_ROLE_WORDS = re.compile(
    r"expectations?|expected|expects?|perceptions?|perceived|perceives?|actual(?:ly)?|importance|important|satisfaction"
    r"|satisfied|dysfunctional|functional|期望值?|期待值?|感知值?|实际(?:感受|体验|表现)?|重要(?:性|程度|度)?|满意(?:度|程度)?"
    r"|正向题?|反向题?|기대|인지|설문|중요도?|만족도?|\b(?:with|of|how|is|are|were|was|you|the|to)\b|程度",
    _FLAGS,
)
_TAIL = re.compile(r"[-_ ](?:e|p|i|f|d|exp|perc?|imp|sat)$", _FLAGS)
_NEGATION = re.compile(
    r"dysfunctional|反向|without|\b(?:not|no|cannot)\b|n't\b|(?:如果|若|假如|要是).{0,12}?(?:没有|不|无)|없다면|않[는았]?다면|불가능하",
    _FLAGS,
)
_CONDITION = re.compile(r"functional|正向|^[^,，]*\b(?:if|with|without)\b|如果|若|假如|要是|만약", _FLAGS)
_CONDITION_WORDS = re.compile(
    r"dysfunctional|functional|正向题?|反向题?|如果|假如|要是|若|没有|具备|不|没|无|有|without|cannot|can|n't|n’t"
    r"|\b(?:if|with|not|no|does|do|did|had|has|have|is|are|were|was|would)\b|만약",
    _FLAGS,
)
_MARKS = re.compile(r"[\s()（）\[\]【】<>:：,，.。;；?？!！、/\\|'\"“”‘’_\-–—·]+")


@dataclass(frozen=True)
class Number:
    """12-2: question 12, half "2". E7: question 7, half "e". half is '' where a question has a number alone."""

    question: int
    half: str = ""


def number(text: str) -> Number | None:
    """The number that a question begins with."""
    match = _LETTERED.match(text)
    if match and match[1].casefold() != "q":
        return Number(int(match[2]), match[1].casefold())
    match = _NUMBERED.match(text)
    return Number(int(match[1]), (match[2] or match[3] or "").casefold()) if match else None


def topic(text: str) -> str:
    """The words of a question without its number and the words of its role; '' when nothing is left."""
    return _bare(_ROLE_WORDS.sub(" ", _TAIL.sub("", _unnumbered(text))))


def feature(text: str) -> str:
    """The words of a Kano question without "if", "not" and their kin: the same for both halves of many pairs."""
    return _bare(_CONDITION_WORDS.sub(" ", _TAIL.sub("", _unnumbered(text))))


def is_condition(text: str) -> bool:
    """If the phone had ..., 如果有……"""
    return bool(_CONDITION.search(spelling.normal(text)))


def is_absent(text: str) -> bool:
    """If it did not have ..., 如果没有……"""
    return bool(_NEGATION.search(spelling.normal(text)))


def _unnumbered(text: str) -> str:
    """E7 keeps its number, which is all it says."""
    plain = spelling.normal(text).casefold()
    lettered = _LETTERED.match(plain)
    if lettered and lettered[1] != "q":
        return lettered[2] + plain[lettered.end() :]
    rest = _NUMBERED.sub("", plain, count=1)
    return rest or plain


def _bare(text: str) -> str:
    return _MARKS.sub("", text)
