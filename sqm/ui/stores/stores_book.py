"""The sheets of the workbook of stores: the whole fair table of a class, and company and districts."""

from sqm.reports.workbook import Cell, Number, Table
from sqm.rules.access import Scope
from sqm.rules.stores.fair_ranks import FairTable, RankedStore
from sqm.rules.stores.store_cascade import Line
from sqm.rules.stores.store_results import Compared, StoreResult
from sqm.ui import formats
from sqm.ui.doors.data_names import Record
from sqm.ui.stores import stores_words as words
from sqm.ui.stores.blocks import fair_table
from sqm.ui.stores.doors import data_scores, data_stores
from sqm.ui.stores.doors.data_scores import StoresView
from sqm.ui.stores.stores_choice import Choice
from sqm.ui.words import _, name

_ONE = "0.0"
_SHARE = "0%"
Row = tuple[Cell | Number, ...]


def tables(scope: Scope, choice: Choice, purpose: str) -> list[Table]:
    """purpose: in words; it stands under the title of every sheet."""
    notes = (
        _("Purpose stated when the file was taken: {purpose}", purpose=purpose),
        _("For bulletin, mending and training: no appraisal of a store rests on it alone, none of a person at all."),
        _("Ranks hold within the class only: places that chance leaves open, 95 %."),
    )
    return [_stores(scope, choice, notes), _places(scope, choice, notes)]


def _stores(scope: Scope, choice: Choice, notes: tuple[str, ...]) -> Table:
    view = data_scores.view(scope, choice.month, choice.span)
    known = data_scores.stores(scope)
    group = choice.one_class
    found = view.tables[choice.what].get(group)
    rows = (
        []
        if found is None
        else [_ranked(each, found, view, choice, known) for each in fair_table.listed_stores(found, choice, known)]
    )
    rows += [_unranked(each, choice, known) for each in fair_table.unranked(view, choice, known)]
    header = (
        _("Store code"),
        _("Store"),
        _("District"),
        _("Best place"),
        _("Worst place"),
        _("Standing"),
        _("Score"),
        _("Fair score"),
        _("Lower limit (95 %)"),
        _("Upper limit (95 %)"),
        _("Visits"),
        _("Collected"),
    )
    title = ", ".join([words.group(group), words.compared(choice.what), formats.months(view.first, view.last)])
    return Table(_("Fair table"), title, notes, header, tuple(rows), (12, 30, 20, 10, 10, 26, 9, 11, 11, 11, 9, 10))


def _who(code: str, known: dict[str, Record]) -> tuple[Cell, Cell, Cell]:
    if code not in known:
        return Cell(""), Cell(_("another store of the class")), Cell("")
    district = str(known[code]["district_code"])
    return (
        Cell(code),
        Cell(words.store(known[code], code)),
        Cell(name(data_stores.districts().get(district, {})) or district),
    )


def _ranked(each: RankedStore, found: FairTable, view: StoresView, choice: Choice, known: dict[str, Record]) -> Row:
    result = view.results.get(each.code)
    fair = each.shrunk
    is_ranked = each.is_rankable and not words.is_indicative(result, choice.what)
    places = (float(each.low), float(each.high)) if is_ranked else (None, None)
    return (
        *_who(each.code, known),
        *(Number(place, "0") for place in places),
        Cell(words.standing_text(each.standing)),
        Number(fair.raw, _ONE),
        Number(fair.value, _ONE),
        Number(max(fair.interval.low, 0.0), _ONE),
        Number(min(fair.interval.high, 100.0), _ONE),
        *_evidence(result),
    )


def _evidence(result: StoreResult | None) -> tuple[Number, Number]:
    if result is None:
        return Number(None, "0"), Number(None, _SHARE)
    return Number(float(0 if result.visits is None else result.visits.n), "0"), Number(result.score.coverage, _SHARE)


def _unranked(result: StoreResult, choice: Choice, known: dict[str, Record]) -> Row:
    raw = result.score.score
    if choice.what is Compared.AUDIT:
        raw = None if result.visits is None else result.visits.mean
    nothing = Number(None, _ONE)
    return (
        *_who(result.store, known),
        nothing,
        nothing,
        Cell(_("not ranked: {reason}", reason=words.unranked(result, choice.what))),
        Number(raw, _ONE),
        nothing,
        nothing,
        nothing,
        *_evidence(result),
    )


def _places(scope: Scope, choice: Choice, notes: tuple[str, ...]) -> Table:
    found = data_stores.cascade(scope, choice.month, choice.span, choice.what)
    parts = sorted(found.company.losses)
    header = (
        _("District"),
        _("Mean"),
        _("Lower limit (95 %)"),
        _("Upper limit (95 %)"),
        _("Change"),
        _("Stores"),
        _("Below the pass mark"),
        *(_("Points lost: {part}", part=words.loss(part, choice.what)) for part in parts),
    )
    rows = [_place(_("All stores"), found.company, parts)]
    names = data_stores.districts()
    rows += [_place(name(names.get(code, {})) or code, line, parts) for code, line in found.districts.items()]
    title = ", ".join([_("Districts"), words.compared(choice.what), formats.months(found.first, found.last)])
    return Table(
        _("Districts"), title, notes, header, tuple(rows), (22, 9, 11, 11, 10, 9, 12, *(14 for _part in parts))
    )


def _place(title: str, line: Line, parts: list[str]) -> Row:
    interval = line.shown
    return (
        Cell(title),
        Number(line.mean, _ONE),
        Number(None if interval is None else interval.low, _ONE),
        Number(None if interval is None else interval.high, _ONE),
        Number(None if line.change is None else line.change.points, _ONE),
        Number(float(line.stores), "0"),
        Number(None if line.below is None else float(line.below), "0"),
        *(Number(line.losses.get(part), _ONE) for part in parts),
    )
