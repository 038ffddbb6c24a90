"""Can a group of one to four people be told by subtraction? python -m tests.reliability.differencing --rounds 20

Builds small operators in which few people answered in many places, asks the doors of the pages for everything that a
viewer can choose (brand, channel, district, store, month), and subtracts every answer that is shown from every other
one that contains it, and all shown parts of a whole from the whole. What is left must be nobody or at least five.
"""

import argparse
import datetime
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from sqm.database.batches import batches
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.indicators import indicators
from sqm.database.indicators.indicators import Place
from sqm.database.surveys.surveys import Slice
from sqm.intake.reading import SURVEY_SCHEMA
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.sampling import HIDDEN_BELOW, Showing
from sqm.rules.surveys import small_places
from sqm.rules.values import value_frame
from sqm.ui.comments import data_comments
from sqm.ui.comments.choice import Choice
from sqm.ui.doors.data import database
from sqm.ui.satisfaction import data_satisfaction
from tests.database.conftest import SURVEY_RECIPE, open_tiny, survey_reading

SURVEY, ITEM = "store_evaluation", "stores.overall"
MONTHS = (datetime.date(2026, 8, 1), datetime.date(2026, 9, 1))
CHANNELS, BRANDS = ("front_desk", "outbound_call", "sms"), ("gotone", "mzone", "easyown", "")
STORES = tuple(f"S{number:03d}" for number in range(1, 13))
PARTS = {"brand": BRANDS, "channel": CHANNELS, "district": ("D01", "D02", "D03")}
Conditions = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """What a viewer can see of one page: its conditions, and how many people it is about."""

    page: str
    month: datetime.date
    conditions: Conditions
    n: int


@dataclass
class Found:
    """small: how many figures were hidden for their own size. told: groups of 1-4 that subtraction tells."""

    asked: int = 0
    shown: int = 0
    small: int = 0
    pairs: int = 0
    told: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = (
            f"{self.asked} figures asked for, {self.small} of 1-4 people, {self.shown} shown, {self.pairs} subtractions"
        )
        return f"{counts}, {len(self.told)} groups of 1-4 told"


VIEWERS = (EVERYTHING, Scope(frozenset({"D01"}), None))


def run(
    rounds: int,
    folder: Path,
    seed: int = 11,
    viewers: Sequence[Scope] = VIEWERS,
    months: Sequence[datetime.date] = MONTHS,
) -> Found:
    """One small operator a round."""
    found = Found()
    for number in range(rounds):
        path = folder / f"{number}.duckdb"
        people = build(path, np.random.default_rng(seed + number))
        os.environ["SQM_DATABASE"] = str(path)
        for scope in viewers:
            for month in months:
                _try(people[people["month"] == month], scope, month, found)
        database().close()
    return found


def build(path: Path, random: np.random.Generator) -> pd.DataFrame:
    """Everybody who answered: month, store, district, channel, brand, comment."""
    db: Database = open_tiny(path)
    uploads, kept = Uploads(path.with_suffix(".uploads")), []
    for month in MONTHS:
        people = pd.DataFrame(_people(month, random))
        word = f"{month:%Y%m}"
        answers = [
            (f"{word}-{at}", month, store, [int(random.integers(1, 11))] * 5)
            for at, store in enumerate(people["store"])
        ]
        rows = survey_reading(answers).rows.to_pylist()
        for row, one in zip(rows, people.to_dict("records"), strict=True):
            row |= {"channel_code": one["channel"], "brand_code": one["brand"], "weight": Decimal(1)}
            row["comment"] = "queue" if one["comment"] else None
            people.loc[int(row["source_row"]) - 2, "district"] = row["district_code"]
        reading = survey_reading(answers, content=f"{path.name} {word}")
        reading = type(reading)(**{**reading.__dict__, "rows": pa.Table.from_pylist(rows, SURVEY_SCHEMA)})
        raw = path.with_name(f"{word}.csv")
        raw.write_bytes(word.encode() + os.urandom(8))
        with raw.open("rb") as stream:
            upload = uploads.receive(stream, raw.name, 10_000)
        batches.commit(db, uploads, upload, SURVEY_RECIPE, reading, "ana")
        kept.append(people)
    db.close()
    return pd.concat(kept, ignore_index=True)


