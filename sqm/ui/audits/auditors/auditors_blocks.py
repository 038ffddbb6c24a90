"""What each auditor gave against all others, and the reports that were rejected."""

from datetime import date

import pandas as pd

from sqm.rules.access import Scope
from sqm.rules.audits.audit_agreement import Agreement
from sqm.rules.audits.auditors import Auditor, Call
from sqm.rules.sampling import GREY_BELOW, HIDDEN_BELOW, Interval
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_audits
from sqm.ui.audits.auditors import data_auditors
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.coverage.coverage_blocks import store_link
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.words import N_, _, n_

_CALLS = {
    Call.HARSHER: N_("harsher than the others"),
    Call.MILDER: N_("milder than the others"),
    Call.NARROWER: N_("spreads too little"),
    Call.WIDER: N_("spreads more"),
    Call.FEW: N_("too few visits to judge"),
}
"""A spread that is too little says that nobody looked closely; one that is wide may be the stores'."""


def agency(choice: Choice) -> Html:
    """One row an auditor: visits, mean, spread, agreement with who went again, rejected reports."""
    found = data_auditors.auditors(choice.month, choice.district)
    under = _(
        "visits of the third party by the agency's code of the auditor, points as marked; {year}",
        year=words.year(choice.month),
    )
    if not found:
        owed = _("A file of visits names the auditor in a column of its own; a code is enough.")
        return join([block_title(_("Auditors"), under), empty(_("No visit says who audited."), owed)])
    titles = [
        _("Auditor"),
        _("Visits"),
        _("Mean score"),
        _("Against the others"),
        _("Spread"),
        _("Distance from own median"),
        _("Same as who went again"),
        _("Rejected"),
        _("Judgement"),
    ]
    twice = data_auditors.twice(choice.month, choice.district).by_auditor
    rejected = data_auditors.rejected(choice.month, choice.district)
    rows = [_auditor_row(each, twice.get(each.code), rejected.get(each.code, (0, 0)), titles) for each in found]
    notes = footnote(
        _(
            "Against the others: difference of means with its 95 % interval, themes and months taken out. Spread: "
            "standard deviation of visit scores. Distance: how far a visit lies from the auditor's own median on "
            "average, and the same of all others."
        ),
        _("Judged at 99.8 %, so that a dozen auditors are not called by chance. Codes are the agency's, of no store."),
    )
    table_of = table(words.heads(titles, tuple(range(1, 8))), rows, "sqm-list sqm-auditors")
    return join([block_title(_finding(found), under), table_of, notes])


def _finding(found: tuple[Auditor, ...]) -> str:
    said = []
    for each in found:
        calls = [_(_CALLS[call]) for call in each.calls if call is not Call.FEW]
        if calls:
            said.append(_("{who}: {what}", who=each.code, what=_(", ").join(calls)))
    if not said:
        judged = sum(Call.FEW not in each.calls for each in found)
        return n_("{n} auditor is not told apart", "{n} auditors cannot be told apart", judged)
    return _("; ").join(said)


def _auditor_row(each: Auditor, again: Agreement | None, rejected: tuple[int, int], titles: list[str]) -> Html:
    code = cell(each.code, titles[0], "sqm-name")
    visits = cell(formats.count(each.n), titles[1], "sqm-r")
    if each.n < HIDDEN_BELOW:
        hidden = [cell(formats.MISSING, title, "sqm-r") for title in titles[2:8]]
        return el("tr", code, visits, *hidden, cell(_judged(each), titles[8]), css="sqm-thin")
    away = NOTHING
    if each.distance is not None:
        others = formats.number(each.of_others, 1)
        away = join([formats.number(each.distance, 1), " ", span("sqm-soft", _("others {value}", value=others))])
    return el(
        "tr",
        code,
        visits,
        cell(_with_limits(each.mean, each.interval), titles[2], "sqm-r"),
        cell(signed(each.difference, each.limits), titles[3], "sqm-r"),
        cell(formats.number(each.sd, 1), titles[4], "sqm-r"),
        cell(away or formats.MISSING, titles[5], "sqm-r"),
        cell(_agreed(again), titles[6], "sqm-r"),
        cell(share_of(*rejected), titles[7], "sqm-r"),
        cell(_judged(each), titles[8]),
        css="sqm-thin" if each.n < GREY_BELOW else "",
    )


