"""My tasks and deadlines: groups of the same kind, the most urgent on top, each line the way to where it is done."""

from collections.abc import Collection
from datetime import date

from sqm.rules.access import Scope
from sqm.rules.tasks import tasks as rules
from sqm.rules.tasks.tasks import Group, Task, Urgency
from sqm.ui import formats
from sqm.ui.home.tasks import task_words as words
from sqm.ui.home.tasks.task_lines import line
from sqm.ui.markup import NOTHING, Html, block_title, div, el, join, span
from sqm.ui.words import _, n_

MOST = 3
"""Lines of a group; a page lists them all."""


def block(found: tuple[Task, ...], news: Collection[str], scope: Scope, today: date, owed: str) -> Html:
    """news: keys of tasks that the viewer has not seen yet. owed: what would bring tasks, said when there are none."""
    under = _("what is due soonest on top; a click leads to where it is done")
    title = block_title(words.finding(found, today), under if found else "")
    if not found:
        return join([title, div("sqm-soft", owed)])
    return join([title, el("ol", *(_group(each, news, scope, today) for each in rules.groups(found, today)), css=_CSS)])


_CSS = "sqm-tasks"


def _group(group: Group, news: Collection[str], scope: Scope, today: date) -> Html:
    shown = group.tasks[:MOST]
    # one date for all of them stands at the left; otherwise each line says its own
    alone = len({each.due for each in group.tasks}) == 1
    fresh = sum(each.key in news for each in group.tasks)
    badge = span("sqm-badge sqm-new", n_("{n} new", "{n} new", fresh)) if fresh else NOTHING
    lines = [_line(each, scope, "" if alone else words.left(each, today)) for each in shown]
    more = len(group.tasks) - len(shown)
    if more:
        lines.append(el("li", n_("and {n} more", "and {n} more", more), css="sqm-soft"))
    head = div("sqm-task-title", el("strong", words.title(group)), " ", badge)
    return el("li", _when(group.first, today), div("", head, el("ul", *lines)))


def _line(task: Task, scope: Scope, left: str) -> Html:
    link, beside = line(task, scope)
    said = _(" · ").join(part for part in (beside, left) if part)
    return el("li", link, " ", span("sqm-soft", said)) if said else el("li", link)


def _when(task: Task, today: date) -> Html:
    """✕ 33 days overdue, and the day beneath."""
    urgency = task.urgency(today)
    said = span(f"sqm-status sqm-{words.STYLES[urgency]}", f"{words.SIGNS[urgency]} {words.left(task, today)}")
    day = div("sqm-soft", formats.day(task.due)) if urgency is not Urgency.UNDATED else NOTHING
    return div("sqm-when", said, day)
