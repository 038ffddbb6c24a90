"""Choices of the page that are links: what is chosen stands in bold."""

from collections.abc import Iterable

from sqm.ui import links
from sqm.ui.markup import Html, div, join, span
from sqm.ui.stores.stores_choice import Choice


def ways(title: str, options: Iterable[tuple[str, str]], chosen: str, choice: Choice, key: str) -> Html:
    """Compared: the composite score · the audit visits alone. options: (code, words)."""
    parts = [
        span("sqm-chosen-word", words)
        if code == chosen
        else links.link(words, "stores", css="sqm-way", **{**choice.links, key: code})
        for code, words in options
    ]
    return div("sqm-ways", div("", title, " ", join(parts, " · ")))
