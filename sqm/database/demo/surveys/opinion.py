"""How satisfied customers are: the share of satisfied answers by survey, item, month, district, store and operator."""

from collections.abc import Mapping

import numpy as np

from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import METHOD_BREAK, MONTHS, Floats, Ints
from sqm.database.demo.company.course import Course
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import drift, stream

CATI, STORE, HOTLINE, WEB = "cati", "store_evaluation", "hotline_instant", "web"
OVERALL = "overall.overall"
METHOD_SHIFT = 0.026  # the new questionnaire reads this much higher, for everybody: nothing became better
_USUAL = 0.80  # an item that no indicator watches
_WANDER, _SEASON = 0.006, 0.5  # points of drift, and how much of the season an item feels
_WANDER_OVERALL, _SEASON_OVERALL = 0.003, 0.2  # what people think of an operator as a whole is slow
_WEB_BELOW, _WEB_SPREAD = 0.05, 0.024
_DISTRICT_ITEM_SPREAD, _STORE_ITEM_SPREAD, _STORE_MONTH_SPREAD = 0.010, 0.018, 0.012
_RIVAL_BEHIND = {"rival_a": 0.021, "rival_b": 0.045}  # overall; in a process by a habit of its own more or less
_RIVAL_PROCESS_SPREAD, _RIVAL_DRIFT = 0.022, 0.007


class Opinion:
    """Shares are 0-1. Every array's item axis is in the order of items(survey)."""

    def __init__(self, world: World, courses: Mapping[str, Course], methods: Mapping[str, tuple[str, ...]]) -> None:
        self._world = world
        self._methods = methods
        self.methods = methods[CATI]
        measured = {(row.survey, row.item): courses[row.code].values for row in world.indicators if row.item}
        overalls = [code for code in world.items if code.endswith(".overall")]
        self._items = {
            CATI: self._ordered({item for survey, item in measured if survey == CATI} | set(overalls)),
            STORE: self._ordered(set(cast.STORE_ITEMS)),
            HOTLINE: self._ordered({item for survey, item in measured if survey == HOTLINE} | {"hotline.overall"}),
            WEB: self._ordered(set(overalls)),
        }
        self._company = {survey: self._paths(survey, measured) for survey in (CATI, STORE, HOTLINE)}
        self._company[WEB] = self._web()

    def items(self, survey: str) -> tuple[str, ...]:
        """The survey's questionnaire, in order."""
        return self._items[survey]

    def method(self, survey: str) -> str:
        """The method of a survey that never changed it."""
        return self._methods[survey][-1]

    def company(self, survey: str) -> Floats:
        """Satisfied share of own customers, (MONTHS, items)."""
        return self._company[survey]

    def process_places(self, survey: str) -> Ints:
        """Place of each item's process; one past the last for items about the operator as a whole."""
        owner = dict(zip(self._world.items, self._world.item_process, strict=True))
        places = {code: place for place, code in enumerate(self._world.processes)}
        return np.array([places.get(owner[code], len(places)) for code in self.items(survey)])

    def halo(self, survey: str) -> Floats:
        """How strongly each item hangs on the general mood: what makes some items drivers and others not."""
        random = stream("halo " + survey)
        halo = random.uniform(0.2, 0.6, len(self.items(survey)))
        halo[[code.endswith(".overall") for code in self.items(survey)]] = 0.6
        return halo

    def district_effect(self, survey: str) -> Floats:
        """Points added in each district, (districts, items)."""
        random = stream("district " + survey)
        shape = (len(self._world.districts), len(self.items(survey)))
        own = random.standard_normal(shape) * _DISTRICT_ITEM_SPREAD
        own -= self._world.district_share @ own
        return self._world.district_mood[:, None] + own

    def store_effect(self) -> Floats:
        """Points added in each store and month, (MONTHS, stores, items)."""
        random = stream("store effect")
        world, items = self._world, self.items(STORE)
        own = random.standard_normal((1, len(world.stores), len(items))) * _STORE_ITEM_SPREAD
        moving = drift(random, len(world.stores), _STORE_MONTH_SPREAD)[:, :, None]
        effect = np.asarray(world.store_mood[None, :, None] + own + moving)
        return cast.bend_stores(effect, world, items)

    def rival(self, rival: str) -> Floats:
        """Satisfied share of a rival's customers, (MONTHS, items): behind us, by a habit of its own in each process."""
        random = stream("rival " + rival)
        width = len(self.items(CATI))
        habit = random.standard_normal(width) * _RIVAL_PROCESS_SPREAD
        wander = np.full(width, _RIVAL_DRIFT)
        overall = [code == OVERALL for code in self.items(CATI)]
        habit[overall], wander[overall] = 0.0, _WANDER_OVERALL
        level = self.company(CATI)[METHOD_BREAK:].mean(axis=0) - METHOD_SHIFT - _RIVAL_BEHIND[rival] - habit
        paths = level + drift(random, width, 1.0) * wander + self._world.calendar.season[:, None] * 0.6
        return cast.bend_rival(paths + self._method_shift(), rival, self.items(CATI))

    def _ordered(self, codes: set[str]) -> tuple[str, ...]:
        known = [code for code in self._world.items if code in codes]
        return tuple(sorted(known, key=lambda code: code != OVERALL))

    def _method_shift(self) -> Floats:
        return np.where(np.arange(MONTHS) >= METHOD_BREAK, METHOD_SHIFT, 0.0)[:, None]

    def _paths(self, survey: str, measured: Mapping[tuple[str, str], Floats]) -> Floats:
        random = stream("usual " + survey)
        columns = []
        for code in self.items(survey):
            wander = _WANDER_OVERALL if code == OVERALL else _WANDER
            usual = _USUAL + random.uniform(-0.03, 0.03) + drift(random, 1, wander)[:, 0]
            columns.append(measured.get((survey, code), usual))
        seasonal = np.array([_SEASON_OVERALL if code == OVERALL else _SEASON for code in self.items(survey)])
        paths = np.stack(columns, axis=1) + self._world.calendar.season[:, None] * seasonal
        if survey == CATI:
            paths = paths + self._method_shift() - METHOD_SHIFT
        return cast.bend_company(paths, survey, self.items(survey))

    def _web(self) -> Floats:
        """Who fills in a web form is crosser than the sample, and differently cross each month."""
        random = stream("web opinion")
        places = [self.items(CATI).index(code) for code in self.items(WEB)]
        real = self.company(CATI)[:, places] - self._method_shift()
        shared = drift(random, 1, _WEB_SPREAD, memory=0.2)
        return np.asarray(real - _WEB_BELOW + shared + drift(random, len(places), 0.01))


def check_cast(world: World) -> None:
    """The stories name places and items; a catalogue that lacks one cannot carry the demo."""
    missing = {cast.TINY_STORE, cast.IMPROVED_STORE} - set(world.stores)
    missing |= {cast.LATE_DISTRICT, cast.SPIKE_DISTRICT} - set(world.districts)
    for store, district in (
        (cast.TINY_STORE, cast.TINY_DISTRICT),
        (cast.IMPROVED_STORE, cast.IMPROVED_DISTRICT),
    ):
        if store in world.stores and world.districts[world.store_district[world.store(store)]] != district:
            missing.add(store)
    if missing:
        raise ValueError(f"the demo's stories need {sorted(missing)}")
