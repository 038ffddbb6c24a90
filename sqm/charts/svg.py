"""Charts drawn once as SVG, so that a page with many of them costs the browser nothing. Text stays text."""

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import altair as alt
import vl_convert

from sqm.charts.drawing import Drawing
from sqm.charts.theme import is_chinese

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])


def to_svg(drawing: Drawing, language: str = "en", alt_text: str = "") -> str:
    """The drawing as an SVG string that scales to the width of its place and carries ``alt_text`` for readers."""
    svg: str = vl_convert.vegalite_to_svg(drawing.spec_with_rows(), vl_version=VEGA_LITE, **_locale(language))
    return _accessible(svg, alt_text)


def to_png(drawing: Drawing, language: str = "en", scale: float = 2.0) -> bytes:
    """The drawing as a picture for documents."""
    png: bytes = vl_convert.vegalite_to_png(
        drawing.spec_with_rows(), vl_version=VEGA_LITE, scale=scale, **_locale(language)
    )
    return png


def _locale(language: str) -> dict[str, Any]:
    name = "zh-CN" if is_chinese(language) else "en-US"
    return {"format_locale": name, "time_format_locale": name}


def _accessible(svg: str, alt_text: str) -> str:
    """One image with one text, instead of a tree of unnamed marks; fluid, but never wider than it was drawn."""
    opening, rest = re.match(r"(<svg[^>]*>)(.*)", svg, re.DOTALL).groups()  # type: ignore[union-attr]
    width = re.search(r'width="([\d.]+)"', opening)
    fluid = re.sub(r' (?:width|height|class|role|aria-[a-z]+)="[^"]*"', "", opening)
    style = f"width:100%;height:auto;max-width:{width.group(1)}px;display:block" if width else "width:100%"
    inner = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", rest)
    if not alt_text:
        return f'{fluid[:-1]} style="{style}" aria-hidden="true">{inner}'
    named = f'role="img" aria-label={quoteattr(alt_text)}><title>{escape(alt_text)}</title>'
    return f'{fluid[:-1]} style="{style}" {named}{inner}'
