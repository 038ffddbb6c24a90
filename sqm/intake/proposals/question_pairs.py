"""Which questions of a questionnaire belong together, so that their item codes share a stem.

What a stem is: sqm/rules/surveys/instrument.py. Expectation and perception, the Kano question with and without a
feature, importance and satisfaction. Halves are put together by the words that are left without those of their role,
else by their number among questions of their kind: a questionnaire begins to count anew with every block.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqm.intake.recipe import ColumnUse
from sqm.intake.words import header_words, question_words
from sqm.intake.words.question_words import Number
from sqm.rules.surveys.instrument import Facet

_KANO = (Facet.FUNCTIONAL, Facet.DYSFUNCTIONAL)
_KANO_STEM, _IMPORTANCE_STEM = "k", "i"
_MOST = 5.0  # a Kano question has five answers
_LETTERS = ("f", "d")


@dataclass(frozen=True)
class _Half:
    place: int
    text: str
    role: str
    number: Number | None
    is_graded: bool
    is_of_five: bool


_Pair = tuple[_Half, _Half]
_Key = Callable[[_Half], object]


def paired(uses: Sequence[ColumnUse], kano: frozenset[int], survey: str) -> list[ColumnUse]:
    """The uses with roles and item codes of pairs; a half without partner keeps the code of its own. kano: places in
    uses whose answers are those of a Kano question."""
    halves = [_half(place, use) for place, use in enumerate(uses) if use.field == "item"]
    conditions = kano | _numeric_kano(halves, kano)
    features = _features([half for half in halves if half.place in conditions])
    others = [half for half in halves if half.place not in conditions]
    gaps = _matched(_of(others, "expectation"), _of(others, "perception", "item"))
    taken = {half.place for pair in gaps for half in pair}
    importance = _of(others, "importance")
    joined = _joined(importance, gaps)
    rest = [half for half in importance if half.place not in joined]
    free = [half for half in _of(others, "perception", "item") if half.place not in taken]
    rated = _matched(rest, free)
    changed: dict[int, tuple[str, str]] = {}
    stems = _stems(gaps, "")
    for (first, second), stem in zip(gaps, stems, strict=True):
        changed[first.place] = (stem, Facet.EXPECTATION)
        changed[second.place] = (stem, Facet.PERCEPTION)
    changed |= {place: (stems[at], Facet.IMPORTANCE) for place, at in joined.items()}
    for (first, second), stem in zip(rated, _stems(rated, _IMPORTANCE_STEM), strict=True):
        changed[first.place] = (stem, Facet.IMPORTANCE)
        changed[second.place] = (stem, Facet.PERCEPTION)
    for (first, second), stem in zip(features, _stems(features, _KANO_STEM), strict=True):
        changed[first.place] = (stem, Facet.FUNCTIONAL)
        changed[second.place] = (stem, Facet.DYSFUNCTIONAL)
    alone = {place: _kano_role(uses[place]) for place in conditions if place not in changed}
    return [_changed(use, place, changed, alone, survey) for place, use in enumerate(uses)]


def _changed(
    use: ColumnUse, place: int, changed: Mapping[int, tuple[str, str]], alone: Mapping[int, str], survey: str
) -> ColumnUse:
    if place in changed:
        stem, facet = changed[place]
        return replace(use, item_code=f"{survey}.{stem}.{facet}", role=str(facet))
    return replace(use, role=alone[place]) if place in alone else use


def _half(place: int, use: ColumnUse) -> _Half:
    told = use.label or use.header
    number = question_words.number(use.header) or question_words.number(told)
    graded = bool(header_words.SATISFIED.search(told)) or use.role != "item"
    return _Half(place, told, use.role, number, graded, use.scale_max is not None and use.scale_max <= _MOST)


def _of(halves: Iterable[_Half], *roles: str) -> list[_Half]:
    return [half for half in halves if half.role in roles]


def _topic(half: _Half) -> object:
    return question_words.topic(half.text) or None


def _feature(half: _Half) -> object:
    return question_words.feature(half.text) or None


def _question(half: _Half) -> object:
    """Only a number with a half (12-1, E12) tells halves: a plain 12 may be any question."""
    return half.number.question if half.number and half.number.half else None


def _matched(firsts: Sequence[_Half], seconds: Sequence[_Half]) -> list[_Pair]:
    """First halves with their second halves, in the order of the first ones.

    A question that says it asks for the perception comes before one that may do so; that one, by number alone, must
    ask for a grade (4-2 may be anything else).
    """
    found: dict[int, _Pair] = {}
    named, graded = _of(seconds, Facet.PERCEPTION), [half for half in seconds if half.is_graded]
    passes = ((_topic, named), (_question, named), (_topic, seconds), (_question, graded))
    for key, allowed in passes:
        taken = {half.place for pair in found.values() for half in pair}
        groups = _grouped([half for half in firsts if half.place not in taken], key)
        partners = _grouped([half for half in allowed if half.place not in taken], key)
        for name, group in groups.items():
            others = partners.get(name, [])
            if len(group) == len(others):
                found |= {first.place: (first, second) for first, second in zip(group, others, strict=True)}
    return [found[place] for place in sorted(found)]


def _grouped(halves: Iterable[_Half], key: _Key) -> dict[object, list[_Half]]:
    groups: dict[object, list[_Half]] = {}
    for half in halves:
        name = key(half)
        if name is not None:
            groups.setdefault(name, []).append(half)
    return groups


def _joined(importance: Sequence[_Half], gaps: Sequence[_Pair]) -> dict[int, int]:
    """Importance asked beside expectation and perception, in the same words: place -> which pair it belongs to."""
    pairs = _grouped((first for first, _ in gaps), _topic)
    order = {first.place: at for at, (first, _) in enumerate(gaps)}
    groups = _grouped(importance, _topic)
    return {
        half.place: order[pair.place]
        for name, group in groups.items()
        for half, pair in zip(group, pairs.get(name, []), strict=False)
        if len(group) == len(pairs.get(name, []))
    }


def _numeric_kano(halves: Sequence[_Half], kano: frozenset[int]) -> frozenset[int]:
    """Kano questions answered by numbers: told by their role's name, or by an "if" whose "if not" is there as well."""
    named = {half.place for half in halves if half.role in _KANO}
    asked = [half for half in halves if half.place not in kano and half.is_of_five]
    conditions = [half for half in asked if question_words.is_condition(half.text)]
    groups = _grouped(conditions, _feature)
    both = {
        half.place
        for group in groups.values()
        if len({question_words.is_absent(half.text) for half in group}) > 1
        for half in group
    }
    return frozenset(named | both)


