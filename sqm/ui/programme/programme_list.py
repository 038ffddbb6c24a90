"""One row a study: who is asked, the newest wave against its quota, how sure it is, its months, its method breaks."""

from dataclasses import dataclass
from datetime import date

from sqm.charts.trends.month_columns import Columns, month_columns
from sqm.rules.access import Scope
from sqm.rules.periods import add_months, month_range
from sqm.rules.targets import Status
from sqm.ui import formats, links
from sqm.ui.markup import Html, cell, div, el, empty, join, picture, span, table
from sqm.ui.programme import data_programme, programme_words
from sqm.ui.programme.data_programme import StudyView, Wave, Worth
from sqm.ui.words import _, n_, name

_MONTHS = 24
_WIDTH, _HEIGHT = 190, 40


@dataclass(frozen=True)
class _Shown:
    """Which list: up to a month, with one study opened ('' for none), for a viewer and a theme."""

    month: date
    opened: str
    scope: Scope
    dark: bool


def studies(month: date, opened: str, scope: Scope, dark: bool) -> Html:
    """The table. opened: the study whose details stand below."""
    views = [view for view in data_programme.views().values() if view.record["is_survey"]]
    if not views:
        return empty(_("No study has been defined yet."), _("An analyst defines one, or uploads a survey file."))
    titles = [
        _("Study"),
        _("Last wave"),
        _("Answers"),
        _("Effective"),
        _("Margin"),
        _("By month"),
        _("Method changed"),
    ]
    numeric = (2, 3, 4)
    head = [el("th", title, css="sqm-r" if place in numeric else "") for place, title in enumerate(titles)]
    newest = data_programme.newest(month)
    shown = _Shown(month, opened, scope, dark)
    rows = [_row(view, newest.get(view.code), titles, shown) for view in views]
    return table(head, rows, "sqm-list sqm-studies")


def title(view: StudyView, opened: bool = False) -> Html:
    """The name, with the badge of a study that nobody was drawn for."""
    chosen = "sqm-chosen-word" if opened else ""
    shown = [links.link(name(view.record), "programme", css=chosen, study=view.code, new="")]
    if not view.record["representative"]:
        shown.append(span("sqm-badge sqm-warn", _("self-selected")))
    return join(shown, " ")


def drawn(view: StudyView, month: date, count: int = _MONTHS) -> Columns:
    """The waves of the months up to one as columns."""
    first = max(view.waves[0].month, add_months(month, 1 - count)) if view.waves else month
    months = month_range(min(first, month), month)
    held = {wave.month: float(wave.n) for wave in view.waves}
    starts = tuple(_first_month(each["valid_from"]) for each in view.breaks)
    quota = None if view.quota is None else float(view.quota)
    return Columns(months, tuple(held.get(each) for each in months), quota, starts)


def _first_month(valid_from: object) -> date:
    found: date = valid_from.date() if hasattr(valid_from, "date") else valid_from  # type: ignore[assignment]
    return found.replace(day=1)


def _row(view: StudyView, newest: tuple[Wave, Worth] | None, titles: list[str], shown: _Shown) -> Html:
    soft = [div("sqm-soft", programme_words.agreed(view.record))]
    if not view.record["representative"]:
        soft.append(div("sqm-soft", _("shown alone, never added to another survey")))
    first = cell(join([div("", title(view, view.code == shown.opened)), *soft]), titles[0], "sqm-name")
    if newest is None:
        nothing = [cell(span("sqm-soft", _("no wave yet")), titles[1])]
        return el("tr", first, *nothing, *(cell(formats.MISSING, each) for each in titles[2:]))
    wave, worth = newest
    state = programme_words.complete(view.completeness(shown.month), tuple(each.month for each in view.waves))
    return el(
        "tr",
        first,
        cell(join([div("", formats.month(wave.month)), div("sqm-soft", state)]), titles[1]),
        cell(_answers(view, wave, shown.scope), titles[2], "sqm-r"),
        cell(programme_words.effective(view, worth), titles[3], "sqm-r"),
        cell(programme_words.margin(view, worth), titles[4], "sqm-r"),
        cell(_picture(view, shown.month, shown.dark), titles[5]),
        cell(_breaks(view), titles[6]),
    )


def _answers(view: StudyView, wave: Wave, scope: Scope) -> Html:
    """n against the quota; and how many districts, brands or operators are short of theirs."""
    status = span("sqm-soft", _("no quota")) if wave.status is Status.NO_TARGET else programme_words.filled(wave.status)
    said = [div("", programme_words.of_quota(wave.n, view.quota)), div("", status)]
    short = sum(part.status in (Status.NEAR, Status.MISSED) for part in data_programme.parts_agreed(scope, view, wave))
    if short:
        said.append(div("sqm-soft", n_("{n} part short of its own", "{n} parts short of their own", short)))
    return join(said)


def _picture(view: StudyView, month: date, dark: bool) -> Html:
    columns = drawn(view, month)
    came = sum(value is not None for value in columns.values)
    alt = n_("Answers in {n} month", "Answers in {n} months", came)
    return picture(month_columns(columns, _WIDTH, _HEIGHT, dark=dark), alt, "sqm-months")


def _breaks(view: StudyView) -> Html:
    shown = [div("", formats.month(_first_month(each["valid_from"]))) for each in view.breaks]
    return join(shown) if shown else span("sqm-soft", _("never"))