def _judged(each: Auditor) -> Html:
    if not each.calls:
        return span("sqm-soft", _("like the others"))
    said = _(", ").join(_(_CALLS[call]) for call in each.calls)
    if each.calls == (Call.FEW,):
        return span("sqm-soft", said)
    return Html(status_style.badge(Status.NEAR, said))


def _with_limits(value: float | None, limits: Interval | None) -> str:
    if value is None or limits is None:
        return formats.number(value, 1)
    return f"{formats.number(value, 1)} ± {formats.number((limits.high - limits.low) / 2, 1)}"


def signed(value: float | None, limits: Interval | None) -> str:
    if value is None or limits is None:
        return formats.number(value, 1, signed=True)
    return f"{formats.number(value, 1, signed=True)} ± {formats.number((limits.high - limits.low) / 2, 1)}"


def _agreed(again: Agreement | None) -> Html:
    """Of few items no kappa: a single one moves it from full to none."""
    if again is None or again.n < HIDDEN_BELOW:
        return span("", formats.MISSING)
    said = _("{share} of {n} items", share=formats.share(again.agreed, 0), n=formats.count(again.n))
    if again.n < GREY_BELOW or again.kappa is None:
        return span("sqm-soft", said)
    return span("", f"{said}, κ {formats.number(again.kappa, 2)}")


def share_of(part: int, whole: int) -> str:
    return _("{n} of {whole}", n=formats.count(part), whole=formats.count(whole)) if whole else formats.MISSING


def rejections(choice: Choice, scope: Scope, rejects: bool) -> Html:
    """Reports that the quality department rejected, newest first, of the stores that the viewer sees."""
    counts = data_auditors.rejected(choice.month, choice.district)
    some, whole = sum(each[0] for each in counts.values()), sum(each[1] for each in counts.values())
    title = n_(
        "{n} report of {whole} was rejected", "{n} reports of {whole} were rejected", some, whole=formats.count(whole)
    )
    under = _("a rejected report counts nowhere; the auditor is told why; {year}", year=words.year(choice.month))
    parts = [block_title(title if some else _("No report was rejected"), under)]
    if rejects:
        way = links.link(_("Reject a report"), "audits", css="sqm-way", reject="new", view="auditors")
        parts.append(div("sqm-ways", way))
    titles = [_("Visit"), _("Store"), _("Auditor"), _("Reason"), _("When")]
    rows = _rejected_rows(choice, scope, rejects, titles)
    if rows:
        parts.append(table(words.heads(titles), rows, "sqm-list"))
    return join(parts)


def _rejected_rows(choice: Choice, scope: Scope, rejects: bool, titles: list[str]) -> list[Html]:
    every = data_audits.visits().drop_duplicates("visit_id").set_index("visit_id")
    seen, (first, last) = data_audits.stores(scope, choice.district), words.year_to(choice.month)
    rows = []
    for each in reversed(data_audits.rejections()):
        if each.visit_id not in every.index:
            continue
        visit = every.loc[each.visit_id]
        if visit["store_code"] not in seen or not first <= pd.Timestamp(str(visit["month"])).date() <= last:
            continue
        way = NOTHING
        if rejects:
            way = links.link(_("take back"), "audits", css="sqm-way", accept=each.decision_id, view="auditors")
        rows.append(
            el(
                "tr",
                cell(each.visit_id, titles[0], "sqm-name"),
                cell(store_link(str(visit["store_code"]), scope), titles[1]),
                cell(str(visit["auditor_code"]) or formats.MISSING, titles[2]),
                cell(each.reason, titles[3]),
                cell(join([formats.day(each.at.date()), way], " "), titles[4]),
            )
        )
    return rows


def month_visits(month: date, scope: Scope, district: str) -> dict[str, str]:
    """Visits of the third party in a month that may be rejected: id -> how it reads in a list."""
    rows = data_audits.counted()
    seen = data_audits.stores(scope, district)
    rows = rows[(rows["month"] == pd.Timestamp(month)) & rows["store_code"].isin(seen)]
    return {
        str(row.visit_id): _(
            "{visit}: {store}, {theme}, auditor {auditor}",
            visit=row.visit_id,
            store=data_audits.store_name(str(row.store_code), scope),
            theme=words.theme(str(row.theme)),
            auditor=row.auditor_code or formats.MISSING,
        )
        for row in rows.itertuples()
    }
