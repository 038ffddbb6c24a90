"""Can a group of one to four people be told by subtracting periods? python -m tests.reliability.differencing_periods

Asks the doors of the comments page and of the store page for every window that a viewer can choose, of every place, and
solves: each figure that is shown is an equation over cells (a store's month; a channel's month), and a group is told if
any sum or difference of equations gives it (its vector lies in their row space). Texts that stand in two lists are
compared one by one as well: what two lists have in common, and what only one has. --demo looks at a database that is
there (a copy of the demonstration) instead of small operators; --open leaves the rule away, to see what it is for.
"""

import argparse
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from sqm.database.batches.uploads import Uploads
from sqm.database.indicators import indicators, publications, sealed
from sqm.database.indicators.indicators import Place
from sqm.database.surveys.comments import Wanted
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.periods import add_months, month_range
from sqm.rules.sampling import HIDDEN_BELOW, Showing
from sqm.rules.surveys import small_periods
from sqm.rules.surveys.small_periods import Block, Blocks
from sqm.rules.values import value_frame
from sqm.ui.comments import data_comments
from sqm.ui.comments.choice import Choice
from sqm.ui.comments.comments_choice import SPANS
from sqm.ui.doors.data import database, stamp
from sqm.ui.store.doors import data_card, data_opinion
from sqm.ui.store.store_choice import Choice as StoreChoice
from sqm.ui.stores.doors import data_blocks, data_scores
from sqm.ui.stores.doors.data_scores import CHANNEL, ITEM, MONTHS, SURVEY, Span
from tests.database.conftest import open_tiny
from tests.database.written import Written, commit

Cell = tuple[str, str, date]
"""District, store, month; or store, channel, month."""
_NEAR = 1e-6


@dataclass
class Found:
    """asked: windows. shown: of them, with a figure. groups: of 1-4 people in any window of a place. told: those that
    the figures tell. texts: pairs of lists compared; linked: groups of 1-4 texts that two lists tell apart."""

    asked: int = 0
    shown: int = 0
    groups: int = 0
    people: int = 0
    counted: int = 0
    texts: int = 0
    told: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.asked} windows asked for, {self.shown} shown; {self.groups} groups of 1-4 people, {len(self.told)} "
            f"told; {self.texts} pairs of lists of texts, {len(self.linked)} groups of 1-4 texts told apart"
        )


def told(figures: Iterable[frozenset[Cell]], people: dict[Cell, int], groups: Iterable[frozenset[Cell]]) -> list[int]:
    """Which groups (by number) are sums and differences of figures."""
    place = {cell: at for at, cell in enumerate(people)}
    rows = np.zeros((len(set(figures := list(figures))), len(place)))
    for row, cells in zip(rows, dict.fromkeys(figures), strict=True):
        row[[place[cell] for cell in cells]] = 1.0
    wanted = [np.array([place[cell] for cell in cells]) for cells in groups]
    if not rows.size:
        return []
    _u, sizes, axes = np.linalg.svd(rows, full_matrices=False)
    axes = axes[sizes > _NEAR * sizes[0]]
    vectors = np.zeros((len(wanted), len(place)))
    for vector, cells in zip(vectors, wanted, strict=True):
        vector[cells] = 1.0
    left = np.abs(vectors - vectors @ axes.T @ axes).max(axis=1, initial=0.0)
    return [at for at, each in enumerate(left) if each < _NEAR]


def windows(months: Sequence[date], spans: Sequence[int]) -> list[tuple[date, date]]:
    return [(add_months(last, 1 - span), last) for last in months for span in spans]


def small_groups(people: dict[Cell, int], key: int, months: Sequence[date]) -> dict[str, frozenset[Cell]]:
    """Of one to four people in a row of months of one place (at that position of the cells)."""
    found = {}
    for code in sorted({cell[key] for cell in people} - {""}):
        mine = {cell: n for cell, n in people.items() if cell[key] == code and n}
        for at, first in enumerate(months):
            for last in months[at:]:
                cells = frozenset(cell for cell in mine if first <= cell[2] <= last)
                if not cells or sum(mine[cell] for cell in cells) >= HIDDEN_BELOW:
                    if cells:
                        break
                    continue
                found[f"{code} {first:%Y-%m} to {last:%Y-%m}, {sum(mine[each] for each in cells)}"] = cells
    return found


