"""What can be wrong with an uploaded file, as values: a code, where it is, what was found and what was expected.

The sentences (English and Chinese) live in sqm/ui/upload/problem_texts.py, one for every code listed in CODES.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How far a problem reaches: the whole file, the rows it names, a visible warning, or a remark."""

    FILE = "file"
    ROW = "row"
    WARNING = "warning"
    NOTE = "note"


class Verdict(StrEnum):
    """What becomes of a file."""

    ACCEPT = "accept"
    WARN = "warn"
    REJECT = "reject"


@dataclass(frozen=True)
class Problem:
    """One thing to repair. row and rows are numbered as Excel shows them; column is the header as the file writes it.

    expected is a code or a literal such as ``1-10``; values are further words for the sentence. When one problem
    stands for many rows, row is the first of them and rows holds at most ROWS_KEPT; ``values`` then has ``count``.
    """

    code: str
    level: Level
    row: int | None = None
    column: str = ""
    found: str = ""
    expected: str = ""
    values: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = ()

    def value(self, name: str, default: str = "") -> str:
        return dict(self.values).get(name, default)


ROWS_KEPT = 1000
FOUND_KEPT = 60

# code -> names of its values. row, column, found and expected are fields of every problem.
CODES: dict[str, tuple[str, ...]] = {
    # the file as a whole
    "name_not_allowed": ("extension", "allowed"),
    "name_unusual": (),
    "type_not_supported": ("kind",),
    "type_mismatch": ("kind", "extension"),
    "file_empty": (),
    "file_no_rows": (),
    "file_too_big": ("size", "limit"),
    "file_damaged": ("detail",),
    "file_encrypted": (),
    "file_macros": (),
    "file_hostile": ("detail",),
    "unpacked_too_big": ("limit",),
    "too_many_rows": ("limit",),
    "too_many_columns": ("count", "limit"),
    "too_many_sheets": ("count", "limit"),
    "read_stopped": ("reason", "limit"),
    "encoding_unknown": (),
    "encoding_guessed": ("encoding",),
    "external_links": (),
    # header and layout
    "header_not_found": ("template",),
    "missing_column": ("name_zh", "name_en", "similar"),
    "duplicate_column": ("count", "other"),
    "unknown_column": ("similar",),
    "unnamed_column": ("position",),
    "title_rows": (),
    "header_rows_skipped": (),
    "unit_row": (),
    "header_repeated": ("count",),
    "mapping_needed": ("missing",),
    "template_example": ("count",),
    "expectation_alone": ("columns", "total"),
    "perception_alone": ("columns", "total"),
    "importance_alone": ("columns", "total"),
    "kano_alone": ("columns", "total"),
    # rows as they stand in the file
    "blank_rows": ("count",),
    "row_too_long": ("cells", "columns", "count"),
    "row_too_short": ("cells", "columns", "count"),
    "quote_not_closed": ("count",),
    "quote_inside": ("count",),
    "nul_character": ("count",),
    "control_character": ("count",),
    "undecodable": ("encoding", "count"),
    "replacement_character": ("count",),
    "cell_too_long": ("length", "limit", "count"),
    "totals_row": ("count",),
    "footnote_row": ("count",),
    # sheets
    "other_sheets": ("sheet", "others"),
    "hidden_sheets": ("sheets",),
    "hidden_rows": ("count",),
    "hidden_columns": ("columns",),
    "merged_filled": ("count",),
    "merged_cells": ("count",),
    "formula_without_value": ("count",),
    "formula_in_text": ("count",),
    "formula_values_used": ("count",),
    "error_cell": ("count",),
    # values
    "required_empty": ("count",),
    "not_a_number": ("count",),
    "not_whole": ("count",),
    "out_of_range": ("count",),
    "number_ambiguous": ("count",),
    "decimal_comma": ("count",),
    "missing_word": ("count",),
    "rate_as_share": ("count",),
    "rate_mixed_share": ("count",),
    "n_invalid": ("count",),
    "date_invalid": ("count",),
    "date_ambiguous": ("count",),
    "date_mixed_order": ("count",),
    "date_order_inferred": ("order", "count"),
    "date_two_digit_year": ("count",),
    "date_serial": ("count", "first"),
    "date_future": ("count", "today"),
    "date_too_old": ("count",),
    "date_zone": ("count",),
    "month_has_day": ("count",),
    "store_unknown": ("similar", "count"),
    "district_unknown": ("count",),
    "code_unknown": ("count",),
    "indicator_unknown": ("count",),
    "id_scientific": ("count",),
    "id_alike": ("count",),
    "duplicate_same": ("count",),
    "duplicate_conflict": ("count", "key"),
    "comments_masked": ("count",),
    "phone_not_kept": (),
    "label_unknown": ("count",),
    "declared_missing": ("count",),
    "scale_unknown": (),
    "nothing_to_store": (),
    "district_missing": ("count",),
    "coordinate_invalid": ("count",),
    # indicator files, against themselves
    "total_above_parts": ("indicator", "month", "total_row", "part_row", "low", "high", "count"),
    "total_below_parts": ("indicator", "month", "total_row", "part_row", "low", "high", "count"),
    "totals_outside_parts": ("count",),
    "column_repeated": ("indicator", "month", "before", "count"),
    "place_repeated": ("place", "month", "before", "count"),
    "overall_not_mean": ("indicator", "place", "month", "mean", "others", "count"),
    # targets
    "target_indicator_unknown": ("similar", "count"),
    "target_bound_missing": ("count",),
    "target_bound_unused": ("count",),
    "target_bounds_crossed": ("count",),
    "target_outside_unit": ("count",),
    "target_looks_like_share": ("count",),
    "target_tolerance_negative": ("count",),
    "target_month_over": ("open", "count"),
    "target_month_sealed": ("sealed", "count"),
    "target_month_far": ("last", "count"),
    "target_place_unknown": ("similar", "count"),
    "target_place_unneeded": ("count",),
    "target_signed": ("count",),
    # store audits
    "staff_column": ("columns",),
    "store_new": ("similar", "count"),
    "mark_not_01": ("count",),
    "points_outside": ("count",),
    "max_points_invalid": ("count",),
    "minutes_negative": ("count",),
    "visit_id_no_day": ("count",),
    "visit_empty": ("count",),
    "visit_incomplete": ("count",),
    "visit_parts_differ": ("count",),
    "visit_item_new": ("similar", "count"),
    "failed_items_not_a_list": ("kinds", "limit"),
    # said by the database floor, worded in the same place
    "already_uploaded": ("file", "at", "by"),
    "nothing_new": ("count",),
}


