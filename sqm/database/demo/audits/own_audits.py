"""What is not scored: districts' own audits, which are kinder than the province's, their supplementary means, and
second looks at visits of the third party."""

from datetime import date

import numpy as np
import pyarrow as pa

from sqm.database.connection import Cursor
from sqm.database.demo.audits.audit_reports import add_rotation, add_submissions
from sqm.database.demo.audits.audit_sheets import Sheets
from sqm.database.demo.audits.audit_traces import AUDITORS
from sqm.database.demo.audits.audits import Audited, themes_of
from sqm.database.demo.audits.layout_sheet import LayoutSheet
from sqm.database.demo.audits.looks import LAYOUT, Looks, expand, halves, insert, moved_mood, pairs
from sqm.database.demo.audits.means_visits import visits_by_means
from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import LAST, MONTHS, Ints
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import stream

SELF_AUDIT, DOUBLE_CHECK = "self_audit", "double_check"
_OWN_SHARE, _LAYOUT_EVERY = 0.30, 12  # of a district's stores a month; months between two layout sheets of a store
_KINDER, _KINDER_SPREAD, _OWN_NOISE = 0.27, 0.25, 0.03  # share of the lost points that an own audit does not see
_SECOND_LOOKS, _SECOND_SINCE = 20, LAST - 17  # of each auditor, in a year and a half
_SECOND_NOISE, _NARROW_NOISE = 0.035, 0.40


def add_own_audits(cursor: Cursor, world: World, audited: Audited, sheets: Sheets, today: date) -> int:
    """Returns the visits added."""
    codes = [*audited.rows.codes, *(item.code for item in sheets.items[sheets.versions[LAYOUT][LAST]])]
    layout = LayoutSheet(codes, sheets)
    looks = [
        _second_looks(stream("second looks"), audited),
        _own(stream("own audits"), world, audited),
        _own_layout(world, layout),
        *visits_by_means(stream("supplementary means"), world, audited, layout),
    ]
    added = insert(cursor, world, sheets, codes, looks)
    add_submissions(cursor, world, today)
    add_rotation(cursor, world)
    return added


def _second_looks(random: np.random.Generator, audited: Audited) -> Looks:
    """As many of each auditor's visits seen once more, by another; what the narrow one wrote is hardly found again."""
    recent = audited.visits.months >= _SECOND_SINCE
    places = np.concatenate(
        [
            random.permutation(np.flatnonzero((audited.auditors == auditor) & recent))[:_SECOND_LOOKS]
            for auditor in range(len(AUDITORS))
        ]
    )
    row, visit = expand(audited, places)
    first = audited.auditors[places]
    most = audited.rows.most[row]
    noise = np.where(first[visit] == AUDITORS.index(cast.NARROW_AUDITOR), _NARROW_NOISE, _SECOND_NOISE)
    points = halves(audited.earned[row] / most + noise * random.standard_normal(len(row)), most)
    ids = audited.visits.ids.take(pa.array(places)).to_pylist()
    return Looks(
        DOUBLE_CHECK,
        [f"{name}-again" for name in ids],
        audited.visits.stores[places],
        audited.visits.months[places],
        audited.visits.themes[places],
        [AUDITORS[(place + 1 + place % 2) % len(AUDITORS)] for place in first.tolist()],
        visit,
        audited.rows.item[row],
        points,
        audited.applies[row],
    )


def _own(random: np.random.Generator, world: World, audited: Audited) -> Looks:
    """Each district audits a part of its stores on one of the month's themes, less strictly than the province."""
    size = round(_OWN_SHARE * len(world.stores))
    stores = np.argsort(random.random((MONTHS, len(world.stores))), axis=1)[:, :size].reshape(-1)
    months = np.repeat(np.arange(MONTHS), size)
    reported = ~((months == LAST) & (world.store_district[stores] == world.district(cast.LATE_DISTRICT)))
    stores, months = stores[reported], months[reported]
    of_month = np.array([themes_of(month) for month in range(MONTHS)])
    themes = of_month[months, random.integers(0, 2, len(months))]
    places = _alike(random, audited, stores, months, themes)
    row, visit = expand(audited, places)
    most = audited.rows.most[row]
    kinder = _KINDER * (1 + _KINDER_SPREAD * random.standard_normal(len(world.districts)))
    seen = audited.earned[row] / most + moved_mood(world, audited, stores, places)[visit]
    seen = np.clip(seen, 0.0, 1.0)
    seen = seen + kinder[world.store_district[stores]][visit] * (1.0 - seen)
    points = halves(seen + _OWN_NOISE * random.standard_normal(len(row)), most)
    ids = [f"S{world.calendar.months[month]:%Y%m}-{world.stores[store]}" for store, month in pairs(stores, months)]
    return Looks(
        SELF_AUDIT,
        ids,
        stores,
        months,
        themes,
        [None] * len(ids),
        visit,
        audited.rows.item[row],
        points,
        audited.applies[row],
    )


def _alike(random: np.random.Generator, audited: Audited, stores: Ints, months: Ints, themes: Ints) -> Ints:
    """The third party's visit to the same store, month and theme; else one of the same month and theme by chance."""
    seen = {
        key: place
        for place, key in enumerate(
            zip(
                *(each.tolist() for each in (audited.visits.stores, audited.visits.months, audited.visits.themes)),
                strict=True,
            )
        )
    }
    held = {
        (month, theme): np.flatnonzero((audited.visits.months == month) & (audited.visits.themes == theme))
        for month in range(MONTHS)
        for theme in themes_of(month)
    }
    chance = random.random(len(stores))
    found = []
    for key, draw in zip(
        zip(stores.tolist(), months.tolist(), themes.tolist(), strict=True), chance.tolist(), strict=True
    ):
        among = held[key[1:]]
        found.append(seen.get(key, int(among[int(draw * len(among))])))
    return np.array(found)


def _own_layout(world: World, layout: LayoutSheet) -> Looks:
    """The layout sheet, at every store once a year."""
    stores = np.tile(np.arange(len(world.stores)), MONTHS)
    months = np.repeat(np.arange(MONTHS), len(world.stores))
    due = (stores + months) % _LAYOUT_EVERY == 0
    due &= ~((months == LAST) & (world.store_district[stores] == world.district(cast.LATE_DISTRICT)))
    stores, months = stores[due], months[due]
    ids = [f"L{world.calendar.months[month]:%Y%m}-{world.stores[store]}" for store, month in pairs(stores, months)]
    return layout.visits(world, SELF_AUDIT, ids, stores, months, unseen=_KINDER)
