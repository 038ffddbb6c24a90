"""Which months of a place may be counted, so that no two periods differ by a group of one to four people.

Windows of 1, 3, 6 and 12 months, the same window a month later, a district and its stores: each figure that is shown
is one more equation, and subtracting them tells every month of every place. So the months of a place are put together
until there are 5 people in each block, and every figure counts whole blocks only; a block that a window cuts is left
out of it. All that is shown is then made of blocks, so what subtraction leaves is too: nobody, or 5 people.

Blocks are closed from the oldest month on and a month that is added opens none again; the last months wait until they
are 5. So what was shown last month and what is shown now also differ by whole blocks (settling below may move a few).

A whole and its parts (a company's districts, a district's stores, a store's channels) are settled together: what is
left of the whole in any stretch of months without the parts shown in it must be nobody or 5 people as well.

Sources: merging categories and complementary suppression in Hundepool et al. 2012, Statistical Disclosure Control,
Wiley, chapters 4 and 5; that overlapping breakdowns are safe if all are made of the same building blocks: Duke-Williams
and Rees 1998, International Journal of Geographical Information Science 12(6), 579-605. Merging before hiding is our
choice: a longer period then shows what a shorter one may not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from sqm.rules.sampling import HIDDEN_BELOW

_TRIED = 12
"""Of the smallest blocks of a stretch, so many are tried; the rest are larger, and hiding those costs more."""


@dataclass(frozen=True)
class Block:
    """Months of a place that are counted together. at, to: the first and last unit of the whole that it is made of
    (a unit of a whole is one of its own blocks; of a company, all its months). is_shown: False where it is hidden
    because subtraction would tell others."""

    first: date
    last: date
    n: int
    at: int
    to: int
    is_shown: bool = True

    @property
    def is_single(self) -> bool:
        """One unit of the whole, so the whole can be shown for exactly these months as well."""
        return self.at == self.to


Blocks = tuple[Block, ...]


def by_month(months: Iterable[date], people: Iterable[float]) -> dict[date, int]:
    """People by month; a month may stand several times."""
    found: dict[date, int] = {}
    for month, n in zip(months, people, strict=True):
        found[month] = found.get(month, 0) + int(n)
    return found


def blocks(counts: Mapping[date, int], units: Sequence[Block] = ()) -> Blocks:
    """Months put together until each block has 5 people; the last that are too few are in none.

    counts: people by month. units: blocks of the larger place, none of which is cut; without them each month with
    people is a unit. Months outside all units are left out.
    """
    spans = [(each.first, each.last) for each in units] or [(month, month) for month in sorted(counts) if counts[month]]
    place = dict.fromkeys(range(len(spans)), 0)
    for month, n in counts.items():
        index = next((at for at, (first, last) in enumerate(spans) if first <= month <= last), None)
        if index is not None:
            place[index] += n
    found: list[Block] = []
    begun, held = -1, 0
    for at, (_first, last) in enumerate(spans):
        begun = at if held == 0 else begun
        held += place[at]
        if held >= HIDDEN_BELOW:
            found.append(Block(spans[begun][0], last, held, begun, at))
            held = 0
    return tuple(found)


def settled(units: Sequence[Block], parts: Mapping[str, Mapping[date, int]]) -> dict[str, Blocks]:
    """The blocks of every part of a whole, so that nothing of one to four people is left of the whole in any stretch.

    units: the whole's blocks. parts: people by month. Who is in no part is left over by himself. Where one to four
    would be left, the block of another part is put together with its neighbour, so that it is not inside the stretch,
    or hidden where that does not help. A unit of the whole that is hidden itself must leave 5 people or more: it can
    only be told by its parts.

    Only the whole less its parts is looked at. Where there are very few parts, what is left may be one part's alone,
    and taken from that part's block tells its other months, one after another (``together`` shuts this out).
    """
    held = {name: list(blocks(counts, units)) for name, counts in parts.items()}
    if not units:
        return dict.fromkeys(parts, ())
    left, hidden = _left(units, held), _covering(units)
    while (bad := _is_bad(left, hidden)).any():
        starts, ends = np.nonzero(bad)
        narrow = int(np.argmin(ends - starts))
        _touch(held, left, hidden, (int(starts[narrow]), int(ends[narrow])))
    return {name: tuple(each) for name, each in held.items()}


def together(
    units: Sequence[Block], parts: Mapping[str, Mapping[date, int]], spared: Iterable[str] = ()
) -> dict[str, Blocks]:
    """The blocks of few parts of a whole that is shown unit by unit: the same for all of them.

    Of few parts, blocks with other borders could be solved for one after another, like a chain. A block is closed when
    nobody or 5 people of each part, and of those in no part, are in it; a part of fewer than 5 in all is in no part.
    The last units that close no block show no part. spared: parts that keep their single units wherever each of them,
    and all others of the unit together, are nobody or 5.
    """
    held = {name: [_within(counts, each) for each in units] for name, counts in parts.items()}
    held = {name: counts for name, counts in held.items() if sum(counts) >= HIDDEN_BELOW}
    rest = [each.n - sum(counts[at] for counts in held.values()) for at, each in enumerate(units)]
    found: dict[str, list[Block]] = {name: [] for name in parts}
    kept, begun = frozenset(spared), 0
    for at in range(len(units)):
        sums = [sum(counts[begun : at + 1]) for counts in (*held.values(), rest)]
        is_last = at == len(units) - 1
        if any(map(_is_few, sums)) and not is_last:
            continue
        stretch, is_closed = range(begun, at + 1), not any(map(_is_few, sums))
        for name, counts in held.items():
            n = sum(counts[u] for u in stretch)
            alone = [u for u in stretch if not _is_few(counts[u]) and not _is_few(units[u].n - counts[u])]
            if name in kept and (len(alone) == len(stretch) or not is_closed):
                found[name] += [Block(units[u].first, units[u].last, counts[u], u, u) for u in alone if counts[u]]
            elif is_closed and n > 0:
                found[name].append(Block(units[begun].first, units[at].last, n, begun, at))
        begun = at + 1
    return {name: tuple(each) for name, each in found.items()}


def _within(counts: Mapping[date, int], unit: Block) -> int:
    return sum(n for month, n in counts.items() if unit.first <= month <= unit.last)


def _is_few(n: int) -> bool:
    return 0 < n < HIDDEN_BELOW


def inside(found: Blocks, first: date, last: date) -> Blocks:
    """The blocks that lie wholly in a window and may be shown."""
    return tuple(each for each in found if each.is_shown and first <= each.first and each.last <= last)


def block_of(found: Blocks, month: date) -> Block | None:
    """The block that a month is counted in; None where it waits for more people."""
    return next((each for each in found if each.first <= month <= each.last), None)


def _left(units: Sequence[Block], held: Mapping[str, Sequence[Block]]) -> np.ndarray:
    """People of the whole from unit a to unit b (row, column) in no block that lies wholly between them."""
    total = np.concatenate([[0], np.cumsum([each.n for each in units])])
    left: np.ndarray = total[None, 1:] - total[:-1, None]
    for each in (block for found in held.values() for block in found):
        left[: each.at + 1, each.to :] -= each.n
    return left


def _covering(units: Sequence[Block]) -> np.ndarray:
    """Stretches with a hidden unit of the whole in them."""
    found = np.zeros((len(units), len(units)), bool)
    for at, each in enumerate(units):
        if not each.is_shown:
            found[: at + 1, at:] = True
    return found


def _is_bad(left: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    bad: np.ndarray = np.triu((left < HIDDEN_BELOW) & ((left > 0) | hidden))
    return bad


def _touch(held: dict[str, list[Block]], left: np.ndarray, hidden: np.ndarray, stretch: tuple[int, int]) -> None:
    """One step: of all ways to take a block out of the stretch, the one after which least is told; merging before
    hiding, and small blocks before large ones. Every step adds 5 people or more to what is left, so none makes a new
    group of one to four and there are no more steps than blocks."""
    within = [
        (each.n, name, index)
        for name, found in held.items()
        for index, each in enumerate(found)
        if each.is_shown and stretch[0] <= each.at and each.to <= stretch[1]
    ]
    few = sorted(within)  # never empty: without blocks in it a stretch has the 5 people of its units
    steps = []
    for n, name, index in few[:_TRIED]:
        for way in _ways(held[name], index):
            after = left.copy()
            for each in way.removed:
                after[: each.at + 1, each.to :] += each.n
            if way.added.is_shown:
                after[: way.added.at + 1, way.added.to :] -= way.added.n
            if after[stretch] >= HIDDEN_BELOW:
                key = (int(_is_bad(after, hidden).sum()), not way.added.is_shown, n, name, index)
                steps.append((key, way, after))
    key, way, after = min(steps, key=lambda step: step[0])
    blocks_of = held[key[-2]]
    at = blocks_of.index(way.removed[0])
    blocks_of[at : at + len(way.removed)] = [way.added]
    left[:] = after


@dataclass(frozen=True)
class _Way:
    """Blocks of a part that become one: put together, or hidden."""

    removed: tuple[Block, ...]
    added: Block


def _ways(found: Sequence[Block], index: int) -> list[_Way]:
    ways = [_Way((found[index],), replace(found[index], is_shown=False))]
    for one, two in ((index - 1, index), (index, index + 1)):
        if one >= 0 and two < len(found) and found[one].is_shown and found[two].is_shown:
            first, second = found[one], found[two]
            both = Block(first.first, second.last, first.n + second.n, first.at, second.to)
            ways.append(_Way((first, second), both))
    return ways
