"""Stores compared, in words: classes, parts, standings with their signs, why a store has no place."""

from sqm.charts.stores import standings
from sqm.rules.stores.fair_ranks import RankedStore, Standing
from sqm.rules.stores.funnel import Call
from sqm.rules.stores.store_cascade import Change
from sqm.rules.stores.store_results import Compared, Group, StoreResult
from sqm.rules.use_rules import Purpose
from sqm.ui import formats
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import Html
from sqm.ui.markup import span as spanned
from sqm.ui.stores.doors import data_standards
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.stores.views import Measure, Shown
from sqm.ui.words import N_, _, n_, name

_CLASSES = {"own": N_("Own stores"), "partner": N_("Partner stores")}
_SIZES = {"large": N_("large"), "medium": N_("medium"), "small": N_("small")}
_SPANS = {Span.MONTH: N_("One month"), Span.QUARTER: N_("Three months"), Span.YEAR: N_("Twelve months")}
_PARTS = {
    "topic_1": N_("Audit topic 1"),
    "topic_2": N_("Audit topic 2"),
    "perception": N_("Overall perception"),
    "sms": N_("SMS satisfaction"),
    "queueing": N_("Queueing"),
    "handling": N_("Handling time"),
}
_STANDINGS = {
    Standing.ABOVE: N_("above the middle"),
    Standing.ALIKE: N_("cannot be told apart"),
    Standing.BELOW: N_("below the middle"),
}
_COMPARED = {Compared.COMPOSITE: N_("the composite score"), Compared.AUDIT: N_("the audit visits alone")}
_SHOWN = {
    Shown.STANDING: N_("place in the class"),
    Shown.MARK: N_("pass mark"),
    Shown.SMS: N_("SMS satisfaction"),
    Shown.VISITS: N_("number of visits"),
    Shown.LAST: N_("days since the last visit"),
}
_MEASURES = {Measure.PASSED: N_("items passed"), Measure.SMS: N_("satisfied SMS answers")}
_CALLS = {
    Call.ALARM_LOW: N_("far below what chance does"),
    Call.ALERT_LOW: N_("below what chance does"),
    Call.IN: N_("within chance"),
    Call.ALERT_HIGH: N_("above what chance does"),
    Call.ALARM_HIGH: N_("far above what chance does"),
    Call.NO_DATA: N_("no data"),
}


_PURPOSES = {
    Purpose.BULLETIN: N_("the bulletin"),
    Purpose.RECTIFICATION: N_("mending what was found"),
    Purpose.TRAINING: N_("training"),
    Purpose.STORE_APPRAISAL: N_("appraisal of stores"),
    Purpose.PERSONAL_APPRAISAL: N_("appraisal of persons"),
}


def purpose(found: Purpose) -> str:
    return _(_PURPOSES[found])


def group(found: Group) -> str:
    """Own stores, medium; the codes of a register that uses its own."""
    kind, size = found
    parts = [_(_CLASSES[kind]) if kind in _CLASSES else kind, _(_SIZES[size]) if size in _SIZES else size]
    return _(", ").join(part for part in parts if part) or _("Stores without a class")


def span(code: str) -> str:
    return _(_SPANS[Span(code)])


def part(code: str) -> str:
    return _(_PARTS[code]) if code in _PARTS else code


def theme(code: str) -> str:
    return data_standards.audit_names().topic(code) if code else _("all themes")


def loss(code: str, what: Compared) -> str:
    """Where points are lost: a part of the composite, or a theme of the visits."""
    return part(code) if what is Compared.COMPOSITE else theme(code) if code else _("no theme")


def compared(what: Compared) -> str:
    return _(_COMPARED[what])


def shown(what: Shown) -> str:
    return _(_SHOWN[what])


def measure(what: Measure) -> str:
    return _(_MEASURES[what])


def call(found: Call) -> str:
    return _(_CALLS[found])


def standing(found: Standing, is_indicative: bool) -> Html:
    """− below the middle; the sign and the word say it without the colour, which an indicative score does not get."""
    css = {Standing.ABOVE: "sqm-met", Standing.BELOW: "sqm-missed"}.get(found, "sqm-no_data")
    return spanned("sqm-status sqm-no_data" if is_indicative else f"sqm-status {css}", standing_text(found))


def is_indicative(result: StoreResult | None, what: Compared) -> bool:
    """Of the visits alone: fewer than three of them give no colour and no rank by itself."""
    return what is Compared.AUDIT and result is not None and result.visits is not None and result.visits.is_indicative


def standing_text(found: Standing) -> str:
    return f"{standings.look(found).sign} {_(_STANDINGS[found])}"


def sign(found: Standing) -> str:
    """+ or −; nothing for a store that cannot be told apart."""
    return "" if found is Standing.ALIKE else standings.look(found).sign


def rank(found: RankedStore, of: int) -> str:
    """5 to 21 of 37; one place stands alone."""
    if found.low == found.high:
        return _("{place} of {all}", place=found.low, all=formats.count(of))
    return _("{best} to {worst} of {all}", best=found.low, worst=found.high, all=formats.count(of))


def store(row: Record | None, code: str) -> str:
    return name(row or {}) or code


def visits(result: StoreResult | None) -> str:
    """2 visits; fewer than three are badged by one_visit."""
    n = 0 if result is None or result.visits is None else result.visits.n
    return n_("{n} visit", "{n} visits", n)


def one_visit(result: StoreResult) -> str:
    """1 visit = 50 %: what a single visit decides; '' from three visits on."""
    if result.visits is None or not result.visits.is_indicative:
        return ""
    return _("1 visit = {share}", share=formats.share(result.visits.distortion, 0))


def unranked(result: StoreResult, what: Compared) -> str:
    """Why a store has no place in its class."""
    if result.visits is None and (what is Compared.AUDIT or result.score.score is None):
        return _("no visit in these months")
    if what is Compared.COMPOSITE and not result.score.is_ranked:
        return _("only {share} of the weight collected", share=formats.share(result.score.coverage, 0))
    return _("its luck cannot be known: no spread between visits")


def change(found: Change | None) -> str:
    """+1.2 ± 0.8 ↑ only where the interval leaves 0 out."""
    if found is None:
        return formats.MISSING
    points = formats.number(found.points, 1, signed=True)
    if found.interval is None:
        return points
    half = formats.number((found.interval.high - found.interval.low) / 2.0, 1)
    mark = "" if not found.is_certain else " ↑" if found.points > 0 else " ↓"
    return f"{points} ± {half}{mark}"


def item(code: str) -> str:
    return data_standards.audit_names().item(code)
