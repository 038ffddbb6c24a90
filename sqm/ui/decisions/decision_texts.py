"""Why a decision was refused, as a sentence with what to do instead."""

from collections.abc import Iterable
from datetime import datetime

from sqm.errors import SqmError
from sqm.rules.matrix.agreements import Problem
from sqm.ui import formats
from sqm.ui.decisions import people
from sqm.ui.upload import problem_texts
from sqm.ui.words import N_, _

_ERRORS = {
    "decision_unknown": N_("This was taken back or answered meanwhile. Reload the page."),
    "decision_closed": N_("Somebody has answered this meanwhile. Nothing was recorded."),
    "seal_stands": N_("A published month stays published. Publish a revision instead."),
    "indicator_not_listed": N_("{indicator} is not in the catalogue, so it can have no target."),
    "indicator_code_taken": N_("The code {indicator} is empty or taken. Choose another one."),
    "indicator_place_unknown": N_("{place} is no process or dimension of the matrix."),
    "month_sealed": N_("{month} is published, so nothing may change it. Choose a later month."),
    "month_not_over": N_("{month} is not over yet: it can be published from the first day of the next month on."),
    "month_without_data": N_("{month} holds no values yet, so there is nothing to publish."),
    "index_month_over": N_("{month} is over, so the weights of its index stay as they were."),
    "study_unknown": N_("{study} is no survey. Reload the page."),
    "study_in_use": N_("{study} cannot be taken back: answers were stored under it. Undo their files first."),
    "method_code_taken": N_("There is a method {method} already. Reload the page."),
    "audit_item_unknown": N_("{item} is no item of this visit. Reload the page."),
    "audit_visit_unknown": N_("There is no visit {visit} any more. Reload the page."),
    "audit_visit_rejected": N_("The report of {visit} was rejected: it counts nowhere, so there is nothing to query."),
    "audit_place_wrong": N_("{place} is not the place of this visit, or is in no register. Reload the page."),
    "audit_points_outside": N_("Nothing was recorded: the item earns at most {most} points."),
    "appeal_same_points": N_("Nothing was recorded: the item has these points already."),
    "appeal_open": N_("An appeal on this item waits for its ruling already."),
    "own_appeal": N_("Nobody rules on their own appeal. Somebody else of the quality department does."),
    "action_deadline_over": N_("Nothing was recorded: the deadline is over already."),
    "action_step": N_("Nothing was recorded: an action is done only after its effect was checked."),
    "means_count": N_("Nothing was recorded: choose one or two of the three means."),
    "month_over": N_("A month that is over keeps what was in force in it. Choose a later one."),
    "standard_value": N_("Nothing was recorded: the standard cannot have this value."),
    "standard_crossed": N_("Nothing was recorded: full marks would end after no marks begin."),
    "person_reason": N_("Nothing was recorded: say why."),
    "person_name": N_("Nothing was recorded: the name is missing."),
    "person_unidentified": N_("Nothing was recorded: without an e-mail or a subject nobody can be recognised."),
    "person_email": N_("Nothing was recorded: {email} is no e-mail address."),
    "person_place": N_("Nothing was recorded: this role needs a district or a store."),
    "person_taken": N_("Nothing was recorded: {name} has this e-mail or subject already."),
    "person_changed": N_("Somebody has changed this person meanwhile. Nothing was recorded; look again."),
    "last_administrator": N_("Nothing was recorded: nobody would be left who may change people."),
    "own_rights": N_("Nobody changes their own account. Somebody else of the quality department does."),
    "month_unchanged": N_("{month} is published, and nothing has changed since."),
}
_PROBLEMS = {
    Problem.NO_STEPS: N_("say from which month the target holds"),
    Problem.STEPS_NOT_RISING: N_("the months of the steps must follow each other"),
    Problem.NOT_A_MONTH: N_("a target starts on the first day of a month"),
    Problem.BEFORE_CURRENT_MONTH: N_("a target cannot start in a month that is over"),
    Problem.MONTH_IS_SEALED: N_("a target cannot start in a published month"),
    Problem.BOUND_MISSING: N_("the bound that the indicator is judged by is missing"),
    Problem.BOUNDS_CROSSED: N_("the lower bound lies above the upper one"),
    Problem.TOLERANCE_NEGATIVE: N_("the tolerance is negative"),
    Problem.NO_REASON: N_("the reason is missing"),
}


def sentence(refused: SqmError) -> str:
    """The advice in the viewer's language."""
    if refused.code == "target_problem":
        codes = str(refused.values.get("problems", "")).split(", ")
        return _("Nothing was recorded: {problems}.", problems=reasons(codes))
    if refused.code == "changed_meanwhile":
        who, at = people.called(str(refused.values["who"])), refused.values["at"]
        time = formats.moment(at if isinstance(at, datetime) else None)
        return _("Changed meanwhile: {who}, {time} (UTC). Nothing was recorded; look again.", who=who, time=time)
    if refused.code in _ERRORS:
        return _(_ERRORS[refused.code], **{key: str(value) for key, value in refused.values.items()})
    return problem_texts.sentence(refused)


def reasons(problems: Iterable[str]) -> str:
    """What stands against a target, as parts of a sentence."""
    return _(", ").join(_(_PROBLEMS[Problem(code)]) if code in set(Problem) else code for code in problems)
