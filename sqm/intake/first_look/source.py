"""Open a file of any kind we read: what it is, its headers and first rows, and a way to load all of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqm.intake.files import delimited, delimiter, filetype, spss, textfile, workbook
from sqm.intake.files.grid import Grid
from sqm.intake.first_look import layout
from sqm.intake.first_look.layout import Layout
from sqm.intake.first_look.look import HeaderCell, Kind
from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem
from sqm.intake.recipe import Recipe

_HEAD = 64 * 1024


@dataclass
class Source:
    """headers: texts by which the file calls its columns; cells: the same with wording, labels and missing values.
    rows: the first rows of the sheet (Excel number, cells), title and header rows among them."""

    kind: Kind
    problems: list[Problem]
    layout: Layout = Layout((), (), 0)  # noqa: RUF009  (frozen)
    cells: tuple[HeaderCell, ...] = ()
    rows: tuple[tuple[int, list[str]], ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    load: Callable[[], Grid] | None = None
    headers: tuple[str, ...] = field(default=())

    @property
    def readable(self) -> bool:
        return all(problem.level is not Level.FILE for problem in self.problems)


def open_source(path: Path, file_name: str, limits: Limits, recipe: Recipe | None = None) -> Source:
    """The opened file. recipe: what was agreed on before (sheet, encoding, delimiter, header row)."""
    problems = filetype.check_name(file_name)
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    kind, what = filetype.kind_of(head, size)
    if size > limits.file_bytes:
        values = (("size", str(size)), ("limit", str(limits.file_bytes)))
        problems.append(Problem("file_too_big", Level.FILE, values=values))
    elif not head.strip(b"\xef\xbb\xbf\r\n\t ,;\x00"):
        problems.append(Problem("file_empty", Level.FILE))
    else:
        problems += _kind_problems(kind, what, file_name, path)
    source = Source(kind, problems)
    if not source.readable:
        return source
    if kind is Kind.WORKBOOK:
        _open_workbook(source, path, limits, recipe)
    elif kind is Kind.SPSS:
        _open_spss(source, path, limits)
    else:
        _open_text(source, path, limits, recipe)
    return _finished(source, limits)


def _kind_problems(kind: Kind, what: str, file_name: str, path: Path) -> list[Problem]:
    if kind is Kind.OTHER and what == "OLE":
        with path.open("rb") as stream:
            start = stream.read(4 * 1024**2)
        if "EncryptedPackage".encode("utf-16-le") in start:
            return [Problem("file_encrypted", Level.FILE)]
        what = "XLS workbook (Excel 97-2003)" if "Workbook".encode("utf-16-le") in start else "OLE document"
    return filetype.check_kind(kind, what, file_name)


def _finished(source: Source, limits: Limits) -> Source:
    """Checks that every kind shares: a header, not too many columns; title rows are said."""
    if not source.readable:
        return source
    if len(source.layout.headers) > limits.columns:
        values = (("count", str(len(source.layout.headers))), ("limit", str(limits.columns)))
        source.problems.append(Problem("too_many_columns", Level.FILE, values=values))
    elif source.kind is not Kind.SPSS and not source.layout.header_row:
        source.problems.append(Problem("header_not_found", Level.FILE, 1, values=(("template", ""),)))
    elif source.layout.title_rows:
        rows = source.layout.title_rows
        source.problems.append(Problem("title_rows", Level.NOTE, rows[0], rows=rows))
    if not source.cells:
        pairs = zip(source.layout.headers, source.layout.labels, strict=True)
        source.cells = tuple(HeaderCell(text, label) for text, label in pairs)
    source.headers = tuple(cell.text for cell in source.cells)
    return source


def _open_text(source: Source, path: Path, limits: Limits, recipe: Recipe | None) -> None:
    file = textfile.load(path, recipe.encoding if recipe else "", -1 if recipe else delimited.HEAD_BYTES)
    if not file.encoding:
        source.problems.append(Problem("encoding_unknown", Level.FILE))
        return
    if not file.certain:
        source.problems.append(Problem("encoding_guessed", Level.NOTE, values=(("encoding", file.encoding),)))
    columns = delimited.columns_of_first_line(file, recipe.delimiter if recipe else "")
    if columns <= limits.columns:
        head = file.body[: delimited.SNIFFED].decode("utf-8", "replace")
        parting = recipe.delimiter if recipe else delimiter.sniff(head)
        source.encoding, source.delimiter = file.encoding, parting
    else:
        values = (("count", str(columns)), ("limit", str(limits.columns)))
        source.problems.append(Problem("too_many_columns", Level.FILE, values=values))
        return
    source.rows = tuple(delimited.head_rows(file, parting))
    source.layout = layout.find(source.rows)
    width = len(source.layout.headers)
    header_row = source.layout.header_row
    plain = _plain_columns(recipe)
    source.load = lambda: delimited.read(file, parting, header_row, width, limits, plain)


def _plain_columns(recipe: Recipe | None) -> frozenset[int]:
    """Positions of columns that are not worth coding: nearly all texts differ, or nobody reads them."""
    uses = recipe.columns if recipe else ()
    return frozenset(use.position for use in uses if use.field in ("respondent_id", "phone", "ignore"))


def _open_workbook(source: Source, path: Path, limits: Limits, recipe: Recipe | None) -> None:
    book, problems = workbook.open_workbook(path, limits)
    source.problems += problems
    if book is None:
        return
    heads = []
    for entry in book.entries:
        found = workbook.head(book, entry, limits)
        if isinstance(found, Problem):
            source.problems.append(found)
            return
        heads.append(found)
    if not any(head.rows for head in heads):
        source.problems.append(Problem("file_empty", Level.FILE))
        return
    chosen, problems = workbook.choose(heads, recipe.sheet if recipe else "")
    source.problems += problems
    source.sheets = tuple(head.entry.name for head in heads if head.is_table and not head.entry.hidden)
    if chosen is None:
        return
    source.sheet, source.rows, source.layout = chosen.entry.name, chosen.rows, chosen.layout
    width = len(source.layout.headers)
    source.load = lambda: workbook.read(book, chosen, chosen.layout.header_row, width, limits)


def _open_spss(source: Source, path: Path, limits: Limits) -> None:
    opened = spss.open_file(path, limits)
    if isinstance(opened, Problem):
        source.problems.append(opened)
        return
    source.cells = opened.cells
    source.layout = Layout(tuple(cell.text for cell in opened.cells), tuple(cell.label for cell in opened.cells), 1)
    source.encoding = opened.encoding
    source.rows = tuple(opened.head())
    source.load = opened.load