def comments(
    scope: Scope, found: Found, only: Sequence[str] = (), latest: int = 0, spans: Sequence[int] = SPANS
) -> None:
    """The page of comments: the company, every district and store, every month and period. only: districts whose cells
    are kept apart, all without; latest: so many months that a window may end with, all without."""
    held = data_comments.held()[SURVEY]
    months = month_range(held.first, held.last)
    every = data_comments._found(stamp(), scope, Wanted(SURVEY, held.first, held.last))
    cells = zip(every["district_code"], every["store_code"], [each.date() for each in every["month"]], strict=True)
    people: dict[Cell, int] = {}
    for cell in (_near(cell, only) for cell in cells):
        people[cell] = people.get(cell, 0) + 1
    stores = {store: district for district, store, _month in people if store}
    districts = sorted(set(stores.values()))
    places = [("", ""), *((each, "") for each in districts), *((stores[each], each) for each in sorted(stores))]
    figures: list[frozenset[Cell]] = []
    lists: dict[frozenset[tuple[str, int]], str] = {}
    for district, store in places:
        for first, last in windows(months[-latest:], spans):
            span = len(month_range(first, last))
            group = data_comments.group(scope, Choice(SURVEY, last, span, "", district, store, False, "", ""))
            found.asked += 1
            if group.is_hidden:
                continue
            found.shown += 1
            wanted = Wanted(SURVEY, first, last, district, store)
            rows = data_comments._counted(stamp(), scope, wanted)
            assert len(rows) == group.n
            keys = zip(rows["district_code"], rows["store_code"], [each.date() for each in rows["month"]], strict=True)
            figures.append(frozenset(_near(key, only) for key in keys))
            texts = frozenset((str(row["batch_id"]), int(row["source_row"])) for row in group.rows)
            lists.setdefault(texts, f"{district} {store} {first:%Y-%m} to {last:%Y-%m}")
    for key in (1, 0):
        groups = small_groups(people, key, months)
        found.groups += len(groups)
        names = list(groups)
        found.told += [f"comments of {names[at]}" for at in told(figures, people, groups.values())]
    _link(lists, found)


def _near(cell: Cell, only: Sequence[str]) -> Cell:
    """All that is far away is one cell a month."""
    return cell if not only or cell[0] in only else ("", "", cell[2])


def _link(lists: dict[frozenset[tuple[str, int]], str], found: Found) -> None:
    """Two lists tell apart what both have and what only one has."""
    texts = [each for each in lists if each]
    order = {text: at for at, text in enumerate(sorted(frozenset().union(*texts)))} if texts else {}
    has = np.zeros((len(texts), len(order)), np.float32)
    for row, each in zip(has, texts, strict=True):
        row[[order[text] for text in each]] = 1
    both = has @ has.T
    sizes = has.sum(axis=1)
    apart = sizes[:, None] - both
    found.texts += len(texts) * (len(texts) - 1) // 2
    for small, word in ((np.triu(both, 1), "in both"), (apart, "in the first only")):
        for at, other in zip(*np.nonzero((small > 0.5) & (small < HIDDEN_BELOW - 0.5)), strict=True):
            said = f"{int(small[at, other])} {word}: {lists[texts[int(at)]]} | {lists[texts[int(other)]]}"
            found.linked.append(said)


