"""The map of stores that can be moved and enlarged (deck.gl), drawn from our own outlines: no tiles, no request.

Flat and orthographic, in units of our own, so that an invented city and a real province are one case. Numbers and texts
only travel as data. Streamlit shows the tooltip's text as text; yet a string that begins with @@ would be read as an
expression by deck.gl, so the names of stores are disarmed here.
"""

import json
import math
from dataclasses import dataclass
from typing import Any

import pydeck

from sqm.charts.drawn import Point
from sqm.charts.stores import geography, standings
from sqm.charts.stores.geography import Pin, StoreMap
from sqm.charts.stores.map_names import Frame, place_names
from sqm.charts.stores.store_map import GROUND, pin_size
from sqm.charts.theme import FONT, palette

UNITS = 1000.0
"""The longer side of the map in units of the view."""
PINS = "stores"
"""Layer that answers a click: selection["objects"]["stores"][0]["code"]."""
NAME_SIZE = 13.0
LARGEST = 9.0
"""Pixels of a mark's radius, however near one looks."""
Row = dict[str, Any]


def deck(drawn: StoreMap, *, width: float = 1000.0, height: float = 560.0, dark: bool = False) -> pydeck.Deck | None:
    """None when there is nothing to draw. width, height: of the place on the page in pixels, for the first view."""
    bounds = geography.plane(drawn)
    if bounds is None:
        return None
    unit = UNITS / max(bounds.width, bounds.height)
    zoom = math.log2(min(width / (bounds.width * unit), height / (bounds.height * unit)))
    target = [bounds.width * unit / 2, bounds.height * unit / 2, 0]
    return _Deck(
        layers=_layers(drawn, _View(Frame(bounds, width, height), unit, zoom, dark)),
        views=[pydeck.View(type="OrthographicView", controller=True)],
        initial_view_state=pydeck.ViewState(target=target, zoom=zoom, min_zoom=zoom - 1, max_zoom=zoom + 7),
        map_provider=None,
        tooltip={"text": "{told}", "style": _tooltip(dark)},
    )


class _Deck(pydeck.Deck):  # type: ignore[misc]
    """pydeck writes every number on a line of its own: two megabytes for 4,000 stores. Streamlit asks for the text in
    every run, so it is kept."""

    _text = ""

    def to_json(self) -> str:
        if not self._text:
            self._text = json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))
        return self._text


def _tooltip(dark: bool) -> dict[str, str]:
    colours = palette(dark)
    return {
        "backgroundColor": colours.background,
        "color": colours.text,
        "border": f"1px solid {colours.axis}",
        "fontFamily": FONT,
        "fontSize": "13px",
        "maxWidth": "20rem",
        "whiteSpace": "pre-line",
    }


@dataclass(frozen=True)
class _View:
    """frame: pixels at first sight. unit: units of the view per unit of the plane. pixel: units of the view per pixel
    at first sight."""

    frame: Frame
    unit: float
    zoom: float
    dark: bool

    @property
    def pixel(self) -> float:
        return 1.0 / float(2.0**self.zoom)

    def point(self, at: Point) -> list[float]:
        """y grows downwards in an orthographic view."""
        bounds = self.frame.bounds
        x, y = at[0] * bounds.factor - bounds.west, bounds.north - at[1]
        return [round(x * self.unit, 2), round(y * self.unit, 2)]

    def ring(self, ring: geography.Ring) -> list[list[float]]:
        corners: list[Point] = [(x, y) for x, y in map(self.point, ring)]
        return [[x, y] for x, y in geography.thinned(corners, 0.3 * self.pixel)]


