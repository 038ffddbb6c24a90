"""The plan of the month against what was visited, stores that wait for an audit, themes in turn, visits by source."""

from typing import Any

import pandas as pd

from sqm.rules.access import Scope
from sqm.rules.audits.sampling_plan import Coverage
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_audits
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.coverage import data_coverage
from sqm.ui.audits.coverage.data_coverage import Plan, ThemesOf
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.words import _, n_, name

MOST_WAITING = 15


def plan(choice: Choice, scope: Scope) -> Html:
    """Company and districts: planned, audited, waiting too long."""
    found = data_coverage.plan(choice.month)
    listed = data_audits.districts(scope, choice.district)
    title = _finding(found, choice, sum(not found.of(code).is_reached for code in listed))
    under = _(
        "plan: {share} of the stores every month, rounded up in each district; visits of the third party",
        share=formats.share(found.sampled_share, 0),
    )
    titles = [_("District"), _("Stores"), _("Planned"), _("Audited"), _("Visits"), _("Plan"), _("Waiting too long")]
    rows = []
    if not choice.district:
        rows.append(_plan_row(found.of(""), _("All districts"), titles, "sqm-total"))
    for code, record in listed.items():
        rows.append(_plan_row(found.of(code), name(record), titles))
    head = words.heads(titles, (1, 2, 3, 4))
    return join([block_title(title, under), table(head, rows, "sqm-list sqm-plan")])


def _finding(found: Plan, choice: Choice, short: int) -> str:
    """short: districts, of those shown, that visited fewer stores than planned."""
    whole = found.of(choice.district)
    said = _(
        "{audited}, {planned}",
        audited=n_(
            "{n} store was audited in {month}",
            "{n} stores were audited in {month}",
            whole.audited,
            month=formats.month(choice.month),
        ),
        planned=n_("{n} was planned", "{n} were planned", whole.planned),
    )
    if choice.district or not short:
        return said
    return _("{what}; {short}", what=said, short=n_("{n} district fell short", "{n} districts fell short", short))


def _plan_row(each: Coverage, title: str, titles: list[str], css: str = "") -> Html:
    return el(
        "tr",
        cell(title, titles[0], "sqm-name"),
        cell(formats.count(each.stores), titles[1], "sqm-r"),
        cell(formats.count(each.planned), titles[2], "sqm-r"),
        cell(formats.count(each.audited), titles[3], "sqm-r"),
        cell(formats.count(each.visits), titles[4], "sqm-r"),
        cell(_reached(each), titles[5]),
        cell(_waiting_count(each), titles[6]),
        css=css,
    )


def _reached(each: Coverage) -> Html:
    if each.share is None:
        return span("sqm-soft", _("nothing planned"))
    width = f"width:{100 * min(each.share, 1.0):.0f}%"
    bar = el("span", el("i", style=width), css="sqm-fill", aria_hidden="true")
    status = Status.MET if each.is_reached else Status.MISSED
    said = _("reached") if each.is_reached else n_("{n} too few", "{n} too few", each.planned - each.audited)
    return join([bar, Html(status_style.badge(status, said))], " ")


def _waiting_count(each: Coverage) -> Html:
    if not each.overdue:
        return span("sqm-soft", _("none"))
    said = n_("{n} store", "{n} stores", each.overdue)
    return Html(status_style.badge(Status.NEAR, said))


def waiting(choice: Choice, scope: Scope) -> Html:
    """Stores that were not audited for longer than the standard allows, the longest first."""
    found = data_coverage.plan(choice.month)
    seen = data_audits.stores(scope, choice.district)
    if not seen:
        return NOTHING
    mine = found.waiting[found.waiting.index.isin(seen)]
    late = mine[mine["is_overdue"]].sort_values("months", ascending=False, na_position="first")
    months = n_("{n} month", "{n} months", int(found.longest_gap))
    under = _(
        "standard: at most {months} since the last visit of the third party; as of the end of {month}",
        months=months,
        month=formats.month(choice.month),
    )
    if late.empty:
        return join([block_title(_nobody_waits(months, scope), under)])
    title = n_(
        "{n} store has waited longer than {months} for an audit",
        "{n} stores have waited longer than {months} for an audit",
        len(late),
        months=months,
    )
    titles = [_("Store"), _("District"), _("Last visit"), _("Months")]
    rows = [_waiting_row(str(code), row, titles, scope) for code, row in late.head(MOST_WAITING).iterrows()]
    rest = len(late) - len(rows)
    more = [footnote(n_("{n} more store waits.", "{n} more stores wait.", rest))] if rest > 0 else []
    return join([block_title(title, under), table(words.heads(titles, (3,)), rows, "sqm-list sqm-waits"), *more])


