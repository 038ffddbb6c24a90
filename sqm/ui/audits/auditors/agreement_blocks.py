"""Do two pairs of eyes see the same: visits made twice, and own audits of districts against the province's."""

from sqm.rules.access import Scope
from sqm.rules.audits.audit_agreement import Agreement, Inflation
from sqm.rules.sampling import HIDDEN_BELOW
from sqm.ui import formats
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_audits
from sqm.ui.audits.auditors import data_auditors
from sqm.ui.audits.auditors.auditors_blocks import share_of, signed
from sqm.ui.audits.auditors.data_auditors import Pair
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.coverage.coverage_blocks import store_link
from sqm.ui.competitiveness.bars import Bar, bars
from sqm.ui.markup import Html, block_title, cell, el, empty, footnote, join, span, table
from sqm.ui.words import _, listed, n_, name

MOST_PAIRS = 10


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
        cell(share_of(each.agreed, each.items), titles[5], "sqm-r"),
    )


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
    return join([block_title(_own_finding(above, found.whole, len(listing) == 1), under), bars(rows), notes])


def _is_kinder(each: Inflation) -> bool:
    return each.n >= HIDDEN_BELOW and each.is_beyond_chance and each.mean > 0


def _own_finding(above: list[str], whole: Inflation, is_alone: bool) -> str:
    if whole.n < HIDDEN_BELOW:
        return n_(
            "Only {n} store was audited by its district and by the third party",
            "Only {n} stores were audited by their district and by the third party",
            whole.n,
        )
    mean = formats.number(whole.mean, 1, signed=True)
    if above:
        return _("Kinder to itself beyond chance: {who}; all stores {mean} points", who=listed(above), mean=mean)
    if is_alone:
        return _("Not kinder to itself beyond chance; all stores {mean} points", mean=mean)
    return _("No district is kinder to itself beyond chance; all stores {mean} points", mean=mean)


def _inflation_bar(title: str, each: Inflation, kind: str = "") -> Bar:
    if each.n < HIDDEN_BELOW:
        return Bar(title, 0.0, _("n = {n}, too few", n=each.n), kind=kind)
    limits = each.interval
    written = f"{signed(each.mean, limits)} · {formats.sample(each.n)}"
    return Bar(title, each.mean, written, limits.low if limits else None, limits.high if limits else None, kind)
