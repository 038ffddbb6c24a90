"""One gate for what a viewer may see, read from the source: no query, page or cached answer goes past it unseen.

Whether the gate holds is tested by tests/database/scoped_reads.py and tests/ui/scoped_doors.py, and those by
tests/reliability/scope_mutations.py.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.database.scoped_reads import OF_DISTRICTS, READS

ROOT = Path(__file__).resolve().parent.parent
PROTECTED = {
    *("responses", "comments", "replaced_responses", "replaced_comments", "complaints"),
    *("indicator_values", "replaced_values", "store_volumes", "submissions"),
    *("visits", "visit_items", "replaced_visits", "replaced_visit_items"),
    *("mart_store_month", "mart_segment_month", "mart_indicator_month", "sealed_figures", "decisions"),
}
"""Tables with what single stores, districts or customers did or said."""
WRITES = re.compile(r"\b(insert into|delete from|update|create or replace|create temp|create table)\b", re.IGNORECASE)
_FILE = "a file on its way in, or out again; who uploads sees all stores"
_WHEN = "which surveys and months there are, no answer"
_COMPANY = "sums of the whole company, which are open to everybody inside"
_RULES = "asked while a decision is recorded; whose place it is about was checked before"
_MARTS = "how sums are worked out; the page reads the sums"
OPEN = {
    "answers.places": "at which place of a list an item is kept",
    "audit_effects.mark": _RULES,
    "audit_effects.visit": _RULES,
    "audits.contents": _WHEN,
    "batches.any_responses": _FILE,
    "batches.months_of_batch": _FILE,
    "batches.source_of": "an answer of which somebody gives the number, for who may reveal or erase",
    "comments.contents": _WHEN,
    "comments.counted": "how many wrote in all places: hides small groups, and shows none",
    "contents.contents": "how much there is in all",
    "decisions.every": "the log, in which every fold looks for what it needs; its doors narrow it",
    "decisions.next_sequence": "a number",
    "demo.weak_marks": "builds the demonstration",
    "erasures.rows_of": "the answers of one respondent, for who may erase",
    "gaps.audited": _COMPANY,
    "gaps.delivered": _COMPANY,
    "indicators.beside": _COMPANY,
    "indicators.families": "in which families of places somebody is too few: hides more, and shows nothing",
    "indicators.unlisted": "codes that no catalogue names, for who uploads",
    "marts.batches_with_responses": _MARTS,
    "marts.erased_rows": _MARTS,
    "marts.positions": _MARTS,
    "marts.rows_of_batches": _MARTS,
    "marts.stored_rows": _MARTS,
    "marts.touched_by_batch": _MARTS,
    "months.span": _WHEN,
    "score_counts.imported": _COMPANY,
    "score_counts.score_counts": _COMPANY,
    "sealed.no_figures": "columns, no rows",
    "studies.in_use": "whether there are answers at all",
    "studies.instrument": _WHEN,
    "studies.parts": "districts among its parts are narrowed by database/surveys/studies.py, which the leak tests read",
    "studies.waves": _COMPANY,
    "surveys.contents": _WHEN,
    "targets.judged": _WHEN,
    "visit_batches.counted": _FILE,
    "visit_batches.visited_before": _FILE,
}
"""Queries on these tables without a limit by scope -> why."""
_TOTAL = "a total, a limit or a rank among all stores; its door narrows or masks what it names"
WHOLE = {
    "sqm/ui/audits/appeals/data_appeals.py _effects": _TOTAL,
    "sqm/ui/audits/data_audits.py _marks": _TOTAL,
    "sqm/ui/audits/data_audits.py _visits": _TOTAL,
    "sqm/ui/audits/coverage/data_coverage.py _kept": _TOTAL,
    "sqm/ui/audits/coverage/data_coverage.py _plan": _TOTAL,
    "sqm/ui/audits/coverage/data_coverage.py _reports": _TOTAL,
    "sqm/ui/competitiveness/data_indices.py _satisfaction": _COMPANY,
    "sqm/ui/competitiveness/data_indices.py _scale": _COMPANY,
    "sqm/ui/gaps/data_questionnaires.py _people": _COMPANY,
    "sqm/ui/signing/look_as.py _form": "who chooses whom to look as, without sign-in and on this machine alone",
    "sqm/ui/people/people_words.py _named": "names of places, for who gives rights",
    "sqm/ui/people/person_form.py show": "names of places, for who gives rights",
    "sqm/ui/programme/data_programme.py _points": _COMPANY,
    "sqm/ui/satisfaction/small_parts.py _hide": "counts of all parts, to hide more of what the viewer gets; shows none",
    "sqm/ui/store/doors/data_card.py _last_visits": _TOTAL,
    "sqm/ui/store/doors/data_card.py _peers": "stores that do an item well: praise may name them, blame may not",
    "sqm/ui/stores/doors/data_scores.py _scored": _TOTAL,
    "sqm/ui/stores/doors/data_scores.py _stores": _TOTAL,
    "sqm/ui/stores/doors/data_scores.py _whole": _TOTAL,
    "sqm/ui/stores/doors/data_stores.py _cascade": _TOTAL,
    "sqm/ui/stores/doors/data_stores.py _items": _TOTAL,
    "sqm/ui/stores/doors/data_stores.py _store_funnel": _TOTAL,
    "sqm/ui/stores/doors/data_stores.py _theme_losses": _TOTAL,
    "sqm/ui/stores/doors/data_stores.py first_compared": "whether there is a table to show at all",
    "sqm/ui/stores/doors/data_stores.py themes": "names of themes",
    "sqm/ui/stores/stores_choice.py _group": "names of classes",
    "sqm/ui/upload/rehearsed/upload_targets.py changed": _FILE,
    "sqm/ui/upload/rehearsed/upload_visits.py moved": _FILE,
}
"""Functions of the UI that ask without the viewer's scope -> why. What they give may be shown to anybody, or is
narrowed by who calls them."""


@cache
def queries() -> dict[str, str]:
    """Every named query without its comments."""
    found = {}
    for path in sorted((ROOT / "sqm" / "database" / "sql").glob("*.sql")):
        parts = re.split(r"^-- name: (\w+)\s*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            found[f"{path.stem}.{name}"] = re.sub(r"--.*", "", text)
    return found


def is_limited(text: str) -> bool:
    return "$all_districts" in text or "$all_stores" in text


def test_no_query_reads_what_is_protected_without_a_limit_or_a_reason() -> None:
    reading = {
        name
        for name, text in queries().items()
        if not WRITES.search(text) and PROTECTED & set(re.findall(r"\b(?:from|join)\s+(\w+)", text))
    }
    open_now = {name for name in reading if not is_limited(queries()[name])}
    assert open_now - set(OPEN) == set(), "give the query the limits of a scope, or say here why it needs none"
    assert set(OPEN) - open_now == set(), "no longer there, or limited now"


def test_every_limited_query_has_a_leak_test() -> None:
    limited = {name for name, text in queries().items() if is_limited(text)}
    tested = {name.partition(",")[0] for name in READS}
    assert limited - tested == set(), "add the query to tests/database/scoped_reads.py"
    assert tested - limited == {"studies.parts"}


def test_a_query_that_names_stores_is_limited_to_stores_too() -> None:
    """Only totals of districts may do with the limit of districts."""
    of_districts = {name for name, text in queries().items() if "$all_districts" in text and "$all_stores" not in text}
    assert of_districts == {name.partition(",")[0] for name in OF_DISTRICTS} - {"studies.parts"}


@cache
def functions() -> tuple[tuple[str, ast.FunctionDef], ...]:
    return tuple(_functions())


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in [*sorted((ROOT / "sqm" / "ui").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(ROOT)} {node.name}", node


def test_who_asks_without_a_scope_says_why() -> None:
    asking = {name for name, node in functions() if any(is_everything(each) for each in ast.walk(node))}
    assert asking - set(WHOLE) == set(), "pass the viewer's scope on, or say here why not"
    assert set(WHOLE) - asking == set(), "no longer there"


def test_a_cached_answer_depends_on_its_arguments_alone() -> None:
    """Who looks is no argument that may be looked up inside: then the next viewer would get the answer."""
    for name, node in functions():
        if any("cache" in ast.unparse(each) for each in node.decorator_list):
            assert not ASKS_WHO.search(ast.unparse(node)), name
            known = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)} | names_in(node, ast.Store)
            assert {"scope", "viewer"} & names_in(node) <= known, f"{name} reads the viewer from outside"


ASKS_WHO = re.compile(r"session_state|query_params|st\.user|sign_in\.viewer|look_as\.|_passed\b")


def names_in(node: ast.AST, how: type[ast.expr_context] = ast.expr_context) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, how)}


def is_everything(node: ast.AST) -> bool:
    """EVERYTHING, or the same by another name."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Scope":
        return all(isinstance(each, ast.Constant) for each in node.args)
    return isinstance(node, ast.Name) and node.id == "EVERYTHING"
