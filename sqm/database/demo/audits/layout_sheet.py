"""The sheet on layout and environment: what a store has does not change from month to month."""

from dataclasses import dataclass

import numpy as np

from sqm.database.demo.audits.audit_sheets import Sheets
from sqm.database.demo.audits.looks import LAYOUT, MOOD, SHEETS, Looks, halves
from sqm.database.demo.company.calendar import LAST, Ints
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import stream

_LEVEL, _SPREAD, _NOISE = 0.85, 0.13, 0.05


@dataclass(frozen=True)
class LayoutSheet:
    """codes: of all items of the demo's visits; those of the sheet are among them."""

    codes: list[str]
    sheets: Sheets

    def visits(self, world: World, source: str, ids: list[str], stores: Ints, months: Ints, unseen: float) -> Looks:
        """unseen: share of the lost points that the visitor does not see."""
        items = self.sheets.items[self.sheets.versions[LAYOUT][LAST]]
        visit = np.repeat(np.arange(len(ids)), len(items))
        most = np.tile([each.points for each in items], len(ids))
        habit = stream("layout of stores").standard_normal((len(world.stores), len(items))) * _SPREAD
        share = _LEVEL + MOOD * world.store_mood[stores][visit] + habit[stores].reshape(-1)
        noise = _NOISE * stream(f"layout {source}").standard_normal(len(visit))
        return Looks(
            source=source,
            ids=ids,
            stores=stores,
            months=months,
            themes=np.full(len(ids), SHEETS.index(LAYOUT)),
            auditors=[None] * len(ids),
            visit=visit,
            item=np.tile([self.codes.index(each.code) for each in items], len(ids)),
            points=halves(share + unseen * (1 - share) + noise, most),
            applies=np.ones(len(visit), bool),
        )
