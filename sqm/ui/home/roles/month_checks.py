"""What stands well and what does not with the month's data and its audits: a line each, with symbol and word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqm.rules.access import Scope
from sqm.rules.audits.submissions import State
from sqm.rules.targets import Status
from sqm.rules.tasks import month_checks as rules
from sqm.ui import formats, links, status_style
from sqm.ui.audits.coverage import data_coverage
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import records
from sqm.ui.editions import data_editions
from sqm.ui.markup import Html, block_title, el, join, span
from sqm.ui.matrix import data_matrix
from sqm.ui.programme import data_programme
from sqm.ui.upload import data_upload
from sqm.ui.words import _, listed, n_, name


@dataclass(frozen=True)
class Check:
    """status: met, near, missed or no_data. page, choices: where it is seen in full."""

    status: Status
    title: str
    said: str
    page: str
    choices: tuple[tuple[str, str], ...] = ()


def block(checks: Iterable[Check], month: date) -> Html:
    """Data of Oct 2026: 2 of 5 checks are not passed"""
    found = list(checks)
    bad = sum(rules.is_open(each.status) for each in found)
    told = {"month": formats.month(month), "all": len(found)}
    title = (
        n_("{month}: {n} of {all} checks is open", "{month}: {n} of {all} checks are open", bad, **told)
        if bad
        else _("{month}: all {all} checks are fine", **told)
    )
    return join(
        [block_title(title, _("what the month's figures rest on")), el("ul", *map(_line, found), css="sqm-checks")]
    )


def _line(each: Check) -> Html:
    sign = span(f"sqm-status sqm-{each.status}", status_style.symbol(each.status))
    return el(
        "li",
        sign,
        el("span", links.link(each.title, each.page, **dict(each.choices)), " ", span("sqm-soft", each.said)),
    )


def of_data(scope: Scope, month: date, today: date) -> list[Check]:
    """For who stores the files: what is missing this month, samples, files, the register."""
    return [
        _values(scope, month),
        _silent(scope, month),
        _samples(month),
        _waves(month),
        _files(today),
        _register(scope, month),
    ]


def of_quality(scope: Scope, month: date, audited: date | None, today: date) -> list[Check]:
    """For who closes the month: publication, values, own audits, the third party's plan, samples, the register."""
    checks = [_published(month), _values(scope, month)]
    if audited is not None:
        checks += [_reports(scope, audited, today), _plan(audited)]
    return [*checks, _samples(month), _register(scope, month)]


def _month(month: date) -> tuple[tuple[str, str], ...]:
    return (("month", f"{month:%Y-%m}"),)


def _published(month: date) -> Check:
    at = data_names.all_months().published.get(month)
    said = _("published {day}", day=formats.day(at)) if at else _("not yet published")
    return Check(rules.publication(at is not None), _("Publication"), said, "months", _month(month))


def _values(scope: Scope, month: date) -> Check:
    owed, places = data_matrix.reporting(scope, month), data_names.places(scope)
    total = len(places.districts)
    told = _("{complete} of {total} complete", complete=total - len(owed), total=total)
    named = [
        _(
            "{district} lacks {n} of {all}",
            district=places.place("district", each.district_code),
            n=each.expected - each.present,
            all=each.expected,
        )
        for each in owed
    ]
    said = _(" · ").join(part for part in (told, listed(named, 2)) if part)
    return Check(rules.complete(len(owed)), _("Values of the districts"), said, "matrix", _month(month))


def _silent(scope: Scope, month: date) -> Check:
    view = data_matrix.month_view(scope, month)
    n, total = view.tally[Status.NO_DATA], sum(view.tally.values())
    said = (
        n_("{n} of {all} has no value", "{n} of {all} have no value", n, all=total)
        if n
        else _("all {all} have a value", all=total)
    )
    return Check(rules.silent(n), _("Indicators"), said, "matrix", _month(month))


def _samples(month: date) -> Check:
    found = [
        (view, wave)
        for view in data_programme.views().values()
        if view.quota and (wave := view.last(month)) is not None
    ]
    behind = [(view, wave) for view, wave in found if wave.status is Status.MISSED]
    said = _("{n} of {all} quotas filled", n=len(found) - len(behind), all=len(found))
    named = [
        _(
            "{survey}: {n} of {quota}",
            survey=name(data_names.names().surveys.get(view.code, {})) or view.code,
            n=formats.count(wave.n),
            quota=formats.count(view.quota),
        )
        for view, wave in behind
    ]
    if not found:
        said, named = _("no quota is agreed"), []
    return Check(
        rules.samples(len(found), len(behind)),
        _("Samples"),
        _(" · ").join(part for part in (said, listed(named, 2)) if part),
        "programme",
        _month(month),
    )


def _waves(month: date) -> Check:
    late = [view for view in data_programme.views().values() if view.completeness(month).late]
    named = [name(data_names.names().surveys.get(view.code, {})) or view.code for view in late]
    said = _("did not come: {surveys}", surveys=listed(named)) if late else _("every wave that was due came")
    return Check(rules.complete(len(late)), _("Survey waves"), said, "programme", _month(month))


def _files(today: date) -> Check:
    recent = data_upload.recent(today)
    title = _("Files of the last {n} days", n=data_upload.RECENT_DAYS)
    left_out = sum(int(row["rows_rejected"]) for row in records(recent))
    stored = n_("{n} file stored", "{n} files stored", len(recent))
    left = n_("{n} row left out", "{n} rows left out", left_out) if left_out else _("no row left out")
    said = _("none was stored") if recent.empty else _(" · ").join((stored, left))
    return Check(rules.files(len(recent), left_out), title, said, "upload")


def _register(scope: Scope, month: date) -> Check:
    n = sum(len(codes) for codes in data_editions.view(scope, month).lacking.values())
    said = n_("{n} gap", "{n} gaps", n) if n else _("owner, target, source and a recent value for every indicator")
    return Check(rules.complete(n), _("Register of indicators"), said, "editions", _month(month))


def _reports(scope: Scope, month: date, today: date) -> Check:
    newest = [each[-1] for each in data_coverage.reports(scope, month, "", today).values()]
    title, choices = _("Own audits of the districts"), (("view", "coverage"), *_month(month))
    missing = [each for each in newest if each.state is State.MISSING]
    came = sum(each.submitted_on is not None for each in newest)
    places = data_names.places(scope)
    named = [
        _(
            "{district}: {late}",
            district=places.place("district", each.district_code),
            late=n_("{n} day overdue", "{n} days overdue", each.days_late),
        )
        for each in missing
    ]
    said = _(" · ").join(part for part in (_("{n} of {all} came", n=came, all=len(newest)), listed(named, 2)) if part)
    if not newest:
        said = _("nobody has reported yet")
    return Check(rules.reports(newest), title, said, "audits", choices)


def _plan(month: date) -> Check:
    whole = data_coverage.plan(month).of("")
    said = _("{n} of {all} planned stores visited", n=formats.count(whole.audited), all=formats.count(whole.planned))
    if whole.overdue:
        said = _(" · ").join((said, n_("{n} waits too long", "{n} wait too long", whole.overdue)))
    return Check(
        rules.visits(whole), _("Visits of the third party"), said, "audits", (("view", "coverage"), *_month(month))
    )
