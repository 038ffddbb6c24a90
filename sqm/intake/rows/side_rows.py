"""Rows that are no data: blank ones, totals, footnotes, a repeated header, units, the template's own example."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from sqm.intake.files.grid import Grid, encoded, texts
from sqm.intake.problems import Level
from sqm.intake.recipe import Recipe
from sqm.intake.rows.findings import Findings
from sqm.intake.words import spelling

_MOST_CLASSIFIED = 20_000
_FIRST_ROWS = 20
_TOTAL_WORDS = frozenset({
    "合计", "总计", "小计", "共计", "平均", "均值", "平均值", "平均分", "总体", "全部", "汇总", "总体平均", "全市",
    "全省", "合計", "總計", "小計", "total", "totals", "grandtotal", "subtotal", "sum", "average", "mean", "avg",
})  # fmt: skip
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|汇总|total|subtotal)[(（:：]|(?:合计|小计|总计|subtotal|total)$")
_NOTE = re.compile(
    r"^(?:注|备注|说明|数据来源|资料来源|来源|口径|制表|填表|审核|统计|复核|联系人|打印|导出"
    r"|note|source|remark|prepared|exported|\*|※|[(（]?\d+[.、)）]\D)",
    re.IGNORECASE,
)
_UNIT_WORDS = frozenset({
    "%", "％", "个", "人", "人次", "户", "份", "分", "文本", "日期", "数字", "整数", "必填", "选填", "可选", "text",
    "date", "number", "integer", "required", "optional", "string", "yyyy-mm-dd", "yyyy-mm", "yyyy/mm/dd", "1-10",
    "1~10", "1-10分", "0-100",
})  # fmt: skip
_EXAMPLE = re.compile(r"^(?:示例|例[:：]|example)", re.IGNORECASE)
_FREE_TEXT = ("comment", "note", "phone", "reason", "evidence", "failed_items")
# Where the example row of a template says that it is one.
_MARKED = ("note", "reason", "respondent_id", "store_code", "visit_id")


def drop(grid: Grid, recipe: Recipe, headers: Sequence[str], places: dict[int, str], required: Sequence[int],
         findings_of: list[Findings]) -> Grid:  # fmt: skip
    """The grid without side rows. places: position -> field; required: positions a data row always fills.

    What was dropped is said through the Findings appended to findings_of (they number rows of the whole grid).
    """
    findings = Findings(grid.rows)
    findings_of.append(findings)
    kept = np.ones(len(grid.rows), bool)
    if recipe.skip_rows:
        kept &= ~np.isin(grid.rows, recipe.skip_rows)
    candidates = _candidates(grid, headers, places, required) & kept
    if candidates.any():
        blank = _blank(grid)
        kept &= ~blank
        candidates &= ~blank
        classified = np.flatnonzero(candidates)[:_MOST_CLASSIFIED]
        kinds = _classify(grid, classified, headers, places)
        _say(findings, grid, kinds)
        for indexes in kinds.values():
            kept[indexes] = False
    return grid if kept.all() else grid.take(kept)


def _candidates(
    grid: Grid, headers: Sequence[str], places: dict[int, str], required: Sequence[int]
) -> npt.NDArray[np.bool_]:
    """Rows with a blank in a required column, or a word in it that only side rows have."""
    found = np.zeros(len(grid.rows), bool)
    if not required:  # a free file: look at its first column only, and at rows that are blank there
        required = list(places)[:1]
    for at in required:
        header = headers[at] if at < len(headers) else ""
        if places.get(at) == "respondent_id":
            found |= _odd_ids(grid, at, header)
            continue
        codes, words = encoded(grid.column(at))
        flags = np.fromiter((_odd(word, header) for word in words), bool, len(words))
        if flags.any():
            found |= flags[codes]
    note = next((at for at, field in places.items() if field in ("note", "reason")), None)
    if note is not None:
        codes, words = encoded(grid.column(note))
        flags = np.fromiter((bool(_EXAMPLE.match(word)) for word in words), bool, len(words))
        found |= flags[codes] if len(words) else False
    return found


def _odd_ids(grid: Grid, at: int, header: str) -> npt.NDArray[np.bool_]:
    """The same for ids, among the first rows only: a totals row has no store either, an example stands on top."""
    column = grid.column(at)
    found = np.zeros(len(grid.rows), bool)
    for index in range(min(_FIRST_ROWS, len(found))):
        found[index] = _odd(column[index].as_py(), header)
    return found


def _odd(text: str, header: str) -> bool:
    word = spelling.bare(text)
    if not word or word == header or _EXAMPLE.match(word):
        return True
    return _is_total(word) or bool(_NOTE.match(word)) or _is_unit(word)


def _is_total(word: str) -> bool:
    folded = spelling.normal(word).casefold().replace(" ", "")
    return folded in _TOTAL_WORDS or bool(_TOTAL.search(folded))


def _is_unit(word: str) -> bool:
    folded = spelling.normal(word).casefold()
    return folded in _UNIT_WORDS or bool(re.fullmatch(r"[(\[（【].*[)\]）】]", folded))


def _blank(grid: Grid) -> npt.NDArray[np.bool_]:
    """Rows in which no cell holds anything but spaces and invisible characters."""
    blank = np.ones(len(grid.rows), bool)
    for column in grid.columns:
        empty = pc.equal(pc.binary_length(texts(column)), 0).to_numpy(zero_copy_only=False).copy()
        for index in np.flatnonzero(blank & ~empty)[:_MOST_CLASSIFIED].tolist():
            empty[index] = not spelling.bare(column[index].as_py())
        blank &= empty
    return blank


def _classify(
    grid: Grid, indexes: npt.NDArray[np.intp], headers: Sequence[str], places: dict[int, str]
) -> dict[str, list[int]]:
    kinds: dict[str, list[int]] = {}
    first = int(grid.rows.min()) if len(grid.rows) else 0
    named = {at: text for at, text in enumerate(headers) if text}
    for index in indexes.tolist():
        cells = [spelling.bare(cell) for cell in grid.row_cells(index)]
        kind = _kind(cells, named, places, int(grid.rows[index]) == first)
        if kind:
            kinds.setdefault(kind, []).append(index)
    return kinds


def _kind(cells: list[str], headers: dict[int, str], places: dict[int, str], is_first: bool) -> str:
    filled = {at: cell for at, cell in enumerate(cells) if cell}
    keys = [cell for at, cell in filled.items() if places.get(at, "") not in _FREE_TEXT]
    if len(filled) > 1 and sum(1 for at, cell in filled.items() if headers.get(at) == cell) >= 0.8 * len(headers):
        return "header_repeated"
    if any(_EXAMPLE.match(cell) for at, cell in filled.items() if places.get(at) in _MARKED):
        return "template_example"
    if is_first and keys and all(_is_unit(cell) for cell in filled.values()):
        return "unit_row"
    if any(_is_total(cell) for cell in keys[:3]):
        return "totals_row"
    different = set(filled.values())
    if len(different) == 1 and _is_note(next(iter(different))):
        return "footnote_row"
    signed = len(different) <= 3 and all(re.search("[:：]", cell) for cell in different)
    return "footnote_row" if signed and keys and _NOTE.match(keys[0]) else ""


def _is_note(text: str) -> bool:
    return bool(_NOTE.match(text)) or len(text) > 24 or bool(re.search("[：。；！]", text))


def _say(findings: Findings, grid: Grid, kinds: dict[str, list[int]]) -> None:
    for kind, indexes in kinds.items():
        level = Level.NOTE if kind in ("template_example", "unit_row") else Level.WARNING
        column = grid.columns[0]
        found = [column[index].as_py() for index in indexes[:3]]
        findings.add(kind, level, "", np.array(indexes, np.intp), [text for text in found if text])
