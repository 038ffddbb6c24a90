"""Business volume of stores by kind: payments move from the counter to self-service devices, the total does not fall.

What devices do stays within what STO-O03 counts of the same store and month (its numerator).
"""

import numpy as np
import pyarrow as pa

from sqm.database.connection import Cursor
from sqm.database.demo import tables
from sqm.database.demo.company.calendar import LAST, MONTHS, Floats
from sqm.database.demo.company.values import Block
from sqm.database.demo.company.world import World
from sqm.database.demo.noise import stream

BATCH = "demo-volumes"
INDICATOR = "STO-O03"
COUNTER, SELF_SERVICE = "counter", "self_service"
PAYMENT = "payment"
_PAID_BEFORE, _PAID_NOW = 0.38, 0.72  # share of a device's transactions that are payments, three years ago and now
_COUNTER_BEFORE, _COUNTER_NOW = 0.36, 0.18  # payments at the counter, per transaction that a device could do
# Kinds at the counter only: per transaction that a device could do, and growth in three years.
_KINDS = {
    "service_request": (0.22, 0.08),
    "connection": (0.05, 0.05),
    "handset": (0.03, 0.15),
    "data_service": (0.08, 0.60),
    "prepayment": (0.06, -0.10),
}
_NOISE = 0.04


def add_volumes(cursor: Cursor, world: World, diverted: Block) -> int:
    """diverted: STO-O03 by store. Returns the rows added; a store that did not report it reports no volume either."""
    random = stream("volumes")
    way = np.arange(MONTHS)[:, None] / LAST

    def near(values: Floats) -> Floats:
        return np.asarray(np.round(values * np.exp(_NOISE * random.standard_normal(values.shape))))

    could = diverted.denominators
    paid = near(diverted.numerators * (_PAID_BEFORE + (_PAID_NOW - _PAID_BEFORE) * way))
    parts = {
        (PAYMENT, SELF_SERVICE): np.minimum(paid, diverted.numerators),
        (PAYMENT, COUNTER): near(could * (_COUNTER_BEFORE + (_COUNTER_NOW - _COUNTER_BEFORE) * way)),
        **{(kind, COUNTER): near(could * share * (1 + growth * way)) for kind, (share, growth) in _KINDS.items()},
    }
    months, stores = np.nonzero(diverted.reported)
    size, names = len(months), list(parts)
    which = np.repeat(np.arange(len(names)), size)
    columns = {
        "batch_id": tables.coded([BATCH], np.zeros(len(which), np.int64)),
        "store_code": tables.coded(world.stores, np.tile(stores, len(names))),
        "month": tables.months(world.calendar, np.tile(months, len(names))),
        "kind": tables.coded([kind for kind, _ in names], which),
        "served_at": tables.coded([place for _, place in names], which),
        "transactions": pa.array(
            np.concatenate([values[months, stores] for values in parts.values()]).astype(np.int64)
        ),
    }
    return tables.insert(cursor, "store_volumes", columns)
