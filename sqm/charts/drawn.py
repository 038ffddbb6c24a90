"""What drawings share that are no plots over months: SVG text, marks of a standing, and the figure for two widths.

Text in a picture shrinks with the picture, so every drawing is made twice, and the style sheet (drawings.css) shows the
one that fits; on paper always the wide one.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from html import escape

from sqm.charts.theme import FONT, LABEL_SIZE, text_width

Point = tuple[float, float]


def figure(draw: Callable[[bool], str], alt: str, css: str = "") -> str:
    """HTML with both widths as pictures. draw: is it the narrow one? -> SVG. alt: the picture told in a sentence.

    An SVG without content (nothing to draw) makes no figure at all.
    """
    wide, narrow = draw(False), draw(True)
    if not wide or not narrow:
        return ""
    pictures = "".join(
        f'<img class="{name}" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" '
        f'alt="{escape(alt, quote=True)}">'
        for name, svg in (("sqm-if-wide", wide), ("sqm-if-narrow", narrow))
    )
    return f'<figure class="{escape(f"sqm-drawing {css}".strip(), quote=True)}">{pictures}</figure>'


def svg(width: float, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-size="{LABEL_SIZE}" '
        f'font-family="{FONT}">{"".join(parts)}</svg>'
    )


def text(
    x: float, y: float, words: str, colour: str, anchor: str = "start", strong: bool = False, rim: str = ""
) -> str:
    """rim: a colour around the letters, where lines or points run beneath them."""
    weight = ' font-weight="600"' if strong else ""
    halo = f' stroke="{rim}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if rim else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{weight}{halo}>{escape(words)}</text>'


def upright(x: float, y: float, words: str, colour: str) -> str:
    """Text that reads upwards, its middle at x, y."""
    return (
        f'<text transform="translate({x:.1f} {y:.1f}) rotate(-90)" fill="{colour}" text-anchor="middle">'
        f"{escape(words)}</text>"
    )


def shortened(words: str, room: float) -> str:
    """The words, or as many letters as fit with an ellipsis."""
    if text_width(words) <= room:
        return words
    kept = words
    while kept and text_width(kept) + LABEL_SIZE > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if kept else ""


def specks(points: Sequence[Point], colour: str, size: float, opacity: float = 1.0) -> str:
    """Thousands of round points as one path of strokes without length, on whole pixels, none drawn twice."""
    if not points:
        return ""
    places = dict.fromkeys((round(x), round(y)) for x, y in points)
    data = "".join(f"M{x} {y}h0" for x, y in places)
    faded = "" if opacity == 1.0 else f' opacity="{opacity}"'
    return f'<path d="{data}" stroke="{colour}" stroke-width="{size}" stroke-linecap="round"{faded}/>'


def marks(points: Sequence[Point], form: str, style: str) -> str:
    """One path with this form (relative commands) at every point."""
    data = "".join(f"M{x:.1f} {y:.1f}{form}" for x, y in points)
    return f'<path d="{data}" {style}/>' if data else ""


def keys(words: Sequence[tuple[str, str]], left: float, width: float) -> list[tuple[str, str, float, int]]:
    """Where the entries of a legend stand: (key, word, x, row), as many to a row as fit."""
    placed, x, row = [], left, 0
    for key, word in words:
        wide = 16 + text_width(word) + 18
        if x > left and x + wide - 18 > width:
            x, row = left, row + 1
        placed.append((key, word, x, row))
        x += wide
    return placed
