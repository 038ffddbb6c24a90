"""The home of each role, written once per state of the data, role, scope, month, news, language and theme."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqm.rules.access import Role, Scope
from sqm.rules.tasks.tasks import Task
from sqm.ui import status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.home import overview, since
from sqm.ui.home.roles import home_district, home_executive, home_store, month_checks, stores_in_need
from sqm.ui.home.roles.month_checks import Check
from sqm.ui.home.since import Seen
from sqm.ui.home.tasks import data_tasks, tasks_block
from sqm.ui.markup import NOTHING, Html, div, el, empty, join
from sqm.ui.matrix.data_matrix import COMPANY
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.store import store_words
from sqm.ui.stores.doors import data_scores
from sqm.ui.words import _, language, use

Parts = tuple[Html, Html]
"""The finding, and what stands under the line of what is new."""


@dataclass(frozen=True)
class Asked:
    """For whom a home is written. news: keys of tasks that the viewer has not seen."""

    role: Role
    scope: Scope
    month: date
    today: date
    news: frozenset[str]

    @property
    def tasks(self) -> tuple[Task, ...]:
        return data_tasks.of(self.role, self.scope, self.today)

    @property
    def audited(self) -> date | None:
        """The last month with scored visits up to the chosen one."""
        return audited(self.month)


def months(viewer: Viewer) -> tuple[date, ...]:
    """Those to choose from: with scored visits for a store, with indicator values for everybody else."""
    if viewer.role is Role.STORE_MANAGER and data_scores.months():
        return tuple(data_scores.months())
    return data_names.all_months().all


def audited(month: date) -> date | None:
    return max((each for each in data_scores.months() if each <= month), default=None)


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, asked: Asked, spoken: str, dark: bool) -> Parts:
    with use(spoken):
        return _HOMES.get(asked.role, _plain)(asked)


def body(viewer: Viewer, month: date, today: date) -> Html:
    """All of the page under the filters."""
    seen = _seen(viewer, today)
    look = since.last_look(viewer, seen)
    asked = Asked(viewer.role, viewer.scope, month, today, since.new_tasks(look, seen.tasks))
    top, rest = _body(stamp(), asked, str(language()), status_style.is_dark())
    return join([top, since.line(viewer, data_names.names(), seen, look), rest])


def _seen(viewer: Viewer, today: date) -> Seen:
    """What is remembered of this look, for the next one."""
    tasks = data_tasks.of(viewer.role, viewer.scope, today)
    if viewer.role is Role.STORE_MANAGER:
        visited = data_scores.months()
        card = home_store.card_of(viewer.scope, visited[-1]) if visited else None
        return Seen(None, tasks, store_words.points(card.score.score) if card else "")
    if viewer.role is Role.DISTRICT:
        return Seen(home_district.place(viewer.scope), tasks)
    return Seen(COMPANY, tasks)


def _tasks(asked: Asked, owed: str) -> Html:
    return tasks_block.block(asked.tasks, asked.news, asked.scope, asked.today, owed)


def _executive(asked: Asked) -> Parts:
    scope, month = asked.scope, asked.month
    tasks = _tasks(asked, _("Targets to sign for the departments, and actions past their deadlines, will stand here."))
    right = el("section", tasks, overview.grid(scope, month))
    rest = [
        home_executive.cards(scope, month),
        div("sqm-two", el("section", home_executive.owners(scope, month)), right),
        overview.trends(scope, month),
    ]
    return overview.head(scope, month), join(rest)


def _analyst(asked: Asked) -> Parts:
    checks = month_checks.of_data(asked.scope, asked.month, asked.today)
    owed = _("Missing values, samples behind their quotas and signals to review will stand here.")
    return _office(asked, checks, owed)


def _quality(asked: Asked) -> Parts:
    checks = month_checks.of_quality(asked.scope, asked.month, asked.audited, asked.today)
    return _office(asked, checks, _("Signatures, appeals, months to publish and proposals will stand here."))


def _office(asked: Asked, checks: list[Check], owed: str) -> Parts:
    """Left what is to be done and what is weak, right what the month rests on and the matrix."""
    scope, month = asked.scope, asked.month
    left = el("section", _tasks(asked, owed), overview.weakest(scope, month))
    right = el("section", month_checks.block(checks, month), overview.grid(scope, month))
    return overview.head(scope, month), join([overview.cards(scope, month), div("sqm-two", left, right)])


def _district(asked: Asked) -> Parts:
    where = home_district.place(asked.scope)
    if where is None:
        return _placeless()
    scope, month = asked.scope, asked.month
    tasks = _tasks(asked, _("Reports, actions and appeals of the district and its stores will stand here."))
    rest = [
        home_district.cards(scope, month, asked.audited, where),
        div("sqm-two", el("section", home_district.reds(scope, month, where)), el("section", tasks, css="sqm-mine")),
    ]
    if asked.audited is not None and data_scores.stores(scope):
        rest.append(stores_in_need.block(scope, asked.audited, asked.tasks))
    return home_district.head(scope, month, where), join(rest)


def _store(asked: Asked) -> Parts:
    if not data_scores.stores(asked.scope):
        return _placeless()
    tasks = _tasks(asked, _("Actions, visits to answer and queried marks of the store will stand here."))
    if asked.audited is None:
        missing = empty(_("No store has been audited yet."), _("An analyst uploads a file of visits."))
        return NOTHING, join([missing, tasks])
    card = home_store.card_of(asked.scope, asked.audited)
    if card is None:
        return NOTHING, join([tasks, stores_in_need.block(asked.scope, asked.audited, asked.tasks)])
    left = el("section", home_store.mend(card), home_store.parts(card))
    return home_store.head(card), join(
        [home_store.cards(card, asked.tasks, asked.today), div("sqm-two", left, el("section", tasks, css="sqm-mine"))]
    )


def _plain(asked: Asked) -> Parts:
    """Personnel: the matrix, for who decides nothing."""
    scope, month = asked.scope, asked.month
    return overview.head(scope, month), join(
        [overview.cards(scope, month), overview.matrix(scope, month), overview.trends(scope, month)]
    )


def _placeless() -> Parts:
    missing = _("No store or district belongs to you yet.")
    owed = _("The quality department decides which stores and districts a viewer sees.")
    return empty(missing, owed), NOTHING


_HOMES: dict[Role, Callable[[Asked], Parts]] = {
    Role.EXECUTIVE: _executive,
    Role.ANALYST: _analyst,
    Role.QUALITY: _quality,
    Role.DISTRICT: _district,
    Role.STORE_MANAGER: _store,
}
