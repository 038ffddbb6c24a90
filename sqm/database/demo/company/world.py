"""What stands still in the demo: districts, stores, brands, items, and how each differs from the average.

Read from the catalogue that is already in the database, so the codes have one source.
"""

from dataclasses import dataclass

import numpy as np

from sqm.database.connection import Cursor
from sqm.database.demo.company.calendar import Calendar, Floats, Ints
from sqm.database.demo.noise import stream
from sqm.database.queries import query

OWN = "own"
RIVALS = ("rival_a", "rival_b")
BRANDS = ("gotone", "mzone", "easyown")
BRAND_SHARE = np.array([0.22, 0.28, 0.50])
_BRAND_MOOD = np.array([0.024, -0.002, 0.0])
SUBSCRIBERS = 2_600_000

_SIZES = {"large": 2.0, "medium": 1.0, "small": 0.6}
_DISTRICT_SPREAD, _STORE_SPREAD = 0.016, 0.045


@dataclass(frozen=True)
class Indicator:
    """What the demo needs of a catalogue row; survey and item are '' unless a survey measures it."""

    code: str
    process: str
    dimension: str
    kind: str
    per: float
    direction: str
    survey: str
    item: str


@dataclass(frozen=True)
class World:
    """Places index the tuples: district 3 is districts[3]. Moods are points of satisfied share (0.02 is two points)."""

    calendar: Calendar
    processes: tuple[str, ...]
    departments: tuple[str, ...]
    owner: Ints
    districts: tuple[str, ...]
    district_share: Floats
    district_mood: Floats
    stores: tuple[str, ...]
    store_district: Ints
    store_size: Floats
    store_mood: Floats
    brand_mood: Floats
    items: tuple[str, ...]
    item_process: tuple[str, ...]
    indicators: tuple[Indicator, ...]

    def district(self, code: str) -> int:
        """Place of a district."""
        return self.districts.index(code)

    def store(self, code: str) -> int:
        """Place of a store."""
        return self.stores.index(code)


def read_world(cursor: Cursor, calendar: Calendar) -> World:
    """The demo's world from the catalogue tables."""
    processes = cursor.execute(query("demo", "processes")).fetchall()
    districts = [row[0] for row in cursor.execute(query("demo", "districts")).fetchall()]
    stores = cursor.execute(query("demo", "stores")).fetchall()
    items = cursor.execute(query("demo", "items")).fetchall()
    departments = sorted({row[1] for row in processes})
    store_district = np.array([districts.index(row[1]) for row in stores])
    store_size = np.array([_SIZES.get(row[2], 1.0) for row in stores])
    random = stream("world")
    share = np.bincount(store_district, store_size, minlength=len(districts)) + 2.0
    share = share / share.sum()
    return World(
        calendar=calendar,
        processes=tuple(row[0] for row in processes),
        departments=tuple(departments),
        owner=np.array([departments.index(row[1]) for row in processes]),
        districts=tuple(districts),
        district_share=share,
        district_mood=_centred(random.standard_normal(len(districts)) * _DISTRICT_SPREAD, share),
        stores=tuple(row[0] for row in stores),
        store_district=store_district,
        store_size=store_size,
        store_mood=_centred(random.standard_normal(len(stores)) * _STORE_SPREAD, store_size / store_size.sum()),
        brand_mood=_centred(_BRAND_MOOD, BRAND_SHARE),
        items=tuple(row[0] for row in items),
        item_process=tuple(row[1] for row in items),
        indicators=tuple(Indicator(*row) for row in cursor.execute(query("demo", "indicators")).fetchall()),
    )


def _centred(moods: Floats, share: Floats) -> Floats:
    """Moods shifted so that their weighted mean is nothing: differences move no company figure."""
    return np.asarray(moods - (moods * share).sum(), dtype=np.float64)
