"""Blocks of a printed report: block title with its unit, numbers, notes, empty states.

The only place that writes HTML. Every text goes through ``safe``; the functions that return HTML take plain text,
except for parameters called ``*_html``, which come from functions of this module and of status_style.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

_ASSETS = Path(__file__).parent / "assets"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$])")


def safe(text: object) -> str:
    """Text as HTML that shows exactly this text."""
    return escape(str(text), quote=True)


def html(body_html: str) -> None:
    """Write HTML made by this module. Streamlit removes scripts, frames and forms from it once more."""
    st.html(body_html)


def style_sheet() -> None:
    """The style sheets of the product, constant files, as one."""
    st.html(_style())


@cache
def _style() -> str:
    sheets = (path.read_text(encoding="utf-8") for path in sorted(_ASSETS.glob("*.css"), reverse=True))
    lines = (line.strip() for sheet in sheets for line in sheet.splitlines())
    return f"<style>{' '.join(lines)}</style>"  # one line: Streamlit looks at the indents of every line in every run


def block(finding: str, unit_and_period: str = "") -> None:
    """A block's title: a sentence with the finding, computed from data; the unit and period beneath in grey."""
    under = f'<p class="sqm-unit">{safe(unit_and_period)}</p>' if unit_and_period else ""
    html(f'<div class="sqm-block-title"><h2>{safe(finding)}</h2>{under}</div>')


def headline(value: str, label: str, note: str = "", note_html: str = "") -> str:
    """The largest of the three sizes of number, as HTML for ``cards``."""
    under = note_html or safe(note)
    below = f'<div class="sqm-note">{under}</div>' if under else ""
    return (
        f'<div class="sqm-headline"><div class="sqm-label">{safe(label)}</div>'
        f'<div class="sqm-number">{safe(value)}</div>{below}</div>'
    )


def cards(*inside_html: str) -> None:
    """Cards side by side, of one height; they wrap on a narrow screen."""
    html(f'<div class="sqm-cards">{"".join(f"<section>{inside}</section>" for inside in inside_html)}</div>')


def facts(*pairs: tuple[str, str]) -> None:
    """Words and their values in one line that wraps: Owner Marketing · Source CRM"""
    shown = "".join(f"<div><dt>{safe(term)}</dt><dd>{safe(value)}</dd></div>" for term, value in pairs if value)
    html(f'<dl class="sqm-facts">{shown}</dl>')


def footnote(*texts: str) -> None:
    """The smallest size: sources, methods, how to read."""
    html(f'<p class="sqm-footnote">{"<br>".join(safe(text) for text in texts if text)}</p>')


def empty(what_is_missing: str, who_owes_it: str = "") -> None:
    """Instead of a chart or table without data: what is missing, and who owes it."""
    owes = f"<br><span>{safe(who_owes_it)}</span>" if who_owes_it else ""
    html(f'<div class="sqm-empty"><strong>{safe(what_is_missing)}</strong>{owes}</div>')


def said(text: str) -> None:
    """What has just happened, in a line that stands out; nothing for no text."""
    if text:
        html(f'<div class="sqm-said" role="status">{safe(text)}</div>')


def steps(names: list[str], current: int) -> None:
    """1 file → 2 columns → ...: where in a sequence the viewer is (0-based)."""
    items = []
    for position, name in enumerate(names):
        state = "done" if position < current else "now" if position == current else "later"
        mark = "✓" if state == "done" else str(position + 1)
        here = ' aria-current="step"' if state == "now" else ""
        items.append(f'<li class="sqm-{state}"{here}><i>{mark}</i>{safe(name)}</li>')
    html(f'<ol class="sqm-steps">{"".join(items)}</ol>')


def table(headers: list[str], rows: list[list[str]], numeric: frozenset[int] = frozenset()) -> None:
    """A small plain table (for many rows use st.dataframe). On a narrow screen each row becomes a card."""
    rows_html(headers, [[safe(cell) for cell in row] for row in rows], numeric)


def rows_html(headers: list[str], cells_html: Iterable[Sequence[str]], numeric: frozenset[int] = frozenset()) -> None:
    """As table, with cells that are HTML already (badges); text in them has gone through ``safe``."""
    css = ["sqm-r" if place in numeric else "" for place in range(len(headers))]
    head = "".join(f'<th class="{css[place]}">{safe(text)}</th>' for place, text in enumerate(headers))
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{safe(headers[place])}" class="{css[place]}"><span>{cell}</span></td>'
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in cells_html
    )
    html(f'<table class="sqm-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def bullets(sentences: Iterable[str]) -> None:
    """Short sentences, one below the other."""
    html(f'<ul class="sqm-bullets">{"".join(f"<li>{safe(text)}</li>" for text in sentences)}</ul>')


def pair(strong: str, grey: str) -> None:
    """A name with its facts in grey beneath."""
    name = f"<b>{safe(strong)}</b>" if strong else ""
    html(f'<div class="sqm-pair">{name}<span>{safe(grey)}</span></div>')


def subtitle(text: str) -> None:
    """A heading inside a block."""
    html(f'<h3 class="sqm-subtitle">{safe(text)}</h3>')


def plain(text: str) -> str:
    """Text for labels that Streamlit reads as Markdown: every sign that could mark something up is escaped."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
