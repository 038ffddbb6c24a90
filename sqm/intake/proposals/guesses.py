"""Guesses for files that are no template of ours: by header words, then by values."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from sqm.intake.first_look.look import HeaderCell, Look
from sqm.intake.proposals import question_pairs
from sqm.intake.recipe import FIELDS, ColumnUse, Recipe, Template
from sqm.intake.register import Register
from sqm.intake.rows.surveys import items
from sqm.intake.words import dates, header_words, kano_words, numbers, spelling

_MISSING_CODES = frozenset({"-1", "-9", "-99", "-97", "-98", "88", "97", "98", "99", "997", "998", "999", "9999"})
_MOST_POINTS = 11
_ENOUGH_LISTS = 5
_OWN = "own"


def free_recipe(look: Look, register: Register, remembered: Mapping[str, ColumnUse], base: Recipe) -> Recipe:
    """A proposal for every column. Never confirmed: the analyst has the last word."""
    words = [_words(cell) for cell in look.headers]
    by_field = assigned(words, look, header_words.INDICATOR_WORDS, partial(_fits, register))
    if "indicator" in by_field.values() and {"value", "rate", "numerator"} & set(by_field.values()):
        recipe = replace(base, template=Template.INDICATOR, columns=_plain_uses(look, by_field))
    else:
        recipe = _survey(look, register, base, words)
    recipe = replace(recipe, columns=tuple(_recalled(use, remembered, recipe.template) for use in recipe.columns))
    have = {use.field for use in recipe.columns}
    month = header_words.month_in_name(look.file_name)
    if month and not have & {"month", "answered_on"}:
        recipe = recipe.with_constant("month", month)
    if recipe.template is Template.SURVEY and "operator" not in have and _OWN in register.labels.get("operator", {}):
        recipe = recipe.with_constant("operator", _OWN)  # who asks about others says so in a column
    return recipe


def _words(cell: HeaderCell) -> str:
    return f"{cell.text}\n{cell.label}" if cell.label else cell.text


def _recalled(use: ColumnUse, remembered: Mapping[str, ColumnUse], template: Template) -> ColumnUse:
    known = remembered.get(use.header)
    if known is None or known.field not in FIELDS[template]:
        return use
    return replace(known, header=use.header, position=use.position, label=use.label or known.label)


def assigned(
    words: Sequence[str], look: Look, table: Sequence[tuple[str, tuple[str, ...]]],
    fits: Callable[[str, Sequence[str]], bool], barred: Collection[int] = (),
) -> dict[int, str]:  # fmt: skip
    """Position -> field, each field once, to the column with the most telling word whose values fit.
    barred: positions that get none."""
    found: dict[int, str] = {}
    for field, patterns in table:
        for pattern in patterns:
            hits = [at for at, text in enumerate(words) if at not in found and _told(pattern, text)]
            hits = [at for at in hits if at not in barred]
            hits = [at for at in hits if fits(field, look.distinct[at] if at < len(look.distinct) else ())]
            if hits:
                found[hits[0]] = field
                break
    return found


def _told(pattern: str, text: str) -> bool:
    return any(re.search(pattern, spelling.normal(line), re.IGNORECASE) for line in text.split("\n"))


def _fits(register: Register, field: str, values: Sequence[str]) -> bool:
    """Do the values allow the field that the header promises?"""
    if not values:
        return field not in ("respondent_id", "weight", "value", "rate", "numerator", "denominator", "n")
    if field == "answered_on":
        return _share(values, [day.day is not None for day in dates.days(list(values))])
    if field == "month":
        return _share(values, [day.day is not None for day in dates.months(list(values))])
    if field in ("weight", "value", "rate", "numerator", "denominator", "n"):
        return _share(values, [numbers.number(text).value is not None for text in values])
    if field == "store_code":
        return _share(values, [spelling.code(text) in register.stores for text in values], 0.3)
    if field == "comment":
        return not _share(values, [numbers.number(text).value is not None for text in values], 0.5)
    return True


def _share(values: Sequence[str], flags: Sequence[bool], enough: float = 0.8) -> bool:
    return sum(flags) >= enough * len(values)


def _plain_uses(look: Look, by_field: Mapping[int, str]) -> tuple[ColumnUse, ...]:
    return tuple(
        ColumnUse(cell.text, by_field.get(at, "ignore"), missing=cell.missing, position=at, label=cell.label)
        for at, cell in enumerate(look.headers)
    )


def _survey(look: Look, register: Register, base: Recipe, words: Sequence[str]) -> Recipe:
    code = header_words.survey_code(look.file_name)
    by_field = assigned(words, look, header_words.FIELD_WORDS, partial(_fits, register))
    uses, kano = [], set()
    for at, (cell, text) in enumerate(zip(look.headers, words, strict=True)):
        field = by_field.get(at, "")
        values = look.distinct[at] if at < len(look.distinct) else ()
        if not field and kano_words.answers_kano(values):
            kano.add(at)
            uses.append(_kano_item(cell, text, code, at))
        elif not field and _is_item(cell, text, values):
            uses.append(_item(cell, text, values, code, at))
        else:
            uses.append(ColumnUse(cell.text, field or "ignore", position=at, label=cell.label, missing=cell.missing))
    if not any(use.field == "comment" for use in uses):
        uses = _with_comment(uses, look)
    name = look.file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    uses = question_pairs.paired(uses, frozenset(kano), code)
    return replace(
        base, template=Template.SURVEY, columns=_one_scale_a_role(uses), survey_code=code, survey_name_en=name,
        survey_name_zh=name,
    )  # fmt: skip


def _is_item(cell: HeaderCell, text: str, values: Sequence[str]) -> bool:
    """Small whole numbers under a header that is no measurement; labelled SPSS codes only when they grade something."""
    if not cell.text or not values or header_words.NO_ITEM.search(text):
        return False
    points = _points(values, cell.missing)[0]
    if points is None or not points:
        return False
    if cell.value_labels:
        told = " ".join(label for _, label in cell.value_labels)
        return bool(header_words.SATISFIED.search(f"{text} {told}"))
    graded = bool(header_words.SATISFIED.search(text)) or header_words.role(text) != "item"
    return graded or len(points) > 2 or bool(re.match(r"^q\d", text, re.IGNORECASE))


def _points(values: Sequence[str], declared: Sequence[str]) -> tuple[list[float] | None, tuple[str, ...]]:
    """The points of a scale among the values, and the values that rather mean "no answer". None: no scale."""
    found: dict[str, Decimal] = {}
    for text in values:
        number = numbers.number(text)
        if number.value is None and number.code not in ("", "missing_word"):
            return None, ()
        if number.value is not None and not number.percent:
            found[text.strip()] = number.value
    codes = {text for text in found if text in declared or text in _MISSING_CODES}
    rest = [float(value) for text, value in found.items() if text not in codes]
    if codes - set(declared) and (not rest or max(rest) > _MOST_POINTS):
        rest, codes = [float(value) for value in found.values()], set(declared)
    whole = all(value == int(value) for value in rest)
    fits = whole and all(0 <= value <= _MOST_POINTS for value in rest) and len(set(rest)) <= _MOST_POINTS
    return (rest if fits else None), tuple(sorted(codes))


def _item(cell: HeaderCell, text: str, values: Sequence[str], survey: str, at: int) -> ColumnUse:
    points, missing = _points(values, cell.missing)
    low, high = items.scale_of(points or [0.0, 1.0])
    labelled = [numbers.number(value).value for value, _ in cell.value_labels if value not in cell.missing]
    told = [float(value) for value in labelled if value is not None]
    if told:
        low, high = min([low, *told]), max([high, *told])
    return ColumnUse(
        cell.text, "item", f"{survey}.q{at + 1}", header_words.role(text), low, high,
        tuple(dict.fromkeys((*cell.missing, *missing))), at, cell.label or cell.text,
    )  # fmt: skip


def _kano_item(cell: HeaderCell, text: str, survey: str, at: int) -> ColumnUse:
    low, high = kano_words.SCALE
    return ColumnUse(
        cell.text, "item", f"{survey}.q{at + 1}", header_words.role(text), low, high, cell.missing, at,
        cell.label or cell.text,
    )  # fmt: skip


def _one_scale_a_role(uses: Sequence[ColumnUse]) -> tuple[ColumnUse, ...]:
    """Items of one role share the widest scale seen among them: nobody chose the ends of some items."""
    widest: dict[str, tuple[float, float]] = {}
    for use in uses:
        if use.field == "item" and use.scale_min is not None and use.scale_max is not None:
            low, high = widest.get(_scale_group(use), (use.scale_min, use.scale_max))
            widest[_scale_group(use)] = min(low, use.scale_min), max(high, use.scale_max)
    return tuple(
        replace(use, scale_min=widest[_scale_group(use)][0], scale_max=widest[_scale_group(use)][1])
        if use.field == "item" else use
        for use in uses
    )  # fmt: skip


def _scale_group(use: ColumnUse) -> str:
    return "gap" if use.role in ("expectation", "perception") else use.role


def _with_comment(uses: Sequence[ColumnUse], look: Look) -> list[ColumnUse]:
    """The column with the longest texts is the comment, when they are sentences rather than words."""
    lengths = {
        at: sum(map(len, look.distinct[at])) / len(look.distinct[at])
        for at, use in enumerate(uses)
        if use.field == "ignore" and at < len(look.distinct) and look.distinct[at]
        and header_words.NO_ITEM.search(use.header) is None and not _is_several(use, look.distinct[at])
        and not _share(look.distinct[at], [numbers.number(text).value is not None for text in look.distinct[at]], 0.5)
    }  # fmt: skip
    longest = max(lengths, key=lambda at: lengths[at], default=None)
    if longest is None or (lengths[longest] < 30 and not re.search("free text", uses[longest].label, re.IGNORECASE)):
        return list(uses)
    return [replace(use, field="comment") if at == longest else use for at, use in enumerate(uses)]


def _is_several(use: ColumnUse, values: Sequence[str]) -> bool:
    """A list of ticked options: told by the question, or by few options that come again and again."""
    if header_words.SEVERAL.search(f"{use.header}\n{use.label}"):
        return True
    options = [part.strip() for text in values for part in re.split(r"[,，;；、|]", text) if part.strip()]
    return len(values) >= _ENOUGH_LISTS and len(options) >= 2 * len(values) and len(options) >= 3 * len(set(options))
