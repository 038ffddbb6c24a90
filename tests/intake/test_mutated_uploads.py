"""A few of the 2,000 damaged files of tests/reliability/mutated_uploads.py, one of which ends the parser of SPSS files:
the product's child process answers with a problem, and the server goes on."""

from pathlib import Path

from sqm.intake import child
from tests.reliability import mutated_uploads

CRASHES = 1519
"""A file that ends ReadStat with a segmentation fault."""


def test_damaged_files_end_in_a_message_or_in_rows(tmp_path: Path) -> None:
    seen = mutated_uploads.run(8, tmp_path, whole_way=100)
    assert sum(count for what, count in seen.items() if not what.startswith("whole way")) == 8
    assert not [what for what in seen if "exception" in what or "crash" in what or "word" in what], seen


def test_a_file_that_ends_the_parser_is_a_problem_of_that_file(tmp_path: Path) -> None:
    assert mutated_uploads.in_child(CRASHES, tmp_path) == "problem"
    child.close()
