"""The rules of use with how often they were broken, and the register of where audits and measures come from."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.rules import use_rules
from sqm.rules.use_rules import Rule
from sqm.ui import formats
from sqm.ui.audits import audits_words as words
from sqm.ui.audits import data_audits
from sqm.ui.audits.standards import data_checklists
from sqm.ui.audits.standards.data_checklists import Refused
from sqm.ui.decisions import rule_texts
from sqm.ui.doors import data_names
from sqm.ui.markup import Html, block_title, cell, div, el, footnote, join, span, table
from sqm.ui.words import N_, _, n_

THIRD, OWN, CUSTOMERS = "third", "own", "customers"
_FAMILIES = {
    THIRD: N_("outside agency"),
    OWN: N_("own systems and channels"),
    CUSTOMERS: N_("customers' experience"),
}


@dataclass(frozen=True)
class _Source:
    """code: a source system of indicators, or a source of visits. is_daily: written as business goes on, else asked or
    visited in rounds."""

    code: str
    family: str
    is_daily: bool = False


_SYSTEMS = (
    _Source("mystery_audit", THIRD),
    _Source("cati_survey", CUSTOMERS),
    _Source("store_evaluation", CUSTOMERS, is_daily=True),
    _Source("hotline_survey", CUSTOMERS, is_daily=True),
    _Source("app_reviews", CUSTOMERS, is_daily=True),
    _Source("complaint_system", OWN, is_daily=True),
    _Source("crm_boss", OWN, is_daily=True),
    _Source("queue_system", OWN, is_daily=True),
    _Source("ivr_acd", OWN, is_daily=True),
    _Source("network_oss", OWN, is_daily=True),
    _Source("drive_test", OWN),
    _Source("service_platform", OWN, is_daily=True),
    _Source("campaign_system", OWN, is_daily=True),
    _Source("portal_log", OWN, is_daily=True),
    _Source("group_orders", OWN, is_daily=True),
)
_VISITS = (
    _Source("third_party", THIRD),
    _Source("double_check", THIRD),
    _Source("self_audit", OWN),
    _Source("remote_monitoring", OWN),
    _Source("open_visit", OWN),
    _Source("callback", CUSTOMERS),
)


def rules(today: date) -> Html:
    """Every rule: what it says, what it refuses, rows of the sources, how often somebody ran into it."""
    broken = data_checklists.refused(today)
    times = sum(each.times for each in broken.values())
    title = n_(
        "{n} forbidden use was refused in the last year", "{n} forbidden uses were refused in the last year", times
    )
    under = _("what audits and process measures may not be used for; every attempt is refused and written down")
    titles = [_("Rule"), _("What is refused"), _("Source row"), _("Refused, last year"), _("Last")]
    rows = [_rule_row(rule, broken.get(rule, Refused(0, None)), titles) for rule in Rule]
    shown = title if times else _("Nobody tried a forbidden use in the last year")
    return join([block_title(shown, under), table(words.heads(titles, (3,)), rows, "sqm-list sqm-uses")])


def _rule_row(rule: Rule, found: Refused, titles: list[str]) -> Html:
    says, refuses = rule_texts.RULES[rule]
    return el(
        "tr",
        cell(_(says), titles[0], "sqm-name"),
        cell(_(refuses), titles[1]),
        cell(use_rules.sources(rule) or formats.MISSING, titles[2]),
        cell(formats.count(found.times), titles[3], "sqm-r"),
        cell(formats.day(found.last_at.date()) if found.last_at else formats.MISSING, titles[4]),
    )


def registry(month: date) -> Html:
    """Third party, own systems, customers: which system, how often, what it gives."""
    names = data_names.names()
    counts = Counter(str(row["source_system"]) for row in names.indicators.values())
    appraised = Counter(str(row["source_system"]) for row in names.indicators.values() if row["appraised"])
    rows_of = data_audits.visits()
    first, last = (pd.Timestamp(each) for each in words.year_to(month))
    year = rows_of[(rows_of["month"] >= first) & (rows_of["month"] <= last)]
    visits = Counter(str(source) for source in year["source"])
    titles = [_("Source"), _("Kind"), _("Cadence"), _("Gives")]
    known = {each.code for each in _SYSTEMS}
    systems = [*_SYSTEMS, *(_Source(code, OWN, True) for code in counts if code and code not in known)]
    rows = []
    for family, family_title in _FAMILIES.items():
        for each in _VISITS:
            if each.family == family and visits[each.code]:
                given = n_("{n} visit in 12 months", "{n} visits in 12 months", visits[each.code])
                rows.append(_source_row(_(family_title), words.source(each.code), _cadence(each), given, titles))
        for each in systems:
            if each.family == family and counts[each.code]:
                given = n_("{n} indicator", "{n} indicators", counts[each.code])
                given = _("{what}, {n} of them appraised", what=given, n=appraised[each.code])
                rows.append(
                    _source_row(_(family_title), names.label("source_system", each.code), _cadence(each), given, titles)
                )
    title = n_("{n} source says how service is", "{n} sources say how service is", len(rows))
    under = _("sources of indicators and of visits to stores; {year}", year=words.year(month))
    note = footnote(_("In rounds: asked or visited as planned. Day by day: written as business goes on."))
    return join([block_title(title, under), table(words.heads(titles), rows, "sqm-list sqm-registry"), note])


def _cadence(each: _Source) -> str:
    return _("day by day") if each.is_daily else _("in rounds, monthly")


def _source_row(family: str, source: str, cadence: str, given: str, titles: list[str]) -> Html:
    return el(
        "tr",
        cell(source, titles[0], "sqm-name"),
        cell(family, titles[1]),
        cell(div("", cadence), titles[2]),
        cell(span("", given), titles[3]),
    )
