"""An analyst corrects a proposal: another kind of file, a question or a survey that is not registered yet."""

import hashlib
import re
from dataclasses import replace

from sqm.intake.first_look.look import Look
from sqm.intake.recipe import FIELDS, ColumnUse, Recipe, Template
from sqm.intake.words import vocabulary
from sqm.rules.surveys import instrument
from sqm.rules.surveys.instrument import Facet


def with_template(recipe: Recipe, template: Template, look: Look) -> Recipe:
    """The recipe for another kind of file. A column keeps its meaning where the kind knows it; else its header decides,
    and what says nothing is left out."""
    named = vocabulary.match([cell.text for cell in look.headers], template)
    columns = []
    for place, use in enumerate(recipe.columns):
        at = use.position if use.position >= 0 else place
        word = named[at] if at < len(named) else None
        kept = use.field if use.field in FIELDS[template] else "ignore"
        columns.append(replace(use, field=word.field if word and kept == "ignore" else kept))
    return replace(recipe, template=template, columns=tuple(columns), is_template=False)


def new_item_code(use: ColumnUse) -> str:
    """A code for a question that the register lacks: readable where the header is, and the same for the same header."""
    word = re.sub(r"[^a-z0-9]+", "_", use.header.lower()).strip("_")[:40]
    return f"{use.process_code or 'other'}.{word or _short(use.header)}"


def pair_of(use: ColumnUse) -> str:
    """What the halves of a pair have in common: k07 of kiosk.k07.functional; '' for a question by itself."""
    stem, facet = instrument.stem_of(use.item_code, use.role)
    return stem.partition(".")[2] if facet is not None and stem != use.item_code else ""


def asked_as(use: ColumnUse, survey_code: str, role: str, pair: str) -> ColumnUse:
    """The question with another role, or in another pair. Halves with one survey, one pair and two roles belong
    together; a half without a pair stands by itself."""
    word = re.sub(r"[^a-z0-9]+", "_", pair.strip().lower()).strip("_") or (_short(pair) if pair.strip() else "")
    stem = f"{survey_code}.{word or f'q{use.position + 1}'}"
    code = f"{stem}.{role}" if word and role in set(Facet) else stem
    return replace(use, item_code=code, role=role)


def with_survey(recipe: Recipe, former: str, survey_code: str) -> Recipe:
    """The recipe under another survey's code; items that were named after the former one are named after this one."""
    head = f"{former}."
    columns = tuple(
        replace(use, item_code=f"{survey_code}.{use.item_code.removeprefix(head)}")
        if survey_code and former and use.item_code.startswith(head) else use
        for use in recipe.columns
    )  # fmt: skip
    return replace(recipe, columns=columns, survey_code=survey_code)


def survey_code_of(title: str) -> str:
    """A code for a new survey, from its name."""
    word = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40]
    return word or f"survey_{_short(title)}"


def _short(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]
