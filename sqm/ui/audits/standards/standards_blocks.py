"""Standards in force with their versions, the composite in versions, minutes to points: set by the province for all."""

from datetime import date

from sqm.rules.audits import audit_standards
from sqm.rules.audits.audit_standards import Held, Standard
from sqm.rules.periods import month_of
from sqm.rules.stores.store_score import Definition
from sqm.ui import formats, links
from sqm.ui.audits import audits_words as words
from sqm.ui.audits.standards import data_checklists, standard_words
from sqm.ui.decisions import people
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import N_, _

_MINUTES = {
    "queueing": (N_("Minutes waited"), Standard.WAITING_FULL, Standard.WAITING_ZERO),
    "handling": (N_("Minutes handled"), Standard.HANDLING_FULL, Standard.HANDLING_ZERO),
}
PARTS = {
    "topic_1": N_("theme 1 of the month"),
    "topic_2": N_("theme 2 of the month"),
    "perception": N_("overall perception"),
    "sms": N_("satisfaction by text message"),
    "queueing": N_("queueing time"),
    "handling": N_("handling time"),
}
_FROM = {
    "third_party": N_("mystery shopping by the third party"),
    "two_way_evaluation": N_("two-way evaluation by text message"),
}


def retractable(today: date) -> dict[str, Held]:
    """What was set on the page for months that are not over, by decision."""
    return {
        each.decision_id: each
        for each in data_standards.held()
        if each.decision_id and each.valid_from >= month_of(today)
    }


def in_force(month: date, sets: bool, tries: bool, today: date) -> Html:
    """sets: the viewer may set standards; tries: is offered the form for one place, which a rule refuses."""
    held = data_standards.held()
    mark = audit_standards.held_in(held, Standard.PASS_MARK, month)
    if not held:
        title = block_title(_("No standard has been set yet"))
        owed = _("The catalogue holds the province's standards; the quality department sets them here.")
        parts = [title, empty(_("Visits are scored by the rules of the sources."), owed)]
    else:
        said = standard_words.value(Standard.PASS_MARK, mark.value) if mark else formats.MISSING
        found = _("The pass mark is {mark}, for every store", mark=said)
        under = _("set by the province for everybody, from a month on; in force in {month}", month=formats.month(month))
        parts = [block_title(found, under)]
    ways = []
    if sets:
        ways.append(links.link(_("Change a standard"), "audits", css="sqm-way", set="company", view="standards"))
    if tries:
        words_of_try = _("Set one for a district or store")
        ways.append(links.link(words_of_try, "audits", css="sqm-way", set="local", view="standards"))
    if ways:
        parts.append(div("sqm-ways", *ways))
    if held:
        parts.append(_table(held, month, retractable(today) if sets else {}))
    return join(parts)


def _table(held: tuple[Held, ...], month: date, open_ones: dict[str, Held]) -> Html:
    titles = [_("Standard"), _("In force"), _("Since"), _("Reason"), _("Other versions")]
    known = [*Standard, *dict.fromkeys(each.standard for each in held if each.standard not in set(Standard))]
    rows = [_row(str(code), held, month, titles, open_ones) for code in known if any(e.standard == code for e in held)]
    return table(words.heads(titles), rows, "sqm-list sqm-standards")


def _row(code: str, held: tuple[Held, ...], month: date, titles: list[str], open_ones: dict[str, Held]) -> Html:
    now = audit_standards.held_in(held, code, month)
    others = [each for each in held if each.standard == code and each is not now]
    told = [div("sqm-soft", join([_version(each, month), *_back(each, open_ones)], " ")) for each in reversed(others)]
    return el(
        "tr",
        cell(standard_words.title(code), titles[0], "sqm-name"),
        cell(el("b", standard_words.value(code, now.value)) if now else formats.MISSING, titles[1]),
        cell(join([formats.month(now.valid_from), *_back(now, open_ones)], " ") if now else "", titles[2]),
        cell(_reason(now) if now else "", titles[3]),
        cell(join(told) if told else formats.MISSING, titles[4]),
    )


def _back(each: Held, open_ones: dict[str, Held]) -> list[Html]:
    if each.decision_id not in open_ones:
        return []
    return [links.link(_("take back"), "audits", css="sqm-way", unset=each.decision_id, view="standards")]


