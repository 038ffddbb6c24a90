"""Drivers in words. "Associated with", never "raises": nobody has tried anything out here."""

from sqm.rules.drivers.drivers import Dropped, Flag, KeyDrivers, Missing, State, Wording
from sqm.rules.drivers.importance import ImportanceMap, Quadrant
from sqm.rules.surveys.instrument import PROCESS_ROLE
from sqm.ui import formats
from sqm.ui.doors.data_names import Names
from sqm.ui.satisfaction.drivers.data_drivers import DriversView
from sqm.ui.satisfaction.satisfaction_choice import Choice
from sqm.ui.words import N_, _, listed, n_, name

CLEARLY, PERHAPS = 0.95, 0.05
_STATES = {
    State.TOO_FEW: N_("Too few answers to say what goes with {outcome}"),
    State.NO_DRIVER: N_("No question can be compared with {outcome}"),
    State.NO_VARIATION: N_("Everybody gave the same answer about {outcome}"),
    State.CONTRADICTORY: N_("The pairs of questions contradict each other: nothing can be said of {outcome}"),
}
_QUADRANTS = {
    Quadrant.CONCENTRATE: N_("concentrate here"),
    Quadrant.KEEP_UP: N_("keep up"),
    Quadrant.LOW_PRIORITY: N_("low priority"),
    Quadrant.OVERKILL: N_("possible overkill"),
}
_FLAGS = {
    Flag.NEGATIVE: N_("negative beside the others"),
    Flag.COLLINEAR: N_("says the same as others"),
    Flag.INSEPARABLE: N_("hardly to be told from others"),
}
_DROPPED = {
    Dropped.NOT_ANSWERED: N_("not answered"),
    Dropped.CONSTANT: N_("the same from everybody"),
}


def short(item: str, names: Names) -> str:
    """A process by its own name rather than by that of its overall question."""
    row = names.items.get(item, {})
    process = names.processes.get(str(row.get("process_code", "")), {}) if row.get("role") == PROCESS_ROLE else {}
    return name(process) or names.item(item)


def quadrant(code: Quadrant) -> str:
    return _(_QUADRANTS[code])


def finding(found: KeyDrivers, outcome: str, names: Names) -> str:
    """Mobile data speed is most strongly associated with Network quality overall: 60.1 % of what is explained"""
    title = names.item(outcome)
    if found.state is not State.SHOWN:
        return _(_STATES[found.state], outcome=title)
    first = found.drivers[0]
    if len(found.drivers) == 1 or first.rank_chances[0] >= CLEARLY:
        return _(
            "{driver} is most strongly associated with {outcome}: {share} of what is explained",
            driver=short(first.code, names),
            outcome=title,
            share=formats.share(first.share),
        )
    leading = [short(each.code, names) for each in found.drivers if each.rank_chances[0] >= PERHAPS]
    return _(
        "No single first: {drivers} are associated with {outcome} about equally strongly",
        drivers=listed(leading, most=3),
        outcome=title,
    )


def under(view: DriversView, choice: Choice, names: Names) -> str:
    """Unit, survey, months, n and how much the drivers explain together."""
    found = view.found
    survey = name(names.surveys.get(choice.held.survey_code, {})) or choice.held.survey_code
    parts = [_("share of the explained part, %"), survey, formats.months(view.first, view.last), sample(found)]
    if found.r2 is not None and found.r2_interval is not None:
        explained = formats.share_interval(found.r2, found.r2_interval.low, found.r2_interval.high)
        parts.append(_("together they explain {share} of the differences (R²)", share=explained))
    return " · ".join(parts)


def sample(found: KeyDrivers) -> str:
    """n = 11,587 of 39,360"""
    if found.missing is Missing.PAIRWISE:
        return _(
            "at least n = {n} for each pair of questions, {all} people", n=formats.count(found.n),
            all=formats.count(found.n_all),
        )  # fmt: skip
    return _("n = {n} of {all} people", n=formats.count(found.n), all=formats.count(found.n_all))


def too_few(found: KeyDrivers) -> str:
    """What would be needed."""
    return _(
        "At least {least} people who answered the questions together are needed; {n} did.",
        least=formats.count(found.least),
        n=formats.count(found.n),
    )


def method(view: DriversView, names: Names) -> list[str]:
    """How it was found, what may be read out of it, and who was left out."""
    found = view.found
    lines = [
        _(
            "Associated, not caused: people who score the question higher also score the outcome higher; nobody has "
            "tried out what happens if it is improved."
        ),
        _(
            "The explained part of the differences (R²) is shared out by Shapley values (LMG). Thin lines: 95 % "
            "intervals of 1,000 resamples of {units}.",
            units=_("stores") if found.by_cluster else _("people"),
        ),
    ]
    if found.missing is Missing.PAIRWISE:
        lines.append(
            _(
                "Each person is asked some of the questions in rotation and nobody all of them; every correlation "
                "comes from the people who were asked both questions."
            )
        )
    else:
        lines.append(_("Only people who answered all of these questions count."))
    if found.dropped:
        dropped = [f"{names.item(code)} ({_(_DROPPED[why])})" for code, why in found.dropped.items()]
        lines.append(_("Left out: {questions}.", questions=listed(dropped, most=6)))
    note = name(names.methods.get(view.method, {}), "note")
    return [*lines, _("One method only: {method}", method=note)] if note else lines


def warnings(found: KeyDrivers) -> dict[str, str]:
    """What to know of a driver, by code; drivers without a warning are not in it."""
    told = {}
    for each in found.drivers:
        words = [_(_FLAGS[flag]) for flag in each.flags]
        if each.wording is Wording.NOT_DISTINGUISHABLE:
            words.append(_("not distinguishable from chance"))
        elif each.wording is Wording.ASSOCIATED_INVERSELY:
            words.append(_("associated inversely"))
        if words:
            told[each.code] = ", ".join(words)
    return told


def map_finding(placed: ImportanceMap, names: Names) -> str:
    """Concentrate here: Promotions and Stores matter more than average and score below it"""
    urgent = [short(each.attribute.code, names) for each in placed.placed if each.quadrant is Quadrant.CONCENTRATE]
    if placed.is_flat and len(placed.placed) > 1:
        return _("No question matters clearly more or less than the others")
    if not urgent:
        return _("Nothing that matters more than average scores below average")
    return n_(
        "Concentrate here: {questions} matters more than average and scores below it",
        "Concentrate here: {questions} matter more than average and score below it",
        len(urgent),
        questions=listed(urgent),
    )


def importance_title(view: DriversView) -> str:
    if view.is_stated:
        return _("Importance as customers say, 0 to 100")
    return _("Importance: share of the explained part, %")


def map_under(view: DriversView) -> str:
    """Where importance comes from, and what the cross-hairs are."""
    if view.is_stated:
        source = _("importance as customers say it")
    elif view.is_flat:
        source = _("importance derived from the answers: asked outright, everything seemed equally important")
    else:
        source = _("importance derived from the answers (above)")
    return _(
        "{source}; satisfaction: mean on 0 to 100. Dashed: the means of all points. Thin lines: 95 % intervals; where "
        "one reaches across a dashed line the place is not certain. Axes do not start at 0.",
        source=source,
    )
