"""Every text on the screen has its Chinese, and a language never leaks into another session."""

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from sqm.ui.words import _, n_, name, use
from tests import words

ROOT = words.ROOT


def test_every_message_has_a_complete_chinese_translation() -> None:
    assert words.complaints(words.extracted(), words.stored()) == []


def test_the_check_finds_what_is_missing_fuzzy_or_misplaced() -> None:
    source, catalogue = Catalog(), Catalog(locale="zh_CN")
    for text in ("one {n}", "two", "three", "four"):
        source.add(text)
    catalogue.add("one {n}", "一 {m}")
    catalogue.add("two", "二", flags=["fuzzy"])
    catalogue.add("three", "")
    catalogue.add("five", "五")
    assert len(words.complaints(source, catalogue)) == 5


def test_texts_follow_the_language_and_fill_their_places() -> None:
    with use("en"):
        assert _("met") == "met"
    with use("zh"):
        assert _("met") == "达标"
        assert _("{points} pp", points="+1") == "+1 个百分点"
        with use("en"):
            assert _("met") == "met"
        assert _("met") == "达标"


def test_counted_texts_use_the_plural_of_the_language() -> None:
    with use("en"):
        assert n_("{n} thing", "{n} things", 1) == "1 thing"
        assert n_("{n} thing", "{n} things", 1200) == "1,200 things"


def test_names_come_in_the_language_and_fall_back_to_the_other() -> None:
    row = {"name_en": "East", "name_zh": "东区", "definition_en": "Only English", "definition_zh": ""}
    with use("zh"):
        assert name(row) == "东区"
        assert name(row, "definition") == "Only English"
    with use("en"):
        assert name(row) == "East"
        assert name({"name_en": None, "name_zh": "东区"}) == "东区"


def _scripts() -> list[Path]:
    return [*sorted((ROOT / "sqm").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]


@pytest.mark.parametrize("path", _scripts(), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_translated_while_a_module_is_imported(path: Path) -> None:
    """A translation outside a function would freeze the first visitor's language. Pages run anew each time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        node
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.Lambda))
        for part in (function.body if isinstance(function.body, list) else [function.body])
        for node in ast.walk(part)
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    named = [call for call in calls if getattr(call.func, "id", "") in ("_", "n_")]
    if path.parent.name == "pages":
        return
    assert [call.lineno for call in named if call not in inside] == []
    floor = path.relative_to(ROOT).parts[1]
    assert not named or floor in ("ui", "main.py"), "only the ui floor speaks"


def test_a_translated_text_is_always_a_literal() -> None:
    """gettext tools find literals only; a constant marked with N_ is the one exception."""
    for path in _scripts():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("N_", "n_"):
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno}"
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node.args:
                assert not isinstance(node.args[0], (ast.JoinedStr, ast.BinOp)), f"{path}:{node.lineno}"