def _people(month: datetime.date, random: np.random.Generator) -> Iterator[dict[str, object]]:
    """Stores of very different size; some brands and channels are rare."""
    rare = random.dirichlet([0.4] * len(BRANDS)), random.dirichlet([0.4] * len(CHANNELS))
    for store in STORES:
        for _ in range(int(random.choice([0, 1, 2, 3, 4, 6, 9, 20]))):
            yield {
                "month": month,
                "store": store,
                "district": "",
                "brand": str(random.choice(BRANDS, p=rare[0])),
                "channel": str(random.choice(CHANNELS, p=rare[1])),
                "comment": bool(random.random() < 0.6),
            }


def _try(people: pd.DataFrame, scope: Scope, month: datetime.date, found: Found) -> None:
    _subtract(people, [*_satisfaction(scope, month), *_indicators(scope, month)], found)
    _subtract(people[people["comment"]], list(_comments(scope, month)), found)


def _satisfaction(scope: Scope, month: datetime.date) -> Iterator[Shown]:
    """Totals, breakdowns, and each part chosen by itself."""
    whole = Slice((SURVEY,), (ITEM,), month, month)
    yield from _points(scope, whole, "", month, frozenset())
    for by, parts in PARTS.items():
        split = Slice(
            (SURVEY,), (ITEM,), month, month, by_brand=by == "brand", by_channel=by == "channel",
            by_district=by == "district",
        )  # fmt: skip
        yield from _points(scope, split, by, month, frozenset())
        for part in parts:
            if part and (by != "district" or scope.sees_district(part)):
                one = Slice((SURVEY,), (ITEM,), month, month, **{f"{by}s": (part,)})
                yield from _points(scope, one, "", month, frozenset({(by, part)}))


def _points(scope: Scope, chosen: Slice, by: str, month: datetime.date, held: Conditions) -> Iterator[Shown]:
    for point in data_satisfaction.points(scope, chosen, by).to_dict("records"):
        conditions = held | ({(by, str(point[f"{by}_code"]))} if by else set())
        is_shown = point["showing"] != Showing.HIDDEN and point["share"] == point["share"]
        yield Shown("satisfaction" if is_shown else "", month, conditions, int(point["n"]))


def _indicators(scope: Scope, month: datetime.date) -> Iterator[Shown]:
    """As the matrix and the page of an indicator judge them: every district and store, alone and in a list."""
    catalogue = indicators.catalogue(database())
    code = str(
        catalogue[(catalogue["survey_code"] == SURVEY) & (catalogue["item_code"] == ITEM)]["indicator_code"].iloc[0]
    )
    places = [
        Place(),
        *(Place("district", each) for each in PARTS["district"]),
        *(Place("store", each) for each in STORES),
    ]
    for place in places:
        of_place = indicators.history if place.level == "district" else None
        frames = [indicators.sums(database(), scope, place, month, month)]
        frames += [of_place(database(), scope, code, place)] if of_place else []
        for frame in frames:
            yield from _judged(frame, catalogue, code, place.level, place.code, month)
    for level in ("district", "store"):
        rows = indicators.across(database(), scope, code, month, level)
        for at in range(len(rows)):
            yield from _judged(rows.iloc[[at]], catalogue, code, level, str(rows["scope_code"].iloc[at]), month)


