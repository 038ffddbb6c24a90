"""One study opened: what is agreed, its waves, the parts of the newest one against their quotas, its questionnaire."""

from datetime import date

from sqm.charts.trends.month_columns import month_columns
from sqm.rules.access import Scope
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, picture, span, table
from sqm.ui.programme import data_programme, programme_list, programme_words
from sqm.ui.programme.data_programme import Part, StudyView, Wave, Worth
from sqm.ui.satisfaction.data_satisfaction import OWN
from sqm.ui.words import N_, _, listed, n_, name

_WAVES = 13
_ROLES = {
    "overall": N_("overall"),
    "process": N_("process as a whole"),
    "item": N_("detail"),
    "importance": N_("importance"),
    "expectation": N_("expectation"),
    "perception": N_("perception"),
    "recommend": N_("recommending"),
    "functional": N_("Kano, with it"),
    "dysfunctional": N_("Kano, without it"),
    "adequate": N_("still acceptable"),
    "desired": N_("wished for"),
    "estimate": N_("managers' estimate"),
    "standard": N_("standard set"),
    "delivery": N_("can be delivered"),
    "promise": N_("promise kept"),
}
_KINDS = {"district": N_("Districts"), "brand": N_("Brands"), "operator": N_("Operators"), "channel": N_("Channels")}
_ORDER = ("operator", "channel", "brand", "district")


def opened(view: StudyView, scope: Scope, month: date, dark: bool) -> Html:
    """Everything about one study up to a month."""
    wave = view.last(month)
    parts = () if wave is None else data_programme.parts(scope, view.code, wave.month)
    return join(
        [
            block_title(_finding(view, wave, parts, scope), programme_words.agreed(view.record)),
            _facts(view, wave),
            *_months(view, month, dark),
            _methods(view),
            el("div", el("section", _waves(view, month)), el("section", _by_part(parts, scope)), css="sqm-two"),
            _questions(view),
        ]
    )


def _finding(view: StudyView, wave: Wave | None, parts: tuple[Part, ...], scope: Scope) -> str:
    """Monthly telephone survey: 3,280 of 3,280 answers in Oct 2026; short of their quota: Beiling and Dongjiao"""
    if wave is None:
        return _("{study}: no answers yet", study=name(view.record))
    came = _(
        "{study}: {answers} answers in {month}",
        study=name(view.record),
        answers=programme_words.of_quota(wave.n, view.quota),
        month=formats.month(wave.month),
    )
    short = [part_name(part, scope) for part in parts if part.status in (Status.MISSED, Status.NEAR)]
    if short:
        return _("{came}; short of their quota: {places}", came=came, places=listed(short))
    return came


def part_name(part: Part, scope: Scope) -> str:
    """A district, brand, operator or channel in the viewer's language."""
    if part.kind == "district":
        return data_names.places(scope).place("district", part.code)
    return data_names.names().label(part.kind, part.code)


def _facts(view: StudyView, wave: Wave | None) -> Html:
    pairs = [(_("Population"), programme_words.population(view.record))]
    if wave is not None:
        pairs.append((_("Fielded"), _days(wave)))
        pairs.append((_("Weights"), programme_words.weights(wave)))
        main = data_names.names().item(view.main)
        term = _("Margin on {question}", question=main) if view.main else _("Margin at most")
        pairs.append((term, programme_words.margin(view, data_programme.worths(view, [wave])[0])))
        if wave.others:
            known = data_names.names()
            beside = [f"{known.label('operator', code)} {formats.count(n)}" for code, n in wave.others]
            pairs.append((_("Beside them"), listed(beside, most=4)))
    held = tuple(each.month for each in view.waves)
    if wave is not None:
        pairs.append((_("Waves"), programme_words.complete(view.completeness(wave.month), held)))
    shown = [el("div", el("dt", term), el("dd", value)) for term, value in pairs if value]
    return el("dl", *shown, css="sqm-facts")


