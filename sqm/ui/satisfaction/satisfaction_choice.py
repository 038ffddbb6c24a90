"""What the satisfaction page shows: survey, question, month, breakdown, part and measure, from links and filters."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from sqm.rules.periods import month_range
from sqm.ui import filters
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Names
from sqm.ui.satisfaction import data_satisfaction, views
from sqm.ui.satisfaction.compare import benchmarks
from sqm.ui.satisfaction.data_satisfaction import BREAKDOWNS, OWN, Held, Slice
from sqm.ui.satisfaction.drivers import driver_topics
from sqm.ui.satisfaction.views import View
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _

MEASURES = ("share", "mean")
QUESTIONS = "question"
BEST_RIVAL = "best"
"""Whoever is best in each wave: not an operator, and not '', which would reset the choice."""
WAYS = (QUESTIONS, "brand", "channel", "district", "operator")
MOST_QUESTIONS = 24


@dataclass(frozen=True)
class Choice:
    """strong: the operator whose line is followed. part: a brand, channel, district or operator; '' is all.

    item: the question; for drivers the outcome, '' where the survey has none. against: whom we are compared with, or
    BEST_RIVAL.
    """

    held: Held
    item: str
    month: date
    by: str
    part: str
    measure: str
    strong: str
    view: View = View.TREND
    against: str = BEST_RIVAL

    @property
    def slice(self) -> Slice:
        """The chosen question over all months up to the chosen one."""
        chosen = Slice((self.held.survey_code,), (self.item,), self.held.first, self.month)
        if not self.part or self.by in (QUESTIONS, "operator"):
            return chosen
        return _only(chosen, self.by, self.part)

    @property
    def links(self) -> dict[str, str]:
        """The choices that a link keeps unless it changes them."""
        return {
            "survey": self.held.survey_code,
            "item": self.item,
            "by": self.by,
            "part": self.part,
            "measure": self.measure,
        }


def choose(viewer: Viewer, names: Names) -> Choice | None:
    """Draws the filters; None when no survey holds any answers."""
    surveys = {
        code: held
        for code, held in data_satisfaction.held().items()
        if driver_topics.is_about_satisfaction(held, names)
    }
    if not surveys:
        return None
    with st.container(key="filters", horizontal=True):
        view = views.choose()
        rows = [names.surveys.get(code, {"survey_code": code, "name_en": code}) for code in surveys]
        held = surveys[filters.survey(rows)]
        item = _outcome(held, names) if view is View.DRIVERS else _question(held, names)
        month = filters.month(month_range(held.first, held.last))
    by = filters.unseen("by", ways(held), QUESTIONS)
    parts = list(data_names.places(viewer.scope).districts) if by == "district" else _parts(names, held, by)
    part = filters.unseen("part", ["", *parts], "")
    measure = filters.unseen("measure", MEASURES, MEASURES[0])
    others = [code for code in held.operators if code != OWN]
    against = filters.unseen("against", [BEST_RIVAL, *others], benchmarks.first_of(others) or BEST_RIVAL)
    return Choice(held, item, month, by, part, measure, _strong(held, by, part), view, against)


def _question(held: Held, names: Names) -> str:
    items = driver_topics.scored(held, names) or held.items
    first = data_satisfaction.OVERALL if data_satisfaction.OVERALL in items else items[0]
    return filters.choice("item", _("Question"), items, names.item, first)


def _outcome(held: Held, names: Names) -> str:
    """Drivers have a choice of their own: not every question has any."""
    return filters.choice("of", _("Drivers of"), driver_topics.outcomes(held, names), names.item)


def ways(held: Held) -> tuple[str, ...]:
    """Breakdowns that this survey can have."""
    if held.has_own:
        return tuple(way for way in WAYS if way != "operator" or len(held.operators) > 1)
    return (QUESTIONS, "operator")


def questions(choice: Choice, names: Names) -> tuple[str, ...]:
    """The overall questions and, for a question of one process, that process's own; all when there are few."""
    held = driver_topics.scored(choice.held, names)
    process = names.items.get(choice.item, {}).get("process_code", "")

    def role(item: str) -> str:
        return str(names.items.get(item, {}).get("role", ""))

    general = tuple(item for item in held if role(item) in ("overall", "process"))
    own = tuple(item for item in held if process and names.items.get(item, {}).get("process_code") == process)
    if not general or len(held) <= len(general):
        return held[:MOST_QUESTIONS]
    return own if role(choice.item) == "item" else general


def breakdown(choice: Choice, names: Names) -> tuple[Slice, str]:
    """The slice of the small trends, and what they are split by ('' for questions)."""
    whole = Slice((choice.held.survey_code,), (choice.item,), choice.held.first, choice.month)
    if choice.by == QUESTIONS:
        return replace(whole, items=questions(choice, names)), ""
    if choice.by == "operator":
        return whole, choice.by
    split = replace(
        whole,
        by_brand=choice.by == "brand",
        by_channel=choice.by == "channel",
        by_district=choice.by == "district",
    )
    return split, choice.by


def _only(chosen: Slice, by: str, part: str) -> Slice:
    if by == "brand":
        return replace(chosen, brands=(part,))
    return replace(chosen, channels=(part,)) if by == "channel" else replace(chosen, districts=(part,))


def _parts(names: Names, held: Held, by: str) -> list[str]:
    if by == "operator":
        return list(held.operators)
    return [code for kind, code in names.labels if kind == by and by in BREAKDOWNS]


def _strong(held: Held, by: str, part: str) -> str:
    if by == "operator" and part:
        return part
    return OWN if held.has_own else held.operators[0]
