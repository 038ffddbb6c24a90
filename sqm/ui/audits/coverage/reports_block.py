"""Who reported the month's own audits in time, and which supplementary means each district chose and used."""

from datetime import date

from sqm.rules.access import Scope
from sqm.rules.audits.submissions import Report, State
from sqm.rules.audits.supplementary import LEAST, MOST, Compliance
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_audits
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.coverage import data_coverage
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.words import _, listed, n_, name

_STATUS = {
    State.ON_TIME: Status.MET,
    State.LATE: Status.NEAR,
    State.MISSING: Status.MISSED,
    State.NOT_DUE: Status.NO_DATA,
}


def tracker(choice: Choice, scope: Scope, today: date) -> Html:
    """District by month: on time, late by so many days, missing, not due yet."""
    if not data_audits.districts(scope, choice.district):
        return NOTHING
    found = data_coverage.reports(scope, choice.month, choice.district, today)
    if not found:
        title = block_title(_("Reports of the districts' own audits"), _("due by the 5th of the month after"))
        return join([title, empty(_("No district has reported its own audits yet."), _("Districts upload them."))])
    newest = [each[-1] for each in found.values()]
    under = _("reports of the districts' own audits; {month} was due on {day}", **_due(newest[0]))
    districts = data_audits.districts(scope, choice.district)
    months = [each.month for each in next(iter(found.values()))]
    titles = [_("District"), *(formats.month(month) for month in months)]
    rows = [
        el("tr", cell(name(districts[code]), titles[0], "sqm-name"), *_cells(reports, titles))
        for code, reports in found.items()
    ]
    head = [el("th", title if place == 0 else _short(months[place - 1])) for place, title in enumerate(titles)]
    note = footnote(_("Reports are due by the report day of the month after. Of several reports the first counts."))
    return join([block_title(_finding(newest), under), table(head, rows, "sqm-list sqm-tracker"), note])


def _due(each: Report) -> dict[str, str]:
    return {"month": formats.month(each.month), "day": formats.day(each.due_on)}


def _finding(newest: list[Report]) -> str:
    month = formats.month(newest[0].month)
    late = sum(each.state is State.LATE for each in newest)
    missing = sum(each.state is State.MISSING for each in newest)
    if all(each.state is State.NOT_DUE for each in newest):
        return _("The reports of {month} are not due yet", month=month)
    if not late and not missing and len(newest) == 1:
        return _("{month} was reported in time", month=month)
    if not late and not missing:
        return _("Every district reported {month} in time", month=month)
    said = []
    if late:
        said.append(n_("{n} district reported late", "{n} districts reported late", late))
    if missing:
        said.append(n_("{n} report is missing", "{n} reports are missing", missing))
    return _("{month}: {what}", month=month, what=_(", ").join(said))


def _short(month: date) -> Html:
    """Two lines, for twelve columns side by side."""
    return join([div("", str(month.year)), div("", f"{month.month:02d}")])


def _cells(reports: tuple[Report, ...], titles: list[str]) -> list[Html]:
    return [cell(_state(each), titles[place]) for place, each in enumerate(reports, 1)]


def _state(each: Report) -> Html:
    """Symbol and words; the day of the report stands in the title."""
    if each.state is State.ON_TIME:
        said = _("in time")
    elif each.state is State.LATE:
        said = n_("{n} day late", "{n} days late", each.days_late)
    else:
        said = _("missing") if each.state is State.MISSING else _("not due")
    badge = Html(status_style.badge(_STATUS[each.state], said))
    return el("span", badge, title=formats.day(each.submitted_on)) if each.submitted_on else badge


def means(choice: Choice, scope: Scope, chooses: bool) -> Html:
    """What each district picked beside the third party's visits, and whether it did it. chooses: the viewer may."""
    found = data_coverage.means(scope, choice.month, choice.district)
    if not found:
        return NOTHING
    is_alone = len(found) == 1
    without = sum(not each.chosen for each in found)
    idle = sum(bool(each.chosen) and not each.is_kept for each in found)
    month = formats.month(choice.month)
    if is_alone and found[0].is_kept:
        title = _("The supplementary means that were chosen were used in {month}", month=month)
    elif is_alone and without:
        title = _("No supplementary means were chosen yet")
    elif without == len(found):
        title = _("No district has chosen its supplementary means yet")
    elif without or idle:
        said = []
        if without:
            said.append(
                n_("{n} district chose no supplementary means", "{n} districts chose no supplementary means", without)
            )
        if idle:
            said.append(n_("{n} chose one and did not use it", "{n} chose some and did not use all", idle))
        title = _("{month}: {what}", month=month, what=_(", ").join(said))
    else:
        title = _("Every district used the supplementary means that it chose in {month}", month=month)
    under = _(
        "beside the third party's visits each district picks {least} or {most} of three and is held to it",
        least=LEAST,
        most=MOST,
    )
    titles = [_("District"), _("Chosen means"), _("In {month}", month=month)]
    rows = [_means_row(each, titles, scope, chooses) for each in found]
    return join([block_title(title, under), table(words.heads(titles), rows, "sqm-list sqm-means")])


def _means_row(each: Compliance, titles: list[str], scope: Scope, chooses: bool) -> Html:
    district = name(data_audits.districts(scope)[each.district_code])
    chosen = listed([_(words.MEANS[one]) for one in each.chosen]) if each.chosen else ""
    told = [span("", chosen) if chosen else span("sqm-soft", _("nothing chosen"))]
    if chooses:
        way = links.link(_("choose means"), "audits", css="sqm-way", means=each.district_code, view="coverage")
        told.append(way)
    done = [
        div("", Html(status_style.badge(Status.MET if n else Status.MISSED, _visited(_(words.MEANS[one]), n))))
        for one, n in zip(each.chosen, each.visits, strict=True)
    ]
    return el(
        "tr",
        cell(district, titles[0], "sqm-name"),
        cell(join(told, " "), titles[1]),
        cell(join(done) if done else formats.MISSING, titles[2]),
    )


def _visited(means_title: str, n: int) -> str:
    return _("{means}: {visits}", means=means_title, visits=n_("{n} time", "{n} times", n) if n else _("not once"))
