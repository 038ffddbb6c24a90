"""What the page of stores shows: view, month, window, district and class from the filters, the rest from links."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from sqm.rules.access import EVERYTHING
from sqm.rules.stores.store_results import Compared, Group
from sqm.ui import filters
from sqm.ui.doors import data_names
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.stores import stores_words, views
from sqm.ui.stores.doors import data_scores, data_stores
from sqm.ui.stores.doors.data_scores import Span
from sqm.ui.stores.views import Measure, Shown, View
from sqm.ui.words import _

_ONE_CLASS = (View.TABLE, View.FUNNEL)
"""Views that compare stores with each other, which is fair only within a class."""


@dataclass(frozen=True)
class Choice:
    """group: None is all classes. district: '' is all that the viewer sees. theme: '' where a file named none."""

    view: View
    month: date
    span: Span
    district: str
    group: Group | None
    what: Compared
    theme: str = ""
    show: Shown = Shown.STANDING
    measure: Measure = Measure.PASSED

    @property
    def one_class(self) -> Group:
        """The class within which stores are compared."""
        return self.group or ("", "")

    @property
    def links(self) -> dict[str, str]:
        """The choices that a link keeps unless it changes them."""
        return {
            "view": self.view,
            "month": f"{self.month:%Y-%m}",
            "span": self.span,
            "district": self.district,
            "class": "" if self.group is None else group_code(self.group),
        }


def group_code(group: Group) -> str:
    """As it stands in the address: own.medium."""
    return ".".join(group)


def choose(viewer: Viewer) -> Choice:
    """Draws the filters. There is at least one scored visit, and one store that the viewer sees."""
    rows = list(data_names.places(viewer.scope).districts.values())
    with st.container(key="stores_filters", horizontal=True):
        view = views.choose()
        month = filters.month(data_scores.months())
        span = Span(filters.choice("span", _("Window"), list(Span), stores_words.span, Span.YEAR))
        district = filters.district(rows) if len(rows) > 1 else filters.ALL
        group = _group(viewer, view)
    first = data_stores.first_compared(month, span)
    choice = Choice(view, month, span, district, group, first)
    if view in (View.TABLE, View.MAP):
        what = filters.unseen("what", list(Compared), first)
        show = filters.unseen("show", list(Shown), Shown.STANDING) if view is View.MAP else Shown.STANDING
        return replace(choice, what=Compared(what), show=Shown(show))
    if view is View.ITEMS:
        themes = data_stores.themes(month, span)
        return replace(choice, theme=filters.unseen("theme", list(themes), themes[0]) if themes else "")
    return replace(choice, measure=Measure(filters.unseen("of", list(Measure), Measure.PASSED)))


def _group(viewer: Viewer, view: View) -> Group | None:
    """A viewer begins with the class that most of the own stores belong to."""
    own = data_stores.groups(viewer.scope)
    known = {group_code(group): group for group in {**own, **data_stores.groups(EVERYTHING)}}
    codes = list(known) if view in _ONE_CLASS else [filters.ALL, *known]

    def title(code: str) -> str:
        return stores_words.group(known[code]) if code in known else _("All classes")

    return known.get(filters.choice("class", _("Class"), codes, title))
