"""What a file of store audits brings, in words: visits, stores and months, and whose score would move."""

from sqm.database.batches.visit_rehearsal import Visited
from sqm.rules.access import EVERYTHING
from sqm.ui import blocks, formats
from sqm.ui.doors.data_names import places
from sqm.ui.words import _, n_

_LISTED = 30


def finding(good: int, bad: int) -> str:
    """The title of the check. good: visits; bad: rows of the file, all rows of a visit that is left out."""
    if not bad:
        return n_("{n} visit is good, no row to mend", "{n} visits are good, no row to mend", good)
    mend = n_("{n} row to mend", "{n} rows to mend", bad)
    return n_("{n} visit is good, {mend}", "{n} visits are good, {mend}", good, mend=mend)


def take(good: int, bad: int) -> str:
    """The analyst's word that the good visits may go on."""
    return n_(
        "Take the good visit and leave out the visits with a row to mend ({bad} rows)",
        "Take the {n} good visits and leave out those with a row to mend ({bad} rows)",
        good,
        bad=formats.count(bad),
    )


def stored(count: int) -> str:
    return n_("{n} visit is stored", "{n} visits are stored", count)


def brought(found: Visited) -> list[str]:
    """What comes beside the rows, one sentence each."""
    said = [n_("{n} store is visited.", "{n} stores are visited.", found.stores), *_new(found)]
    if found.visits > found.scored:
        said.append(
            n_(
                "{n} visit is not the third party's: it stands beside the scores and does not count into them.",
                "{n} visits are not the third party's: they stand beside the scores and do not count into them.",
                found.visits - found.scored,
            )
        )
    return said


def moved(found: Visited) -> None:
    """Draw the stores whose mean visit score would be another."""
    rows = found.moved
    if rows.empty:
        blocks.footnote(_("No store that had a score in these months gets another."))
        return
    where = places(EVERYTHING)
    ranked = rows.assign(by=(rows["after"] - rows["before"]).abs()).sort_values("by", ascending=False)
    blocks.block(
        n_("The score of {n} store moves", "The scores of {n} stores move", len(rows)),
        _("mean of its visits in the months of the file, 0-100; most first"),
    )
    blocks.rows_html(
        [_("Store"), _("Visits before"), _("Visits then"), _("Now"), _("Then")],
        [
            tuple(
                blocks.safe(text)
                for text in (
                    where.place("store", str(row["store_code"])),
                    _count(row["visits_before"]),
                    _count(row["visits_after"]),
                    formats.number(row["before"], 1),
                    formats.number(row["after"], 1),
                )
            )
            for row in ranked.head(_LISTED).to_dict("records")
        ],
        numeric=frozenset({1, 2, 3, 4}),
    )
    if len(rows) > _LISTED:
        blocks.footnote(_("The first {n} are listed.", n=_LISTED))


def _new(found: Visited) -> list[str]:
    """What the register gets with the file."""
    said = []
    if found.new_stores:
        said.append(n_("{n} store is new to the register.", "{n} stores are new to the register.", found.new_stores))
    if found.new_districts:
        said.append(
            n_("{n} district is new to the register.", "{n} districts are new to the register.", found.new_districts)
        )
    if found.new_items:
        said.append(n_("{n} item is new.", "{n} items are new.", found.new_items))
    return said


def _count(value: float) -> str:
    return formats.count(0 if value != value else int(value))
