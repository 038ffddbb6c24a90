"""HTML that cannot forget to escape: plain text becomes safe when it enters an element, Html stays as it is.

Pages join their blocks to few pieces of HTML: the browser pays for every element that Streamlit mounts.
"""

from base64 import b64encode
from collections.abc import Iterable

from sqm.ui.blocks import safe


class Html(str):
    """Text that is already HTML, made by this module or by functions that escape what they are given."""

    __slots__ = ()


NOTHING = Html("")


def el(tag: str, *inside: str, css: str = "", **attributes: str) -> Html:
    """<tag class=css>inside</tag>. Attribute names: data_go is written data-go; empty attributes are left out."""
    given = {"class": css, **attributes}
    written = "".join(f' {key.replace("_", "-")}="{safe(value)}"' for key, value in given.items() if value)
    return Html(f"<{tag}{written}>{join(inside)}</{tag}>")


def join(parts: Iterable[str], between: str = "") -> Html:
    """The parts one after another, plain ones escaped."""
    return Html(safe(between).join(part if isinstance(part, Html) else safe(part) for part in parts))


def div(css: str, *inside: str) -> Html:
    return el("div", *inside, css=css)


def span(css: str, *inside: str) -> Html:
    return el("span", *inside, css=css)


def picture(svg: str, alt: str, css: str = "") -> Html:
    """An SVG of ours as an image: its markup is no part of the page. An empty alt says that it only decorates."""
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return Html(f'<img class="{safe(css)}" src="{source}" alt="{safe(alt)}">')


def table(head: Iterable[Html], rows: Iterable[Html], css: str = "") -> Html:
    """head: th cells; rows: tr elements."""
    return el("table", el("thead", el("tr", *head)), el("tbody", *rows), css=f"sqm-table {css}".strip())


def cell(text: str, label: str, css: str = "") -> Html:
    """A td; label is its column's name, which a narrow screen shows beside it.

    Several elements get a box of their own, so that the narrow screen keeps them together.
    """
    is_several = isinstance(text, Html) and (text.count("</") > 1 or ("</" in text and not text.startswith("<")))
    return el("td", div("", text) if is_several else text, css=css, data_label=label)


def footnote(*texts: str) -> Html:
    """The smallest size: sources, methods, how to read; one line a text."""
    return el("p", Html("<br>".join(safe(text) for text in texts if text)), css="sqm-footnote")


def empty(what_is_missing: str, who_owes_it: str) -> Html:
    """Instead of a chart or table without data, as blocks.empty writes it."""
    return div("sqm-empty", el("strong", what_is_missing), Html("<br>"), el("span", who_owes_it))


def block_title(finding: str, unit_and_period: str = "") -> Html:
    """The title that blocks.block writes, for a block inside a larger piece of HTML."""
    under = el("p", unit_and_period, css="sqm-unit") if unit_and_period else NOTHING
    return div("sqm-block-title", el("h2", finding), under)
