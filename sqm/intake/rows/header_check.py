"""Do the columns of a file cover what its template needs, once each?"""

from collections.abc import Sequence

from sqm.intake.problems import Level, Problem, shown
from sqm.intake.recipe import AUDITS, ColumnUse, Recipe, Template
from sqm.intake.rows.visits import visit_header
from sqm.intake.words import vocabulary
from sqm.intake.words.spelling import header as folded
from sqm.rules.surveys import instrument
from sqm.rules.surveys.instrument import Facet

_MAY_REPEAT = frozenset({"ignore", "phone", "staff"})
# What a half cannot be read without, any one of them.
_PARTNERS: dict[Facet, tuple[Facet, ...]] = {
    Facet.EXPECTATION: (Facet.PERCEPTION,),
    Facet.PERCEPTION: (Facet.EXPECTATION, Facet.IMPORTANCE, Facet.ADEQUATE, Facet.DESIRED),
    Facet.IMPORTANCE: (Facet.PERCEPTION,),
    Facet.FUNCTIONAL: (Facet.DYSFUNCTIONAL,),
    Facet.DYSFUNCTIONAL: (Facet.FUNCTIONAL,),
}
_ALONE = {
    Facet.EXPECTATION: "expectation_alone",
    Facet.PERCEPTION: "perception_alone",
    Facet.IMPORTANCE: "importance_alone",
    Facet.FUNCTIONAL: "kano_alone",
    Facet.DYSFUNCTIONAL: "kano_alone",
}
_NAMED = 5


def places(recipe: Recipe, headers: Sequence[str]) -> dict[int, ColumnUse]:
    """Position in the file -> use. By position when the header there is the same, else by header text."""
    found: dict[int, ColumnUse] = {}
    for use in recipe.columns:
        at = use.position
        if not (0 <= at < len(headers) and headers[at] == use.header):
            named = [i for i, text in enumerate(headers) if text == use.header and i not in found]
            named = named or [i for i, text in enumerate(headers) if folded(text) == folded(use.header) and text]
            at = next((i for i in named if i not in found), -1)
        if at >= 0:
            found[at] = use
    return found


def check(recipe: Recipe, headers: Sequence[str], used: dict[int, ColumnUse], filled: Sequence[bool]) -> list[Problem]:
    """FILE problems for what is missing or doubled, warnings for columns that are left out.

    filled: for every column without a header, whether any row has something in it.
    """
    problems = _doubled(used)
    if recipe.template in AUDITS:
        problems += visit_header.check(recipe, used)
    if recipe.confirmed:
        problems += _missing_of_mapping(recipe, used)
    elif recipe.is_template:
        problems += _missing_of_template(recipe.template, used, headers)
    else:
        problems.append(_mapping_needed(recipe, headers))
    if not any(problem.level is Level.FILE for problem in problems) and not recipe.confirmed:
        problems += _left_out(recipe.template, headers, used, filled)
    return problems + (_halves_alone(list(used.values())) if recipe.template is Template.SURVEY else [])


def alone(uses: Sequence[ColumnUse]) -> list[tuple[Facet, ColumnUse]]:
    """Questions that ask for one half of a pair whose other half is not among them. An overall question is whole."""
    asked = [use for use in uses if use.field == "item"]
    stems = {topic.stem: topic for topic in instrument.topics((use.item_code, use.role, "") for use in asked)}
    found = []
    for use in asked:
        stem, facet = instrument.stem_of(use.item_code, use.role)
        if facet in _PARTNERS and facet == use.role and not any(stems[stem].has(other) for other in _PARTNERS[facet]):
            found.append((facet, use))
    return found


def _halves_alone(uses: Sequence[ColumnUse]) -> list[Problem]:
    """One remark for each kind of half: its answers are stored, only no pair can be made of them."""
    groups: dict[str, list[str]] = {}
    for facet, use in alone(uses):
        groups.setdefault(_ALONE[facet], []).append(use.header)
    return [
        Problem(code, Level.NOTE, column=headers[0], values=(
            ("columns", " · ".join(shown(header) for header in headers[:_NAMED])), ("total", str(len(headers)))))
        for code, headers in groups.items()
    ]  # fmt: skip