def _features(halves: Sequence[_Half]) -> list[_Pair]:
    """Kano pairs. The half that says "not" is the second; where both do, or neither, the first asked is the first:
    "no risk of a leak" is the feature, and "a risk of a leak" is its absence."""
    found: dict[int, _Pair] = {}
    keys: tuple[_Key, ...] = (_question, _feature)
    for key in keys:
        taken = {half.place for pair in found.values() for half in pair}
        for group in _grouped([half for half in halves if half.place not in taken], key).values():
            if len(group) % 2 == 0:
                found |= {a.place: _in_order(a, b) for a, b in zip(group[::2], group[1::2], strict=True)}
    return [found[place] for place in sorted(found)]


def _in_order(a: _Half, b: _Half) -> _Pair:
    roles = (a.role, b.role)
    if roles == (Facet.DYSFUNCTIONAL, Facet.FUNCTIONAL):
        return b, a
    if roles == _KANO:
        return a, b
    if a.number and b.number and a.number.half and b.number.half:
        is_told = (a.number.half, b.number.half) == _LETTERS
        return (a, b) if is_told or a.number.half <= b.number.half else (b, a)
    return (b, a) if question_words.is_absent(a.text) and not question_words.is_absent(b.text) else (a, b)


def _kano_role(use: ColumnUse) -> str:
    if use.role in _KANO:
        return use.role
    return Facet.DYSFUNCTIONAL if question_words.is_absent(use.label or use.header) else Facet.FUNCTIONAL


def _stems(pairs: Sequence[_Pair], prefix: str) -> list[str]:
    """The questions' own numbers when each has one of its own, else their order: 01, k01, i01."""
    numbers = [first.number.question for first, _ in pairs if first.number]
    if len(set(numbers)) != len(pairs):
        numbers = list(range(1, len(pairs) + 1))
    return [f"{prefix}{number:02d}" for number in numbers]
