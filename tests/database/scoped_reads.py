"""Every query with the limits of a viewer's scope, as the product asks it: what a narrow scope gets must be just what
it gets where nothing else exists. tests/reliability/scope_mutations.py takes the limits away one by one."""

from collections.abc import Callable, Iterator

import pandas as pd

from sqm.database.connection import Database
from sqm.database.indicators import indicators, months, publications, sealed
from sqm.database.indicators.indicators import Place
from sqm.database.stores import audits, volumes
from sqm.database.surveys import answers, comments, studies, surveys
from sqm.database.surveys.answers import Asked
from sqm.database.surveys.comments import Wanted
from sqm.database.surveys.surveys import Slice
from sqm.rules.access import EVERYTHING, NOTHING, Scope
from tests.database.two_stores import JULY, JUNE, SEES, STORES, VALUE, Twins

SURVEY, ITEM = "store_evaluation", "stores.overall"
CODES = (VALUE, "STO-P01")
Read = Callable[[Database, Scope], pd.DataFrame]


def _places(scope: Scope) -> Iterator[Place]:
    """Where to ask. Somebody with single stores gets the totals of the whole district, with other stores in them: there
    only stores can be compared."""
    yield from (Place("store", store) for store in STORES)
    if scope.stores is None:
        yield from (Place("district", district) for district in ("D01", "D02"))


def _everywhere(of_place: Callable[[Database, Scope, Place], pd.DataFrame]) -> Read:
    def read(db: Database, scope: Scope) -> pd.DataFrame:
        parts = (of_place(db, scope, place).assign(of=place.code) for place in _places(scope))
        return pd.concat([part for part in parts if len(part)] or [pd.DataFrame()], ignore_index=True)

    return read


def _history(db: Database, scope: Scope, place: Place) -> pd.DataFrame:
    return pd.concat([indicators.history(db, scope, code, place) for code in CODES], ignore_index=True)


def _sources(db: Database, scope: Scope, place: Place) -> pd.DataFrame:
    return pd.concat([indicators.sources(db, scope, code, JUNE, place) for code in CODES], ignore_index=True)


def _whole_company(db: Database, scope: Scope) -> pd.DataFrame:
    """The files behind the company's number: of them, the rows that the viewer may see."""
    return _sources(db, scope, Place())


def _across(db: Database, scope: Scope) -> pd.DataFrame:
    levels = ("store", "district") if scope.stores is None else ("store",)
    return pd.concat([indicators.across(db, scope, code, JUNE, level) for code in CODES for level in levels])


def _published(db: Database, scope: Scope, place: Place) -> pd.DataFrame:
    return sealed.figures(db, scope, JUNE, 1, place)


def _summed(db: Database, scope: Scope) -> pd.DataFrame:
    """What is judged, before the judge leaves out districts that the viewer does not see."""
    taken: list[pd.DataFrame] = []

    def kept(sums: pd.DataFrame) -> pd.DataFrame:
        taken.append(sums)
        return sums

    with db.read() as cursor:
        sealed.judge(cursor, JUNE, JUNE, scope, amend=kept)
    return taken[0][taken[0]["level"] != "company"]


def _standing(db: Database, scope: Scope) -> pd.DataFrame:
    rows = publications.standing(db, scope, JUNE, JUNE)
    return rows[rows["level"] != "company"]


def _compared(db: Database, scope: Scope) -> pd.DataFrame:
    """Empty where nothing has changed, so: how many figures were compared."""
    with db.read() as cursor:
        rows = sealed._published(cursor, scope, JUNE, 1)
    return rows[rows["level"] != "company"]


def _figures(db: Database, scope: Scope) -> pd.DataFrame:
    rows = publications.figures(db, scope, JUNE, JULY)
    return rows[rows["level"] != "company"]


def _slice(**kept: bool) -> Slice:
    return Slice((SURVEY,), (ITEM,), JUNE, JULY, **kept)  # type: ignore[arg-type]


