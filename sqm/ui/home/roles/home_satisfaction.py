"""The satisfaction part of the overview: the share of satisfied customers, the lead, and nine small trends."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Scope
from sqm.rules.periods import add_months
from sqm.rules.surveys.trends import Word
from sqm.rules.targets import Status
from sqm.ui import formats
from sqm.ui.doors import data
from sqm.ui.doors.data_names import Names
from sqm.ui.home.home_blocks import card
from sqm.ui.markup import Html, block_title, empty, join
from sqm.ui.satisfaction import data_satisfaction, trend_wall
from sqm.ui.satisfaction import satisfaction_now as now_texts
from sqm.ui.satisfaction.data_satisfaction import OVERALL, Held, Slice
from sqm.ui.satisfaction.satisfaction_now import Standings, standings
from sqm.ui.satisfaction.trend_wall import Drawn
from sqm.ui.words import _, listed, name

TREND_MONTHS = 25


@lru_cache(maxsize=data.KEPT)
def _overall(at: data.Stamp, scope: Scope, survey: str, month: date) -> Standings:
    chosen = Slice((survey,), (OVERALL,), add_months(month, 1 - TREND_MONTHS), month)
    return standings(data_satisfaction.indexed(scope, chosen).get((OVERALL, ""), {}), month)


def overall(scope: Scope, month: date) -> Standings | None:
    """Overall satisfaction of a month; None without a survey that speaks for all customers."""
    held = data_satisfaction.main_survey()
    return None if held is None else _overall(data.stamp(), scope, held.survey_code, month)


def share_card(scope: Scope, month: date) -> Html:
    """Satisfaction of the month with its interval, and its change in words."""
    label = _("Satisfied customers")
    now = overall(scope, month)
    if now is None or now.own is None:
        return card(label, formats.MISSING, _("No representative survey asked about overall satisfaction this month."))
    value = now_texts.value(now.own, now.measure)
    return card(label, value, now_texts.month_words(now), now_texts.year_words(now))


def lead_card(scope: Scope, month: date, known: Names) -> Html:
    """Lead over the best rival, whether it can be told from chance, and who moved."""
    label = _("Lead over the best rival")
    now = overall(scope, month)
    if now is None or not now.rival_code:
        return card(label, formats.MISSING, _("No survey of this month asked rivals' customers."))
    words = now_texts.lead_words(now, known)
    return card(label, now_texts.lead_number(now), words, now_texts.mover_words(now, known))


def trends(scope: Scope, month: date, known: Names) -> Html:
    """One small trend per process, from the survey that speaks for all customers."""
    held = data_satisfaction.main_survey()
    items = _process_items(held, known)
    if held is None or not items:
        missing = empty(_("No representative survey of our customers yet."), _("An analyst uploads a survey file."))
        return join([block_title(_("Satisfaction by process")), missing])
    chosen = Slice((held.survey_code,), items, max(held.first, add_months(month, 1 - TREND_MONTHS)), month)
    unit = _(
        "{survey}: satisfied customers, %, with 95 % interval. Dark step: target. Grey: rivals. "
        "The axis does not start at 0.",
        survey=name(known.surveys[held.survey_code]),
    )
    drawn = trend_wall.drawn(scope, chosen)

    def title(each: Drawn) -> str:
        return name(known.processes.get(known.items[each.item]["process_code"], {}))

    tiles = trend_wall.wall(drawn, title, lambda each: {"survey": held.survey_code, "item": each.item, "by": ""})
    return join([block_title(_finding([(title(each), each) for each in drawn]), unit), tiles])


def _finding(trends: list[tuple[str, Drawn]]) -> str:
    """Which processes miss their target, and which moved within a year."""
    missed = [title for title, each in trends if each.status is Status.MISSED]
    fell = [title for title, each in trends if each.now.year_move.word is Word.DOWN]
    rose = [title for title, each in trends if each.now.year_move.word is Word.UP]
    parts = [_("{processes} below target", processes=listed(missed)) if missed else _("No process misses its target")]
    parts += [_("{processes} fell within a year", processes=listed(fell))] if fell else []
    parts += [_("{processes} rose within a year", processes=listed(rose))] if rose else []
    return _("; ").join(parts)


def _process_items(held: Held | None, known: Names) -> tuple[str, ...]:
    if held is None:
        return ()
    return tuple(item for item in held.items if known.items.get(item, {}).get("role") == "process")