def _nobody_waits(months: str, scope: Scope) -> str:
    if not scope.is_everything:
        return _("None of your stores has waited longer than {months} for an audit", months=months)
    return _("No store has waited longer than {months} for an audit", months=months)


def _waiting_row(code: str, row: "pd.Series[Any]", titles: list[str], scope: Scope) -> Html:
    record = data_audits.stores(scope)[code]
    last = row["last_visit"]
    district = str(record["district_code"])
    return el(
        "tr",
        cell(store_link(code, scope), titles[0], "sqm-name"),
        cell(name(data_audits.districts(scope).get(district, {})) or district, titles[1]),
        cell(_("never") if pd.isna(last) else formats.day(pd.Timestamp(str(last)).date()), titles[2]),
        cell(formats.number(float(str(row["months"])), 0), titles[3], "sqm-r"),
    )


def store_link(code: str, scope: Scope) -> Html:
    """A store's name with its code, as the way to its page."""
    title = data_audits.store_name(code, scope)
    said = join([title, " ", span("sqm-soft", code)]) if title != code else code
    return links.link(said, "store", store=code)


def themes(choice: Choice) -> Html:
    """Which two themes were, are and will be looked at, with the visits so far."""
    found = data_coverage.themes(choice.month)
    now = next((each for each in found if each.month == choice.month), None)
    if now is None:
        title = block_title(_("Themes of {month}", month=formats.month(choice.month)))
        owed = _("The catalogue's rotation names two themes a month; visits name theirs.")
        return join([title, empty(_("No theme is planned for this month, and none was visited."), owed)])
    said = _(" and ").join(words.theme(theme) for theme, _visits in now.themes[:2])
    title = block_title(
        _("{month} looks at {themes}", month=formats.month(choice.month), themes=said),
        _("themes in turn, with the visits of the third party"),
    )
    titles = [_("Month"), _("Themes")]
    rows = [_theme_row(each, titles, each.month == choice.month) for each in reversed(found)]
    notes = [] if any(each.is_planned for each in found) else [_("No rotation is planned: these themes were visited.")]
    return join([title, table(words.heads(titles), rows, "sqm-list sqm-turns"), *(footnote(each) for each in notes)])


def _theme_row(each: ThemesOf, titles: list[str], is_now: bool) -> Html:
    said = []
    for theme, visits in each.themes:
        count = n_("{n} visit", "{n} visits", visits) if visits else _("no visit yet")
        said.append(div("", join([words.theme(theme), span("sqm-soft", f" {count}")])))
    month = span("sqm-chosen-word" if is_now else "", formats.month(each.month))
    return el("tr", cell(month, titles[0], "sqm-name"), cell(join(said), titles[1]))


def sources(choice: Choice) -> Html:
    """How many visits came from where."""
    found = data_coverage.sources(choice.month, choice.district)
    other = int(found.loc[found.index != "third_party", "year"].sum())
    title = n_(
        "{n} visit of the year was not the third party's",
        "{n} visits of the year were not the third party's",
        other,
    )
    under = _("visits to stores by source; only the third party's are scored; {year}", year=words.year(choice.month))
    titles = [_("Source"), formats.month(choice.month), _("12 months"), _("Stores"), _("Since")]
    rows = [
        el(
            "tr",
            cell(words.source(str(source)), titles[0], "sqm-name"),
            cell(formats.count(int(row["now"])), titles[1], "sqm-r"),
            cell(formats.count(int(row["year"])), titles[2], "sqm-r"),
            cell(formats.count(int(row["stores"])), titles[3], "sqm-r"),
            cell(formats.month(row["since"].date()), titles[4]),
        )
        for source, row in found.iterrows()
    ]
    return join([block_title(title, under), table(words.heads(titles, (1, 2, 3)), rows, "sqm-list")])


def without_visits(plan_found: Plan) -> Html:
    """Instead of the plan as long as nothing was visited."""
    share = formats.share(plan_found.sampled_share, 0)
    owed = _("An analyst uploads a file of visits; {share} of the stores are to be visited every month.", share=share)
    return empty(_("No store has been audited yet."), owed)