def _judged(
    sums: pd.DataFrame, catalogue: pd.DataFrame, code: str, level: str, place: str, month: datetime.date
) -> Iterator[Shown]:
    mine = sums[(sums["indicator_code"] == code) & (pd.to_datetime(sums["month"]) == pd.Timestamp(month))]
    if mine.empty:
        return
    facts = catalogue[catalogue["indicator_code"] == code]
    rows = mine.drop(columns=[name for name in ("level", "scope_code", "district_code") if name in mine]).merge(
        facts, on="indicator_code"
    )
    judged = value_frame(rows).iloc[0]
    is_shown = judged["showing"] != Showing.HIDDEN and judged["value"] == judged["value"]
    conditions: Conditions = frozenset() if level == "company" else frozenset({(level, place)})
    yield Shown("indicator" if is_shown else "", month, conditions, int(mine["n"].iloc[0]))


def _comments(scope: Scope, month: datetime.date) -> Iterator[Shown]:
    """The page of comments, by district and store, a month at a time."""
    for district in ("", *PARTS["district"]):
        for store in ("", *STORES):
            if (district and not scope.sees_district(district)) or (store and district):
                continue
            choice = Choice(SURVEY, month, 1, "", district, store, False, "", "")
            group = data_comments.group(scope, choice)
            conditions = frozenset((kind, code) for kind, code in (("district", district), ("store", store)) if code)
            yield Shown("" if group.is_hidden else "comments", month, conditions, group.n)


def _subtract(people: pd.DataFrame, figures: list[Shown], found: Found) -> None:
    """people: all whom a figure of one month can be about."""
    sets: dict[Conditions, frozenset[int]] = {}
    shown: set[Conditions] = set()
    for each in figures:
        sets.setdefault(each.conditions, _who(people, each.conditions))
        if each.page:
            shown.add(each.conditions)
    found.asked += len(sets)
    found.shown += len(shown)
    found.small += sum(0 < len(ids) < HIDDEN_BELOW for ids in sets.values())
    for conditions in shown:
        if 0 < len(sets[conditions]) < HIDDEN_BELOW:
            found.told.append(f"shown: {sorted(conditions)}")
    for whole in shown:
        for kind in ("brand", "channel", "district", "store"):
            parts = [each for each in shown if each != whole and _refines(people, whole, each, kind)]
            left = sets[whole]
            for part in parts:
                found.pairs += 1
                _note(sets[whole] - sets[part], whole, part, found)
                left = left - sets[part]
            if parts:
                found.pairs += 1
                _note(left, whole, frozenset({(kind, "all that are shown")}), found)


def _note(left: frozenset[int], whole: Conditions, part: Conditions, found: Found) -> None:
    if 0 < len(left) < HIDDEN_BELOW:
        found.told.append(f"{len(left)}: {sorted(whole)} less {sorted(part)}")


def _who(people: pd.DataFrame, conditions: Conditions) -> frozenset[int]:
    mask = np.ones(len(people), bool)
    for kind, code in conditions:
        mask &= (people[kind] == code).to_numpy()
    return frozenset(people.index[mask])


def _refines(people: pd.DataFrame, whole: Conditions, part: Conditions, kind: str) -> bool:
    """Whether the part is the whole with one more condition of this kind; a store is in its district."""
    if {name for name, _ in part - whole} != {kind}:
        return False
    kept = part & whole
    if kept == whole:
        return True
    districts = {code for name, code in whole if name == "district"}
    store = next((code for name, code in part if name == "store"), "")
    return (
        bool(store)
        and kept == frozenset()
        and districts == {f"D{(int(store[1:]) - 1) // 4 + 1:02d}"} == {code for _, code in whole}
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--open", action="store_true", help="without the rule, to see that this would find something")
    chosen = parser.parse_args()
    if chosen.open:
        small_places.nameable = lambda counts, least=HIDDEN_BELOW: frozenset(  # type: ignore[assignment]
            place for place, n in counts.items() if n >= least
        )
    with tempfile.TemporaryDirectory() as name:
        found = run(chosen.rounds, Path(name))
    for line in found.told[:20]:
        print(line)
    print(found)
    return 1 if found.told else 0


if __name__ == "__main__":
    raise SystemExit(main())
