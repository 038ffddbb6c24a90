"""The years under a small picture of months, written by hand: as SVG, numbers only."""

from collections.abc import Sequence
from datetime import date

from sqm.charts.plot import Place
from sqm.charts.theme import Palette


def year_ticks(place: Place, months: Sequence[date], colours: Palette, text_size: float) -> str:
    """A tick and the year at every January; near the right edge the year stands before its tick."""
    return "".join(
        f'<path d="M{place.x(number):.1f} {place.bottom:.1f}v4" stroke="{colours.axis}"/>'
        f'<text x="{place.x(number):.1f}" y="{place.bottom + 14:.1f}" font-size="{text_size}" fill="{colours.soft}" '
        f'text-anchor="{"start" if number <= place.count - 4 else "end"}">{month.year}</text>'
        for number, month in enumerate(months)
        if month.month == 1
    )
