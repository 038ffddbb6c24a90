"""Step 2: which column is what. The page proposes, the analyst corrects; what the file does not say is declared."""

from dataclasses import replace
from datetime import date

import streamlit as st

from sqm.intake.proposals import remap, visit_guesses
from sqm.intake.recipe import AUDITS, FIELDS, Recipe, Template
from sqm.intake.words import header_words
from sqm.rules.periods import add_months
from sqm.ui import blocks, formats
from sqm.ui.doors.data_names import Names, names
from sqm.ui.upload import upload_draft
from sqm.ui.upload.columns import column_rows, declared, field_names, question_roles, visit_columns
from sqm.ui.upload.data_upload import known_codes
from sqm.ui.upload.upload_draft import Draft
from sqm.ui.words import N_, _, language, n_, name

_TEMPLATE_NAMES = {
    Template.SURVEY: N_("Survey: one row is one respondent"),
    Template.INDICATOR: N_("Indicators: one row is one value"),
    Template.STORES: N_("Store register: one row is one store"),
    Template.TARGETS: N_("Targets: one row is one target"),
    Template.VISITS: N_("Store audits: one row is one visit"),
    Template.VISIT_ITEMS: N_("Store audits: one row is one item of a visit"),
}
_MONTHS_OFFERED = 25 * 12


def map_columns(draft: Draft) -> None:
    """Draw the step; the button at its end reads the file."""
    look, recipe = draft.look, draft.recipe
    blocks.block(
        _("Which column is what?"),
        n_("{n} column in {file}", "{n} columns in {file}", len(look.headers), file=draft.upload.file_name),
    )
    template = _choose_template(draft)
    if template is not recipe.template:
        upload_draft.keep(replace(draft, recipe=_anew(draft, template)))
        st.rerun()
    edited = visit_columns.edit(draft) if template in AUDITS else _edit(draft)
    declared = _declare(edited)
    tell_month(draft, declared)
    if declared.template is Template.SURVEY:
        declared = remap.with_survey(declared, recipe.survey_code, declared.survey_code)
        question_roles.show_pairs(declared)
    missing = _missing(declared)
    if missing:
        blocks.footnote(_("Still needed: {fields}", fields=", ".join(missing)))
    with st.container(horizontal=True):
        if st.button(_("Check the file"), type="primary", disabled=bool(missing), key="upload_map_done"):
            with st.spinner(_("Reading and checking every row …")):
                upload_draft.read(draft, replace(declared, confirmed=True))
            st.rerun()
        st.button(_("Take another file"), on_click=upload_draft.abandon, key="upload_map_abandon")


def _anew(draft: Draft, template: Template) -> Recipe:
    """The recipe for another kind of file; that of store audits is guessed afresh, by its own words."""
    if template not in AUDITS:
        return remap.with_template(draft.recipe, template, draft.look)
    guessed = visit_guesses.of_file(draft.look, known_codes(), draft.recipe)
    return guessed if guessed.template is template else remap.with_template(guessed, template, draft.look)


def _choose_template(draft: Draft) -> Template:
    options = list(Template)
    chosen = st.selectbox(
        _("What the file holds"),
        options,
        index=options.index(draft.recipe.template),
        format_func=lambda each: _(_TEMPLATE_NAMES[each]),
        key=f"upload_template_{draft.upload.upload_id}_{language()}",
    )
    return Template(chosen)


def _edit(draft: Draft) -> Recipe:
    """The table of columns, as the analyst has it now."""
    look, recipe = draft.look, draft.recipe
    known = names()
    fields = {field_names.field_name(field): field for field in FIELDS[recipe.template]}
    items = column_rows.items(recipe, known)
    shown = column_rows.table(
        look, recipe, {code: text for text, code in fields.items()}, {v: k for k, v in items.items()}
    )
    roles = question_roles.roles()
    is_survey = recipe.template is Template.SURVEY
    edited = st.data_editor(
        shown,
        key=f"upload_columns_{recipe.template}_{draft.upload.upload_id}_{language()}",
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(shown), 560),
        num_rows="fixed",
        placeholder="",
        disabled=["header", "samples"],
        column_order=["header", "samples", "field", *(column_rows.OF_SURVEYS if is_survey else ())],
        column_config={
            "header": st.column_config.TextColumn(_("Column in the file"), pinned=True, width=260),
            "samples": st.column_config.TextColumn(_("First values"), width=120),
            "field": st.column_config.SelectboxColumn(_("Meaning"), options=list(fields), required=True, width=150),
            "item": st.column_config.SelectboxColumn(_("Question"), options=list(items), width=240),
            "role": st.column_config.SelectboxColumn(_("Asks for"), options=list(roles), width=170),
            "pair": st.column_config.TextColumn(
                _("Pair"), width="small", max_chars=20, help=question_roles.pair_help()
            ),
            "low": st.column_config.NumberColumn(_("Lowest answer"), width="small"),
            "high": st.column_config.NumberColumn(_("Highest answer"), width="small"),
            "missing": st.column_config.TextColumn(
                _("Means no answer"), help=_("Values separated by commas, such as 98, 99")
            ),
        },
    )
    rows = edited.to_dict("records")
    columns = [
        column_rows.use_of(use, dict(row), fields, items, roles, recipe.survey_code)
        for use, row in zip(recipe.columns, rows, strict=True)
    ]
    return replace(recipe, columns=tuple(columns))


