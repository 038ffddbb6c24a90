"""What a question asks for, in words, and which pairs the analyst's mapping makes."""

from sqm.intake.recipe import Recipe
from sqm.intake.rows import header_check
from sqm.rules.surveys import instrument
from sqm.rules.surveys.instrument import Facet
from sqm.ui import blocks
from sqm.ui.doors.data_names import names
from sqm.ui.words import N_, _, n_

_ROLES = {
    "overall": N_("overall satisfaction"),
    "item": N_("satisfaction with one thing"),
    Facet.EXPECTATION: N_("expectation"),
    Facet.PERCEPTION: N_("perception"),
    Facet.IMPORTANCE: N_("importance"),
    "recommend": N_("would recommend"),
    Facet.FUNCTIONAL: N_("Kano: with the feature"),
    Facet.DYSFUNCTIONAL: N_("Kano: without the feature"),
    Facet.ADEQUATE: N_("adequate service (zone of tolerance)"),
    Facet.DESIRED: N_("desired service (zone of tolerance)"),
    Facet.ESTIMATE: N_("managers: what customers expect"),
    Facet.STANDARD: N_("managers: how formal the standard is"),
    Facet.DELIVERY: N_("contact staff: able to meet the standard"),
    Facet.PROMISE: N_("contact staff: promises are kept"),
    "other": N_("something else"),
}
_PAIRS = (
    (Facet.EXPECTATION, Facet.PERCEPTION),
    (Facet.IMPORTANCE, Facet.PERCEPTION),
    (Facet.FUNCTIONAL, Facet.DYSFUNCTIONAL),
)
_NAMED = 5


def roles() -> dict[str, str]:
    """Words -> role, in the order of the list."""
    return {_(text): str(role) for role, text in _ROLES.items()}


def role_name(role: str) -> str | None:
    """The role's words; None for a role that is not offered (process)."""
    return _(_ROLES[role]) if role in _ROLES else None


def role_of(item_code: str) -> str:
    """The role of an item that the register knows."""
    return str(names().items.get(item_code, {}).get("role", ""))


def pair_help() -> str:
    return _(
        "The halves of a pair have the same word here, such as 07. Kano answers may be words or 1 like … 5 dislike."
    )


def show_pairs(recipe: Recipe) -> None:
    """24 pairs of expectation and perception · ...; and which halves have no partner."""
    found = instrument.topics((use.item_code, use.role, "") for use in recipe.items())
    counts = [len(instrument.pairs(found, *pair)) for pair in _PAIRS]
    lone = header_check.alone(recipe.items())
    if not any(counts) and not lone:
        return
    blocks.facts(
        (_("Expectation and perception"), n_("{n} pair", "{n} pairs", counts[0]) if counts[0] else ""),
        (_("Importance and satisfaction"), n_("{n} pair", "{n} pairs", counts[1]) if counts[1] else ""),
        (_("Kano, with and without"), n_("{n} pair", "{n} pairs", counts[2]) if counts[2] else ""),
    )
    if lone:
        between = " · "
        told = between.join(f"{use.header} ({role_name(facet)})" for facet, use in lone[:_NAMED])
        blocks.footnote(
            n_("{n} half has no partner: {columns}", "{n} halves have no partner: {columns}", len(lone), columns=told)
        )
