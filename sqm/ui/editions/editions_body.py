"""The edition of a month in counts, what came and went, and what its indicators lack; written once per state of the
data, choice and language."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Scope
from sqm.rules.matrix.editions import Finding
from sqm.ui import formats, links
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.editions import data_editions, editions_words
from sqm.ui.editions.data_editions import BACK, EditionView
from sqm.ui.home.home_blocks import card
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, footnote, join, table
from sqm.ui.words import _, language, n_, name, use

MOST = 8


def first_lack(scope: Scope, month: date) -> str:
    """The finding that is opened unless another one is asked for; '' when nothing is lacking."""
    found = data_editions.view(scope, month).lacking
    return next((str(what) for what, codes in found.items() if codes), "")


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, scope: Scope, month: date, chosen: str, spoken: str) -> Html:
    view, names = data_editions.view(scope, month), data_names.names()
    with use(spoken):
        return join(
            [
                block_title(editions_words.finding(view.edition), editions_words.moved(view)),
                _cards(view),
                _turnover(view, names),
                *_audit(view, names, chosen),
            ]
        )


def body(scope: Scope, month: date, chosen: str) -> Html:
    """chosen: the code of the finding whose indicators are listed."""
    return _body(stamp(), scope, month, chosen, str(language()))


def _cards(view: EditionView) -> Html:
    edition, before = view.edition, view.before

    def against(now: int, then: int) -> str:
        change = formats.number(now - then, 0, signed=True)
        return _("{change} against {months} months before", change="±0" if now == then else change, months=BACK)

    return div(
        "sqm-cards",
        card(_("Indicators in the matrix"), formats.count(edition.total), against(edition.total, before.total)),
        card(_("Appraised"), formats.count(edition.appraised), against(edition.appraised, before.appraised)),
        card(_("Observed, not appraised"), formats.count(edition.observed), against(edition.observed, before.observed)),
    )


def _turnover(view: EditionView, names: Names) -> Html:
    """What came and went, month by month; nothing when the edition is a year old."""
    lines = []
    for month, found in view.turnovers:
        for word, codes in ((_("came"), found.came), (_("went"), found.went)):
            if codes:
                more = n_("and {n} more", "and {n} more", len(codes) - MOST) if len(codes) > MOST else ""
                listed = join([_named(code, names) for code in codes[:MOST]], _(", "))
                lines.append(el("li", el("strong", f"{formats.month(month)} {word}"), " ", listed, " ", more))
    if not lines:
        return NOTHING
    title = block_title(_("What came and went in twelve months"), _("against the month before each"))
    return join([title, el("ul", *lines, css="sqm-bullets")])


def _named(code: str, names: Names) -> Html:
    return join([links.link(names.indicator(code), "indicator", code=code, place=""), f" ({code})"])


def _audit(view: EditionView, names: Names, chosen: str) -> list[Html]:
    month = formats.month(view.edition.month)
    under = _("recent: a value of the whole company in one of the three months up to {month}", month=month)
    title = block_title(editions_words.audit(view), under)
    cards = [_lack(what, codes, chosen) for what, codes in view.lacking.items()]
    parts = [title, div("sqm-cards", *cards)]
    codes = view.lacking.get(Finding(chosen), ()) if chosen else ()
    if codes:
        titles = [editions_words.lacks(Finding(chosen)), _("Process"), _("Source"), _("Who owes it")]
        rows = [_owed(code, Finding(chosen), titles, names) for code in codes]
        parts.append(table([el("th", each) for each in titles], rows, "sqm-list"))
    return parts


def _lack(what: Finding, codes: tuple[str, ...], chosen: str) -> Html:
    number = div("sqm-number", str(len(codes)))
    if not codes:
        note = _("none")
        return el("section", div("sqm-label", editions_words.lacks(what)), number, div("sqm-note", note))
    label = _("listed below") if what == chosen else _("list them")
    way = links.link(label, "editions", css="sqm-way", audit=str(what))
    return el("section", div("sqm-label", editions_words.lacks(what)), number, div("sqm-note", way))


def _owed(code: str, what: Finding, titles: list[str], names: Names) -> Html:
    """The catalogue (owner, source) is kept by the quality department; targets and values are the owner's part."""
    record = names.indicators[code]
    owner = name(record, "department") or _("quality department")
    owes = _("quality department") if what in (Finding.NO_OWNER, Finding.NO_SOURCE) else owner
    if what is Finding.NO_TARGET:
        owes = _("{owner}, with the quality department", owner=owner)
    source = names.label("source_system", str(record["source_system"])) or formats.MISSING
    return el(
        "tr",
        cell(_named(code, names), titles[0], "sqm-name"),
        cell(name(names.processes[str(record["process_code"])]), titles[1]),
        cell(source, titles[2]),
        cell(owes, titles[3], "sqm-owner"),
    )


def notes() -> Html:
    """What a reader must know about editions."""
    return footnote(
        _("The 151 indicators are our reconstruction: the sources print the shape of the matrix, not its indicators."),
        _("Whatever departments propose is observed only: it is shown and judged, and counts for no appraisal."),
    )
