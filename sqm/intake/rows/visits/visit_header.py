"""The columns of an audit file: nobody who was visited may be named, and something must say what the visit found."""

from sqm.intake.problems import Level, Problem, shown
from sqm.intake.recipe import ColumnUse, Recipe, Template
from sqm.intake.rows.visits.visit_stores import STORE_DAY
from sqm.intake.words import visit_words


def check(recipe: Recipe, used: dict[int, ColumnUse]) -> list[Problem]:
    """FILE problems that other kinds of files do not have."""
    problems = []
    staff = [use.header for _, use in sorted(used.items()) if _is_staff(use)]
    if staff:
        named = (("columns", " · ".join(shown(header) for header in staff)),)
        problems.append(Problem("staff_column", Level.FILE, column=staff[0], found="", values=named))
    fields = {use.field for use in used.values()}
    if recipe.is_template and recipe.template is Template.VISITS and not fields & {"item", "score"}:
        names = (("name_zh", "检测得分"), ("name_en", "visit_score"), ("similar", ""))
        problems.append(Problem("missing_column", Level.FILE, column="visit_score", values=names))
    return problems


def _is_staff(use: ColumnUse) -> bool:
    """A column of persons in any use but being left out; who visited may be named."""
    if use.field == "staff":
        return True
    return use.field not in ("ignore", "auditor") and visit_words.is_staff(use.header)


def needed(recipe: Recipe) -> list[set[str]]:
    """What a mapping cannot do without; of each choice one. A visit's number may tell the day and the store."""
    holds = recipe.constant("id_holds")
    store = {"store_code", "store_name"} | ({"visit_id"} if holds == STORE_DAY else set())
    day = {"visited_on"} | ({"visit_id"} if holds else set())
    if recipe.template is Template.VISITS:
        return [store, day, {"item", "failed_items", "score"}]
    found = [store, day, {"item_code"}, {"points"}]
    return found if recipe.constant("marks") in (visit_words.FAILED, visit_words.PASSED) else [*found, {"max_points"}]
