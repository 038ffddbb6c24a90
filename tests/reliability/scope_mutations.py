"""Who sees what, tested by breaking it: python -m tests.reliability.scope_mutations

Finds by itself every limit by a viewer's scope: each $all_districts and $all_stores in the SQL files, each place of
sqm/ that narrows by Scope (sees_district, sees_store, a condition on scope.districts or scope.stores, what is
``seen``), and each call of scope_parameters. Takes one away at a time, in this process, and runs the leak tests that
ought to notice: tests/database/scoped_reads.py for queries, tests/ui/scoped_doors.py for the rest. A limit whose
absence nobody notices survives, and the command ends with 1.
"""

import argparse
import ast
import importlib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from sqm import config
from sqm.database import queries
from sqm.errors import SqmError
from sqm.rules import access, decision_places
from sqm.rules.access import EVERYTHING
from sqm.rules.tasks import tasks
from sqm.rules.tasks.tasks import Task
from tests.database import scoped_reads, two_stores
from tests.database.two_stores import BRANCH, FAR, MANAGER, NEAR, OWN, Twins
from tests.ui import scoped_doors

SQL = config.ROOT / "sqm" / "database" / "sql"
LIMIT = re.compile(r"\$all_(districts|stores)::boolean")
WORDS = re.compile(r"\.sees_|scope_parameters\(|(scope|self)\.(districts|stores)|\bseen\b")
SEEN = re.compile(r"\bseen\b")
UNTESTED = {
    ("sqm/ui/people/people_words.py", "seen"): "words for what a person would see: no data",
    (
        "sqm/ui/stores/blocks/map_blocks.py",
        "_picture",
    ): "whether a pin is marked as one's own; which pins there are is tested",
    ("sqm/database/scopes.py", "scope_parameters"): "mutated at each of its callers",
}
"""(file, function) -> why a condition on a scope there is no limit."""


@dataclass(frozen=True)
class Mutant:
    """name: what was taken away, and where. apply: does it, as long as the context lasts. finds: problems that the
    tests for this place see."""

    name: str
    apply: Callable[[], Any]
    finds: Callable[[], list[str]]


def of_queries(twins: Twins) -> Iterator[Mutant]:
    """One for each condition of each query."""
    for path in sorted(SQL.glob("*.sql")):
        for name, text in queries._queries(path.stem).items():
            key = f"{path.stem}.{name}"
            for number, found in enumerate(LIMIT.finditer(text), start=1):
                without = f"{text[: found.start()]}true or {text[found.start() :]}"
                yield Mutant(
                    f"{key}: {found.group(1)} ({number})",
                    lambda noun=path.stem, name=name, without=without: _query(noun, name, without),
                    lambda key=key: _reads(twins, key),
                )


@contextmanager
def _query(noun: str, name: str, text: str) -> Iterator[None]:
    held = queries._queries(noun)
    before, held[name] = held[name], text
    try:
        yield
    finally:
        held[name] = before


def _reads(twins: Twins, key: str) -> list[str]:
    names = [name for name in scoped_reads.READS if name.partition(",")[0] == key]
    return [problem for name in names for problem in scoped_reads.leaks(twins, name)]


def of_code(twins: Twins) -> Iterator[Mutant]:
    """One for each condition of sqm/ that narrows by a scope."""
    for path in sorted((config.ROOT / "sqm").rglob("*.py")):
        place, text = str(path.relative_to(config.ROOT)), path.read_text(encoding="utf-8")
        if not WORDS.search(text):
            continue
        tree = ast.parse(text)
        for owner, function in _functions(tree):
            limits = [] if (place, function.name) in UNTESTED else list(_limits(function, place))
            for number, line in enumerate(limits):
                yield Mutant(
                    f"{place}:{line} {function.name} ({number + 1} of {len(limits)})",
                    lambda place=place, owner=owner, name=function.name, number=number: _code(
                        place, owner, name, number
                    ),
                    lambda place=place: _finds(twins, place),
                )


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((node.name, each) for each in node.body if isinstance(each, ast.FunctionDef))


def _limits(function: ast.FunctionDef, place: str) -> Iterator[int]:
    for node in ast.walk(function):
        if isinstance(node, ast.expr) and without(node, place) is not None:
            yield node.lineno


def without(node: ast.expr, place: str) -> ast.expr | None:
    """The expression that lets everything through, if this one is a limit."""
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called.endswith((".sees_district", ".sees_store")):
            return ast.Constant(True)
        if called == "scope_parameters" and ast.unparse(node.args[0]) in ("scope", "viewer.scope"):
            return ast.Call(node.func, [ast.Name("EVERYTHING", ast.Load())], [])
        if called.endswith(".isin") and place.startswith("sqm/") and SEEN.search(ast.unparse(node.args[0])):
            kept = ast.unparse(node.func).removesuffix(".isin")
            return ast.parse(f"({kept}).isin({kept})", mode="eval").body
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Is, ast.In, ast.NotIn)):
        left, operator, right = ast.unparse(node.left), node.ops[0], ast.unparse(node.comparators[0])
        if re.fullmatch(r"(scope|self|viewer\.scope)\.(districts|stores)", left) and isinstance(operator, (ast.Is)):
            return ast.Constant(True)
        if re.fullmatch(r"(scope|self)\.(districts|stores)", right) and isinstance(operator, ast.In):
            return ast.Constant(True)
        if place.startswith("sqm/ui/") and SEEN.search(right) and isinstance(operator, (ast.In, ast.NotIn)):
            return ast.Constant(isinstance(operator, ast.In))
    return None


