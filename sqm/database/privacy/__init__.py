"""One text shown for a reason; one respondent erased down to the bytes."""
