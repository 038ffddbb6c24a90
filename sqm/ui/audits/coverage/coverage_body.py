"""The coverage view in two pieces of HTML, between which the form for supplementary means may stand."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Scope
from sqm.ui import status_style
from sqm.ui.audits.audits_choice import Choice
from sqm.ui.audits.coverage import coverage_blocks, data_coverage, reports_block
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, div, el, join
from sqm.ui.words import language, use


@lru_cache(maxsize=KEPT)
def _top(at: Stamp, scope: Scope, choice: Choice, chooses: bool, today: date, spoken: str, dark: bool) -> Html:
    with use(spoken):
        parts = []
        if choice.has_visits:
            parts.append(coverage_blocks.plan(choice, scope))
        else:
            parts.append(coverage_blocks.without_visits(data_coverage.plan(choice.month)))
        parts += [reports_block.tracker(choice, scope, today), reports_block.means(choice, scope, chooses)]
        return join(parts)


@lru_cache(maxsize=KEPT)
def _rest(at: Stamp, scope: Scope, choice: Choice, spoken: str, dark: bool) -> Html:
    if not choice.has_visits:
        with use(spoken):
            return coverage_blocks.themes(choice)
    with use(spoken):
        beside = [el("section", coverage_blocks.themes(choice)), el("section", coverage_blocks.sources(choice))]
        return join([coverage_blocks.waiting(choice, scope), div("sqm-two", *beside)])


def top(scope: Scope, choice: Choice, chooses: bool, today: date) -> Html:
    """Plan, reports and supplementary means. chooses: the viewer may choose means."""
    return _top(stamp(), scope, choice, chooses, today, str(language()), status_style.is_dark())


def rest(scope: Scope, choice: Choice) -> Html:
    """Who waits, themes in turn, sources."""
    return _rest(stamp(), scope, choice, str(language()), status_style.is_dark())
