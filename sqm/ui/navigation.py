"""The pages, in the order of the menu. A page that is not listed here cannot be opened."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from sqm.rules.access import Role, may_open
from sqm.ui.words import N_, _, language

_FOLDER = Path(__file__).resolve().parent.parent.parent / "pages"


@dataclass(frozen=True)
class Entry:
    """One page: its name (file, address, access rule), its title, where the menu has it, and whether it does.

    section: the title of the menu's group; '' for what everybody opens every day, which stands in the bar itself.
    """

    name: str
    title: str
    section: str = ""
    in_menu: bool = True

    @property
    def file(self) -> Path:
        return _FOLDER / f"{self.name}.py"


_STORES, _CUSTOMERS, _AGREED = N_("Stores"), N_("Customers' view"), N_("Agreements and data")

ENTRIES = (
    Entry("home", N_("Overview")),
    Entry("matrix", N_("Indicator matrix")),
    Entry("process", N_("Processes")),
    Entry("watch", N_("Watch list")),
    Entry("satisfaction", N_("Satisfaction")),
    Entry("store", N_("Store"), _STORES),
    Entry("stores", N_("Stores compared"), _STORES),
    Entry("audits", N_("Store audits"), _STORES),
    Entry("gaps", N_("Gap model"), _CUSTOMERS),
    Entry("competitiveness", N_("Competitiveness"), _CUSTOMERS),
    Entry("relations", N_("What customers feel"), _CUSTOMERS),
    Entry("comments", N_("Customers' comments"), _CUSTOMERS),
    Entry("programme", N_("Survey programme"), _CUSTOMERS),
    Entry("targets", N_("Target desk"), _AGREED),
    Entry("months", N_("Published months"), _AGREED),
    Entry("editions", N_("Indicator register"), _AGREED),
    Entry("upload", N_("Upload"), _AGREED),
    Entry("people", N_("People and rights"), _AGREED),
    Entry("indicator", N_("Indicator detail"), in_menu=False),
)

_KEPT = "navigation.pages"


def title(page_name: str) -> str:
    """The page's title in the viewer's language."""
    return _(next(entry.title for entry in ENTRIES if entry.name == page_name))


def pages(role: Role, refused: Callable[[], None]) -> dict[str, list[st.Page]]:
    """What st.navigation gets: the pages by section of the menu, in the viewer's language.

    A page that the role may not open is replaced by a stand-in at the same address: its script is not registered for
    this viewer at all, and the address still answers with a sentence in the viewer's language. Kept for the session, by
    role and language: Streamlit looks on the disk for every page that is made, a fifth of what a run costs us.
    """
    kept: dict[tuple[Role, str], dict[str, list[st.Page]]] = st.session_state.setdefault(_KEPT, {})
    wanted = role, str(language())
    if wanted not in kept:
        kept[wanted] = _made(role, refused)
    return kept[wanted]


def _made(role: Role, refused: Callable[[], None]) -> dict[str, list[st.Page]]:
    sections: dict[str, list[st.Page]] = {}
    for entry in ENTRIES:
        allowed = may_open(role, entry.name)
        shown = st.Page(
            entry.file if allowed else refused,
            title=_(entry.title),
            url_path=entry.name,
            default=entry is ENTRIES[0],
            visibility="visible" if allowed and entry.in_menu else "hidden",
        )
        sections.setdefault(_(entry.section) if entry.section else "", []).append(shown)
    return sections


def link(page_name: str) -> str:
    """For st.page_link and st.switch_page."""
    return str(next(entry.file for entry in ENTRIES if entry.name == page_name))


def offer(role: Role, page_name: str, label: str, **query: str) -> None:
    """A link to a page, drawn only if the viewer may open it (a link to a closed page would raise)."""
    if may_open(role, page_name):
        st.page_link(link(page_name), label=label, query_params=query or None)