def _version(each: Held, month: date) -> str:
    value, start = standard_words.value(each.standard, each.value), formats.month(each.valid_from)
    if each.valid_from > month:
        return _("later: {value}, from {month} on", value=value, month=start)
    return _("before: {value}, from {month} on", value=value, month=start)


def _reason(each: Held) -> Html:
    """The catalogue's first version has none but that it was the first."""
    who = span("sqm-soft", people.called(each.who)) if each.who else NOTHING
    return join([_("as it began") if each.reason == "initial" else each.reason, " ", who])


def composite(month: date) -> Html:
    """Parts and weights, a column a version; the newest that is in force in the month is marked."""
    listed = data_standards.definitions()
    began = [each for each in listed if each.valid_from <= month] or [listed[0]]
    now = max(began, key=lambda each: each.valid_from)
    scored = len(now.weights)
    title = _("The store composite adds {n} parts to 100; overall perception is shown and not scored", n=scored)
    under = _("weights of the parts, by version; a part that is missing leaves its weight to the others")
    starts = [
        _("from the beginning") if each.valid_from.year < 2007 else formats.month(each.valid_from) for each in listed
    ]
    titles = [_("Part of the composite"), _("Source"), *starts]
    codes = list(dict.fromkeys(part.code for each in listed for part in each.parts))
    sources = data_checklists.part_sources()
    rows = [_part_row(code, listed, now, titles, sources) for code in codes]
    return join([block_title(title, under), table(words.heads(titles, tuple(range(2, len(titles)))), rows, "sqm-list")])


def _part_row(
    code: str, listed: tuple[Definition, ...], now: Definition, titles: list[str], sources: dict[str, str]
) -> Html:
    cells = []
    for place, each in enumerate(listed, 2):
        part = next((one for one in each.parts if one.code == code), None)
        said = formats.MISSING if part is None else _("not scored") if part.weight is None else f"{part.weight:g}"
        cells.append(cell(el("b", said) if each is now else said, titles[place], "sqm-r"))
    source = sources.get(code, "")
    return el(
        "tr",
        cell(_(PARTS[code]) if code in PARTS else code, titles[0], "sqm-name"),
        cell(_(_FROM[source]) if source in _FROM else source, titles[1]),
        *cells,
    )


def minutes(month: date) -> Html:
    """Which minutes earn all points and which none, version by version."""
    held = data_standards.held()
    told, rows = [], []
    titles = [_("Part of the composite"), _("From"), _("All points up to"), _("No points from")]
    for part, (said, full, zero) in _MINUTES.items():
        now = audit_standards.minutes_standard(held, part, month)
        if now is not None:
            told.append(
                _(
                    "{what}: all points up to {full}, none from {zero}",
                    what=_(said),
                    full=f"{now.full:g}",
                    zero=f"{now.zero:g}",
                )
            )
        for start in sorted({each.valid_from for each in held if each.standard in (full, zero)}, reverse=True):
            version = audit_standards.minutes_standard(held, part, start)
            if version is not None:
                rows.append(_minutes_row(_(said), start, version.full, version.zero, titles, version == now))
    if not rows:
        owed = _("Until the catalogue holds a standard, minutes are shown and not scored.")
        return join([block_title(_("Minutes and points")), empty(_("No standard turns minutes into points."), owed)])
    under = _("minutes that a visit measured, as points of 100, on a straight line between the limits")
    return join(
        [
            block_title(_("; ").join(told) or _("Minutes and points"), under),
            table(words.heads(titles, (2, 3)), rows, "sqm-list"),
            footnote(_("A month keeps the standard that was in force in it: a new one never moves an old score.")),
        ]
    )


def _minutes_row(said: str, start: date, full: float, zero: float, titles: list[str], is_now: bool) -> Html:
    def strong(text: str) -> Html:
        return el("b", text) if is_now else span("", text)

    return el(
        "tr",
        cell(said, titles[0], "sqm-name"),
        cell(formats.month(start), titles[1]),
        cell(strong(_("{n} min", n=f"{full:g}")), titles[2], "sqm-r"),
        cell(strong(_("{n} min", n=f"{zero:g}")), titles[3], "sqm-r"),
    )
