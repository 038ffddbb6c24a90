"""Who answers for a process: the departments that lead and support, what they miss, and whom to call."""

from sqm.database.indicators.indicators import Place
from sqm.rules.matrix.process import Group, group, ranked
from sqm.rules.targets import Status
from sqm.ui import formats
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, join, span, table
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.process import data_process, process_rows, process_words
from sqm.ui.words import _, listed, n_, name


def block(process: str, view: MonthView, names: Names, place: Place) -> Html:
    """One row a department: the one that leads first."""
    parts = data_process.departments_of(view, names, process)
    titles = [_("Department"), _("Part"), _("Its indicators here"), _("Weakest"), _("Whom to call")]
    head = [el("th", each) for each in titles]
    rows = [_row(part, process, titles, names, place) for part in parts]
    under = _("which department leads, which support, and the indicators of this process that each owns")
    return join([block_title(_finding(process, parts, names), under), table(head, rows, css="sqm-list sqm-duties")])


def part_word(leads: bool) -> str:
    return _("leads") if leads else _("supports")


def _finding(process: str, parts: tuple[Group, ...], names: Names) -> str:
    """Service Quality Management leads; most misses: Marketing, 3 indicators"""
    leading = [part.code for part in parts if data_process.leads(names, process, part.code)]
    most = max((part.missed for part in parts), default=0)
    worst = [part.code for part in parts if part.missed == most]
    sentences = [_("{department} leads", department=names.department(code)) for code in leading]
    if not most:
        sentences.append(_("no department misses a target"))
    elif worst == leading:
        sentences = [
            n_(
                "{department} leads and has most misses: {n} indicator",
                "{department} leads and has most misses: {n} indicators",
                most,
                department=names.department(worst[0]),
            )
        ]
    else:
        departments = listed([names.department(code) for code in worst])
        sentences.append(
            n_(
                "most misses: {departments}, {n} indicator",
                "most misses: {departments}, {n} indicators",
                most,
                departments=departments,
            )
        )
    return _("; ").join(sentences)


def _row(part: Group, process: str, titles: list[str], names: Names, place: Place) -> Html:
    leads = data_process.leads(names, process, part.code)
    word = part_word(leads)
    return el(
        "tr",
        cell(names.department(part.code), titles[0], "sqm-name"),
        cell(el("strong", word) if leads else word, titles[1]),
        cell(process_words.badge(part) if part.rows else _("none"), titles[2]),
        cell(_weakest(part, names, place), titles[3]),
        cell(people(part.code), titles[4]),
    )


def _weakest(part: Group, names: Names, place: Place) -> Html:
    """Its weakest indicator with value and target; nothing when it meets everything."""
    if part.status not in (Status.MISSED, Status.NEAR):
        return span("sqm-soft", _("none below target"))
    row = part.rows[0]
    values = _("{value} (target {target})", value=texts.value(row), target=texts.target(row))
    return Html(process_rows.title(row, names, place) + div("sqm-soft", values))


def people(department: str) -> Html:
    """Everybody to call in a department, one line each."""
    found = data_process.contacts(department)
    if not found:
        return span("sqm-soft", _("nobody named yet: contacts.csv of the catalogue"))
    return join(_person(each) for each in found)


def _person(contact: Record) -> Html:
    phone, mail = str(contact["phone"]), str(contact["mail"])
    ways = [
        el("a", phone, href=f"tel:{phone}", css="sqm-way") if phone else NOTHING,
        el("a", mail, href=f"mailto:{mail}", css="sqm-way") if mail else NOTHING,
    ]
    named = span("", name(contact), " ", span("sqm-soft", name(contact, "role")))
    return div("sqm-person", named, span("sqm-soft", join(ways)))


def directory(view: MonthView, names: Names) -> Html:
    """All departments: which processes they lead, what they miss in all of them, and whom to call."""
    titles = [_("Department"), _("Leads"), _("All its indicators"), _("Whom to call")]
    owned = [
        group(code, (row for row in view.rows.values() if data_process.owner_of(row, names) == code))
        for code in names.departments
    ]
    parts = ranked(owned)
    head = [el("th", each) for each in titles]
    rows = [_entry(part, titles, names) for part in parts]
    under = _("every department with all of its indicators, the weakest first, and whom to call")
    return join([block_title(_directory_finding(parts, names), under), table(head, rows, css="sqm-list sqm-duties")])


def _directory_finding(parts: tuple[Group, ...], names: Names) -> str:
    """Largest share missed: Customer Service Centre, 35 %"""
    most = max((part.missed_share for part in parts), default=0.0)
    if not most:
        return _("No department misses a target in any process")
    worst = listed([names.department(part.code) for part in parts if part.missed_share == most])
    return _("Largest share missed: {departments}, {share}", departments=worst, share=formats.share(most, 0))


def _entry(part: Group, titles: list[str], names: Names) -> Html:
    led = [name(record) for code, record in names.processes.items() if data_process.leads(names, code, part.code)]
    return el(
        "tr",
        cell(names.department(part.code), titles[0], "sqm-name"),
        cell(_(", ").join(led) or span("sqm-soft", _("none")), titles[1]),
        cell(process_words.badge(part) if part.rows else _("none"), titles[2]),
        cell(people(part.code), titles[3]),
    )