def _days(wave: Wave) -> str:
    if wave.first_day == wave.last_day:
        return formats.month(wave.month)
    return _("{first} to {last}", first=formats.day(wave.first_day), last=formats.day(wave.last_day))


def _months(view: StudyView, month: date, dark: bool) -> list[Html]:
    """Answers by month, wide and narrow."""
    if not view.waves:
        return []
    wide, slim = programme_list.drawn(view, month, 36), programme_list.drawn(view, month, 18)
    alt = n_("Answers in {n} month", "Answers in {n} months", sum(value is not None for value in wide.values))
    drawn = [
        picture(month_columns(wide, 1120, 150, dark=dark), alt, "sqm-broad"),
        picture(month_columns(slim, 360, 140, dark=dark), "", "sqm-slender"),
    ]
    words = [_("Answers by month, all from zero.")]
    if view.quota is not None:
        words.append(_("Line: the quota of a month."))
    if view.breaks:
        words.append(_("Dashed: the method changed."))
    return [el("div", *drawn, css="sqm-fielded"), footnote(" ".join(words))]


def _methods(view: StudyView) -> Html:
    """Every method with its first month and note; what came before a change is never joined to what came after."""
    if not view.methods:
        return NOTHING
    rows = [
        el("li", _("from {month}: {note}", month=formats.month(each["valid_from"]), note=name(each, "note") or "–"))
        for each in view.methods
    ]
    several = len(view.methods) > 1
    title = _("{n} methods; their months are never joined", n=len(view.methods)) if several else _("One method")
    return el("section", el("h3", title, css="sqm-subtitle"), el("ul", *rows, css="sqm-bullets"))


def _waves(view: StudyView, month: date) -> Html:
    shown = [wave for wave in reversed(view.waves) if wave.month <= month][:_WAVES]
    if not shown:
        return empty(_("No wave up to this month."), _("An analyst uploads the answers."))
    titles = [_("Wave"), _("Answers"), _("Worth"), _("Margin"), _("Largest weight")]
    head = [el("th", title, css="sqm-r" if place else "") for place, title in enumerate(titles)]
    worths = data_programme.worths(view, shown)
    rows = [_wave(view, wave, worth, titles) for wave, worth in zip(shown, worths, strict=True)]
    heading = n_("The last wave", "The last {n} waves", len(shown))
    return join([el("h3", heading, css="sqm-subtitle"), table(head, rows, "sqm-list sqm-waves")])


def _wave(view: StudyView, wave: Wave, worth: Worth, titles: list[str]) -> Html:
    way = links.link(formats.month(wave.month), "satisfaction", survey=view.code, month=f"{wave.month:%Y-%m}")
    has_quota = wave.status not in (Status.NO_TARGET, Status.NO_DATA)
    sign = span(f"sqm-status sqm-{wave.status}", status_style.symbol(wave.status)) if has_quota else NOTHING
    return el(
        "tr",
        cell(way, titles[0]),
        cell(join([sign, programme_words.of_quota(wave.n, view.quota)], " "), titles[1], "sqm-r"),
        cell(programme_words.effective(view, worth), titles[2], "sqm-r"),
        cell(programme_words.margin(view, worth), titles[3], "sqm-r"),
        cell(formats.number(wave.weights.largest, 2), titles[4], "sqm-r"),
    )


def _by_part(parts: tuple[Part, ...], scope: Scope) -> Html:
    """Operators, channels, brands and districts of the newest wave, each against its quota."""
    blocks = []
    for kind in _ORDER:
        mine = [part for part in parts if part.kind == kind]
        if len(mine) < 2 and not any(part.quota for part in mine):
            continue
        titles = [_(_KINDS[kind]), _("Answers"), _("Quota")]
        head = [el("th", title, css="sqm-r" if place == 1 else "") for place, title in enumerate(titles)]
        rows = [_part(part, titles, scope) for part in sorted(mine, key=lambda part: (part.code != OWN, part.code))]
        blocks.append(table(head, rows, "sqm-list sqm-quotas"))
    if not blocks:
        return NOTHING
    return join([el("h3", _("Who answered last"), css="sqm-subtitle"), *blocks])


