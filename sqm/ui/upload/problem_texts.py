"""Codes as sentences with advice: failures (SqmError) and problems in an uploaded file."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqm.errors import SqmError
from sqm.intake.problems import Level, Problem
from sqm.ui import formats
from sqm.ui.decisions import people, rule_texts
from sqm.ui.upload.problem_sentences import SENTENCES
from sqm.ui.words import N_, _, n_

_ERRORS = {
    "database_in_use": N_("Another program holds the database file. Close it, then reload this page."),
    "database_unreadable": N_("The database file cannot be opened. Ask the administrator to look at the server's log."),
    "database_damaged": N_(
        "The database file is damaged and is being restored. Nothing was changed. Reload this page in a minute."
    ),
    "database_reopened": N_("The database had to be opened again. Reload this page; nothing was changed."),
    "query_too_long": N_(
        "The answer took longer than {seconds} seconds and was stopped; nothing was changed. Choose fewer places or a "
        "shorter period, or ask the administrator."
    ),
    "disk_full": N_(
        "The server's disk is full. Before you try again, look whether the change is there; ask the administrator to "
        "make room."
    ),
    "disk_low": N_(
        "The server's disk is nearly full: {free} are free, {needed} must be. Nothing was stored. Ask the "
        "administrator to make room."
    ),
    "already_committed": N_("This file is stored already: it came as {earlier} on {at}. Nothing was added."),
    "batch_unknown": N_("This batch is not there any more; somebody else has undone it."),
    "changed_since_rehearsal": N_(
        "Changed since the rehearsal: {by}, {at} (UTC), on rows that this file meets. Nothing was stored; rehearse "
        "again."
    ),
    "catalogue_file_missing": N_("The catalogue lacks the file {file}. Put it back, then restart."),
    "catalogue_column_missing": N_("In the catalogue, {file} lacks the column {column}."),
    "catalogue_value": N_("In the catalogue, {file}, row {row}, column {column}: {found} cannot be read."),
    "changed_meanwhile": N_("Somebody stored or undid a file meanwhile. Nothing was changed; begin again."),
    "file_before_erasure": N_(
        "{file} is a file from which somebody was erased since. Send it again without that person's row."
    ),
    "no_source_row": N_("No stored file holds this answer any more. Nothing was shown."),
    "month_unreadable": N_("Write the month as 2026-09."),
    "nobody_found": N_("Nobody of that name stands in this survey. Nothing was changed."),
    "nobody_named": N_("Say whom: a respondent number or a phone number."),
    "reason_missing": N_("Say why: the reason is written into the trail."),
    "redaction_differs": N_(
        "{file} could not be written again without that person and without changing others. Nothing was changed; ask "
        "the administrator."
    ),
    "source_unreadable": N_("The stored file could not be read now. Nothing was shown or changed; try again."),
    "not_allowed": N_("Your role may not do this. Nothing was changed."),
    "nothing_to_commit": N_("No row of {file} can be stored."),
    "raw_file_damaged": N_("The stored copy of {file} is not what was uploaded. Upload it again."),
    "target_month_closed": N_(
        "A month of this file was closed in the meantime. Targets may start from {month} on; correct the file."
    ),
    "target_month_published": N_("{month} is published, and targets of this file judged it. They stay as they are."),
    "undo_blocked": N_("{file} cannot be undone yet: later files rest on it. Undo these first: {files}."),
    "upload_too_large": N_("{file} is larger than the limit for one upload. Split it by month."),
    "upload_unknown": N_("The uploaded file is not there any more. Upload it again."),
}
_OTHER_ERROR = N_("This cannot be done now ({code}). Ask the administrator to look at the server's log.")
_OTHER_PROBLEM = (N_("a problem that has no text yet ({code})"), N_("Ask the administrator."))
_EXPECTED = {
    "required_empty": N_("a value"),
    "not_a_number": N_("a number"),
    "not_whole": N_("a whole number"),
    "out_of_range": N_("a value of the scale"),
    "number_ambiguous": "1234.5",
    "rate_mixed_share": "0-100",
    "n_invalid": N_("1 or more"),
    "date_invalid": "2026-09-30",
    "date_ambiguous": "2026-09-30",
    "date_mixed_order": "2026-09-30",
    "date_two_digit_year": "2026-09-30",
    "date_future": N_("{today} or before"),
    "date_too_old": N_("2000 or later"),
    "store_unknown": N_("a code of the store register"),
    "district_unknown": N_("a district of the register"),
    "district_missing": N_("a district of the register"),
    "indicator_unknown": N_("a code or name of the catalogue"),
    "code_unknown": N_("a known code"),
    "id_scientific": N_("all digits, as text"),
    "duplicate_conflict": N_("one row"),
    "label_unknown": N_("an answer of the scale"),
    "error_cell": N_("a value"),
    "formula_without_value": N_("a value"),
    "coordinate_invalid": "121.47, 31.23",
    "column_repeated": N_("new values"),
    "place_repeated": N_("new values"),
    "target_indicator_unknown": N_("a code or name of the catalogue"),
    "target_bound_missing": N_("a bound"),
    "target_bound_unused": N_("nothing"),
    "target_bounds_crossed": N_("low not above high"),
    "target_outside_unit": N_("0-100 for shares, a plain number for others"),
    "target_looks_like_share": "90",
    "target_tolerance_negative": N_("0 or more"),
    "target_month_over": N_("{open} or later"),
    "target_month_sealed": N_("after {sealed}"),
    "target_month_far": N_("{last} or before"),
    "target_place_unknown": N_("a district or store of the register"),
    "target_place_unneeded": N_("nothing"),
    "target_signed": N_("another month"),
    "store_new": N_("a code of the store register"),
    "minutes_negative": N_("0 or more"),
    "max_points_invalid": N_("a number above 0"),
    "visit_id_no_day": "65776_20170126",
    "visit_empty": N_("points or a score"),
    "visit_incomplete": N_("all items of the visit"),
    "visit_parts_differ": N_("the same in all rows of a visit"),
    "visit_item_new": N_("an item of a checklist"),
}
_KINDS = {
    "delimited": N_("a text table"),
    "workbook": "XLSX",
    "spss": "SPSS",
    "HTML or XML page": N_("an HTML or XML page"),
    "binary file": N_("a binary file"),
    "OLE": N_("an old or protected Office file"),
}
_REASONS = {
    "timeout": N_("it took more than {limit} s"),
    "memory": N_("it took more than {limit} MB of memory"),
    "crash": N_("the reader ended unexpectedly"),
}
_SAID_BY_INTAKE = {"out_of_range", "label_unknown", "not_whole", "not_a_number", "date_invalid"}
_PATTERNS = {"YYYY-MM-DD": "2026-09-30", "YYYY-MM": "2026-09"}  # an example says more than letters
_SIZES = {"file_too_big", "unpacked_too_big"}
_BYTES = {"free", "needed"}
_COUNTS = {"count", "limit", "cells", "columns", "length", "kinds"}
_LEVELS = {
    Level.FILE: N_("The file cannot be taken"),
    Level.ROW: N_("Rows to mend"),
    Level.WARNING: N_("Please check"),
    Level.NOTE: N_("Noted"),
}


def sentence(error: SqmError) -> str:
    """What happened and what to do, in the viewer's language."""
    if error.code == "use_rule":
        return rule_texts.refusal(str(error.values.get("rule", "")), str(error.values.get("source", "")))
    text = _ERRORS.get(error.code)
    if text is None:
        return _(_OTHER_ERROR, code=error.code)
    named = {key: value for key, value in error.values.items() if f"{{{key}}}" in text}  # a name costs a question
    return _filled(text, {key: _written(key, value) for key, value in named.items()})


