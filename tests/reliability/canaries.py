"""A word and a number of its own in everything that is said of a store, looking for them in what comes back, and the
managers who look."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.reliability import planted
from tests.reliability.wire import Seen, Wire

_WORD = re.compile(r"canary(S\d+)x")
_NUMBERS = {f"{number}": store for store, number in planted.NUMBERS.items()}
_NUMBER = re.compile(r"(?<![\w.])7[,. \u00a0]?1[34]\d[,. \u00a0]?\d{3}(?!\w)")
_CONTEXT = 90
MANAGERS = {"S1": "East", "S3": "West", "S6": "North"}
"""Stores whose managers look, each in a district of its own."""

_PRAISED = r"Who does it well, \d+ months|近\d+个月做得好的同类厅"
EXCEPTIONS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "store",
        re.compile(rf'<td data-label="(?:{_PRAISED})"><span>(.*?)</span></td>'),
        "peers of the same class are named in praise, never in blame: sqm/ui/store/follow/mend_block.py",
    ),
)
"""Page, the one cell of it whose text may name other stores, and the rule that lets it."""


def say(store: str, text: str) -> str:
    """The word of a store in every text of it."""
    return f"{text} canary{store}x" if store else text


@dataclass
class Found:
    """What came back. leaks: store, where, and what stood around it."""

    requests: int = 0
    pages: set[str] = field(default_factory=set)
    own: int = 0
    exceptions: Counter[str] = field(default_factory=Counter)
    leaks: list[tuple[str, str, str]] = field(default_factory=list)


def merged(parts: Iterable[Found]) -> Found:
    """What several saw."""
    whole = Found()
    for each in parts:
        whole.requests += each.requests
        whole.pages |= each.pages
        whole.own += each.own
        whole.exceptions += each.exceptions
        whole.leaks += each.leaks
    return whole


def look_for(text: str, mine: str, where: str, found: Found) -> None:
    """Words and numbers of stores other than mine."""
    for page, cell, why in EXCEPTIONS:
        if where.lstrip("/").partition("?")[0] == page:
            for praised in cell.findall(text):
                found.exceptions[why] += sum(store != mine for store in _WORD.findall(praised))
            text = cell.sub("", text)
    met = [(each.group(1), each.start()) for each in _WORD.finditer(text)]
    digits = ((re.sub(r"\D", "", each.group()), each.start()) for each in _NUMBER.finditer(text))
    met += [(_NUMBERS[number], place) for number, place in digits if number in _NUMBERS]
    for store, place in met:
        around = text[max(place - _CONTEXT, 0) : place + _CONTEXT]
        if store == mine:
            found.own += 1
        else:
            found.leaks.append((store, where[:120], around))


def look_as(wire: Wire, role: str, district: str = "", store: str = "") -> Seen:
    """Choose a role in the form of a server without sign-in, as its words are in English."""
    wire.open("/matrix?lang=en")
    wire.follow("?look_as=1")
    for ending, value in (("look_as.role", role), ("look_as.district", district), ("look_as.store", store)):
        if value:
            widget = wire.last.ending(ending)
            wire.send({widget.widget_id: next(each for each in widget.options if value in each)})
    return wire.send({wire.last.ending("look_as.done").widget_id: True})


def manager(store: str) -> Callable[[Wire], Seen]:
    """Makes a tab that of the manager of S1, S3 or S6."""
    return lambda wire: look_as(wire, "store manager", MANAGERS[store], store)
