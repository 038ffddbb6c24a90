"""The supplementary means that districts chose beside the third party's visits, and what they did by them."""

import numpy as np

from sqm.database.demo.audits.audits import THEMES, Audited
from sqm.database.demo.audits.layout_sheet import LayoutSheet
from sqm.database.demo.audits.looks import Looks, expand, halves, moved_mood, pairs
from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import LAST, MONTHS, Ints
from sqm.database.demo.company.world import World
from sqm.rules.audits.supplementary import Means

_PICKED = (
    (Means.REMOTE_MONITORING,),
    (Means.OPEN_VISIT, Means.CALLBACK),
    (Means.CALLBACK,),
    (Means.REMOTE_MONITORING, Means.OPEN_VISIT),
)
MEANS_FROM = LAST - 11
UNKEPT_FROM = LAST - 1  # the late district does nothing any more
_A_MONTH = 2  # visits by each means of a district
# What is looked at: the items of a theme, and one topic beside it.
_LOOKED_AT = {
    Means.REMOTE_MONITORING: ("on_site_management", "queueing"),
    Means.CALLBACK: ("transaction_handling", "perception"),
}


def chosen(district: int) -> tuple[Means, ...]:
    """What the district at this place chose a year ago."""
    return _PICKED[district % len(_PICKED)]


def visits_by_means(random: np.random.Generator, world: World, audited: Audited, layout: LayoutSheet) -> list[Looks]:
    """Open visits go through the layout sheet; cameras see the queue; customers called back tell of their business."""
    out = []
    for means in Means:
        stores, months = _visited(random, world, means)
        letter = means.value[0].upper()
        ids = [
            f"{letter}{world.calendar.months[month]:%Y%m}-{world.stores[store]}"
            for store, month in pairs(stores, months)
        ]
        if means is Means.OPEN_VISIT:
            out.append(layout.visits(world, means.value, ids, stores, months, unseen=0.0))
        else:
            out.append(_themed(random, world, audited, means, ids, stores, months))
    return out


def _themed(
    random: np.random.Generator,
    world: World,
    audited: Audited,
    means: Means,
    ids: list[str],
    stores: Ints,
    months: Ints,
) -> Looks:
    theme = list(THEMES).index(_LOOKED_AT[means][0])
    held = np.flatnonzero(audited.visits.themes == theme)
    places = held[random.integers(0, len(held), len(ids))]
    row, visit = expand(audited, places)
    looked_at = np.array([code.split(".")[0] in _LOOKED_AT[means] for code in audited.rows.codes])
    kept = looked_at[audited.rows.item[row]]
    row, visit = row[kept], visit[kept]
    most = audited.rows.most[row]
    return Looks(
        source=means.value,
        ids=ids,
        stores=stores,
        months=months,
        themes=np.full(len(ids), theme),
        auditors=[None] * len(ids),
        visit=visit,
        item=audited.rows.item[row],
        points=halves(audited.earned[row] / most + moved_mood(world, audited, stores, places)[visit], most),
        applies=audited.applies[row],
    )


def _visited(random: np.random.Generator, world: World, means: Means) -> tuple[Ints, Ints]:
    late = world.district(cast.LATE_DISTRICT)
    stores: list[int] = []
    months: list[int] = []
    for district in range(len(world.districts)):
        inside = np.flatnonzero(world.store_district == district)
        for month in range(MEANS_FROM, MONTHS):
            picked = random.permutation(inside)[:_A_MONTH]
            if means in chosen(district) and not (district == late and month >= UNKEPT_FROM):
                stores.extend(picked.tolist())
                months.extend([month] * len(picked))
    return np.array(stores, np.int64), np.array(months, np.int64)
