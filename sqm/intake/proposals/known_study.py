"""The next file of a study that was committed before maps itself: the same questions mean what they meant then."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqm.intake.first_look.look import Look
from sqm.intake.recipe import ColumnUse, Recipe
from sqm.intake.words import header_words, spelling

MONTH = "month"
_OF_ONE_FILE = (MONTH, "answered_on")  # what was declared for an earlier file says nothing of this one
_Key = tuple[str, int]


def recalled(look: Look, proposed: Recipe, committed: Sequence[Recipe]) -> Recipe | None:
    """The first of the committed recipes (newest first) that this file fits, laid over its columns; None without one.

    It fits when every column that was used is there, and no question came that the study did not ask: a question is
    what ``proposed``, the guess for this file alone, takes for one. Survey, questions, scales, values that mean no
    answer and constants are taken over; the method is the one in force in the file's month; the month comes from a
    column or from the file's name.
    """
    if proposed.is_template:
        return None
    return next((found for each in committed if (found := _laid_over(look, proposed, each)) is not None), None)


def _laid_over(look: Look, proposed: Recipe, before: Recipe) -> Recipe | None:
    if before.is_template:
        return None
    told = dict(zip(_keys([use.header for use in before.columns]), before.columns, strict=True))
    guessed = {use.position: use for use in proposed.columns}
    used = {key for key, use in told.items() if use.field != "ignore"}
    here = list(_keys([cell.text for cell in look.headers]))
    if not used or not used <= set(here):
        return None
    columns = []
    for at, (key, cell) in enumerate(zip(here, look.headers, strict=True)):
        if key in told:
            columns.append(replace(told[key], header=cell.text, position=at, label=told[key].label or cell.label))
        elif at in guessed and guessed[at].field == "item":
            return None
        else:
            columns.append(ColumnUse(cell.text, "ignore", position=at, label=cell.label, missing=cell.missing))
    return _of_this_file(look, proposed, replace(before, columns=_in_order(columns, before)))


def _in_order(columns: list[ColumnUse], before: Recipe) -> tuple[ColumnUse, ...]:
    """Questions in the order of the study, whatever the order of this file's columns."""
    places = {use.item_code: place for place, use in enumerate(before.items())}
    return tuple(sorted(columns, key=lambda use: (use.field == "item", places.get(use.item_code, 0))))


def _of_this_file(look: Look, proposed: Recipe, recipe: Recipe) -> Recipe:
    """Where the header stands and how the file is written is this file's; so is the month."""
    recipe = replace(
        recipe, sheet=proposed.sheet, header_row=proposed.header_row, skip_rows=proposed.skip_rows,
        delimiter=proposed.delimiter, encoding=proposed.encoding, method_code="", accept_good_rows=False,
        confirmed=False, constants=tuple(each for each in recipe.constants if each[0] not in _OF_ONE_FILE),
    )  # fmt: skip
    month = header_words.month_in_name(look.file_name)
    has_month = any(use.field in _OF_ONE_FILE for use in recipe.columns)
    return recipe if has_month or not month else recipe.with_constant(MONTH, month)


def _keys(headers: Sequence[str]) -> Iterator[_Key]:
    """Header and how often it stood before: a questionnaire may repeat its item numbers."""
    seen: Counter[str] = Counter()
    for text in headers:
        word = spelling.normal(text).casefold()
        yield word, seen[word]
        seen[word] += 1
