"""How a store's standing is drawn: a shape and a sign besides the colour. Which standing it has is decided by the rules
(targets: met, near, missed; fair_ranks: above, alike, below) and comes in as their word."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqm.charts.drawn import Point, marks, specks
from sqm.charts.theme import Palette

FEW = 300
"""Up to here a store has a mark with its sign in it, beyond a bare shape."""
ORDER = ("no_data", "no_target", "alike", "met", "above", "near", "missed", "below")
"""Drawn one over the other: what asks for attention lies on top."""


@dataclass(frozen=True)
class Look:
    """role: a colour of the palette. sign: in text, beside the colour. form, inner: the shape and the sign within it.
    is_hollow: outlined."""

    role: str
    sign: str
    form: str
    inner: str = ""
    is_hollow: bool = False


LOOKS: dict[str, Look] = {
    "met": Look("met", "✓", "circle", "tick"),
    "above": Look("met", "+", "circle", "plus"),
    "near": Look("near", "▲", "triangle"),
    "missed": Look("missed", "✕", "square", "cross"),
    "below": Look("missed", "−", "square", "minus"),
    "alike": Look("own", "=", "circle", is_hollow=True),
    "no_target": Look("no_target", "○", "circle", is_hollow=True),
    "no_data": Look("no_data", "–", "dash"),
}


def look(standing: str) -> Look:
    """An unknown word is drawn like no data."""
    return LOOKS.get(standing, LOOKS["no_data"])


def colour(standing: str, colours: Palette) -> str:
    role = look(standing).role
    return colours.own if role == "own" else colours.status(role)


def sign(standing: str, points: Sequence[Point], size: float, colours: Palette) -> str:
    """The points of one standing with their marks; size: half a mark's height in pixels."""
    found, ink = look(standing), colour(standing, colours)
    if size < 3.0:
        return _bare(found, points, size, ink, colours)
    rim = f'stroke="{ink if found.is_hollow else colours.background}" stroke-width="{1.6 if found.is_hollow else 1}"'
    fill = colours.background if found.is_hollow else ink
    if found.form == "dash":
        return marks(points, _form("dash", size), f'stroke="{ink}" stroke-width="2" fill="none"')
    drawn = marks(points, _form(found.form, size), f'fill="{fill}" {rim}')
    if found.inner:
        drawn += marks(
            points,
            _form(found.inner, size),
            f'stroke="{colours.background}" stroke-width="1.5" fill="none" stroke-linecap="round"',
        )
    return drawn


def _bare(found: Look, points: Sequence[Point], size: float, ink: str, colours: Palette) -> str:
    """Among thousands: a speck, a small triangle or a small square."""
    if found.form == "circle" and not found.is_hollow:
        return specks(points, ink, size * 2)
    if found.form == "circle":
        return specks(points, ink, size * 1.7, 0.55)
    if found.form == "dash":
        return specks(points, ink, size * 1.2, 0.55)
    if found.form == "triangle":
        return marks(points, _form("triangle", size * 1.15), f'fill="{ink}"')
    return marks(points, _form("square", size * 1.2), f'fill="{ink}"')


def _form(name: str, size: float) -> str:
    """Relative path commands of a shape; size: half its height."""

    def n(share: float) -> str:
        return f"{share * size:.1f}".removesuffix(".0")

    forms = {
        "circle": f"m{n(-1)} 0a{n(1)} {n(1)} 0 1 0 {n(2)} 0a{n(1)} {n(1)} 0 1 0 {n(-2)} 0z",
        "triangle": f"m0 {n(-1.15)}l{n(1.2)} {n(2.1)}h{n(-2.4)}z",
        "square": f"m{n(-0.92)} {n(-0.92)}h{n(1.84)}v{n(1.84)}h{n(-1.84)}z",
        "dash": f"m{n(-0.6)} 0h{n(1.2)}",
        "tick": f"m{n(-0.48)} {n(0.05)}l{n(0.35)} {n(0.38)}l{n(0.6)} {n(-0.78)}",
        "plus": f"m{n(-0.5)} 0h{n(1)}m{n(-0.5)} {n(-0.5)}v{n(1)}",
        "minus": f"m{n(-0.5)} 0h{n(1)}",
        "cross": f"m{n(-0.42)} {n(-0.42)}l{n(0.84)} {n(0.84)}m0 {n(-0.84)}l{n(-0.84)} {n(0.84)}",
    }
    return forms[name]
