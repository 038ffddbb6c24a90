"""What stands on the page of published months, written once per state of the data, choice, rights and language."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Scope
from sqm.rules.periods import month_of
from sqm.rules.targets import JUDGED, Status
from sqm.ui import formats, links, status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.home.home_blocks import card, reporting_card
from sqm.ui.markup import Html, block_title, div, el, footnote, join, span
from sqm.ui.matrix import data_matrix
from sqm.ui.months import data_months, months_changes, months_list, months_words
from sqm.ui.months.data_months import Difference, MonthState, Tally
from sqm.ui.words import _, language, use

MONTHS = 13
ALL = "all"


def states(scope: Scope, month: date, span: str = "") -> list[MonthState]:
    """Newest first: the last 13 months, or as many as it takes to show the chosen one; all months if asked."""
    months = data_names.all_months().all
    first = 0 if span == ALL else min(max(len(months) - MONTHS, 0), months.index(month))
    return list(reversed(data_months.states(scope, months[first:]).values()))


def state_of(scope: Scope, month: date) -> MonthState:
    return next(each for each in states(scope, month) if each.month == month)


def differences(scope: Scope, month: date) -> dict[str, Difference]:
    """What the page can list of a month, by code in the address; the newest is the last one."""
    found = data_months.differences(scope, state_of(scope, month))
    return {months_changes.code_of(each): each for each in found}


@lru_cache(maxsize=KEPT)
def _top(at: Stamp, scope: Scope, month: date, publishes: bool, today: date, spoken: str) -> Html:
    state, owed = state_of(scope, month), data_matrix.reporting(scope, month)
    with use(spoken):
        under = "" if not state.made else _("published {publication}", publication=_last(state))
        cards = div(
            "sqm-cards",
            _state_card(state),
            _tally_card(_("As published"), state.published, _missing(state)),
            _tally_card(_("As it stands"), state.now),
            reporting_card(owed, data_names.places(scope)),
        )
        parts = [block_title(months_words.finding(state, owed), under), cards]
        ways = [span("", _("Matrix:"), " ", months_list.as_of(state))]
        if publishes and state.can_be_published:
            ways.append(links.link(act(state), "months", css="sqm-way", new="publish"))
        return join([*parts, div("sqm-ways", *ways)])


def top(scope: Scope, month: date, publishes: bool) -> Html:
    """The chosen month: how it stands, and the way to publish it for those who may."""
    return _top(stamp(), scope, month, publishes, month_of(date.today()), str(language()))


def act(state: MonthState) -> str:
    """What publishing means for this month."""
    month = formats.month(state.month)
    return _("Publish a revision of {month}", month=month) if state.made else _("Publish {month}", month=month)


@lru_cache(maxsize=KEPT)
def _lists(
    at: Stamp, scope: Scope, month: date, revision: str, moved: str, span: str, today: date, spoken: str
) -> Html:
    places, shown = data_names.places(scope), states(scope, month, span)
    found = differences(scope, month)
    with use(spoken):
        parts = []
        if revision in found:
            all_of = tuple(found.values())
            names = data_names.names()
            parts.append(months_changes.block(found[revision], all_of, month, names, places, moved == ALL))
        late = {each.month: data_matrix.reporting(scope, each.month) for each in shown if not each.made}
        more = len(data_names.all_months().all) - len(shown)
        parts += [months_list.block(shown, month, late, len(places.districts), more), _notes()]
        return join(parts)


def lists(scope: Scope, month: date, revision: str, moved: str, span: str) -> Html:
    """What a revision changed (a code of differences(), or nothing), and the list of months."""
    return _lists(stamp(), scope, month, revision, moved, span, month_of(date.today()), str(language()))


def _last(state: MonthState) -> str:
    return months_words.publication(state.made[-1])


def _state_card(state: MonthState) -> Html:
    if not state.made:
        note = _("may be published") if state.is_over else _("may be published once it is over")
        return card(_("State"), months_words.state(state), note)
    note = " · ".join(part for part in (_last(state), state.made[-1].note) if part)
    first = _("first published {day}", day=formats.day(state.made[0].at.date())) if len(state.made) > 1 else ""
    return card(_("State"), months_words.state(state), note, first)


def _missing(state: MonthState) -> str:
    return _("no figures were kept") if state.made else _("nothing is published yet")


def _tally_card(label: str, counts: Tally | None, missing: str = "") -> Html:
    if counts is None:
        return card(label, formats.MISSING, missing)
    parts = [div("", div("sqm-number", str(counts[status])), Html(status_style.badge(status))) for status in JUDGED]
    rest = " · ".join(f"{status_style.label(status)} {counts[status]}" for status in (Status.NO_DATA, Status.NO_TARGET))
    return el("section", div("sqm-label", label), div("sqm-tally", *parts), div("sqm-note", rest))


def _notes() -> Html:
    return footnote(
        _(
            "Publishing keeps the figures, targets and verdicts of that day. Late data change the live figures, "
            "never what was published; a revision lists what became different."
        ),
    )
