"""One task as a line: what it is about as a link to where it is done, and what else helps to judge it."""

from collections.abc import Callable

from sqm.rules.access import Scope
from sqm.rules.audits.supplementary import Means
from sqm.rules.matrix.editions import Finding
from sqm.rules.people import Refusal
from sqm.rules.tasks.tasks import Code, Task
from sqm.ui import formats, links
from sqm.ui.audits import audits_words
from sqm.ui.decisions import people
from sqm.ui.doors import data_names
from sqm.ui.editions import data_editions, editions_words
from sqm.ui.home.tasks import data_tasks
from sqm.ui.markup import Html
from sqm.ui.stores.doors import data_standards
from sqm.ui.words import _, n_, name

Line = tuple[Html, str]
"""The link, and a grey text beside it ('' none)."""


def line(task: Task, scope: Scope) -> Line:
    return _LINES[task.code](task, scope)


def _is_only(scope: Scope) -> bool:
    """Whoever has one store need not read its name in every line."""
    return len(scope.stores or ()) == 1


def _store(task: Task, scope: Scope) -> str:
    return data_names.places(scope).place("store", task.store_code)


def _district(task: Task, scope: Scope) -> str:
    return data_names.places(scope).place("district", task.district_code)


def _signature(task: Task, scope: Scope) -> Line:
    title = data_names.names().indicator(task.indicator_code)
    link = links.link(title, "targets", proposal=task.subject, indicator="", counter="")
    return link, _("from {month} on", month=formats.month(task.month))


def _ruling(task: Task, scope: Scope) -> Line:
    item = data_standards.audit_names().item(task.detail)
    return links.link(_store(task, scope), "audits", view="appeals", rule=task.subject), item


def _waiting(task: Task, scope: Scope) -> Line:
    item = data_standards.audit_names().item(task.detail)
    if _is_only(scope):
        return links.link(item, "store", store=task.store_code), ""
    return links.link(_store(task, scope), "store", store=task.store_code), item


def _report(task: Task, scope: Scope) -> Line:
    choices = {"view": "coverage", "month": f"{task.month:%Y-%m}", "district": task.district_code}
    return links.link(_district(task, scope), "audits", **choices), formats.month(task.month)


def _action(task: Task, scope: Scope) -> Line:
    """Who acts comes to the form of the next step. An action of a whole district stands beside its stores."""
    found = data_tasks.action_of(task)
    owner = people.called(found.owner) if found else ""
    step = {"step": task.subject} if task.code is Code.MOVE_ACTION else {}
    if task.store_code:
        link = links.link(task.text, "store", store=task.store_code, **step)
        where = "" if _is_only(scope) else _store(task, scope)
    else:
        link = links.link(task.text, "stores", view="table", district=task.district_code, **step)
        where = _district(task, scope)
    return link, _(" · ").join(each for each in (where, owner) if each)


def _visit(task: Task, scope: Scope) -> Line:
    choices, month = {"store": task.store_code, "month": f"{task.month:%Y-%m}"}, formats.month(task.month)
    if _is_only(scope):
        return links.link(month, "store", **choices), ""
    return links.link(_store(task, scope), "store", **choices), month


def _month(task: Task, scope: Scope) -> Line:
    title = formats.month(task.month)
    return links.link(title, "months", month=f"{task.month:%Y-%m}", new="publish", revision="", moved=""), ""


def _indicator(task: Task, scope: Scope) -> Line:
    definition = data_editions.proposals()[task.subject].indicator.definition
    said = _("proposed by {who}", who=people.called(task.text))
    return links.link(name(definition), "editions", answer=task.subject), said


def _values(task: Task, scope: Scope) -> Line:
    choices = {"month": f"{task.month:%Y-%m}", "district": task.district_code}
    owed = _("{missing} of {expected} indicators missing", missing=task.count, expected=task.of)
    link = links.link(_district(task, scope), "matrix", **choices, cell="")
    return link, _(" · ").join((formats.month(task.month), owed))


def _means(task: Task, scope: Scope) -> Line:
    said = _(audits_words.MEANS[Means(task.detail)]) if task.detail else _("none was chosen yet")
    choices = {"view": "coverage", "month": f"{task.month:%Y-%m}", "district": task.district_code}
    return links.link(said, "audits", **choices), formats.month(task.month)


def _signal(task: Task, scope: Scope) -> Line:
    title = data_names.names().indicator(task.indicator_code)
    choices = {"district": "", "month": f"{data_names.all_months().last:%Y-%m}"}
    link = links.link(title, "watch", review=task.indicator_code, **choices)
    return link, _("since {month}", month=formats.month(task.month))


def _sample(task: Task, scope: Scope) -> Line:
    title = name(data_names.names().surveys.get(task.subject, {})) or task.subject
    filled = _("{n} of {quota} answers", n=formats.count(task.count), quota=formats.count(task.of))
    return links.link(title, "programme", study=task.subject, new=""), filled


def _wave(task: Task, scope: Scope) -> Line:
    title = name(data_names.names().surveys.get(task.subject, {})) or task.subject
    return links.link(title, "upload"), formats.month(task.month)


def _file(task: Task, scope: Scope) -> Line:
    return links.link(task.text, "upload"), n_("{n} row left out", "{n} rows left out", task.count)


def _lacking(task: Task, scope: Scope) -> Line:
    title = data_names.names().indicator(task.indicator_code)
    return links.link(title, "editions", audit=task.detail, answer=""), editions_words.lacks(Finding(task.detail))


def _audit(task: Task, scope: Scope) -> Line:
    choices = {"view": "coverage", "month": f"{task.month:%Y-%m}", "district": task.district_code}
    return links.link(_store(task, scope), "audits", **choices), _district(task, scope)


def _person(task: Task, scope: Scope) -> Line:
    why = _("no role") if task.detail == Refusal.NO_ROLE else _("no place that is open")
    return links.link(task.text, "people", person=task.subject, new=""), why


_LINES: dict[Code, Callable[[Task, Scope], Line]] = {
    Code.SIGN_TARGET_OWNER: _signature,
    Code.SIGN_TARGET_QUALITY: _signature,
    Code.RULE_APPEAL: _ruling,
    Code.APPEAL_WAITS: _waiting,
    Code.REPORT_AUDITS: _report,
    Code.CHASE_REPORT: _report,
    Code.MOVE_ACTION: _action,
    Code.CHASE_ACTION: _action,
    Code.ANSWER_VISIT: _visit,
    Code.PUBLISH_MONTH: _month,
    Code.PUBLISH_AGAIN: _month,
    Code.ANSWER_INDICATOR: _indicator,
    Code.SEND_VALUES: _values,
    Code.CHASE_VALUES: _values,
    Code.USE_MEANS: _means,
    Code.REVIEW_SIGNAL: _signal,
    Code.FILL_SAMPLE: _sample,
    Code.SEND_WAVE: _wave,
    Code.LOOK_AT_FILE: _file,
    Code.MEND_INDICATOR: _lacking,
    Code.AUDIT_STORE: _audit,
    Code.PLACE_PERSON: _person,
}
