"""What each auditor gave against all others, visits made twice, rejected reports, own audits against the province's."""

from datetime import date

import pandas as pd

from sqm.rules.access import Scope
from sqm.rules.audit_agreement import Agreement, Inflation
from sqm.rules.auditors import Auditor, Call
from sqm.rules.sampling import GREY_BELOW, HIDDEN_BELOW, Interval
from sqm.rules.targets import Status
from sqm.ui import formats, links, status_style
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_auditors, data_audits
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.coverage_blocks import store_link
from sqm.ui.audits.data_auditors import Pair
from sqm.ui.competitiveness.bars import Bar, bars
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.words import N_, _, listed, n_, name

MOST_PAIRS = 10
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
        cell(_signed(each.difference, each.limits), titles[3], "sqm-r"),
        cell(formats.number(each.sd, 1), titles[4], "sqm-r"),
        cell(away or formats.MISSING, titles[5], "sqm-r"),
        cell(_agreed(again), titles[6], "sqm-r"),
        cell(_of(*rejected), titles[7], "sqm-r"),
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


def _signed(value: float | None, limits: Interval | None) -> str:
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


def _of(part: int, whole: int) -> str:
    return _("{n} of {whole}", n=formats.count(part), whole=formats.count(whole)) if whole else formats.MISSING


def twice(choice: Choice, scope: Scope) -> Html:
    """Cohen's kappa over the items of visits that a second auditor made again, and the newest of them."""
    found = data_auditors.twice(choice.month, choice.district)
    under = _("same store, theme and month by two auditors of the agency; {year}", year=words.year(choice.month))
    if found.whole is None:
        owed = _("The agency sends a second auditor; a file of visits names the source of such a visit.")
        title = block_title(_("Visits made twice"), under)
        return join([title, empty(_("No visit of the year was made again by a second auditor."), owed)])
    said = n_(
        "Of {n} visit made twice, both said the same of {share} of the items: kappa {kappa}",
        "Of {n} visits made twice, both said the same of {share} of the items: kappa {kappa}",
        len(found.pairs),
        share=formats.share(found.whole.agreed, 0),
        kappa=kappa(found.whole),
    )
    seen = data_audits.stores(scope, choice.district)
    mine = [each for each in found.pairs if each.store in seen]
    titles = [_("Store"), _("Month"), _("Theme"), _("First"), _("Second"), _("Same items")]
    rows = [_pair_row(each, titles, scope) for each in mine[:MOST_PAIRS]]
    notes = footnote(
        _(
            "Kappa: agreement beyond chance; 1 is full, 0 no better than chance; with its 95 % interval. Items of one "
            "visit resemble each other, so the interval is rather narrow. It says nothing about who is right."
        )
    )
    listing = [table(words.heads(titles, (5,)), rows, "sqm-list")] if rows else []
    return join([block_title(said, under), *listing, notes])


def kappa(found: Agreement) -> str:
    """0.64 (0.55 to 0.73); – where chance alone gives full agreement."""
    if found.kappa is None:
        return formats.MISSING
    value = formats.number(found.kappa, 2)
    if found.interval is None:
        return value
    low, high = formats.number(found.interval.low, 2), formats.number(found.interval.high, 2)
    return _("{value} ({low} to {high})", value=value, low=low, high=high)


def _pair_row(each: Pair, titles: list[str], scope: Scope) -> Html:
    def gave(auditor: str, score: float | None) -> Html:
        return join([formats.number(score, 1), " ", span("sqm-soft", auditor)])

    return el(
        "tr",
        cell(store_link(each.store, scope), titles[0], "sqm-name"),
        cell(formats.month(each.month), titles[1]),
        cell(words.theme(each.theme), titles[2]),
        cell(gave(each.first, each.first_score), titles[3]),
        cell(gave(each.second, each.second_score), titles[4]),
        cell(_of(each.agreed, each.items), titles[5], "sqm-r"),
    )


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


def own_audits(choice: Choice, scope: Scope) -> Html:
    """How much kinder districts are to themselves than the province: same store, theme and month."""
    found = data_auditors.own_audits(choice.month, choice.district)
    under = _(
        "own audit minus the third party's, points of 100, same store, theme and month; 95 % interval; {year}",
        year=words.year(choice.month),
    )
    if found.whole is None:
        owed = _("Districts upload their own audits with the source own audit.")
        title = block_title(_("Own audits against the province's"), under)
        return join(
            [title, empty(_("No store was audited by its district and by the third party in one month."), owed)]
        )
    listing = data_audits.districts(scope, choice.district)
    mine = sorted(
        ((code, each) for code, each in found.by_district.items() if code in listing),
        key=lambda each: -each[1].mean,
    )
    rows = [_inflation_bar(name(listing[code]), each) for code, each in mine]
    if not choice.district:
        rows.append(_inflation_bar(_("All districts"), found.whole, "sum"))
    above = [name(listing[code]) for code, each in mine if _is_kinder(each)]
    notes = footnote(_("n: stores that both audited. Below 5 stores nothing is shown, below 30 it is an indication."))
    return join([block_title(_own_finding(above, found.whole), under), bars(rows), notes])


def _is_kinder(each: Inflation) -> bool:
    return each.n >= HIDDEN_BELOW and each.is_beyond_chance and each.mean > 0


def _own_finding(above: list[str], whole: Inflation) -> str:
    if whole.n < HIDDEN_BELOW:
        return n_(
            "Only {n} store was audited by its district and by the third party",
            "Only {n} stores were audited by their district and by the third party",
            whole.n,
        )
    mean = formats.number(whole.mean, 1, signed=True)
    if above:
        return _("Kinder to itself beyond chance: {who}; all stores {mean} points", who=listed(above), mean=mean)
    return _("No district is kinder to itself beyond chance; all stores {mean} points", mean=mean)


def _inflation_bar(title: str, each: Inflation, kind: str = "") -> Bar:
    if each.n < HIDDEN_BELOW:
        return Bar(title, 0.0, _("n = {n}, too few", n=each.n), kind=kind)
    limits = each.interval
    written = f"{_signed(each.mean, limits)} · {formats.sample(each.n)}"
    return Bar(title, each.mean, written, limits.low if limits else None, limits.high if limits else None, kind)


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
