"""The table of columns in which an analyst corrects the proposal: a row a column, and back."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from sqm.intake.first_look.look import Look
from sqm.intake.proposals import remap
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.ui.doors.data_names import Names
from sqm.ui.upload.columns import question_roles

OF_SURVEYS = ("role", "pair", "item", "low", "high", "missing")
_SAMPLES = 3


def items(recipe: Recipe, known: Names) -> dict[str, str]:
    """Shown text -> item code: the register's items and those that this file would add."""
    listed = {f"{known.item(code)} ({code})": code for code in known.items}
    proposed = {
        f"{use.label or use.header} ({use.item_code})": use.item_code for use in recipe.columns if use.item_code
    }
    return listed | {text: code for text, code in proposed.items() if code not in known.items}


def table(look: Look, recipe: Recipe, field_texts: Mapping[str, str], item_texts: Mapping[str, str]) -> pd.DataFrame:
    """One row a column of the file, in the viewer's words. field_texts, item_texts: codes -> shown words."""
    rows = []
    for place, use in enumerate(recipe.columns):
        at = use.position if use.position >= 0 else place
        samples = [row[at] for row in look.samples[:_SAMPLES] if at < len(row) and row[at]]
        rows.append(
            {
                "header": f"{use.header} · {use.label}" if use.label not in ("", use.header) else use.header,
                "samples": " · ".join(samples),
                "field": field_texts.get(use.field, field_texts["ignore"]),
                "item": item_texts.get(use.item_code),
                "role": question_roles.role_name(use.role) if use.field == "item" else None,
                "pair": remap.pair_of(use) if use.field == "item" else "",
                "low": use.scale_min,
                "high": use.scale_max,
                "missing": ", ".join(use.missing),
            }
        )
    return pd.DataFrame(rows, columns=["header", "samples", "field", *OF_SURVEYS]).astype(
        {"low": "float64", "high": "float64", "item": "object", "role": "object"}
    )


def use_of(
    use: ColumnUse,
    row: dict[Hashable, Any],
    fields: Mapping[str, str],
    items: Mapping[str, str],
    roles: Mapping[str, str],
    survey_code: str,
) -> ColumnUse:
    """The column as the analyst's row says it. fields, items, roles: shown words -> codes.

    A new role or pair makes a new code, unless another question was chosen."""
    field = fields[str(row["field"])]
    if field != "item":
        return replace(use, field=field, missing=_split(row["missing"]))
    code = items.get(str(row["item"]), "") or use.item_code or remap.new_item_code(use)
    named = replace(use, item_code=code, role=question_roles.role_of(code) or use.role)
    role, pair = roles.get(str(row["role"]), named.role), _text(row["pair"])
    if code == use.item_code and (role, pair) != (use.role, remap.pair_of(use)):
        named = remap.asked_as(use, survey_code, role, pair)
    return replace(
        named,
        field=field,
        scale_min=_float(row["low"]),
        scale_max=_float(row["high"]),
        missing=_split(row["missing"]),
    )


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()


def _split(value: object) -> tuple[str, ...]:
    text = _text(value)
    return tuple(part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip())


def _float(value: object) -> float | None:
    return None if value is None or value != value else float(str(value))
