"""The five answers of a Kano questionnaire as people write them. Numbers are those of sqm/rules/drivers/kano.py."""

from collections.abc import Sequence

from sqm.intake.words import spelling

SCALE = (1.0, 5.0)
_ENOUGH = 0.8
_WORDS: dict[int, tuple[str, ...]] = {
    1: (
        "like", "i like it", "i like it that way", "i enjoy it that way", "i would like it",
        "喜欢", "我喜欢", "很喜欢", "我很喜欢", "非常喜欢", "满意", "마음에 든다", "좋다",
        "gefällt mir", "das würde mich sehr freuen",
    ),
    2: (
        "must be", "must-be", "must be so", "it must be that way", "expect", "i expect it",
        "i expect it to be that way",
        "理应如此", "理所当然", "必须这样", "必须如此", "应该如此", "应当如此", "当然应该", "它理应如此", "理应有",
        "당연하다", "setze ich voraus",
    ),
    3: (
        "neutral", "i am neutral", "i'm neutral", "don't care", "i don't care",
        "无所谓", "我无所谓", "没感觉", "没有感觉", "一般", "아무런 느낌이 없다", "상관없다", "ist mir egal",
    ),
    4: (
        "live with", "can live with", "i can live with it", "i can live with it that way", "tolerate",
        "i can tolerate it", "can tolerate", "i can accept it",
        "能忍受", "可以忍受", "勉强接受", "勉强可以接受", "可以接受", "能够忍受", "我可以忍受", "하는 수 없다",
        "könnte ich in kauf nehmen",
    ),
    5: (
        "dislike", "i dislike it", "i dislike it that way", "don't like it", "i would dislike it",
        "不喜欢", "我不喜欢", "很不喜欢", "我很不喜欢", "非常不喜欢", "不满意", "마음에 안 든다", "싫다",
        "würde mich sehr stören",
    ),
}  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(spelling.normal(text).casefold().split()).strip(" .。!！")


_POINTS = {_folded(word): point for point, words in _WORDS.items() for word in words}


def point(text: str) -> int | None:
    """1 like, 2 must be so, 3 neutral, 4 can live with, 5 dislike; None for any other text."""
    return _POINTS.get(_folded(text))


def answers_kano(values: Sequence[str]) -> bool:
    """Are these the answers to a Kano question? Satisfied and dissatisfied alone could be answers to anything."""
    points = [point(text) for text in values if text.strip()]
    known = {each for each in points if each is not None}
    if not points or sum(each is not None for each in points) < _ENOUGH * len(points):
        return False
    return bool(known - {1, 5}) and len(known) > 1
