"""The sentences about problems in a file: what was found, and how to mend it. One pair for every code of intake.

Fields of a problem (column, found, expected) and its values fill the {places}.
"""

from sqm.ui.upload.visit_sentences import VISIT_SENTENCES
from sqm.ui.words import N_

SENTENCES: dict[str, tuple[str, str]] = {
    # the file as a whole
    "name_not_allowed": (N_("files ending in {extension} are not read"), N_("Save the table as one of: {allowed}.")),
    "name_unusual": (
        N_("the file's name has unusual characters"),
        N_("Nothing to do: the file is kept under a number of its own."),
    ),
    "type_not_supported": (
        N_("a file type that is not read: {kind}"),
        N_("Save the table as CSV, TSV, XLSX or SAV."),
    ),
    "type_mismatch": (
        N_("the file type ({kind}) does not fit the ending {extension}"),
        N_("Open the file in the program it came from and save it again in the format its name says."),
    ),
    "file_empty": (N_("the file is empty"), N_("Export it again; it holds no bytes at all.")),
    "file_no_rows": (N_("the file has headers but no rows"), N_("Fill in at least one row below the headers.")),
    "file_too_big": (
        N_("the file is larger than {limit}"),
        N_("Split it by month and upload the parts one after the other."),
    ),
    "file_damaged": (
        N_("the file is damaged ({detail})"),
        N_("Export or save it again from the program it came from."),
    ),
    "file_encrypted": (N_("the file is protected by a password"), N_("Save a copy without a password.")),
    "file_macros": (N_("the workbook holds macros"), N_("Save it as .xlsx, which has none.")),
    "file_hostile": (
        N_("the file holds something that a table does not need ({detail})"),
        N_("Copy the values into a new workbook and upload that."),
    ),
    "unpacked_too_big": (
        N_("unpacked, the file is larger than {limit}"),
        N_("Split it by month, and delete empty sheets and formats."),
    ),
    "too_many_rows": (
        N_("the file has more than {limit} rows"),
        N_("Split it by month and upload the parts one after the other."),
    ),
    "too_many_columns": (
        N_("the file has {count} columns; {limit} are read"),
        N_("Delete the columns that are not needed."),
    ),
    "too_many_sheets": (
        N_("the workbook has {count} sheets; {limit} are read"),
        N_("Save the sheet with the data as a file of its own."),
    ),
    "read_stopped": (
        N_("reading was stopped: {reason}"),
        N_("The file costs more than one upload may. Split it, or save it as CSV."),
    ),
    "encoding_unknown": (N_("the characters of the file cannot be told"), N_('Save it as "CSV UTF-8", or as XLSX.')),
    "encoding_guessed": (N_("read as {encoding}"), N_('If Chinese texts look wrong, save the file as "CSV UTF-8".')),
    "external_links": (
        N_("the workbook links to other files"),
        N_("The stored values were taken; links are not followed. Check that they are up to date."),
    ),
    # header and layout
    "header_not_found": (
        N_("no row of headers was found"),
        N_("Put the headers into one row, above the data, as in the template."),
    ),
    "missing_column": (
        N_("column {column} is missing"),
        N_("Add the column {name_zh} ({name_en}), or say which column it is."),
    ),
    "duplicate_column": (N_("{column} stands in {count} columns"), N_("Keep one of them, or say what the other is.")),
    "unknown_column": (
        N_("column {column} is not in the template and is left out"),
        N_("If it matters, rename it to a header of the template."),
    ),
    "unnamed_column": (
        N_("column number {position} has values but no header"),
        N_("Give it a header, or delete it. It was left out."),
    ),
    "title_rows": (
        N_("lines above the headers were passed over"),
        N_("Check that the headers were found in the right row."),
    ),
    "header_rows_skipped": (
        N_("lines of labels below the headers were passed over"),
        N_("Nothing to do if these rows hold no answers."),
    ),
    "unit_row": (N_("a row of units was passed over"), N_("Nothing to do if this row holds no values.")),
    "header_repeated": (
        N_("headers repeated between the rows"),
        N_("Nothing to do; the repeated headers were passed over."),
    ),
    "mapping_needed": (
        N_("the file is not one of the templates"),
        N_("Say which column is what; needed are: {missing}."),
    ),
    "template_example": (
        N_("the template's own example rows"),
        N_("Delete the examples from the template. They were not taken."),
    ),
    "expectation_alone": (
        N_("expectations without the perception beside them: {total}"),
        N_("Stored, but no gap can be told for: {columns}. Give both halves the same pair in the step before."),
    ),
    "perception_alone": (
        N_("perceptions without the expectation or importance beside them: {total}"),
        N_("Stored, but no gap can be told for: {columns}. Give both halves the same pair in the step before."),
    ),
    "importance_alone": (
        N_("importance without the satisfaction beside it: {total}"),
        N_("Stored, but it cannot be set against satisfaction: {columns}. Give both the same pair in the step before."),
    ),
    "kano_alone": (
        N_("Kano questions without their other half: {total}"),
        N_("Stored, but no category can be told for: {columns}. Give both halves the same pair in the step before."),
    ),
    # rows as they stand in the file
    "blank_rows": (N_("empty rows"), N_("Nothing to do; empty rows were passed over.")),
    "row_too_long": (
        N_("more cells than headers"),
        N_("A text probably holds a separator: put that text into quotes. Expected {columns} cells, found {cells}."),
    ),
    "row_too_short": (
        N_("fewer cells than headers"),
        N_("The row was probably broken in two. Expected {columns} cells, found {cells}."),
    ),
    "quote_not_closed": (
        N_("a quotation mark that is never closed"),
        N_("Close the quotation mark; until then the rows after it cannot be told apart."),
    ),
    "quote_inside": (N_("a quotation mark inside a text"), N_("Write it twice, or save the file as XLSX.")),
    "nul_character": (N_("NUL characters"), N_("The export is damaged in these rows. Export the file again.")),
    "control_character": (N_("control characters inside a text"), N_("They were removed. Check the text.")),
    "undecodable": (N_("characters that are not {encoding}"), N_('Save the file as "CSV UTF-8", or as XLSX.')),
    "replacement_character": (
        N_("characters that were lost in an earlier conversion (�)"),
        N_("Export the file again from its source; the original text is gone."),
    ),
    "cell_too_long": (N_("a text longer than {limit} characters"), N_("Shorten it. It has {length} characters.")),
    "totals_row": (N_("a row of totals"), N_("Nothing to do; totals are not answers and were passed over.")),
    "footnote_row": (N_("a footnote"), N_("Nothing to do; the note was passed over.")),
    # sheets
    "other_sheets": (
        N_("only the sheet {sheet} was read"),
        N_("Not read: {others}. Upload such a sheet as a file of its own."),
    ),
    "hidden_sheets": (
        N_("hidden sheets were not read"),
        N_("Not read: {sheets}. Show a sheet in the workbook if it is to be read."),
    ),
    "hidden_rows": (
        N_("hidden or filtered rows, which were read as well"),
        N_("Delete them from the file if they are not meant."),
    ),
    "hidden_columns": (
        N_("hidden columns ({columns}), which were read as well"),
        N_("Delete them from the file if they are not meant."),
    ),
    "merged_filled": (
        N_("merged cells, whose value was taken for every row"),
        N_("Check that the value holds for all of these rows."),
    ),
    "merged_cells": (N_("merged cells"), N_("Unmerge them and write the value into every row.")),
    "formula_without_value": (
        N_("formulas without a stored value"),
        N_("Open the workbook, let it calculate, and save it."),
    ),
    "formula_in_text": (
        N_("a text that begins like a formula"),
        N_("It is kept as text and made harmless in downloads."),
    ),
    "formula_values_used": (
        N_("formulas, of which the stored value was taken"),
        N_("Check that the workbook was calculated before it was saved."),
    ),
    "error_cell": (N_("an error value such as #N/A"), N_("Mend the formula, or leave the cell empty.")),
    # values
    "required_empty": (N_("no value"), N_("This column must be filled in every row.")),
    "not_a_number": (N_("not a number"), N_("Write a plain number; leave the cell empty if there is no answer.")),
    "not_whole": (N_("not a whole number"), N_("Write a whole number.")),
    "out_of_range": (
        N_("outside the scale"),
        N_('Correct the value. If it stands for "no answer", declare it as missing.'),
    ),
    "number_ambiguous": (
        N_("a number that can be read in two ways"),
        N_("Write it without thousands separators, with a point for decimals."),
    ),
    "decimal_comma": (N_("a comma read as the decimal point"), N_("Check the values below.")),
    "missing_word": (
        N_('a word that means "no answer", taken as missing'),
        N_("Nothing to do if that is what it means."),
    ),
    "rate_as_share": (N_("rates written as shares (0-1), read as per cent"), N_("Check that 0.85 means 85 %.")),
    "rate_mixed_share": (
        N_("shares (0-1) and per cent mixed in one column"),
        N_("Write all rates as per cent, 0-100."),
    ),
    "n_invalid": (
        N_("a sample size out of range: not a whole number of 1 or more"),
        N_("Write how many people the rate rests on."),
    ),
    "date_invalid": (N_("not a day or month of the calendar"), N_("Write it as {expected}.")),
    "date_ambiguous": (
        N_("a date that can be read in two ways"),
        N_("Write the day as 2026-09-30; day and month cannot be told apart."),
    ),
    "date_mixed_order": (N_("day and month in different orders in one column"), N_("Write all days as 2026-09-30.")),
    "date_order_inferred": (N_("dates read as {order}"), N_("Other rows of the column show this order. Check it.")),
    "date_two_digit_year": (N_("a year of two digits"), N_("Write the year with four digits.")),
    "date_serial": (N_("days written as numbers by a spreadsheet, read as dates"), N_("Check that {first} is right.")),
    "date_future": (N_("date in the future"), N_("Correct the date. Today is {today}.")),
    "date_too_old": (N_("date before 2000"), N_("Correct the year.")),
    "date_zone": (N_("time zones, of which the local day was taken"), N_("Check days close to midnight.")),
    "month_has_day": (
        N_("a day where a month is expected; its month was taken"),
        N_("Nothing to do if the month is right."),
    ),
    "store_unknown": (
        N_("unknown store code"),
        N_("Correct the code, or upload the store register with the new store first."),
    ),
    "district_unknown": (N_("unknown district"), N_("Correct the district, or upload the store register first.")),
    "code_unknown": (N_("unknown code"), N_("Use one of the codes or names in the template's second sheet.")),
    "indicator_unknown": (
        N_("an indicator that the catalogue does not have"),
        N_("It is kept under its own name, outside the matrix. If that is not meant, use the code or the exact name."),
    ),
    "id_scientific": (
        N_("identifiers that a spreadsheet turned into 1.23E+10"),
        N_("Format the column as text in the source and export again."),
    ),
    "id_alike": (
        N_("identifiers that differ only by zeros or spaces in front"),
        N_("They are kept apart. Check that they are different people."),
    ),
    "duplicate_same": (N_("the same row twice"), N_("Nothing to do; it was taken once.")),
    "duplicate_conflict": (
        N_("duplicate {key} with different answers"),
        N_("Keep the right row and delete the other."),
    ),
    "comments_masked": (
        N_("personal data in comments, masked"),
        N_("Nothing to do: telephone, identity and card numbers are not kept."),
    ),
    "phone_not_kept": (N_("telephone numbers are not kept"), N_("Nothing to do.")),
    "label_unknown": (N_("a label that the scale does not have"), N_("Correct the label, or declare it as missing.")),
    "declared_missing": (N_("values declared as missing"), N_("Nothing to do; they count as no answer.")),
    "scale_unknown": (
        N_("the scale of column {column} is not declared"),
        N_("Say the lowest and the highest answer of the scale."),
    ),
    "nothing_to_store": (N_("no row is left to store"), N_("Mend the rows below and upload the file again.")),
    "district_missing": (N_("stores without a district"), N_("Say which district branch owns each store.")),
    "coordinate_invalid": (
        N_("coordinates that are not on the map"),
        N_("Write longitude and latitude in degrees, or leave both empty."),
    ),
    # indicator files, against themselves
    "total_above_parts": (
        N_("a total above the largest of its parts"),
        N_(
            "{indicator}, {month}: the total in row {total_row} is {found}, its parts lie from {low} to {high} (the "
            "nearest in row {part_row}). A mean of parts cannot lie outside them: check both rows."
        ),
    ),
    "total_below_parts": (
        N_("a total below the smallest of its parts"),
        N_(
            "{indicator}, {month}: the total in row {total_row} is {found}, its parts lie from {low} to {high} (the "
            "nearest in row {part_row}). A mean of parts cannot lie outside them: check both rows."
        ),
    ),
    "totals_outside_parts": (
        N_("further totals outside the range of their parts"),
        N_("So many say that totals and parts are not in the same unit. Check the columns."),
    ),
    "column_repeated": (
        N_("every value is that of the month before"),
        N_("{indicator}: all {count} values of {month} repeat {before}. Check that the column was not copied forward."),
    ),
    "place_repeated": (
        N_("every question has the value of the wave before"),
        N_(
            "{place}: all {count} values of {month} repeat those of {before}. Check that the column was not copied "
            "forward."
        ),
    ),
    "overall_not_mean": (
        N_("the overall value is not the mean of its questions"),
        N_(
            "{indicator}, {place}, {month}: {found} is given, the mean of the other questions is {mean}; in {others} "
            "other columns of this table the two agree. Ask for the right number."
        ),
    ),
    # targets
    "target_indicator_unknown": (
        N_("an indicator that the catalogue does not have"),
        N_("Use its code or its exact name; a target of anything else would judge nothing."),
    ),
    "target_bound_missing": (
        N_("no bound, though the direction of the indicator needs it"),
        N_("Where higher is better fill in the lower bound, where lower is better the upper one, for a range both."),
    ),
    "target_bound_unused": (
        N_("a bound on the side that is not judged"),
        N_("It was left out. Check that it stands in the right column."),
    ),
    "target_bounds_crossed": (N_("a lower bound above the upper one"), N_("Exchange or correct the two bounds.")),
    "target_outside_unit": (
        N_("a number that the indicator cannot have"),
        N_("Write shares as per cent from 0 to 100, other indicators as a plain number in their own unit."),
    ),
    "target_looks_like_share": (
        N_("a share of 1 % or less"),
        N_("Write shares as per cent: 90 for 90 %. If 0.9 % is meant, write the sign: 0.9%."),
    ),
    "target_tolerance_negative": (
        N_("a tolerance below 0"),
        N_("Write how far a value may miss the target and still be near it: 0 or more."),
    ),
    "target_month_over": (
        N_("a month that is over"),
        N_("A judged month never changes because a target changed later. The first open month is {open}."),
    ),
    "target_month_sealed": (
        N_("a month that is published, or before one"),
        N_("What was published stays as it was judged. The last published month is {sealed}."),
    ),
    "target_month_far": (N_("a month too far ahead"), N_("Correct the month; the last one possible is {last}.")),
    "target_place_unknown": (
        N_("a place that the register does not have"),
        N_("Use the code or name of a district or store; leave it empty for the whole company."),
    ),
    "target_place_unneeded": (
        N_("a place beside the level of the company"),
        N_("Leave the place empty, or write district or store as the level."),
    ),
    "target_signed": (
        N_("a target that both sides signed"),
        N_("It cannot be changed by an upload. Propose another one at the target desk."),
    ),
    **VISIT_SENTENCES,
    "already_uploaded": (N_("this file is stored already"), N_("It came as {file} on {at}. Nothing was added.")),
    "nothing_new": (N_("every row is stored already"), N_("Nothing would be added.")),
}
