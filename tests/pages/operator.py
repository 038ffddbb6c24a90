"""A small operator for tests of pages: the real catalogue, three districts, six stores, fourteen months, fixed numbers.

Planted: promotions' perception falls below target in the last two months; the north district (D3) reports nothing in
the last month; the CATI method changes in the eighth month; TRAI-like survey of rivals only; an indicator of operators
that the catalogue does not know, with a name that must be escaped.
"""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from sqm import config
from sqm.database import catalogue, marts, migrations
from sqm.database.connection import Cursor, Database
from sqm.rules.periods import add_months

FIRST = date(2025, 9, 1)
MONTHS = tuple(add_months(FIRST, step) for step in range(14))
LAST = MONTHS[-1]
BREAK = 7
DISTRICTS = ("D1", "D2", "D3")
STORES = {"S1": "D1", "S2": "D1", "S3": "D2", "S4": "D2", "S5": "D3", "S6": "D3"}
SILENT = "D3"
FALLING = "promotions.overall"
UNLISTED = "SPEED<b>1</b>"
RIVALS_ONLY = "trai_mycall"

PROCESSES = (
    "tariffs",
    "promotions",
    "business_support",
    "network",
    "new_services",
    "stores",
    "hotline",
    "e_channels",
    "group_customers",
)
_ITEMS = (
    "overall.overall",
    *(f"{process}.overall" for process in PROCESSES),
    "network.indoor",
    "promotions.truth",
)
_STORE_ITEMS = ("stores.overall", "stores.waiting")


def build(path: Path) -> Path:
    """A database file with all of it."""
    db = Database.open(str(path))
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
        _places(cursor)
        _answers(cursor)
        _values(cursor)
        marts.rebuild(cursor)
    db.close()
    return path


def _insert(cursor: Cursor, table: str, rows: pd.DataFrame) -> None:
    cursor.register("fresh", rows)
    names = ", ".join(rows.columns)
    cursor.execute(f"insert into {table} ({names}) select {names} from fresh")  # noqa: S608
    cursor.unregister("fresh")


def _places(cursor: Cursor) -> None:
    names = {"D1": ("East district", "东区"), "D2": ("West district", "西区"), "D3": ("North <i>district</i>", "北区")}
    _insert(
        cursor,
        "districts",
        pd.DataFrame(
            [
                {
                    "district_code": code,
                    "position": place,
                    "name_en": en,
                    "name_zh": zh,
                    "outline": None,
                    "batch_id": "",
                }
                for place, (code, (en, zh)) in enumerate(names.items(), 1)
            ]
        ),
    )
    _insert(
        cursor,
        "stores",
        pd.DataFrame(
            [
                {
                    "store_code": code,
                    "name_en": f"Store {code[1]}",
                    "name_zh": f"第{code[1]}营业厅",
                    "district_code": district,
                    "class": "own",
                    "size": "large",
                    "longitude": None,
                    "latitude": None,
                    "valid_from": FIRST,
                    "valid_to": None,
                    "batch_id": "",
                }
                for code, district in STORES.items()
            ]
        ),
    )
    for kind, code, name in (("operator", "rival_a", "Rival A"), ("operator", "rival_b", "Rival B")):
        cursor.execute(
            "insert into labels values ($kind, $code, 9, $name, $zh, '')",
            {"kind": kind, "code": code, "name": name, "zh": {"A": "竞争对手甲", "B": "竞争对手乙"}[name[-1]]},
        )
    for code, representative in ((RIVALS_ONLY, True),):
        cursor.execute(
            "insert into surveys values ($code, 50, 'TRAI MyCall', '印度通话质量众测', $representative, 'b-trai')",
            {"code": code, "representative": representative},
        )
    cursor.execute(
        "insert into methods values ('cati', 'cati-2', $start, 'Second questionnaire', '第二版问卷', '')",
        {"start": MONTHS[BREAK]},
    )
    cursor.execute("insert into items values ('call.rating', 500, '', 'other', 'Call rating', '通话评分', 'b-trai')")
    for month in MONTHS[:-1]:
        cursor.execute(
            "insert into sealed_months values ($month, 0, $at, 'quality', '')", {"month": month, "at": month}
        )
    cursor.execute(
        """insert into batches values ('b-trai', 1, 'survey', 'u1', 'x', 'x', 'mycall <oct>.csv', $survey, 1, 0, 0, 0,
        $first, $last, $at, 'analyst', '{}')""",
        {"survey": RIVALS_ONLY, "first": FIRST, "last": LAST, "at": FIRST},
    )
    cursor.execute(
        "insert into trail values (1, $at, 'analyst', 'commit', 'b-trai', $detail, null)",
        {"at": FIRST, "detail": json.dumps({})},
    )