def store_page(scope: Scope, found: Found, stores: Sequence[str], latest: int = 0) -> None:
    """Channels of a store by month, quarter and year, with the window before, its score's text messages, and its total
    as the page of the indicator shows it."""
    months = data_scores.months()
    known = data_scores.stores(scope)
    catalogue = indicators.catalogue(database())
    codes = dict(zip(catalogue["item_code"], catalogue["indicator_code"], strict=True))
    facts = catalogue[catalogue["indicator_code"] == codes[ITEM]]
    for store in stores:
        answers = data_blocks.of_store(str(known[store]["district_code"]), store, data_opinion.ITEMS)
        rows = answers.sums[(answers.sums["item_code"] == ITEM) & (answers.sums["n"] > 0)]
        when = [each.date() for each in rows["month"]]
        people: dict[Cell, int] = {}
        for channel, month, n in zip(rows["channel_code"], when, rows["n"], strict=True):
            people[store, str(channel), month] = people.get((store, str(channel), month), 0) + int(n)
        figures = _totals(scope, store, codes[ITEM], facts, people)
        for month in months[-latest:]:
            for span in Span:
                found.asked += 1
                figures += _windows(scope, StoreChoice(store, month, span), answers, people, found)
        groups = small_groups(people, 1, sorted({cell[2] for cell in people}))
        found.groups += len(groups)
        names = list(groups)
        found.told += [f"answers of {store} by {names[at]}" for at in told(figures, people, groups.values())]


def _windows(
    scope: Scope, choice: StoreChoice, answers: data_blocks.StoreAnswers, people: dict[Cell, int], found: Found
) -> list[frozenset[Cell]]:
    """What one view of the store page counts of the whole question."""
    figures = []
    opinions = data_opinion.opinions(scope, choice).found
    for channel in data_blocks.CHANNELS:
        each = opinions.get((ITEM, channel))
        if each is None or each.showing is Showing.HIDDEN:
            continue
        found.shown += 1
        back = add_months(choice.first, -MONTHS[choice.span])
        figures.append(_cells(answers.counted(ITEM, channel, choice.first, choice.month), choice.store))
        assert sum(people[cell] for cell in figures[-1]) == each.n
        if each.change is not None:
            figures.append(_cells(answers.counted(ITEM, channel, back, add_months(choice.first, -1)), choice.store))
    card = data_card.card(scope, choice)
    if card is not None and card.texts is not None:
        texts = data_scores.text_sums(Scope(None, frozenset({choice.store})), choice.first, choice.month)
        texts = texts.assign(channel_code=CHANNEL, month=pd.to_datetime(texts["month"]))
        figures.append(_cells(texts, choice.store))
    return [each for each in figures if each]


def _cells(rows: pd.DataFrame, store: str) -> frozenset[Cell]:
    rows = rows[rows["n"] > 0]
    pairs = zip(rows["channel_code"], rows["month"], strict=True)
    return frozenset((store, str(channel), month.date()) for channel, month in pairs)


def _totals(scope: Scope, store: str, code: str, facts: pd.DataFrame, people: dict[Cell, int]) -> list[frozenset[Cell]]:
    """Months of the store over all channels, where the page of the indicator shows them."""
    sums = indicators.history(database(), scope, code, Place("store", store))
    if sums.empty:
        return []
    rows = sums.drop(columns=["level", "scope_code", "district_code"]).merge(facts, on="indicator_code")
    shown = value_frame(rows)["showing"] != Showing.HIDDEN
    months = {pd.Timestamp(month).date() for month in rows["month"][shown]}
    return [frozenset(cell for cell in people if cell[2] == month) for month in sorted(months)]


def published(scope: Scope, latest: int = 0) -> tuple[int, list[str]]:
    """How many published figures of people were compared, and those that have moved since by one to four of them."""
    made = sealed.sealed(database())
    made = made[made["revision"] > 0].groupby("month", as_index=False)["revision"].max().sort_values("month")
    compared, moved = 0, []
    for row in made.tail(latest or len(made)).itertuples():
        month = pd.Timestamp(row.month).date()
        now = publications.standing(database(), scope, month, month)
        for (level, code), mine in now.groupby(["level", "scope_code"]):
            kept = sealed.figures(database(), scope, month, int(row.revision), Place(str(level), str(code)))
            both = kept.merge(mine[["indicator_code", "n"]], on="indicator_code", suffixes=("", "_now"))
            both = both[both["weight_squares"].notna() & both["n"].notna() & both["n_now"].notna()]
            compared += len(both)
            few = both[(both["n"] - both["n_now"]).abs().between(1, HIDDEN_BELOW - 1)]
            moved += [f"{code or level} {each} {month:%Y-%m}" for each in few["indicator_code"]]
    return compared, moved