def _declare(recipe: Recipe) -> Recipe:
    """What holds for the whole file because no column says it."""
    has = {use.field for use in recipe.columns}
    with st.container(horizontal=True, vertical_alignment="bottom", key="upload_declarations"):
        if recipe.template in AUDITS:
            return visit_columns.declare(recipe)
        if recipe.template is Template.SURVEY:
            recipe = _declare_survey(recipe)
        if recipe.template in (Template.SURVEY, Template.INDICATOR) and not has & {"month", "answered_on"}:
            recipe = recipe.with_constant("month", month(recipe))
        known = names()
        if recipe.template is Template.SURVEY:
            for kind, label in (("channel", _("Channel")), ("operator", _("Operator"))):
                if kind not in has:
                    recipe = recipe.with_constant(kind, _label(kind, label, recipe, known))
        if recipe.template is Template.INDICATOR and "indicator" not in has:
            recipe = recipe.with_constant("indicator", _indicator(recipe, known))
    return recipe


def _declare_survey(recipe: Recipe) -> Recipe:
    known = names().surveys
    new = _("A new survey")
    options = [*known, ""]
    code = st.selectbox(
        _("Survey"),
        options,
        index=options.index(recipe.survey_code) if recipe.survey_code in known else len(known),
        format_func=lambda each: name(known.get(each, {})) or each or new,
        key=f"upload_survey_{language()}",
    )
    if code:
        return replace(recipe, survey_code=str(code), method_code="")  # the one in force in the month
    title = st.text_input(_("Name of the new survey"), recipe.survey_name_en, key="upload_survey_name", max_chars=80)
    sampled = st.checkbox(
        _("Respondents were drawn at random"), recipe.representative, key="upload_survey_representative"
    )
    own_code = remap.survey_code_of(title) if title.strip() else ""
    return replace(
        recipe,
        survey_code=own_code,
        survey_name_en=title.strip(),
        survey_name_zh=title.strip(),
        representative=bool(sampled),
        method_code="",
    )


def month(recipe: Recipe) -> str:
    """The month of every row, as the analyst declares it; what the file's name says stands first."""
    last = date.today().replace(day=1)
    options = [""] + [add_months(last, -back).isoformat() for back in range(_MONTHS_OFFERED)]

    def shown(each: str) -> str:
        return formats.month(date.fromisoformat(each)) if each else _("choose")

    return declared.chosen(recipe, "month", _("Month of all rows"), options, shown)


def tell_month(draft: Draft, recipe: Recipe) -> None:
    """Where the month comes from, when no column has it: a name may be wrong."""
    said = recipe.constant("month")
    if said and said == header_words.month_in_name(draft.upload.file_name):
        month_said = formats.month(date.fromisoformat(said))
        text = _("The month {month} comes from the name of the file: no column has it.", month=month_said)
        blocks.footnote(text)


def _label(kind: str, label: str, recipe: Recipe, known: Names) -> str:
    options = ["", *(code for of, code in known.labels if of == kind)]
    return declared.chosen(
        recipe, kind, label, options, lambda each: known.label(kind, each) if each else _("not said")
    )


def _indicator(recipe: Recipe, known: Names) -> str:
    options = ["", *known.indicators]

    def shown(each: str) -> str:
        return known.indicator(each) if each else _("choose")

    return declared.chosen(recipe, "indicator", _("Indicator"), options, shown)


def _missing(recipe: Recipe) -> list[str]:
    """What this mapping cannot do without yet, as words."""
    have = {use.field for use in recipe.columns} | {key for key, value in recipe.constants if value}
    if recipe.template is Template.SURVEY:
        needed = [("item",), ("answered_on", "month")]
    elif recipe.template is Template.INDICATOR:
        needed = [("indicator",), ("month",), ("value", "rate", "numerator")]
    elif recipe.template is Template.STORES:
        needed = [("store_code",), ("name_zh", "name_en"), ("district_code",)]
    elif recipe.template in AUDITS:
        return visit_columns.missing(recipe)
    else:
        needed = [("indicator",), ("valid_from",), ("low", "high"), ("department",), ("reason",)]
    either = _(" or ")
    missing = [either.join(field_names.field_name(each) for each in group) for group in needed if not have & set(group)]
    if recipe.template is Template.SURVEY:
        if not recipe.survey_code:
            missing.append(_("name of the survey"))
        if any(use.scale_min is None or use.scale_max is None for use in recipe.items()):
            missing.append(_("lowest and highest answer of every question"))
    return missing
