"""Columns of codes and words: stores, districts, channels, operators, brands."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqm.intake.files.grid import Grid
from sqm.intake.problems import Level
from sqm.intake.register import Register
from sqm.intake.rows.column import Column, read
from sqm.intake.rows.findings import Findings
from sqm.intake.words import spelling, vocabulary


@dataclass(frozen=True)
class Code:
    """code is '' where the cell is blank or its word is not known (then problem says so)."""

    code: str
    problem: str = ""


def stores(grid: Grid, at: int, header: str, register: Register, required: bool, findings: Findings) -> Column[Code]:
    """Store codes as the register writes them."""

    def meaning(texts: list[str]) -> list[Code]:
        return [_store(text, register, required) for text in texts]

    column = read(grid, at, header, meaning, labelled=True)
    blank, _ = column.indexes(lambda one: one.problem == "required_empty")
    findings.add("required_empty", Level.ROW, header, blank)
    for place, text in enumerate(column.texts):
        if column.meanings[place].problem == "store_unknown":
            rows = (column.codes == place).nonzero()[0]
            findings.add("store_unknown", Level.ROW, header, rows, [text], similar=_similar_store(text, register))
    return column


def _store(text: str, register: Register, required: bool) -> Code:
    code = spelling.code(text)
    if not code:
        return Code("", "required_empty" if required else "")
    return Code(code) if code in register.stores else Code("", "store_unknown")


def _similar_store(text: str, register: Register) -> str:
    by_name = register.store_names.get(spelling.normal(text), "")
    return by_name or spelling.similar(spelling.code(text), register.stores)


def words(grid: Grid, at: int, header: str, known: Mapping[str, str], strict: bool, findings: Findings) -> Column[Code]:
    """Words with known codes. strict: an unknown word rejects its row; else it becomes its own code."""
    folded = {spelling.normal(word).casefold(): code for word, code in known.items()}

    def meaning(texts: list[str]) -> list[Code]:
        found = []
        for text in texts:
            word = spelling.normal(text)
            code = folded.get(word.casefold(), "" if strict else word)
            found.append(Code(code, "code_unknown" if word and not code else ""))
        return found

    column = read(grid, at, header, meaning, labelled=True)
    rows, texts = column.indexes(lambda one: one.problem != "")
    findings.add("code_unknown", Level.ROW, header, rows, texts, " / ".join(_shown_words(known)))
    return column


def _shown_words(known: Mapping[str, str]) -> list[str]:
    """One word for every code, the first that the mapping has."""
    first: dict[str, str] = {}
    for word, code in known.items():
        first.setdefault(code, word)
    return list(first.values())


def channels(register: Register) -> dict[str, str]:
    """The template's channel words, and those of the register."""
    return {**vocabulary.CHANNELS, **register.labels.get("channel", {})}