def build(path: Path, random: np.random.Generator, months: int = 5) -> None:
    """A small operator in which few wrote in many months."""
    db = open_tiny(path)
    uploads = Uploads(path.with_suffix(".uploads"))
    for back in range(months):
        month = add_months(date(2026, 9, 1), -back)
        rows: list[Written] = []
        for number in range(1, 11):
            size = int(random.choice([0, 1, 2, 3, 4, 5, 7, 12]))
            rows += [(f"S{number:03d}", [int(random.integers(1, 11))] * 5, f"queue {back} {at}") for at in range(size)]
        if rows:
            commit(db, uploads, month, rows)
    db.close()


def run(
    rounds: int,
    folder: Path,
    seed: int = 7,
    months: int = 5,
    viewers: Sequence[Scope] = (EVERYTHING,),
    spans: Sequence[int] = SPANS,
) -> Found:
    found = Found()
    for number in range(rounds):
        path = folder / f"periods{number}.duckdb"
        build(path, np.random.default_rng(seed + number), months)
        os.environ["SQM_DATABASE"] = str(path)
        for scope in viewers:
            comments(scope, found, spans=spans)
        database().close()
    return found


def without_the_rule() -> None:
    """Every month with people is a block of its own, whatever it tells."""

    def alone(counts: dict[date, int], units: Sequence[Block] = ()) -> tuple[Block, ...]:
        months = [each.first for each in units] or sorted(month for month in counts if counts[month])
        held = [(month, counts.get(month, 0), at) for at, month in enumerate(months)]
        return tuple(Block(month, month, n, at, at) for month, n, at in held if n)

    def each(units: Sequence[Block], parts: dict[str, dict[date, int]], spared: object = ()) -> dict[str, Blocks]:
        return {name: alone(counts, units) for name, counts in parts.items()}

    small_periods.blocks = alone  # type: ignore[assignment]
    small_periods.together = small_periods.settled = each  # type: ignore[assignment]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--months", type=int, default=8)
    parser.add_argument("--demo", help="a database file to look at; no small operators then")
    parser.add_argument("--districts", default="", help="of --demo: codes with commas between; all without")
    parser.add_argument("--latest", type=int, default=0, help="of --demo: months that a window ends with; all without")
    parser.add_argument("--stores", type=int, default=10, help="of --demo: so many store pages")
    parser.add_argument("--open", action="store_true", help="without the rule, to see that this finds something")
    chosen = parser.parse_args()
    if chosen.open:
        without_the_rule()
    viewers = (EVERYTHING, Scope(frozenset({"D01"}), None))
    if chosen.demo:
        os.environ["SQM_DATABASE"] = chosen.demo
        found = Found()
        store_page(EVERYTHING, found, sorted(data_scores.stores(EVERYTHING))[: chosen.stores], chosen.latest)
        print("store page:", found, flush=True)
        comments(EVERYTHING, found, [each for each in chosen.districts.split(",") if each], chosen.latest)
        compared, moved = published(EVERYTHING, chosen.latest)
        print(f"published: {compared} figures of people compared, {len(moved)} moved by 1-4", moved[:5], flush=True)
    else:
        with tempfile.TemporaryDirectory() as name:
            found = run(chosen.rounds, Path(name), months=chosen.months, viewers=viewers)
    for line in [*found.told[:10], *found.linked[:10]]:
        print(line)
    print(found)
    return 1 if found.told or found.linked else 0


if __name__ == "__main__":
    raise SystemExit(main())
