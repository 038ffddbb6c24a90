"""How a status looks: symbol, word and colour, always the same five. What decides it is sqm/rules/targets.py."""

from dataclasses import dataclass

import streamlit as st

from sqm.rules.targets import Status
from sqm.ui import blocks
from sqm.ui.markup import Html, el
from sqm.ui.words import N_, _


@dataclass(frozen=True)
class Look:
    """Colours per theme as (light, dark); text on its background has a contrast of at least 4.5:1 in both."""

    symbol: str
    word: str
    colour: tuple[str, str]
    background: tuple[str, str]

    def ink(self, dark: bool = False) -> str:
        return self.colour[dark]

    def paper(self, dark: bool = False) -> str:
        return self.background[dark]


LOOKS: dict[Status, Look] = {
    Status.MET: Look("✓", N_("met"), ("#1A7F64", "#5CC8A5"), ("#FFFFFF", "#12161B")),
    Status.NEAR: Look("▲", N_("near"), ("#9A5B00", "#F2B15C"), ("#FFF3DC", "#37290F")),
    Status.MISSED: Look("✕", N_("missed"), ("#C62828", "#FF8A80"), ("#FDECEA", "#3A1B1B")),
    Status.NO_DATA: Look("–", N_("no data"), ("#5F6B7A", "#9BA7B4"), ("#FFFFFF", "#12161B")),
    Status.NO_TARGET: Look("○", N_("no target"), ("#5F6B7A", "#9BA7B4"), ("#FFFFFF", "#12161B")),
}


def is_dark() -> bool:
    """This viewer's theme, for charts and tables that the server colours. HTML follows by itself (style.css)."""
    return st.context.theme.type == "dark"


def symbol(status: Status) -> str:
    return LOOKS[status].symbol


def word(status: Status) -> str:
    """met, near, missed, no data or no target, in the viewer's language."""
    return _(LOOKS[status].word)


def label(status: Status) -> str:
    """Symbol and word, for places that carry no colour: ✕ missed"""
    return f"{symbol(status)} {word(status)}"


def badge(status: Status, text: str = "") -> str:
    """Symbol, colour and text (the word, unless another text is given) as safe HTML for blocks."""
    return f'<span class="sqm-status sqm-{status}">{symbol(status)} {blocks.safe(text or word(status))}</span>'


def legend() -> Html:
    """The five states, at the foot of the window whatever the reader scrolls to."""
    return el("div", *(Html(badge(status)) for status in LOOKS), css="sqm-legend", role="note", aria_label=_("Legend"))
