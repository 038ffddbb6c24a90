"""A few of the 2,000 damaged files of tests/reliability/mutated_uploads.py, one of which ends the parser of SPSS files:
the product's child process answers with a problem, and the server goes on."""

from pathlib import Path

from tests.reliability import mutated_uploads

CRASHES = 1519
"""A file that ends ReadStat with a segmentation fault."""


def test_damaged_files_end_in_a_message_or_in_rows(tmp_path: Path) -> None:
    seen = mutated_uploads.run(CRASHES + 3, tmp_path, whole_way=CRASHES, first=CRASHES - 3)
    assert seen.pop("whole way: problem") == 1
    assert seen.pop("sav: died") == 1
    assert sum(seen.values()) == 5
    assert not [what for what in seen if "exception" in what or "crash" in what or "word" in what], seen
