"""What a batch does to the tables, in words: rows or visits by fate, and the months they reach."""

from typing import NamedTuple

from sqm.database.batches.staging import Outcome
from sqm.ui import formats
from sqm.ui.words import _, n_


class _Fates(NamedTuple):
    """What is said of each fate, where there is one."""

    new: str
    same: str
    replaced: str
    conflicting: str


def of_rows(outcome: Outcome) -> list[str]:
    """One sentence each."""
    fates = _Fates(
        n_("{n} row is new.", "{n} rows are new.", _new(outcome)),
        n_(
            "{n} row is stored already and says the same: it is passed over.",
            "{n} rows are stored already and say the same: they are passed over.",
            outcome.rows_same,
        ),
        n_(
            "{n} stored row is replaced; undo puts it back.",
            "{n} stored rows are replaced; undo puts them back.",
            outcome.rows_replaced,
        ),
        n_(
            "{n} row is stored already with other answers: the stored one stays.",
            "{n} rows are stored already with other answers: the stored ones stay.",
            outcome.rows_conflicting,
        ),
    )
    return _sentences(outcome, fates)


def of_visits(outcome: Outcome) -> list[str]:
    """The same of a file of store audits, whose rows to mend are rows of visits that are left out."""
    fates = _Fates(
        n_("{n} visit is new.", "{n} visits are new.", _new(outcome)),
        n_(
            "{n} visit is stored already and says the same: it is passed over.",
            "{n} visits are stored already and say the same: they are passed over.",
            outcome.rows_same,
        ),
        n_(
            "{n} stored visit is replaced; undo puts it back.",
            "{n} stored visits are replaced; undo puts them back.",
            outcome.rows_replaced,
        ),
        n_(
            "{n} visit is stored already and says something else: the stored one stays.",
            "{n} visits are stored already and say something else: the stored ones stay.",
            outcome.rows_conflicting,
        ),
    )
    return _sentences(outcome, fates)


def _new(outcome: Outcome) -> int:
    return outcome.rows_added - outcome.rows_replaced


def _sentences(outcome: Outcome, fates: _Fates) -> list[str]:
    said = [fates.new] if _new(outcome) or not outcome.rows_replaced else []
    if outcome.rows_same:
        said.append(fates.same)
    if outcome.rows_replaced:
        said.append(fates.replaced)
    elif outcome.rows_conflicting:
        said.append(fates.conflicting)
    if outcome.rows_rejected:
        said.append(n_("{n} row to mend is left out.", "{n} rows to mend are left out.", outcome.rows_rejected))
    if outcome.first_month is not None:
        said.append(_("Months: {months}", months=formats.months(outcome.first_month, outcome.last_month)))
    return said
