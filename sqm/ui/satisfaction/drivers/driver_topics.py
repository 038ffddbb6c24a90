"""Which questions of a survey may be outcomes, which may go with them, and which features were asked in pairs."""

from sqm.rules.surveys.instrument import Facet, Topic, pairs, topics
from sqm.ui.doors.data_names import Names
from sqm.ui.satisfaction.data_satisfaction import OVERALL, Held

LEAST_DRIVERS = 2
_GENERAL, _PROCESS, _ITEM = "overall", "process", "item"


def _role(item: str, names: Names) -> str:
    return str(names.items.get(item, {}).get("role", ""))


def _process(item: str, names: Names) -> str:
    return str(names.items.get(item, {}).get("process_code", ""))


def drivers_of(outcome: str, held: Held, names: Names) -> tuple[str, ...]:
    """Of the operator as a whole: its processes (its questions where it has none); of a process: its questions."""
    if _role(outcome, names) == _GENERAL:
        processes = tuple(item for item in held.items if _role(item, names) == _PROCESS)
        return processes or tuple(item for item in held.items if _role(item, names) == _ITEM)
    mine = _process(outcome, names)
    return tuple(item for item in held.items if mine and _process(item, names) == mine and _role(item, names) == _ITEM)


def outcomes(held: Held, names: Names) -> tuple[str, ...]:
    """The overall questions with enough others under them, the operator as a whole first."""
    if not held.has_own:
        return ()
    found = [item for item in held.items if _role(item, names) in (_GENERAL, _PROCESS)]
    found = [item for item in found if len(drivers_of(item, held, names)) >= LEAST_DRIVERS]
    return tuple(sorted(found, key=lambda item: (item != OVERALL, _role(item, names) != _GENERAL)))


def _topics(held: Held, names: Names) -> tuple[Topic, ...]:
    return topics((item, _role(item, names), _process(item, names)) for item in held.items)


def importance_items(held: Held, names: Names) -> dict[str, str]:
    """What a question is about -> the question that asked how important that is."""
    return {
        topic.items[Facet.PERCEPTION]: topic.items[Facet.IMPORTANCE]
        for topic in _topics(held, names)
        if topic.has(Facet.PERCEPTION, Facet.IMPORTANCE)
    }


def features(held: Held, names: Names) -> tuple[Topic, ...]:
    """Features asked both ways: how would you feel with it, how without it."""
    return tuple(pairs(_topics(held, names), Facet.FUNCTIONAL, Facet.DYSFUNCTIONAL)) if held.has_own else ()


def scored(held: Held, names: Names) -> tuple[str, ...]:
    """The questions that say how satisfied customers are. Half of a pair on a feature says nothing alone, and neither
    do expectation, importance and what managers and contact staff are asked: the gap model shows those."""
    others = {
        item
        for topic in _topics(held, names)
        for facet, item in topic.items.items()
        if facet is not Facet.PERCEPTION or (topic.has(Facet.EXPECTATION) and not item.endswith(f".{_GENERAL}"))
    }
    return tuple(item for item in held.items if item not in others)


def is_about_satisfaction(held: Held, names: Names) -> bool:
    """Is there anything on the page of satisfaction to show of this survey? Not of a questionnaire for managers."""
    return bool(scored(held, names)) or bool(features(held, names))