def verdict(problems: Iterable[Problem], accept_good_rows: bool = False) -> Verdict:
    """A file problem rejects; a row problem rejects unless the analyst takes the good rows; a warning warns."""
    levels = {problem.level for problem in problems}
    if Level.FILE in levels:
        return Verdict.REJECT
    if Level.ROW in levels:
        return Verdict.WARN if accept_good_rows else Verdict.REJECT
    return Verdict.WARN if Level.WARNING in levels else Verdict.ACCEPT


def shown(text: str) -> str:
    """A cell as a message may show it: one line, no control characters, not longer than FOUND_KEPT."""
    clean = "".join(character if character.isprintable() else " " for character in text[: FOUND_KEPT * 2]).strip()
    return clean if len(clean) <= FOUND_KEPT else clean[: FOUND_KEPT - 1] + "…"


def to_json(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code, "level": problem.level.value, "row": problem.row, "column": problem.column,
        "found": problem.found, "expected": problem.expected, "values": [list(pair) for pair in problem.values],
        "rows": list(problem.rows),
    }  # fmt: skip


def from_json(data: dict[str, object]) -> Problem:
    """The reverse of to_json; a malformed object raises ValueError or KeyError (the child is not trusted)."""
    row, rows, values = data["row"], data["rows"], data["values"]
    if not (row is None or isinstance(row, int)) or not isinstance(rows, list) or not isinstance(values, list):
        raise ValueError("problem")
    return Problem(
        str(data["code"]), Level(str(data["level"])), row, str(data["column"]), str(data["found"]),
        str(data["expected"]), tuple((str(name), str(value)) for name, value in values), tuple(int(r) for r in rows),
    )  # fmt: skip
