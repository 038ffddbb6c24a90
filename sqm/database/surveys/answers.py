"""Answers person by person, for what monthly sums cannot say: pairs, drivers, features."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sqm.database.connection import Database
from sqm.database.queries import query
from sqm.database.scopes import scope_parameters
from sqm.rules.access import Scope

ABOUT = (
    "batch_id",
    "source_row",
    "respondent_id",
    "month",
    "answered_on",
    "method_code",
    "district_code",
    "store_code",
    "channel_code",
    "brand_code",
    "operator_code",
)
"""What is known of a respondent; the weight always is."""


@dataclass(frozen=True)
class Asked:
    """Which answers. Hashable, so that it can be part of a cache key. operators: () for all of them. about: the columns
    of ABOUT that are wanted."""

    survey: str
    items: tuple[str, ...]
    first: date
    last: date
    operators: tuple[str, ...] = ("own",)
    about: tuple[str, ...] = ABOUT


@dataclass(frozen=True)
class Answers:
    """people: one row a respondent (what was asked about them, weight) and a column an item, NaN where it was not
    answered.

    scales: lowest and highest possible answer of each item that the survey asked; an item whose batches differ in
    scale is left out, because its answers cannot be put together.
    """

    people: pd.DataFrame
    scales: dict[str, tuple[float, float]]


def answers(db: Database, scope: Scope, asked: Asked) -> Answers:
    """The answers that the viewer may see, in the order of batch and source row."""
    parameters = {"survey": asked.survey, "first": asked.first, "last": asked.last}
    places = db.frame(query("answers", "places"), {**parameters, "items": list(asked.items)})
    scales = _scales(places)
    places = places[places["item_code"].isin(scales)]
    shared = {**parameters, "operators": list(asked.operators), **scope_parameters(scope)}
    about = ", ".join(column for column in ABOUT if column in asked.about)
    parts = [
        db.frame(
            query("answers", "answers").format(about=about, scores=_picked(places_of, scales)),
            {**shared, "batches": batches},
        )
        for places_of, batches in _layouts(places)
    ]
    people = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["month", "weight"])
    return Answers(people, scales)


def _scales(places: pd.DataFrame) -> dict[str, tuple[float, float]]:
    kinds = places.drop_duplicates(["item_code", "scale_min", "scale_max"])
    single = kinds[~kinds["item_code"].duplicated(keep=False)]
    ends = zip(single["scale_min"], single["scale_max"], strict=True)
    return {str(code): (float(low), float(high)) for code, (low, high) in zip(single["item_code"], ends, strict=True)}


def _layouts(places: pd.DataFrame) -> Iterable[tuple[dict[str, int], list[str]]]:
    """Batches that keep the same items at the same places are read in one query."""
    layouts: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for batch, part in places.groupby("batch_id"):
        layout = tuple(zip(part["item_code"].astype(str), part["position"].astype(int), strict=True))
        layouts.setdefault(layout, []).append(str(batch))
    return [(dict(layout), batches) for layout, batches in layouts.items()]


def _picked(places_of: dict[str, int], items: Sequence[str] | dict[str, tuple[float, float]]) -> str:
    """The select list: one column an item, in one order for all layouts. Item codes are quoted as identifiers."""
    named = {item: '"' + item.replace('"', '""') + '"' for item in items}
    return ", ".join(
        f"scores[{places_of[item]}]::double as {name}" if item in places_of else f"null::double as {name}"
        for item, name in named.items()
    )
