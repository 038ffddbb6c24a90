"""The mutation script itself: it finds limits by itself, takes one away, and sees the leak; and it can be disappointed.

All mutants: python -m tests.reliability.scope_mutations (two minutes)."""

from collections.abc import Iterator
from itertools import islice

import pytest

from tests.database import two_stores
from tests.database.scoped_reads import READS, leaks
from tests.database.two_stores import Twins
from tests.reliability import scope_mutations
from tests.reliability.scope_mutations import Mutant


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    made = two_stores.build(tmp_path_factory.mktemp("twins"))
    yield made
    two_stores.close(made)


@pytest.mark.parametrize("name", READS)
def test_a_scope_gets_what_it_would_get_if_nothing_else_existed(twins: Twins, name: str) -> None:
    assert leaks(twins, name) == []


def test_limits_of_queries_are_found_and_missed(twins: Twins) -> None:
    every = list(scope_mutations.of_queries(twins))
    assert len(every) > 35
    assert all(_found(mutant) for mutant in every[::8])
    assert not any(problem for name in islice(READS, 3) for problem in leaks(twins, name)), "all is put back"


def _found(mutant: Mutant) -> list[str]:
    with mutant.apply():
        return mutant.finds()


def test_limits_in_the_code_are_found_and_missed(twins: Twins) -> None:
    every = list(scope_mutations.of_code(twins))
    places = {each.name.partition(":")[0] for each in every}
    assert {"sqm/rules/access.py", "sqm/database/surveys/studies.py", "sqm/ui/stores/doors/data_scores.py"} <= places
    assert all(
        _found(each) for each in every if each.name.startswith(("sqm/rules/", "sqm/database/surveys/studies.py"))
    )
    assert not scope_mutations._of_scope() and not leaks(twins, "studies.parts"), "all is put back"


def test_a_query_that_nobody_reads_survives(twins: Twins) -> None:
    everything = next(iter(scope_mutations.of_queries(twins)))
    unread = Mutant("a limit without a test", everything.apply, lambda: scope_mutations._reads(twins, "nowhere.unread"))
    assert _found(unread) == []
