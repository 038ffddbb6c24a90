"""What a reader sees of a page's HTML: its sentence, its cards, its tables, as plain text."""

import re
from base64 import b64decode
from html import unescape


def plain(fragment: str) -> str:
    """Text without tags, every gap one space."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", fragment))).strip()


def headings(page: str) -> list[str]:
    """Every block's heading, in order."""
    return [plain(found) for found in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)]


def finding(page: str) -> str:
    """The first heading under the page's name."""
    return headings(page)[0]


def card(page: str, label: str) -> str:
    """All that a card says under its label."""
    found = re.search(rf'<div class="sqm-label">{re.escape(label)}</div>(.*?)</section>', page, re.DOTALL)
    assert found, f"no card {label!r}"
    return plain(found.group(1))


def rows(page: str, after: str = "", css: str = "") -> list[list[str]]:
    """The cells of each body row of the first table that stands after a text, or of the first of a class."""
    body = page.split(after, 1)[1] if after else page
    table = re.split(rf"<table[^>]*{css}[^>]*>", body, maxsplit=1)[1].split("</table>", 1)[0]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.split(r"<tr[^>]*>", table)[1:]]
    return [[plain(cell) for cell in cells] for cells in found][1:]


def number(text: str) -> float:
    """The first number of a text: 1,234.5 or −2.3."""
    found = re.search(r"[−+-]?\d[\d,]*(\.\d+)?", text)
    assert found, f"no number in {text!r}"
    return float(found.group().replace("−", "-").replace(",", ""))


def charts(page: str) -> list[str]:
    """Every large chart as its SVG, wide before narrow."""
    found = re.findall(r'<div class="sqm-(?:wide|slim)"><img src="data:image/svg\+xml;base64,([^"]+)"', page)
    return [b64decode(source).decode() for source in found]
