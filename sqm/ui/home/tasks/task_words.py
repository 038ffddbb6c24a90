"""What tasks are called, and how their dates read: "3 days left", "2 days overdue"."""

from datetime import date

from sqm.rules.tasks.tasks import Code, Group, Task, Urgency, overdue, own
from sqm.ui import formats
from sqm.ui.words import _, n_


def left(task: Task, today: date) -> str:
    """Its date against today."""
    days = task.days_left(today)
    if days is None:
        return _("no date")
    if days < 0:
        return n_("{n} day overdue", "{n} days overdue", -days)
    return n_("{n} day left", "{n} days left", days) if days else _("due today")


SIGNS = {Urgency.OVERDUE: "✕", Urgency.SOON: "▲", Urgency.AHEAD: "→", Urgency.UNDATED: "·"}
STYLES = {Urgency.OVERDUE: "missed", Urgency.SOON: "near", Urgency.AHEAD: "no_target", Urgency.UNDATED: "no_data"}


def finding(found: tuple[Task, ...], today: date) -> str:
    """11 things wait for you: 3 overdue; the next due on 30 Nov 2026

    Without any of one's own: what others still have to do.
    """
    tasks = own(found)
    if not tasks:
        nothing = _("Nothing waits for you")
        waiting = tuple(each for each in found if each not in tasks)
        return _("{told}; {parts}", told=nothing, parts=title(Group(waiting[0].code, waiting))) if waiting else nothing
    told = n_("{n} thing waits for you", "{n} things wait for you", len(tasks))
    late = overdue(tasks, today)
    ahead = min((each.due for each in tasks if each.due is not None and each.due >= today), default=None)
    parts = [n_("{n} overdue", "{n} overdue", late)] if late else []
    parts += [_("the next due on {day}", day=formats.day(ahead))] if ahead else []
    return _("{told}: {parts}", told=told, parts=_("; ").join(parts)) if parts else told


def title(group: Group) -> str:
    """A group's name with how many there are."""
    n = len(group.tasks)
    match group.code:
        case Code.SIGN_TARGET_OWNER | Code.SIGN_TARGET_QUALITY:
            return n_("{n} target waits for your signature", "{n} targets wait for your signature", n)
        case Code.RULE_APPEAL:
            return n_("{n} appeal waits for your ruling", "{n} appeals wait for your ruling", n)
        case Code.APPEAL_WAITS:
            return n_("{n} queried mark waits for a ruling", "{n} queried marks wait for a ruling", n)
        case Code.REPORT_AUDITS:
            return n_("{n} report of own audits to hand in", "{n} reports of own audits to hand in", n)
        case Code.MOVE_ACTION:
            return n_("{n} action open", "{n} actions open", n)
        case Code.CHASE_ACTION:
            return n_("{n} action is past its deadline", "{n} actions are past their deadlines", n)
        case Code.ANSWER_VISIT:
            return n_("{n} visit below the pass mark to answer", "{n} visits below the pass mark to answer", n)
        case Code.PUBLISH_MONTH:
            return n_("{n} month waits to be published", "{n} months wait to be published", n)
        case Code.PUBLISH_AGAIN:
            return n_(
                "{n} published month is no longer as it was published",
                "{n} published months are no longer as they were published",
                n,
            )
        case Code.ANSWER_INDICATOR:
            return n_("{n} proposed indicator to accept or refuse", "{n} proposed indicators to accept or refuse", n)
        case _code:
            return _of_data(group.code, n)


def _of_data(code: Code, n: int) -> str:
    match code:
        case Code.CHASE_REPORT:
            return n_("{n} district has not reported its own audits", "{n} districts have not reported theirs", n)
        case Code.SEND_VALUES:
            return n_("{n} district branch owes values", "{n} district branches owe values", n)
        case Code.CHASE_VALUES:
            return n_("{n} district owes values of the month", "{n} districts owe values of the month", n)
        case Code.USE_MEANS:
            return n_("{n} supplementary means not used", "{n} supplementary means not used", n)
        case Code.REVIEW_SIGNAL:
            return n_("{n} signal beyond chance to review", "{n} signals beyond chance to review", n)
        case Code.FILL_SAMPLE:
            return n_("{n} sample is behind its quota", "{n} samples are behind their quotas", n)
        case Code.SEND_WAVE:
            return n_("{n} survey wave did not come", "{n} survey waves did not come", n)
        case Code.LOOK_AT_FILE:
            return n_("{n} file left rows out", "{n} files left rows out", n)
        case Code.MEND_INDICATOR:
            return n_("{n} gap in the register of indicators", "{n} gaps in the register of indicators", n)
        case Code.AUDIT_STORE:
            return n_("{n} store is due for an audit", "{n} stores are due for an audit", n)
        case _code:
            return n_("{n} person may sign in and sees nothing", "{n} people may sign in and see nothing", n)
