"""An analyst corrects a proposal: another kind of file, a question or a survey that is not registered yet."""

import hashlib
import re
from dataclasses import replace

from sqm.intake.look import Look
from sqm.intake.recipe import FIELDS, ColumnUse, Recipe, Template
from sqm.intake.words import vocabulary


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


def survey_code_of(title: str) -> str:
    """A code for a new survey, from its name."""
    word = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40]
    return word or f"survey_{_short(title)}"


def _short(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]
