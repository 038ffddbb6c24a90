"""Step 2 of a study that is known: the file maps itself as an earlier one did; the analyst confirms, or maps anew."""

from dataclasses import replace

import streamlit as st

from sqm.intake.recipe import AUDITS, ColumnUse, Recipe, Template
from sqm.ui import blocks, formats
from sqm.ui.doors import data_names
from sqm.ui.upload import upload_draft
from sqm.ui.upload.columns import field_names, upload_columns, visit_columns
from sqm.ui.upload.upload_draft import Draft
from sqm.ui.words import _, language, n_, name

_SHOWN = 40


def confirm(draft: Draft) -> None:
    """Draw the step: what is taken over, the month if no column has it, and the button that reads the file."""
    recipe = draft.recipe
    blocks.block(
        _("Known study: {study} maps itself", study=_study(recipe)),
        _("{file} has the columns that {before} had. Confirm, or change what they mean.",
          file=draft.upload.file_name, before=draft.known),
    )  # fmt: skip
    if recipe.template in AUDITS:
        blocks.facts(*visit_columns.facts(recipe))
    elif recipe.items():
        headers = [_("Question"), _("Column in the file"), _("Scale"), _("Means no answer")]
        blocks.table(headers, [_question(use) for use in recipe.items()[:_SHOWN]], frozenset())
    blocks.facts(*_others(recipe))
    declared = recipe
    has = {use.field for use in recipe.columns}
    if recipe.template in (Template.SURVEY, Template.INDICATOR) and not has & {"month", "answered_on"}:
        with st.container(horizontal=True, width=320, key=f"upload_known_month_{language()}"):
            declared = recipe.with_constant("month", upload_columns.month(recipe))
        upload_columns.tell_month(draft, declared)
    has_month = recipe.template in AUDITS or has & {"month", "answered_on"} or declared.constant("month")
    with st.container(horizontal=True):
        if st.button(_("Confirm and check the file"), type="primary", disabled=not has_month, key="upload_known_done"):
            with st.spinner(_("Reading and checking every row …")):
                upload_draft.read(draft, replace(declared, confirmed=True))
            st.rerun()
        st.button(_("Change the mapping"), on_click=_map_anew, args=(draft,), key="upload_known_change")
        st.button(_("Take another file"), on_click=upload_draft.abandon, key="upload_known_abandon")


def _map_anew(draft: Draft) -> None:
    upload_draft.keep(replace(draft, known=""))


def _study(recipe: Recipe) -> str:
    if recipe.template is Template.INDICATOR:
        return _("indicator file")
    if recipe.template in AUDITS:
        return recipe.survey_name_en or _("store audits")
    known = data_names.names().surveys.get(recipe.survey_code, {})
    return name(known) or recipe.survey_name_en or recipe.survey_code


def _question(use: ColumnUse) -> list[str]:
    title = data_names.names().item(use.item_code)
    ends = (use.scale_min, use.scale_max)
    scale = "–".join(formats.number(end, 0 if end == int(end) else 1) for end in ends if end is not None)
    return [title, use.header, scale, ", ".join(use.missing) or formats.MISSING]


def _others(recipe: Recipe) -> list[tuple[str, str]]:
    """What the other columns are, what is declared for the whole file, and how many are left out."""
    used = [use for use in recipe.columns if use.field not in ("item", "ignore")]
    pairs = [(field_names.field_name(use.field), use.header) for use in used]
    known = data_names.names()
    for kind, code in recipe.constants:
        if kind in ("operator", "channel", "brand"):
            pairs.append((field_names.field_name(kind), known.label(kind, code)))
        elif kind == "indicator":
            pairs.append((field_names.field_name(kind), known.indicator(code)))
    left = sum(use.field == "ignore" for use in recipe.columns)
    return [*pairs, (_("Left out"), n_("{n} column", "{n} columns", left) if left else "")]