def _doubled(used: dict[int, ColumnUse]) -> list[Problem]:
    groups: dict[tuple[str, str], list[ColumnUse]] = {}
    for use in used.values():
        if use.field not in _MAY_REPEAT:
            groups.setdefault((use.field, use.item_code), []).append(use)
    problems = []
    for group in groups.values():
        if len(group) > 1:
            values = (("count", str(len(group))), ("other", shown(group[1].header)))
            problems.append(Problem("duplicate_column", Level.FILE, column=group[0].header, values=values))
    return problems


def _missing_of_template(template: Template, used: dict[int, ColumnUse], headers: Sequence[str]) -> list[Problem]:
    have = {(use.field, use.item_code) for use in used.values()}
    chinese = any("\u4e00" <= character <= "\u9fff" for text in headers for character in text)
    free = [text for at, text in enumerate(headers) if text and (at not in used or used[at].field == "ignore")]
    problems = []
    for column in vocabulary.COLUMNS[template]:
        if column.required and (column.field, column.item_code) not in have:
            name = column.name_zh if chinese else column.name_en
            similar = vocabulary.similar_header(name, free)
            values = (("name_zh", column.name_zh), ("name_en", column.name_en), ("similar", shown(similar)))
            problems.append(Problem("missing_column", Level.FILE, column=name, values=values))
    return problems


def _missing_of_mapping(recipe: Recipe, used: dict[int, ColumnUse]) -> list[Problem]:
    """What no mapping can do without."""
    have = {use.field for use in used.values()} | {name for name, value in recipe.constants if value}
    if recipe.template is Template.SURVEY:
        needed = [{"item"}, {"answered_on", "month"}]
    elif recipe.template is Template.INDICATOR:
        needed = [{"indicator"}, {"month"}, {"value", "rate", "numerator"}]
    elif recipe.template is Template.STORES:
        needed = [{"store_code"}, {"name_zh", "name_en"}, {"district_code"}]
    elif recipe.template in AUDITS:
        needed = visit_header.needed(recipe)
    else:
        needed = [{"indicator"}, {"valid_from"}, {"low", "high"}, {"department"}, {"reason"}]
    return [
        Problem("missing_column", Level.FILE, column="/".join(sorted(choice)), values=(
            ("name_zh", ""), ("name_en", "/".join(sorted(choice))), ("similar", "")))
        for choice in needed
        if not choice & have
    ]  # fmt: skip


def _mapping_needed(recipe: Recipe, headers: Sequence[str]) -> Problem:
    named = [column.name_zh for column in vocabulary.COLUMNS[recipe.template] if column.required]
    return Problem(
        "mapping_needed", Level.FILE, recipe.header_row or None,
        found=", ".join(shown(text) for text in list(headers)[:6]), values=(("missing", ", ".join(named)),),
    )  # fmt: skip


def _left_out(
    template: Template, headers: Sequence[str], used: dict[int, ColumnUse], filled: Sequence[bool]
) -> list[Problem]:
    """Columns of a template file that nobody asked for: said, so that nothing is dropped in silence."""
    named = {(use.field, use.item_code) for use in used.values()}
    free = {
        name: column
        for column in vocabulary.COLUMNS[template]
        for name in (column.name_zh, column.name_en)
        if (column.field, column.item_code) not in named
    }
    problems = []
    for at, text in enumerate(headers):
        if at in used and used[at].field != "ignore":
            continue
        if text:
            similar = vocabulary.similar_header(text, list(free))
            problems.append(Problem("unknown_column", Level.WARNING, column=text, values=(("similar", similar),)))
        elif at < len(filled) and filled[at]:
            problems.append(Problem("unnamed_column", Level.WARNING, values=(("position", str(at + 1)),)))
    return problems