@contextmanager
def _code(place: str, owner: str, name: str, number: int) -> Iterator[None]:
    """The same function with other code; whoever imported it has it too."""
    module = importlib.import_module(place.removesuffix(".py").replace("/", "."))
    tree = ast.parse((config.ROOT / place).read_text(encoding="utf-8"))
    node = next(each for of, each in _functions(tree) if (of, each.name) == (owner, name))
    limits = (each for each in ast.walk(node) if isinstance(each, ast.expr) and without(each, place) is not None)
    chosen = next(islice(limits, number, None))
    changed = without(chosen, place)
    for parent in ast.walk(node):
        for field, value in ast.iter_fields(parent):
            if value is chosen:
                setattr(parent, field, changed)
            elif isinstance(value, list) and any(each is chosen for each in value):
                value[:] = [changed if each is chosen else each for each in value]
    node.decorator_list = []
    built: dict[str, Any] = {}
    module.__dict__.setdefault("EVERYTHING", EVERYTHING)
    source = ast.fix_missing_locations(ast.Module([node], []))
    exec(compile(source, place, "exec"), module.__dict__, built)  # noqa: S102  (our own source, with a limit less)
    function = _function(getattr(module, owner) if owner else module, name)
    before, function.__code__ = function.__code__, built[name].__code__
    _forget()
    try:
        yield
    finally:
        function.__code__ = before
        _forget()


def _function(holder: ModuleType | type, name: str) -> FunctionType:
    found = getattr(holder, name)
    found = found.fget if isinstance(found, property) else found
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    assert isinstance(found, FunctionType)
    return found


def _forget() -> None:
    """What doors remember would hide a mutant."""
    for module in [module for name, module in sys.modules.items() if name.startswith("sqm.ui")]:
        for each in list(vars(module).values()):
            clear = getattr(each, "cache_clear", None) or getattr(each, "clear", None)
            if hasattr(each, "__wrapped__") and clear is not None:
                clear()


def _finds(twins: Twins, place: str) -> list[str]:
    """The tests of a floor, until one finds something."""
    if place.startswith("sqm/rules/"):
        tests: list[Callable[[], list[str]]] = [_of_scope, _of_decisions, _of_tasks]
    elif place.startswith("sqm/database/"):
        names = sorted(scoped_reads.READS, key=lambda name: not name.startswith(Path(place).stem))
        tests = [lambda name=name: scoped_reads.leaks(twins, name) for name in names]  # type: ignore[misc]
    else:
        tests = [lambda name=name: scoped_doors.leaks(name) for name in scoped_doors.DOORS]  # type: ignore[misc]
    return next((found for test in tests if (found := test())), [])


def _of_scope() -> list[str]:
    """What Scope itself says."""
    wrong = [
        access.Scope.sees_district(BRANCH, "D02"),
        access.Scope.sees_store(BRANCH, FAR, "D02"),
        access.Scope.sees_store(MANAGER, NEAR, "D01"),
        access.Scope.sees_store(MANAGER, OWN, "D02"),
        BRANCH.is_everything,
        access.Scope(None, frozenset({OWN})).is_everything,
    ]
    return ["a scope holds what it does not"] if any(wrong) else []


def _of_decisions() -> list[str]:
    """Nobody opens an action elsewhere, or for the whole district of their store."""
    wrong = []
    tried = ((BRANCH, "D02", ""), (BRANCH, "D02", FAR), (MANAGER, "D01", NEAR), (MANAGER, "D01", ""))
    for scope, district, store in tried:
        try:
            decision_places.require_place(scope, scoped_doors.action(district, store), ())
        except SqmError:
            continue
        wrong.append(f"a viewer decides on {store or district}")
    return wrong


def _of_tasks() -> list[str]:
    """Nobody is given tasks of a place that they do not see, or of a whole district as the manager of a store."""
    tried = ((BRANCH, FAR, "D02"), (BRANCH, "", "D02"), (MANAGER, NEAR, "D01"), (MANAGER, "", "D01"), (BRANCH, "", ""))
    given = [
        store or district or "the company"
        for scope, store, district in tried
        if tasks.sees(scope, Task(tasks.Code.RULE_APPEAL, "1", None, district, store))
    ]
    return [f"tasks of {', '.join(given)}"] if given else []


def run(twins: Twins, part: int = 1) -> Iterator[tuple[Mutant, list[str]]]:
    """Every mutant, or each of ``part``, with what the tests found."""
    for number, mutant in enumerate((*of_queries(twins), *of_code(twins))):
        if number % part == 0:
            with mutant.apply():
                try:
                    found = mutant.finds()
                except Exception as error:  # noqa: BLE001  (a test that breaks has noticed)
                    found = [repr(error)]
            yield mutant, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    survived = killed = 0
    with tempfile.TemporaryDirectory(prefix="sqm-scope-") as folder:
        twins = two_stores.build(Path(folder))
        os.environ["SQM_DATABASE"] = str(scoped_doors.build(Path(folder) / "doors"))
        for mutant, found in run(twins):
            killed, survived = killed + bool(found), survived + (not found)
            print("killed  " if found else "SURVIVED", mutant.name, f"  <- {found[0]}" if found else "", flush=True)
        two_stores.close(twins)
    print(f"{killed} killed, {survived} survived")
    raise SystemExit(1 if survived else 0)


if __name__ == "__main__":
    main()
