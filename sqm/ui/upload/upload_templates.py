"""Templates to fill in, beside the file chooser."""

from functools import partial

import streamlit as st

from sqm.intake.offered import templates
from sqm.intake.recipe import Template
from sqm.ui import blocks
from sqm.ui.upload.data_upload import known_codes
from sqm.ui.words import N_, Language, _

_TEMPLATES = {
    Template.SURVEY: (N_("Survey of store visitors"), N_("one row is one respondent")),
    Template.INDICATOR: (N_("Indicator values"), N_("one row is a month, a store and an indicator")),
    Template.STORES: (N_("Store register"), N_("one row is one store")),
    Template.TARGETS: (N_("Targets"), N_("one row is an indicator, a place and the month from which it holds")),
    Template.VISITS: (N_("Store audits, by visit"), N_("one row is one visit, with a column for each item")),
    Template.VISIT_ITEMS: (N_("Store audits, by item"), N_("one row is one item of a visit")),
}
_HEADERS = {Language.ZH: "中文", Language.EN: "English"}


def offer() -> None:
    """The templates, each with Chinese or English headers."""
    blocks.block(_("Templates to fill in"), _("XLSX, headers in Chinese or English"))
    known = known_codes()
    for template, (title, rows) in _TEMPLATES.items():
        with st.container(
            horizontal=True, wrap=False, vertical_alignment="center", key=f"upload_template_row_{template}"
        ):
            blocks.pair(_(title), _(rows))
            for each, shown in _HEADERS.items():
                st.download_button(
                    shown,
                    data=partial(templates.workbook, template, str(each), known),
                    file_name=f"sqm_{template}_{each}.xlsx",
                    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    on_click="ignore",
                    key=f"upload_template_{template}_{each}",
                )