def _part(part: Part, titles: list[str], scope: Scope) -> Html:
    quota = formats.MISSING if part.quota is None else programme_words.filled(part.status)
    return el(
        "tr",
        cell(part_name(part, scope), titles[0]),
        cell(programme_words.of_quota(part.n, part.quota), titles[1], "sqm-r"),
        cell(quota, titles[2]),
    )


def _questions(view: StudyView) -> Html:
    """What was asked, with role, scale, topic and since when; a question that is asked no more says until when."""
    asked = data_programme.instrument(view.code)
    if not asked:
        return NOTHING
    codes = list(dict.fromkeys(str(row["item_code"]) for row in asked))
    titles = [_("Question"), _("About"), _("Asks for"), _("Scale"), _("Asked"), _("Answers")]
    head = [el("th", title, css="sqm-r" if place == 5 else "") for place, title in enumerate(titles)]
    last = max(row["last_month"] for row in asked)
    rows = [_question([row for row in asked if row["item_code"] == code], titles, last) for code in codes]
    title = n_("{n} question", "{n} questions", len(codes))
    return join(
        [
            block_title(title, _("role, scale and topic of each")),
            table(head, rows, "sqm-list sqm-questions sqm-register"),
        ]
    )


def _question(rows: list[Record], titles: list[str], last: object) -> Html:
    known, code = data_names.names(), str(rows[0]["item_code"])
    item = known.items.get(code, {})
    about = name(known.processes.get(str(item.get("process_code", "")), {})) or _("the operator as a whole")
    role = str(item.get("role", ""))
    scales = list(dict.fromkeys(f"{row['scale_min']:g}–{row['scale_max']:g}" for row in rows))
    first, until = min(row["first_month"] for row in rows), max(row["last_month"] for row in rows)
    asked = _("since {month}", month=formats.month(first)) if until == last else formats.months(first, until)
    return el(
        "tr",
        cell(known.item(code), titles[0], "sqm-name"),
        cell(about, titles[1]),
        cell(_(_ROLES[role]) if role in _ROLES else _("other"), titles[2]),
        cell(", ".join(scales), titles[3]),
        cell(asked, titles[4]),
        cell(formats.count(sum(float(row["n"]) for row in rows)), titles[5], "sqm-r"),
    )


def session_log() -> Html:
    """Conversations: what was said, not how many think so."""
    sessions = data_programme.focus_groups()
    if not sessions:
        return NOTHING
    people = sum(int(row["participants"]) for row in sessions)
    title = _(
        "{sessions} with {people}",
        sessions=n_("{n} focus group", "{n} focus groups", len(sessions)),
        people=n_("{n} customer", "{n} customers", people),
    )
    titles = [_("Held"), _("Topic"), _("Process"), _("People"), _("What they said")]
    head = [el("th", each, css="sqm-r" if place == 3 else "") for place, each in enumerate(titles)]
    rows = [_session(row, titles) for row in sessions]
    under = _("notes of conversations: they open questions and stand in no figure")
    return join([block_title(title, under), table(head, rows, "sqm-list sqm-sessions")])


def _session(row: Record, titles: list[str]) -> Html:
    processes = data_names.names().processes
    process = str(row["process_code"])
    about = (
        links.link(name(processes.get(process, {})), "process", process=process) if process in processes else NOTHING
    )
    return el(
        "tr",
        cell(formats.day(row["held_on"]), titles[0]),
        cell(el("strong", name(row, "topic")), titles[1]),
        cell(about, titles[2]),
        cell(formats.count(int(row["participants"])), titles[3], "sqm-r"),
        cell(div("", name(row, "findings")), titles[4]),
    )