def _written(key: str, value: object) -> str:
    if key in _BYTES and isinstance(value, int):
        return formats.size(value)
    if key == "by":
        return people.called(str(value))
    return formats.moment(value) if isinstance(value, datetime) else str(value)


def level(of: Level) -> str:
    """The heading over problems that reach as far as this."""
    return _(_LEVELS[of])


def what(problem: Problem) -> str:
    """What was found: a few words without the place."""
    return _filled(SENTENCES.get(problem.code, _OTHER_PROBLEM)[0], _values(problem))


def mend(problem: Problem) -> str:
    """What to do about it; with a likely spelling when intake found one."""
    text = _filled(SENTENCES.get(problem.code, _OTHER_PROBLEM)[1], _values(problem))
    similar = problem.value("similar")
    return f"{text} {_('Did you mean {similar}?', similar=similar)}" if similar else text


def count(problem: Problem) -> int:
    """How many rows the problem stands for; 0 when it is about the file."""
    given = problem.value("count")
    if problem.rows:
        return int(given) if given.isdigit() else len(problem.rows)
    return 1 if problem.row is not None else 0


def title(problem: Problem) -> str:
    """17 rows: date in the future"""
    rows = count(problem)
    return (
        n_("{n} row: {what}", "{n} rows: {what}", rows, what=what(problem)) if rows else _sentence_case(what(problem))
    )


def group_title(group: Sequence[Problem]) -> str:
    """The title of several problems with one repair; their rows are added up."""
    first, rows = group[0], sum(count(problem) for problem in group)
    return n_("{n} row: {what}", "{n} rows: {what}", rows, what=what(first)) if rows else title(first)


def expected(problem: Problem) -> str:
    """What should stand there: the scale that intake names, else what the code implies."""
    text = _EXPECTED.get(problem.code, "")
    if problem.expected and (not text or problem.code in _SAID_BY_INTAKE):
        return _PATTERNS.get(problem.expected, problem.expected)
    return _filled(text, _values(problem)) if text else ""


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _values(problem: Problem) -> dict[str, str]:
    given = {key: _value(problem, key, value) for key, value in problem.values}
    pattern = _PATTERNS.get(problem.expected, problem.expected)
    own = {"column": problem.column, "found": problem.found, "expected": pattern, "code": problem.code}
    return {**own, **given}


def _value(problem: Problem, key: str, value: str) -> str:
    """Codes become words, sizes and counts are written as people write them."""
    if key == "kind" and value in _KINDS:
        return _(_KINDS[value])
    if key == "reason" and value in _REASONS:
        return _filled(_REASONS[value], {"limit": problem.value("limit")})
    if key == "limit" and problem.code in _SIZES and value.isdigit():
        return formats.size(int(value))
    return formats.count(int(value)) if key in _COUNTS and value.isdigit() else value


def _filled(text: str, values: dict[str, str]) -> str:
    """A value that is not there leaves its place empty: a sentence about a failure must not fail itself."""
    return _(text).format_map(defaultdict(str, values))
