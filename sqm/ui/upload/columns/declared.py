"""What an analyst declares for a whole file from a list: the field, with what the recipe says already."""

from collections.abc import Callable, Sequence

import streamlit as st

from sqm.intake.recipe import Recipe
from sqm.ui.words import language


def chosen(
    recipe: Recipe, constant: str, label: str, codes: Sequence[str], shown: Callable[[str], str], of: str = ""
) -> str:
    """The code in force; the first one where the recipe says none of them. of: the part of the step that asks."""
    said = recipe.constant(constant)
    return str(
        st.selectbox(
            label,
            codes,
            index=codes.index(said) if said in codes else 0,
            format_func=shown,
            key=f"upload_{of}{constant}_{language()}",
        )
    )