def _parts(db: Database, scope: Scope) -> pd.DataFrame:
    rows = studies.parts(db, scope, SURVEY, JUNE, "own")
    return rows[rows["kind"] == "district"]


def _window(of: Callable[..., pd.DataFrame]) -> Read:
    return lambda db, scope: of(db, scope, JUNE, JULY)


READS: dict[str, Read] = {
    "answers.answers": lambda db, scope: answers.answers(db, scope, Asked(SURVEY, (ITEM,), JUNE, JULY)).people,
    "audits.visits": _window(audits.visits),
    "audits.marks": _window(audits.marks),
    "audits.last_visits": lambda db, scope: audits.last_visits(db, scope, JULY),
    "audits.stores": audits.stores,
    "audits.submissions": _window(audits.submissions),
    "comments.found": lambda db, scope: comments.found(db, scope, Wanted(SURVEY, JUNE, JULY)),
    "indicators.sums": _everywhere(lambda db, scope, place: indicators.sums(db, scope, place, JUNE, JULY)),
    "indicators.all_scopes": _across,
    "indicators.history": _everywhere(_history),
    "indicators.sources": _everywhere(_sources),
    "indicators.sources, company": _whole_company,
    "indicators.reported": lambda db, scope: indicators.reported(db, scope, JULY, JUNE),
    "months.districts": months.districts,
    "months.stores": months.stores,
    "publications.figures": _figures,
    "sealed.sums": _summed,
    "sealed.sums, judged": _standing,
    "sealed.published": _compared,
    "sealed.figures": _everywhere(_published),
    "studies.parts": _parts,
    "surveys.segment_sums": lambda db, scope: surveys.segment_sums(db, scope, _slice(by_district=True)),
    "surveys.segment_sums, chosen": lambda db, scope: surveys.segment_sums(
        db, scope, Slice((SURVEY,), (ITEM,), JUNE, JULY, districts=("D01", "D02"))
    ),
    "surveys.store_sums": lambda db, scope: surveys.store_sums(db, scope, _slice()),
    "volumes.by_month": _everywhere(lambda db, scope, place: volumes.by_month(db, scope, place.code, JUNE, JULY)),
}
"""Query (and what it is asked for, where one question does not show it) -> the rows a viewer gets, without those of the
company and of rivals, which are everybody's."""

OF_DISTRICTS = frozenset(
    {
        "audits.submissions",
        "indicators.reported",
        "months.districts",
        "publications.figures",
        "sealed.sums",
        "sealed.sums, judged",
        "sealed.published",
        "sealed.figures",
        "studies.parts",
        "surveys.segment_sums",
        "surveys.segment_sums, chosen",
    }
)
"""Figures of whole districts, of which somebody with single stores sees their own with all its stores."""
_CHANCE = ["batch_id", "committed_at"]


def leaks(twins: Twins, name: str) -> list[str]:
    """What is wrong with the limits of one query; nothing when they hold."""
    read, wrong = READS[name], []
    everything = _plain(read(twins.whole, EVERYTHING))
    for scope, alone in twins.alone.items():
        if name in OF_DISTRICTS and scope.stores is not None:
            continue
        mine = _plain(read(twins.whole, scope))
        if (scope, name) not in twins.expected:
            twins.expected[scope, name] = _plain(read(alone, scope))
        expected = twins.expected[scope, name]
        if not expected:
            wrong.append(f"{name}: nothing to compare for {SEES[scope]}")
        if mine != expected:
            wrong.append(f"{name}: {SEES[scope]} gets other rows than where nothing else exists")
        if mine == everything:
            wrong.append(f"{name}: {SEES[scope]} gets everything")
    if _plain(read(twins.whole, NOTHING)):
        wrong.append(f"{name}: somebody without a place gets rows")
    return wrong


def _plain(rows: pd.DataFrame) -> list[str]:
    """Rows as text, without what is different each time. Batches of one second come in any order."""
    kept = rows.drop(columns=[name for name in _CHANCE if name in rows.columns])
    return sorted(str(row) for row in kept.to_dict("records"))
