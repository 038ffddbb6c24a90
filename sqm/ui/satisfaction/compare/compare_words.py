"""Comparisons in words: ahead or behind beyond chance, or cannot be told apart; each with a symbol."""

from sqm.rules.rivals.lead import Lead, Standing
from sqm.rules.rivals.lead_rank import Place
from sqm.ui import formats
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.satisfaction.compare.benchmarks import operator_name
from sqm.ui.satisfaction.compare.data_compare import DistrictTable, ItemTable, is_judged
from sqm.ui.satisfaction.drivers.driver_words import short
from sqm.ui.satisfaction.satisfaction_choice import BEST_RIVAL, Choice
from sqm.ui.words import N_, _, listed, n_, name

_STANDINGS = {
    Standing.AHEAD: N_("↑ ahead"),
    Standing.BEHIND: N_("↓ behind"),
    Standing.NOT_DISTINGUISHABLE: N_("≈ within chance"),
    Standing.NO_INTERVAL: N_("too few answers to judge"),
}
_BESIDE_REST = {
    Standing.AHEAD: N_("↑ above the others"),
    Standing.BEHIND: N_("↓ below the others"),
    Standing.NOT_DISTINGUISHABLE: N_("≈ cannot be told apart"),
    Standing.NO_INTERVAL: N_("without an interval"),
    Standing.NO_DATA: N_("no others to compare with"),
}


def standing(lead: Lead) -> str:
    return _(_STANDINGS[lead.standing]) if lead.standing in _STANDINGS else ""


def beside_rest(lead: Lead, point: Record | None) -> str:
    if point is not None and thin(point):
        return _("too few answers to judge")
    return _(_BESIDE_REST[lead.standing])


def difference(lead: Lead, measure: str) -> str:
    """+1.8 ± 2.9 pp; points for means on 0-100."""
    if lead.difference is None:
        return formats.MISSING
    factor = 100.0 if measure == "share" else 1.0
    number = formats.number(lead.difference * factor, 1, signed=True)
    if lead.low is not None and lead.high is not None:
        number += f" ± {formats.number((lead.high - lead.low) / 2 * factor, 1)}"
    return _("{points} pp", points=number) if measure == "share" else number


def place(found: Place | None) -> str:
    """1 of 3; 1 to 2 of 3 where chance leaves it open."""
    if found is None:
        return formats.MISSING
    if found.is_certain:
        return _("{place} of {all}", place=found.rank, all=found.of)
    return _("{best} to {worst} of {all}", best=found.best, worst=found.worst, all=found.of)


def against(choice: Choice, names: Names) -> str:
    return operator_name(choice.against, names) if choice.against != BEST_RIVAL else _("the best rival")


def items_finding(found: ItemTable, choice: Choice, names: Names) -> str:
    """Ahead of the best rival in 2 of 10 questions, behind in 1 (Promotions overall), the rest cannot be told apart"""
    last = [(line.item, line.waves[-1].lead.standing) for line in found.lines if line.waves]
    if not found.has_others:
        return _("Only our customers were asked: nobody to compare with")
    ahead = [short(item, names) for item, each in last if each is Standing.AHEAD]
    behind = [short(item, names) for item, each in last if each is Standing.BEHIND]
    level = sum(each is Standing.NOT_DISTINGUISHABLE for _item, each in last)
    whom = against(choice, names)
    if not ahead and not behind:
        return _("No question can be told apart from {other}", other=whom) if level else _("Nothing to compare")
    parts = []
    if ahead:
        parts.append(
            n_("Ahead of {other} in {n} question", "Ahead of {other} in {n} questions", len(ahead), other=whom)
        )
    if behind:
        parts.append(
            n_("behind in {n}: {questions}", "behind in {n}: {questions}", len(behind), questions=listed(behind))
            if ahead
            else n_(
                "Behind {other} in {n} question: {questions}",
                "Behind {other} in {n} questions: {questions}",
                len(behind),
                other=whom,
                questions=listed(behind),
            )
        )
    if level:
        parts.append(n_("{n} cannot be told apart", "{n} cannot be told apart", level))
    return _("; ").join(parts)


def unit(choice: Choice) -> str:
    return _("satisfied customers, %") if choice.measure == "share" else _("mean on 0 to 100")


def survey(choice: Choice, names: Names) -> str:
    return name(names.surveys.get(choice.held.survey_code, {})) or choice.held.survey_code


def districts_finding(found: DistrictTable, district_names: dict[str, str]) -> str:
    """Below the other districts: East and South; above: West"""
    now = {code: cells[-1].lead.standing for code, cells in found.rows.items()}
    below = [district_names[code] for code, each in now.items() if each is Standing.BEHIND]
    above = [district_names[code] for code, each in now.items() if each is Standing.AHEAD]
    if not below and not above:
        return _("No district can be told apart from the others")
    parts = []
    if below:
        parts.append(_("Below the other districts: {districts}", districts=listed(below)))
    if above:
        parts.append(_("above them: {districts}", districts=listed(above)) if below else
                     _("Above the other districts: {districts}", districts=listed(above)))  # fmt: skip
    return _("; ").join(parts)


def thin(point: Record | None) -> bool:
    """Too few answers: grey, or hidden below 5."""
    return not is_judged(point)