def _layers(drawn: StoreMap, view: _View) -> list[pydeck.Layer]:
    """Land first, marks last. A layer without rows is left out: deck.gl warns of it."""
    land, border, water = (_rgb(each) for each in GROUND[view.dark])
    river = [{"ring": view.ring(ring)} for ring in geography.rings(drawn.river)]
    districts = [
        {"ring": view.ring(ring), "wide": 2.0 if area.is_strong else 1.0}
        for area in drawn.areas
        for ring in geography.rings(area.outline)
    ]
    line = {"get_line_color": border, "get_line_width": "wide", "line_width_units": _string("pixels")}
    pins = sorted(
        (each for each in drawn.pins if view.frame.bounds.holds(each)), key=lambda each: _order(each.standing)
    )
    size = pin_size(len(pins))
    is_dense = len(pins) > standings.FEW
    names, dots = _names(drawn, pins, view), [_pin(each, view, is_dense) for each in pins]
    signs = [_sign(each, view) for each in pins]
    found = []
    if river:
        found.append(_polygons("river", river, get_fill_color=water, stroked=False))
    if districts:
        found.append(_polygons("districts", districts, get_fill_color=land, stroked=True, **line))
    if names:
        found.append(_words("names", names, size=NAME_SIZE, most=NAME_SIZE, unit="pixels"))
    if pins:
        found.append(_dots(dots, size, view))
        found.append(_words("signs", signs, size=1.6 * size * view.pixel, most=1.6 * LARGEST, unit="common"))
    return found


def _string(text: str) -> Any:
    """A constant; a bare string would be taken for the name of a column."""
    return pydeck.types.String(text)


def _polygons(name: str, rows: list[Row], **style: Any) -> pydeck.Layer:
    return pydeck.Layer("PolygonLayer", id=name, data=rows, get_polygon="ring", filled=True, **style)


def _dots(rows: list[Row], size: float, view: _View) -> pydeck.Layer:
    """They grow with the map up to LARGEST, so that thousands of dots become signs that can be read."""
    return pydeck.Layer(
        "ScatterplotLayer",
        id=PINS,
        data=rows,
        get_position="at",
        get_fill_color="fill",
        get_radius="size",
        radius_units=_string("common"),
        radius_scale=size * view.pixel,
        radius_min_pixels=2.2,
        radius_max_pixels=LARGEST,
        stroked=True,
        get_line_color="rim",
        get_line_width=1.2,
        line_width_units=_string("pixels"),
        pickable=True,
        auto_highlight=True,
    )


def _words(name: str, rows: list[Row], size: float, most: float, unit: str) -> pydeck.Layer:
    """The character set is gathered from the rows: Chinese names would be empty boxes otherwise."""
    return pydeck.Layer(
        "TextLayer",
        id=name,
        data=rows,
        get_position="at",
        get_text="word",
        get_color="ink",
        get_size=size,
        size_units=_string(unit),
        size_max_pixels=most,
        character_set=_string("auto"),
        font_family=_string(FONT),
        font_weight=600,
    )


def _pin(pin: Pin, view: _View, is_dense: bool) -> Row:
    """Among thousands, outlined marks are faint ones instead: rings would hide the rest."""
    colours = palette(view.dark)
    found, ink = standings.look(pin.standing), _rgb(standings.colour(pin.standing, colours))
    paper = _rgb(colours.background)
    return {
        "at": view.point(geography.where(pin) or (0.0, 0.0)),
        "code": disarmed(pin.code),
        "told": disarmed(pin.told or pin.name),
        "fill": ([*ink, 90] if is_dense else paper) if found.is_hollow else ink,
        "rim": _rgb(colours.text) if pin.is_own else ink if found.is_hollow and not is_dense else paper,
        "size": 1.5 if pin.is_own else 1.0,
    }


def _sign(pin: Pin, view: _View) -> Row:
    colours = palette(view.dark)
    found = standings.look(pin.standing)
    ink = standings.colour(pin.standing, colours) if found.is_hollow else colours.background
    return {"at": view.point(geography.where(pin) or (0.0, 0.0)), "word": found.sign, "ink": _rgb(ink)}


def _names(drawn: StoreMap, pins: list[Pin], view: _View) -> list[Row]:
    """Where they cover few stores at first sight."""
    colours, frame = palette(view.dark), view.frame
    stores = [frame.at(geography.where(each) or (0.0, 0.0)) for each in pins]
    return [
        {
            "at": view.point(frame.back(x, y)),
            "word": disarmed(area.name),
            "ink": _rgb(colours.text if area.is_strong else colours.soft),
        }
        for area, (x, y) in place_names(drawn.areas, stores, frame, (), NAME_SIZE)
    ]


def disarmed(text: str) -> str:
    """deck.gl reads @@= and @@# at the beginning of any string as an order; a space before it does no harm."""
    return f" {text}" if text.startswith("@@") else text


def _order(standing: str) -> int:
    return standings.ORDER.index(standing) if standing in standings.ORDER else 0


def _rgb(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
