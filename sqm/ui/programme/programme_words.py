"""Studies in words: who is asked, how, how often; what came, what is late, what weights cost."""

from datetime import date

from sqm.rules.surveys.studies import Audience, Cadence, Completeness, Mode
from sqm.rules.targets import Status
from sqm.ui import formats, status_style
from sqm.ui.doors.data_names import Record
from sqm.ui.markup import Html
from sqm.ui.programme.data_programme import StudyView, Wave, Worth, whole
from sqm.ui.words import N_, _, listed, n_, name

AUDIENCES = {
    Audience.CUSTOMERS: N_("customers"),
    Audience.VISITORS: N_("visitors of stores"),
    Audience.CALLERS: N_("callers of the hotline"),
    Audience.MANAGERS: N_("managers"),
    Audience.STAFF: N_("contact staff"),
}
MODES = {
    Mode.CATI: N_("telephone interview"),
    Mode.SMS: N_("text message"),
    Mode.WEB: N_("web form"),
    Mode.IN_STORE: N_("in the store"),
    Mode.HOTLINE: N_("right after the call"),
    Mode.FOCUS_GROUP: N_("focus group"),
}
CADENCES = {
    Cadence.DAILY: N_("every day"),
    Cadence.MONTHLY: N_("every month"),
    Cadence.QUARTERLY: N_("every quarter"),
    Cadence.YEARLY: N_("every year"),
    Cadence.OPEN: N_("always open"),
}
_FILLED = {
    Status.MET: N_("quota filled"),
    Status.NEAR: N_("nearly filled"),
    Status.MISSED: N_("short of its quota"),
    Status.NO_DATA: N_("nothing came"),
    Status.NO_TARGET: N_("no quota"),
}
_SOON = 3


def audience(code: str) -> str:
    return _(AUDIENCES[Audience(code)]) if code in set(Audience) else ""


def mode(code: str) -> str:
    return _(MODES[Mode(code)]) if code in set(Mode) else ""


def cadence(code: str) -> str:
    return _(CADENCES[Cadence(code)]) if code in set(Cadence) else ""


def agreed(record: Record) -> str:
    """customers · telephone interview · every month; where nobody said anything, that."""
    words = (audience(str(record["audience"])), mode(str(record["mode"])), cadence(str(record["cadence"])))
    return " · ".join(each for each in words if each) or _("nobody has said who is asked, how and how often")


def population(record: Record) -> str:
    """2,600,000: all customers"""
    size, who = whole(record["population"]), name(record, "population")
    if size is None:
        return who
    return _("{count}: {who}", count=formats.count(size), who=who) if who else formats.count(size)


def filled(status: Status) -> Html:
    """✓ quota filled; a study without a quota has no status."""
    return Html(status_style.badge(status, _(_FILLED[status])))


def of_quota(n: int, quota: int | None) -> str:
    """3,176 of 3,280"""
    return formats.count(n) if quota is None else _("{n} of {quota}", n=formats.count(n), quota=formats.count(quota))


def effective(view: StudyView, found: Worth) -> str:
    """What a sample is worth; nobody drew one where people chose themselves."""
    return formats.count(found.n_eff) if view.record["representative"] else formats.MISSING


def margin(view: StudyView, found: Worth) -> str:
    """± 1.4 pp; where nobody was drawn there is none: chance did not choose who answered."""
    if not view.record["representative"]:
        return _("none: not drawn")
    return formats.MISSING if found.margin is None else f"± {formats.points(found.margin).lstrip('+')}"


def complete(found: Completeness, held: tuple[date, ...]) -> str:
    """12 of 12 months; or which ones are missing."""
    if not held:
        return _("no wave yet")
    if found.missing:
        shown = listed([formats.month(each) for each in found.missing[-_SOON:]], most=_SOON)
        gaps = len(found.missing)
        return n_("{n} wave is missing: {months}", "{n} waves are missing, the last ones: {months}", gaps, months=shown)
    return n_("{n} wave, none is missing", "{n} waves, none is missing", found.expected)


def weights(wave: Wave) -> str:
    """Mean 1.00, largest 1.90; 3,280 answers are worth 3,137."""
    if wave.weights.largest <= 1.0 and wave.weights.deff <= 1.0:
        return _("not weighted")
    return _(
        "mean {mean}, largest {largest}, design effect {deff}: {n} answers are worth {n_eff}",
        mean=formats.number(wave.weights.mean, 2),
        largest=formats.number(wave.weights.largest, 2),
        deff=formats.number(wave.weights.deff, 2),
        n=formats.count(wave.n),
        n_eff=formats.count(wave.weights.n_eff),
    )


def finding(views: list[StudyView], month: date) -> str:
    """What needs somebody: late studies, then short ones; else that all is there."""
    asked = [view for view in views if view.waves and view.waves[0].month <= month]
    if not asked:
        return _("No study holds any answers yet")
    late = [name(view.record) for view in asked if view.completeness(month).late]
    if late:
        return n_(
            "{n} study is late in {month}: {studies}",
            "{n} studies are late in {month}: {studies}",
            len(late),
            month=formats.month(month),
            studies=listed(late),
        )
    waves = [(view, view.last(month)) for view in asked]
    here = [(view, wave) for view, wave in waves if wave is not None and wave.month == month]
    short = [name(view.record) for view, wave in here if wave.status in (Status.MISSED, Status.NEAR)]
    if short:
        return n_(
            "{n} study is short of its quota in {month}: {studies}",
            "{n} studies are short of their quotas in {month}: {studies}",
            len(short),
            month=formats.month(month),
            studies=listed(short),
        )
    studies = n_("{n} study has come in for {month}", "{n} studies have come in for {month}", len(here),
                 month=formats.month(month))  # fmt: skip
    wanted = sum(wave.status is Status.MET for _view, wave in here)
    if not wanted:
        return _("{studies}; none has a quota", studies=studies)
    return _("{studies}; {quotas}", studies=studies, quotas=n_("{n} quota is filled", "{n} quotas are filled", wanted))
