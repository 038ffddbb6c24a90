"""Step 2 of a file of store audits: what its columns are; the columns of marks in one row, what a mark means once."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from sqm.intake.first_look.look import Look
from sqm.intake.recipe import FIELDS, ColumnUse, Recipe, Template
from sqm.intake.rows.visits import failed_items, visit_header
from sqm.intake.rows.visits.visit_stores import STORE_DAY
from sqm.intake.words import visit_words
from sqm.ui.audits import audits_words
from sqm.ui.stores.doors import data_standards
from sqm.ui.upload.columns import declared, field_names
from sqm.ui.upload.upload_draft import Draft
from sqm.ui.words import N_, _, language, n_

_SAMPLES, _NAMED = 3, 3
_TALLEST = 920  # all columns of a real file of inspections in sight
_MARKS = {
    visit_words.POINTS: N_("points, from 0 to the most"),
    visit_words.FAILED: N_("1 = failed, 0 = passed"),
    visit_words.PASSED: N_("1 = passed, 0 = failed"),
}
_HOLDS = {
    "": N_("nothing else"),
    "day": N_("the day: 65776_20170126"),
    STORE_DAY: N_("the store and the day: 65776_20170126"),
}


def edit(draft: Draft) -> Recipe:
    """The two tables, as the analyst has them now: the columns by themselves, and the columns of marks together."""
    look, recipe = draft.look, draft.recipe
    marked = [at for at, use in enumerate(recipe.columns) if use.field == "item"]
    others = [at for at in range(len(recipe.columns)) if at not in set(marked)]
    uses = list(recipe.columns)
    key = f"{recipe.template}_{draft.upload.upload_id}_{language()}"
    for at, use in zip(others, _others(look, recipe, [uses[at] for at in others], key), strict=True):
        uses[at] = use
    if marked:
        with st.expander(marked_title([uses[at] for at in marked]), expanded=False):
            for at, use in zip(marked, _marked(look, [uses[at] for at in marked], key), strict=True):
                uses[at] = use
    return replace(recipe, columns=tuple(uses))


def marked_title(uses: list[ColumnUse]) -> str:
    """56 columns of marks: FC01 … FC56"""
    headers = [use.header for use in uses]
    between = " … " if len(headers) > _NAMED else ", "
    named = between.join([headers[0], headers[-1]] if len(headers) > _NAMED else headers)
    return n_("{n} column of marks: {names}", "{n} columns of marks: {names}", len(headers), names=named)


def _others(look: Look, recipe: Recipe, uses: list[ColumnUse], key: str) -> list[ColumnUse]:
    fields = {field_names.of_audits(field): field for field in FIELDS[recipe.template]}
    texts = {field: text for text, field in fields.items()}
    shown = pd.DataFrame(
        {
            "header": [_header(use) for use in uses],
            "samples": [_samples(look, use) for use in uses],
            "field": [texts.get(use.field, texts["ignore"]) for use in uses],
            "most": [use.scale_max if use.field == "item" else None for use in uses],
        }
    ).astype({"most": "float64"})
    wide = recipe.template is Template.VISITS
    edited = st.data_editor(
        shown,
        key=f"upload_columns_{key}",
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(shown), _TALLEST),
        num_rows="fixed",
        placeholder="",
        disabled=["header", "samples"],
        column_order=["header", "field", *(["most"] if wide else []), "samples"],
        column_config={
            "header": st.column_config.TextColumn(_("Column in the file"), pinned=True, width=160),
            "samples": st.column_config.TextColumn(_("First values"), width=420),
            "field": st.column_config.SelectboxColumn(_("Meaning"), options=list(fields), required=True, width=200),
            "most": st.column_config.NumberColumn(
                _("Most points"), min_value=0, width="small", help=_("Only of a column with marks of an item.")
            ),
        },
    )
    return [
        _use_of(use, fields[str(row["field"])], row, recipe)
        for use, row in zip(uses, edited.to_dict("records"), strict=True)
    ]


def _use_of(use: ColumnUse, field: str, row: dict[Hashable, Any], recipe: Recipe) -> ColumnUse:
    if field != "item":
        return replace(use, field=field)
    code = use.item_code or visit_words.item_code(recipe.survey_code, use.header)
    return replace(use, field=field, item_code=code, scale_min=0.0, scale_max=_number(row["most"]) or 1.0)


def _marked(look: Look, uses: list[ColumnUse], key: str) -> list[ColumnUse]:
    shown = pd.DataFrame(
        {
            "taken": [True] * len(uses),
            "header": [use.header for use in uses],
            "samples": [_samples(look, use) for use in uses],
            "text": [use.label or use.header for use in uses],
            "most": [use.scale_max or 1.0 for use in uses],
            "critical": [use.critical for use in uses],
        }
    )
    edited = st.data_editor(
        shown,
        key=f"upload_marks_{key}",
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(shown), 420),
        num_rows="fixed",
        disabled=["header", "samples"],
        column_config={
            "taken": st.column_config.CheckboxColumn(_("Take"), width="small"),
            "header": st.column_config.TextColumn(_("Column in the file"), width=140),
            "samples": st.column_config.TextColumn(_("First values"), width=120),
            "text": st.column_config.TextColumn(_("What is asked"), width=320, max_chars=300),
            "most": st.column_config.NumberColumn(_("Most points"), min_value=0, width="small"),
            "critical": st.column_config.CheckboxColumn(
                _("Critical"), width="small", help=_("Failing a critical item caps the score of the visit.")
            ),
        },
    )
    return [_item_of(use, row) for use, row in zip(uses, edited.to_dict("records"), strict=True)]


def _item_of(use: ColumnUse, row: dict[Hashable, Any]) -> ColumnUse:
    text = row["text"]
    label = str(text).strip() if isinstance(text, str) else ""
    return replace(
        use,
        field="item" if row["taken"] else "ignore",
        label=label or use.header,
        scale_max=_number(row["most"]) or 1.0,
        critical=bool(row["critical"]),
    )


def _header(use: ColumnUse) -> str:
    return f"{use.header} · {use.label}" if use.label not in ("", use.header) else use.header


def _samples(look: Look, use: ColumnUse) -> str:
    values = look.distinct[use.position] if 0 <= use.position < len(look.distinct) else ()
    return " · ".join(values[:_SAMPLES])


def _number(value: object) -> float | None:
    return None if value is None or value != value else float(str(value))


def declare(recipe: Recipe) -> Recipe:
    """What holds for the whole file because no column says it."""
    has = {use.field for use in recipe.columns}
    if "source" not in has:
        sources = {code: audits_words.source(code) for code in audits_words.SOURCES}
        recipe = _chosen(recipe, "source", _("Who made the visits"), sources)
    if "theme" not in has:
        topics = data_standards.audit_names().topics
        themes = {"": _("not said")} | {code: data_standards.audit_names().topic(code) for code in topics}
        recipe = _chosen(recipe, "theme", _("Theme of all visits"), themes)
    if has & {"item", "points"}:
        marks = {code: _(text) for code, text in _MARKS.items()}
        recipe = _chosen(recipe, "marks", _("What a mark means"), marks)
    if "visit_id" in has and (
        "visited_on" not in has or recipe.constant("id_holds") or not has & {"store_code", "store_name"}
    ):
        holds = {code: _(text) for code, text in _HOLDS.items()}
        recipe = _chosen(recipe, "id_holds", _("The number of the visit also tells"), holds)
    if "failed_items" in has:
        said = recipe.constant("separator") or failed_items.SEPARATOR
        text = st.text_input(
            _("Between two failed items"), said, key=f"upload_visit_separator_{language()}", max_chars=5
        )
        recipe = recipe.with_constant("separator", str(text) or failed_items.SEPARATOR)
    return recipe


def _chosen(recipe: Recipe, constant: str, label: str, options: dict[str, str]) -> Recipe:
    code = declared.chosen(recipe, constant, label, list(options), options.__getitem__, of="visit_")
    return recipe.with_constant(constant, code)


def missing(recipe: Recipe) -> list[str]:
    """What this mapping cannot do without yet, as words."""
    have = {use.field for use in recipe.columns}
    either = _(" or ")
    return [
        either.join(field_names.of_audits(each) for each in FIELDS[recipe.template] if each in group)
        for group in visit_header.needed(recipe)
        if not have & group
    ]


def facts(recipe: Recipe) -> list[tuple[str, str]]:
    """What was declared for the file, in pairs of name and value."""
    items, meaning = list(recipe.items()), recipe.constant("marks")
    return [
        (_("Items"), marked_title(items) if items else ""),
        (_("What a mark means"), _(_MARKS[meaning]) if items and meaning in _MARKS else ""),
        (_("Who made the visits"), audits_words.source(recipe.constant("source"))),
    ]
