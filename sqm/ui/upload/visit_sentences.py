"""The sentences about problems in a file of store audits: what was found, and how to mend it."""

from sqm.ui.words import N_

VISIT_SENTENCES: dict[str, tuple[str, str]] = {
    "staff_column": (
        N_("a column that names who was visited: {columns}"),
        N_(
            "Audit results may not be charged to a person, so no name or number of the staff who were visited is "
            "taken. Remove the column from the file and upload it again; what stands in it is never stored. "
            "The auditor may be named."
        ),
    ),
    "store_new": (
        N_("stores that the register does not have"),
        N_("They are added to the register with this file, and go again when it is undone. Correct the codes if not."),
    ),
    "mark_not_01": (
        N_("a mark that is neither 0 nor 1"),
        N_("Correct the mark, or leave the cell blank where the item does not apply. The whole visit is left out."),
    ),
    "points_outside": (
        N_("points outside what the item can earn"),
        N_("Write 0 up to the most points of the item, or N/A where it does not apply. The whole visit is left out."),
    ),
    "max_points_invalid": (
        N_("most points that are not above 0"),
        N_("Write how many points the item can earn; without them its points say nothing."),
    ),
    "minutes_negative": (
        N_("minutes below 0"),
        N_("Write the minutes as a number from 0 on, or leave the cell blank."),
    ),
    "visit_id_no_day": (
        N_("a visit number that tells no day"),
        N_("Write the day into the number, such as 65776_20170126, or map a column that holds the day."),
    ),
    "visit_empty": (
        N_("a visit without any item and without a score"),
        N_("Fill in the points of its items or its score; a visit that found nothing cannot be scored."),
    ),
    "visit_incomplete": (
        N_("other rows of a visit that has a row to mend"),
        N_(
            "Half a visit would have a wrong score, so a visit is taken whole or not at all. Mend the row that is "
            "named above, and these come with it."
        ),
    ),
    "visit_parts_differ": (
        N_("rows of one visit that contradict each other"),
        N_("Store, day, source, theme, auditor, minutes and score are the same in all rows of a visit. Correct them."),
    ),
    "visit_item_new": (
        N_("items that no checklist has"),
        N_("They are registered with this file under their own words. Correct the text if a known one is meant."),
    ),
    "failed_items_not_a_list": (
        N_("a list of failed items with {kinds} different entries"),
        N_("More than {limit} kinds are no list of items: say another separator, or take the column as the comment."),
    ),
}
