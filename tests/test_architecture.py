"""The house rules of design and security, read from the source itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# floor -> floors it may import
FLOORS: dict[str, set[str]] = {
    "errors": set(),
    "config": set(),
    "rules": {"errors", "config"},
    "intake": {"rules", "errors", "config"},
    "database": {"intake", "rules", "errors", "config"},
    "charts": {"rules", "errors", "config"},
    "reports": {"charts", "rules", "errors", "config"},
    "ui": {"reports", "charts", "database", "intake", "rules", "errors", "config"},
    "door": {"ui", "rules"},
    "tabs": {"ui", "rules"},
    "server": {"door", "tabs", "ui"},
    "main": {"ui"},
    "__main__": {"database", "intake", "rules", "errors", "config"},
    "pages": {"ui", "charts", "rules", "errors"},
    "app": {"server"},
}
# library -> floors that may import it
LIBRARIES: dict[str, set[str]] = {
    "duckdb": {"database"},
    "streamlit": {"ui", "main", "door", "tabs", "server", "pages", "app"},
    "starlette": {"door", "server"},
    "altair": {"charts"},
    "pydeck": {"charts"},
    "openpyxl": {"intake", "reports"},
    "pyreadstat": {"intake"},
    "xlsxwriter": {"reports", "intake"},
    "babel": {"ui"},
}
# imports that warm the process up and use nothing
WARM = {("server", "duckdb")}
MOST_LINES = 400
MOST_FILES = 13
VAGUE_NAMES = {"utils", "util", "common", "helpers", "helper", "misc"}


def sources() -> list[Path]:
    return [ROOT / "app.py", *sorted((ROOT / "sqm").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]


def floor_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "sqm" and len(parts) > 1 else parts[0]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", sources(), ids=shown)
def test_a_floor_imports_only_what_it_may(path: Path) -> None:
    floor = floor_of(path)
    if floor == "__init__":
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "sqm" and len(parts) > 1:
            assert parts[1] == floor or parts[1] in FLOORS[floor], f"{floor} imports {name}"
        elif parts[0] == "pages":
            raise AssertionError(f"{shown(path)} imports a page")
        elif parts[0] in LIBRARIES and (floor, parts[0]) not in WARM:
            assert floor in LIBRARIES[parts[0]], f"{floor} imports {name}"


def test_modules_import_each_other_in_no_circle() -> None:
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in sources()}
    edges = {
        name: {target for target in imports(path) if target in modules and target != name}
        for name, path in modules.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for target in sorted(edges[name]):
                walk(target, (*trail, name))
            done.add(name)

    for name in modules:
        walk(name, ())


def test_the_database_is_opened_in_one_place() -> None:
    places = [shown(path) for path in sources() if "duckdb.connect(" in path.read_text(encoding="utf-8")]
    assert places == ["sqm/database/connection.py"]


def test_no_file_is_too_long_and_none_has_a_vague_name() -> None:
    everything = [*sources(), *sorted((ROOT / "tests").rglob("*.py"))]
    long = {shown(path): n for path in everything if (n := len(path.read_text("utf-8").splitlines())) > MOST_LINES}
    assert not long
    assert not [shown(path) for path in everything if VAGUE_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)]


def test_a_folder_that_grows_gets_rooms_and_each_says_what_it_holds() -> None:
    for folder in {path.parent for path in sources() if path.parent not in (ROOT, ROOT / "pages")}:
        files = {path.name for path in folder.glob("*.py")}
        assert len(files - {"__init__.py"}) <= MOST_FILES, shown(folder)
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))), shown(folder)


def test_html_is_written_only_by_the_blocks_and_markdown_never_as_html() -> None:
    for path in sources():
        text = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in text and "unsafe_allow_javascript" not in text, shown(path)
        assert "st.html(" not in text or shown(path) == "sqm/ui/blocks.py", shown(path)
        assert "components.v" not in text or shown(path) == "sqm/ui/links.py", shown(path)


def test_no_cached_function_hides_an_argument_from_its_key() -> None:
    """An argument with a leading underscore is left out of Streamlit's cache key: a scope there would leak."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("cache_" in ast.unparse(each) for each in node.decorator_list):
                names = [argument.arg for argument in node.args.args + node.args.kwonlyargs]
                assert not [name for name in names if name.startswith("_")], f"{shown(path)}: {node.name}"


RUNS_TEXT = {"eval", "exec", "compile", "__import__", "yaml.load", "os.system", "os.popen", "subprocess.getoutput"}
UNPICKLES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}


def test_nothing_is_unpickled_or_evaluated() -> None:
    for path in sources():
        assert not {name.partition(".")[0] for name in imports(path)} & UNPICKLES, shown(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called, last = ast.unparse(node.func), ast.unparse(node.func).rpartition(".")[2]
                assert called not in RUNS_TEXT and last not in ("read_pickle", "to_pickle"), f"{shown(path)}: {called}"
                said = {each.arg: ast.unparse(each.value) for each in node.keywords}
                assert said.get("shell", "False") == "False", f"{shown(path)}: a shell"
                assert said.get("allow_pickle", "False") == "False", f"{shown(path)}: pickles in an array"
                assert "persist" not in said or "cache" not in called, f"{shown(path)}: a cache on disk is pickled"


def test_processes_are_started_in_one_place() -> None:
    assert [shown(path) for path in sources() if "subprocess" in imports(path)] == ["sqm/intake/child.py"]


def test_every_page_opens_with_the_guard() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        body = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if not isinstance(node, ast.Expr)]
        first = next(node for node in body if not isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef)))
        assert re.match(rf"viewer = page\.begin\('{path.stem}'", ast.unparse(first)), shown(path)


def test_every_named_page_has_an_access_rule_and_a_script() -> None:
    from sqm.rules.access import PAGES
    from sqm.ui.navigation import ENTRIES

    names = {entry.name for entry in ENTRIES}
    assert names == {str(page) for page in PAGES} == {path.stem for path in (ROOT / "pages").glob("*.py")}


def test_the_repository_names_no_place_of_one_machine() -> None:
    suspicious = re.compile(r"/work/|(?<!\w)/home/\w|/root/")
    text_files = [
        path for path in ROOT.rglob("*") if path.suffix in (".py", ".md", ".toml", ".sql", ".csv", ".css", ".po")
    ]
    tracked = [
        path for path in text_files if not {".venv", ".git", "work", "shots"} & set(path.relative_to(ROOT).parts)
    ]
    guilty = [
        shown(path)
        for path in tracked
        if path != Path(__file__) and suspicious.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not guilty
