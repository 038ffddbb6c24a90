"""Who plays in the planted stories, and how each story bends what would otherwise be an ordinary demo.

Places in the calendar count back from the last month: LAST - 7 is seven months before it. stories.py says what a page
must show of each; data/README.md says it in words.
"""

from collections.abc import Sequence

import numpy as np

from sqm.database.demo.company.calendar import LAST, MONTHS, Floats
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import stream

STORE_ITEMS = ("stores.overall", "stores.environment", "stores.waiting", "stores.staff", "stores.handling")

FALL_FROM = LAST - 6  # first of the seven months in which the hotline falls
IMPROVED_STORE, IMPROVED_DISTRICT, IMPROVED_FROM = "S104", "D10", LAST - 8
LATE_DISTRICT = "D12"
RIVAL_FROM, RIVAL_RISE = LAST - 8, 0.056
SPIKE_DISTRICT, SPIKE_MONTH, SPIKE_FACTOR = "D07", LAST - 5, 6.5
TINY_STORE, TINY_DISTRICT = "S130", "D13"
GOOD_STORE, GOOD_DISTRICT = "S003", "D01"  # by audits and text messages of a year: chance made them, nothing bends them
POOR_STORE, POOR_DISTRICT = "S007", "D01"
NARROW_AUDITOR = "A7"
TINY_STORE_VISITORS = np.array([11, 9, 12, 10, 8, 13, 9, 11, 10, 12, 9, 12])  # by month, over and over
RAISED_TARGET, LOOSENED_TARGET = "ECH-O05", "NEW-P03"
HIT_AND_MISS = "ECH-O01"
UNREPORTED = "ECH-O04"  # its system delivered nothing in the last month
FELT_LATER, FELT_BY, FELT_AFTER = "STO-O03", "STO-P01", 2  # customers take months to get used to the devices

_FALL_STEP = 0.024
# How much of the hotline's fall each figure takes, in its own unit a month (positive is worse for that indicator).
_FALLS = {
    "HOT-P01": -_FALL_STEP,
    "HOT-P02": -_FALL_STEP * 1.25,
    "HOT-P03": -_FALL_STEP * 0.15,
    "HOT-P04": -_FALL_STEP * 0.3,
    "HOT-P05": -_FALL_STEP * 0.1,
    "HOT-O01": -0.018,
    "HOT-O02": -0.0085,
    "HOT-O03": 0.004,
    "HOT-C01": 0.07,
    "HOT-C02": 9.0,
}
_FELT = {FELT_LATER: 0.036, FELT_BY: 0.022}  # standard deviations of the swing that both share
_FELT_MEMORY = 0.4
_CATI_FALL = 0.5  # the yearly sample of all customers feels half of what callers feel
_STORE_WAIT_BEFORE, _STORE_REST_BEFORE = -0.27, -0.10
_QUEUE_BEFORE = {"STO-O01": 9.0, "STO-O02": -0.30}
_TINY_LUCK = -0.7
_ESCALATED_BEFORE, _ESCALATED_NOW, _ESCALATED_RAMP = 1.0, 0.575, 8


def fall() -> Floats:
    """Months of falling behind us, by month: 0 ... 0, 1, 2 ... 7."""
    return np.clip(np.arange(MONTHS) - FALL_FROM + 1, 0, None).astype(np.float64)


def escalation() -> Floats:
    """Factor on escalated complaints: two years high, then down to about 60 % within a few months."""
    way = np.clip((np.arange(MONTHS) - (LAST - 15)) / _ESCALATED_RAMP, 0, 1)
    return np.asarray(_ESCALATED_BEFORE + (_ESCALATED_NOW - _ESCALATED_BEFORE) * way)


def swing() -> Floats:
    """Standard deviation about 1, by month, FELT_AFTER months longer than the demo: seen at once by operations, and
    that many months later by customers."""
    shocks = stream("felt later").standard_normal(MONTHS + FELT_AFTER)
    values = shocks.copy()
    for month in range(1, len(values)):
        values[month] = _FELT_MEMORY * values[month - 1] + np.sqrt(1 - _FELT_MEMORY**2) * shocks[month]
    return values


def bend_course(code: str, values: Floats) -> Floats:
    """A company's path of an indicator, with the hotline's fall in it, or with the swing that is felt later."""
    bent = values + _FALLS.get(code, 0.0) * fall()
    if code in _FELT:
        moved = swing()[FELT_AFTER:] if code == FELT_LATER else swing()[:MONTHS]
        bent += _FELT[code] * moved
    return bent


def bend_company(shares: Floats, survey: str, items: Sequence[str]) -> Floats:
    """The telephone sample notices the hotline's fall too (its hotline items belong to no indicator)."""
    if survey != "cati":
        return shares
    bent = shares.copy()
    for code in ("HOT-P01", "HOT-P02", "HOT-P04"):
        item = {"HOT-P01": "hotline.overall", "HOT-P02": "hotline.connection", "HOT-P04": "hotline.solving"}[code]
        if item in items:
            bent[:, list(items).index(item)] += _FALLS[code] * _CATI_FALL * fall()
    return bent


def bend_rival(shares: Floats, rival: str, items: Sequence[str]) -> Floats:
    """The first rival becomes better overall while we stay where we are."""
    bent = shares.copy()
    if rival == "rival_a":
        way = np.clip((np.arange(MONTHS) - RIVAL_FROM) / (LAST - RIVAL_FROM - 3), 0, 1)
        bent[:, list(items).index("overall.overall")] += RIVAL_RISE * way
    return bent


def bend_stores(effect: Floats, world: World, items: Sequence[str]) -> Floats:
    """One store's queue is cured by an action; a tiny one has a month of bad luck. effect: (MONTHS, stores, items)."""
    bent = effect.copy()
    improved, tiny = world.store(IMPROVED_STORE), world.store(TINY_STORE)
    rest = np.array([_STORE_WAIT_BEFORE if code == "stores.waiting" else _STORE_REST_BEFORE for code in items])
    rest[[code in ("stores.environment", "stores.staff") for code in items]] = 0.0
    bent[:, improved] = 0.01
    bent[:IMPROVED_FROM, improved] += rest
    bent[:, tiny] = 0.0
    bent[LAST, tiny] = _TINY_LUCK
    return bent


def bend_places(code: str, values: Floats, places: Sequence[str]) -> Floats:
    """The same store in the queueing system. values: (MONTHS, places)."""
    bent = values.copy()
    if code in _QUEUE_BEFORE and IMPROVED_STORE in places:
        bent[:IMPROVED_FROM, list(places).index(IMPROVED_STORE)] += _QUEUE_BEFORE[code]
    return bent


def bend_complaints(expected: Floats, world: World) -> Floats:
    """A network cut-over in one district floods one month. expected: (MONTHS, districts, processes)."""
    bent = expected.copy()
    bent[SPIKE_MONTH, world.district(SPIKE_DISTRICT), world.processes.index("network")] *= SPIKE_FACTOR
    return bent
