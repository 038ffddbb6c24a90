"""Findings, leads and correlations in words. "Goes with", never "causes": nobody has tried anything out here."""

from sqm.rules.drivers.lead_lag import Verdict
from sqm.rules.drivers.watermelon import Mismatch
from sqm.ui import formats
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.markup import Html, footnote
from sqm.ui.relations.data_relations import RelationsView
from sqm.ui.words import N_, _, listed, n_, name

_VERDICTS = {
    Verdict.LEADS: N_("beyond chance"),
    Verdict.UNCLEAR: N_("may be chance"),
    Verdict.MOVES_NOTHING: N_("no relation found"),
    Verdict.NOT_ENOUGH_MONTHS: N_("too few months"),
}
_KINDS = {
    Mismatch.GREEN_OUTSIDE: N_("green outside, red inside"),
    Mismatch.RED_OUTSIDE: N_("red outside, green inside"),
}
_LEAST_SHOWN, _USUAL = 0.001, 0.9


def kind(code: str) -> str:
    return _(_KINDS[Mismatch(code)])


def verdict(row: Record) -> str:
    return _(_VERDICTS[Verdict(row["verdict"])])


def finding(view: RelationsView, names: Names) -> str:
    """2 processes are green outside and red inside: Promotions and Stores"""
    green = _processes(view, names, Mismatch.GREEN_OUTSIDE)
    if green:
        return n_(
            "{n} process is green outside and red inside: {processes}",
            "{n} processes are green outside and red inside: {processes}",
            len(green),
            processes=listed(green, most=4),
        )
    red = _processes(view, names, Mismatch.RED_OUTSIDE)
    if red:
        return n_(
            "{n} process is red outside, though customers see no miss: {processes}",
            "{n} processes are red outside, though customers see no miss: {processes}",
            len(red),
            processes=listed(red, most=4),
        )
    return _("Operations and customers agree in every process")


def leads_finding(view: RelationsView, names: Names) -> str:
    """Share of self-service transactions runs 2 months ahead of Satisfaction with stores"""
    rows = view.of(Verdict.LEADS)
    if not rows:
        if all(row["verdict"] == Verdict.NOT_ENOUGH_MONTHS for row in view.best):
            return _("Too few months to tell which operations indicator customers feel")
        return _("No operations indicator goes with what customers feel by more than chance")
    if len(rows) == 1:
        row = rows[0]
        first, second = names.indicator(row["indicator_code"]), names.indicator(row["response_code"])
        if not row["lead"]:
            return _("{indicator} moves together with {response}", indicator=first, response=second)
        return n_(
            "{indicator} runs {n} month ahead of {response}",
            "{indicator} runs {n} months ahead of {response}",
            int(row["lead"]),
            indicator=first,
            response=second,
        )
    return n_(
        "{n} operations indicator goes with what customers feel by more than chance",
        "{n} operations indicators go with what customers feel by more than chance",
        len(rows),
    )


def silent_finding(view: RelationsView) -> str:
    """53 operations indicators move nothing that customers feel"""
    return n_(
        "{n} operations indicator moves nothing that customers feel",
        "{n} operations indicators move nothing that customers feel",
        len(view.of(Verdict.MOVES_NOTHING)),
    )


def lead(row: Record) -> str:
    """2 months ahead · same month"""
    months = int(row["lead"])
    return n_("{n} month ahead", "{n} months ahead", months) if months else _("same month")


def strength(row: Record) -> str:
    """+0.90"""
    return formats.number(float(row["correlation"]), 2, signed=True)


def sign(row: Record) -> str:
    """What a plus or a minus means: which way is better is known of every indicator."""
    if row["correlation"] > 0:
        return _("better goes with better")
    return _("better goes with worse")


def chance(row: Record) -> str:
    """How often pure noise would show as much anywhere among so many pairs."""
    p = float(row["p_adjusted"])
    if p > _USUAL:
        return _("pure noise usually shows as much")
    shown = f"< {formats.share(_LEAST_SHOWN)}" if p < _LEAST_SHOWN else formats.share(p)
    return _("pure noise shows as much in {share} of cases", share=shown)


def sample(row: Record) -> str:
    """n = 33 pairs of months"""
    return _("{n} pairs of months", n=int(row["n"]))


def period(view: RelationsView) -> str:
    """Nov 2023 – Oct 2026"""
    return formats.months(view.months[0], view.months[-1])


def notes(view: RelationsView, names: Names) -> Html:
    """How it was found, once for the whole page; and who could not be looked at."""
    unknown = [names.indicator(row["indicator_code"]) for row in view.of(Verdict.NOT_ENOUGH_MONTHS)]
    return footnote(
        _(
            "Associated, not caused: nobody has tried anything out. Each operations indicator is compared with the "
            "overall perception and the first complaint indicator of its process, in the same month and up to 6 months "
            "later. Compared are the surprises of each month by rank (Spearman): what is left without the trend, the "
            "season, changes of method and the month before, because two series that only climb, or share a season, "
            "agree by chance."
        ),
        _(
            "Beyond chance: after correction for 7 leads (Bonferroni) and {pairs} pairs (Holm), pure noise would show "
            "a single such relation on the whole page in fewer than 5 of 100 cases. At least 24 months are needed.",
            pairs=view.looks,
        ),
        _("Too few months or values to tell: {indicators}.", indicators=listed(unknown, most=6)) if unknown else "",
    )


def _processes(view: RelationsView, names: Names, code: Mismatch) -> list[str]:
    return [name(names.processes[row["process_code"]]) for row in view.mismatches if row["code"] == code]
