"""Items of store audits: those that checklists have, and new ones that a file brings."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sqm.intake.problems import Level
from sqm.intake.recipe import Recipe
from sqm.intake.register import AuditItem, Register
from sqm.intake.rows.findings import Findings
from sqm.intake.rows.visits.visit_marks import Item
from sqm.intake.words import spelling, visit_words


def known(register: Register) -> dict[str, AuditItem]:
    """Code, English and Chinese name as compared -> item. Two items of one name are told apart by code only."""
    words: dict[str, AuditItem] = {}
    shared = set()
    for entry in register.audit_items:
        for word in {spelling.header(name) for name in (entry.name_en, entry.name_zh) if name}:
            if word in words:
                shared.add(word)
            words[word] = entry
    kept = {word: entry for word, entry in words.items() if word not in shared}
    return kept | {spelling.header(entry.code): entry for entry in register.audit_items}


def item(text: str, words: Mapping[str, AuditItem], recipe: Recipe, most: float, column: str) -> Item:
    """The item that a text names; one that nobody knows gets a code of its own. most: its points if it is new."""
    entry = words.get(spelling.header(text))
    if entry is not None:
        return Item(entry.code, entry.name_en or text, entry.most or most, entry.critical, column)
    word = spelling.bare(text)
    code = word if recipe.is_template else visit_words.item_code(recipe.survey_code, word)
    return Item(code, word, most, False, column)


def say_new(
    found: Sequence[Item], coded: npt.NDArray[np.int32], register: Register, header: str, findings: Findings
) -> None:
    """Items that the file would register: a remark, and a warning where a known one is written nearly so."""
    codes = {entry.code for entry in register.audit_items}
    near = {spelling.header(entry.code): entry.code for entry in register.audit_items} | {
        spelling.header(name): name for entry in register.audit_items for name in (entry.name_zh, entry.name_en) if name
    }
    alike: dict[str, list[int]] = {}
    for place, one in enumerate(found):
        if one.code and one.code not in codes:
            similar = spelling.similar(spelling.header(one.text), near)
            alike.setdefault(near.get(similar, ""), []).append(place)
    for similar, places in alike.items():
        rows = np.flatnonzero(np.isin(coded, places))
        level = Level.WARNING if similar else Level.NOTE
        texts = [found[place].text for place in places]
        findings.add("visit_item_new", level, header, rows, texts, similar=similar)
