"""Guesses for files that are no template of ours: by header words, then by values."""

from collections.abc import Mapping

from sqm.intake.look import Look
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.register import Register


def free_recipe(look: Look, register: Register, remembered: Mapping[str, ColumnUse], base: Recipe) -> Recipe:
    raise NotImplementedError