def _answers(cursor: Cursor) -> None:
    random = np.random.default_rng(7)
    parts = []
    for place, month in enumerate(MONTHS):
        batch = "d-cati-1" if place < BREAK else "d-cati-2"
        parts.append(_people(random, batch, "cati", batch[2:], month, 400, "own", _ITEMS, place))
        for rival, shift in (("rival_a", -0.03), ("rival_b", -0.06)):
            parts.append(_people(random, batch, "cati", batch[2:], month, 200, rival, _ITEMS, place, shift))
        parts.append(
            _people(random, "d-store", "store_evaluation", "store_evaluation-1", month, 120, "own", _STORE_ITEMS, place)
        )
        parts.append(_people(random, "d-web", "web", "web-1", month, 60, "own", ("overall.overall",), place))
        parts.append(_people(random, "b-trai", RIVALS_ONLY, "trai-1", month, 80, "rival_a", ("call.rating",), place))
    rows = pd.concat(parts, ignore_index=True)
    rows["source_row"] = np.arange(2, len(rows) + 2)
    _insert(cursor, "responses", rows)
    for batch, items in {
        "d-cati-1": _ITEMS,
        "d-cati-2": _ITEMS,
        "d-store": _STORE_ITEMS,
        "d-web": ("overall.overall",),
        "b-trai": ("call.rating",),
    }.items():
        for position, item in enumerate(items, 1):
            cursor.execute(
                "insert into questions values ($batch, $position, $item, $item, 1, 10)",
                {"batch": batch, "position": position, "item": item},
            )


def _people(
    random: np.random.Generator,
    batch: str,
    survey: str,
    method: str,
    month: date,
    count: int,
    operator: str,
    items: tuple[str, ...],
    place: int,
    shift: float = 0.0,
) -> pd.DataFrame:
    """Respondents whose satisfied share is about 0.85 + shift, and whose promotions fall in the last two months."""
    own = operator == "own"
    share = np.full(len(items), 0.85 + shift)
    for index, item in enumerate(items):
        if item == FALLING and own and place >= len(MONTHS) - 2:
            share[index] = 0.55
    satisfied = random.random((count, len(items))) < share
    scores = np.where(
        satisfied, random.integers(8, 11, (count, len(items))), random.integers(2, 8, (count, len(items)))
    )
    store = random.choice(list(STORES), size=count) if survey == "store_evaluation" else np.full(count, "")
    district = (
        np.array([STORES[code] for code in store]) if survey == "store_evaluation" else random.choice(DISTRICTS, count)
    )
    channel = {"cati": ("cati",), "store_evaluation": ("front_desk", "outbound_call", "sms"), "web": ("web",)}.get(
        survey, ("cati",)
    )
    return pd.DataFrame(
        {
            "batch_id": batch,
            "survey_code": survey,
            "method_code": method,
            "respondent_id": [f"{survey}-{operator}-{place}-{number}" for number in range(count)],
            "answered_on": month,
            "month": month,
            "store_code": store,
            "district_code": district if own else "",
            "operator_code": operator,
            "channel_code": random.choice(list(channel), count),
            "brand_code": random.choice(["gotone", "mzone", "easyown"], count) if own else "",
            "weight": 1.0,
            "scores": [list(map(float, row)) for row in scores],
        }
    )


def _values(cursor: Cursor) -> None:
    """Half of the reported indicators on districts, all a little better than their target; rivals' speeds besides."""
    known = cursor.execute(
        """select i.indicator_code, i.kind, i.per, i.unit, t.low, t.high
        from indicators as i join targets as t on t.indicator_code = i.indicator_code
        where i.item_code = '' and t.valid_from < '2020-01-01' order by i.position"""
    ).fetchall()
    random = np.random.default_rng(11)
    rows = []
    for number, (code, kind, per, _unit, low, high) in enumerate(known):
        if number % 3 == 2:
            continue
        bound = float(low if low is not None else high)
        better = 1.02 if low is not None and high is None else 0.9
        if low is not None and high is not None:
            bound, better = (float(low) + float(high)) / 2, 1.0
        for place, month in enumerate(MONTHS):
            for district in DISTRICTS:
                if district == SILENT and month == LAST:
                    continue
                wobble = better * (1 + 0.01 * float(random.standard_normal()))
                if number % 12 == 0 and place >= 11:
                    wobble = wobble * (0.85 if high is None else 1.4)
                value = bound * wobble
                value = min(value, 0.999) if kind == "share" else value
                rows.append(_row(code, month, district, *_parts(kind, value, float(per))))
    for month in MONTHS:
        for operator, speed in (("rival_a", 41.5), ("rival_b", 38.0)):
            rows.append(_row(UNLISTED, month, operator, speed, 1.0, None) | {"level": "operator", "district_code": ""})
    frame = pd.DataFrame(rows)
    frame["source_row"] = np.arange(2, len(frame) + 2)
    _insert(cursor, "indicator_values", frame)


def _parts(kind: str, value: float, per: float) -> tuple[float, float, int | None]:
    if kind == "share":
        return round(value * 500), 500.0, 500
    if kind == "rate":
        return round(value * 200_000 / per), 200_000.0, None
    if kind in ("count", "level"):
        return value / len(DISTRICTS), 1.0, None
    return value * 100, 100.0, None


def _row(code: str, month: date, place: str, numerator: float, denominator: float, n: int | None) -> dict[str, object]:
    return {
        "batch_id": "d-values",
        "indicator_code": code,
        "month": month,
        "level": "district",
        "scope_code": place,
        "district_code": place,
        "numerator": numerator,
        "denominator": denominator,
        "n": n,
        "note": "",
    }
