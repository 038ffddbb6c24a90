"""The catalogue of words. ``python -m tests.words`` brings sqm.po up to date with the source; ``--check`` only reports.

A fragment (valid PO: English and Chinese) given as further argument is merged first: ``python -m tests.words new.po``.
"""

import re
import string
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from sqm.ui.words import CATALOGUE

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("sqm", "pages")
KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}
HAN = re.compile(r"[\u4e00-\u9fff]")


def extracted() -> Catalog:
    """Every message in the source, with the files it stands in (no line numbers: they would change all the time)."""
    found = Catalog()
    for folder in FOLDERS:
        for file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / folder), keywords=KEYWORDS, method_map=[("**.py", "python")]
        ):
            found.add(message, locations=[(f"{folder}/{file}", 0)])
    return found


def stored() -> Catalog:
    """The catalogue as it stands in the repository."""
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="zh_CN")


def complaints(source: Catalog, catalogue: Catalog) -> list[str]:
    """What is missing, empty, fuzzy, no longer used, or has other placeholders than the English text."""
    wrong = []
    for message in source:
        if not message.id:
            continue
        known = catalogue.get(message.id)
        if known is None or not all(_texts(known.string)):
            wrong.append(f"no Chinese for {message.id!r}")
        elif known.fuzzy:
            wrong.append(f"fuzzy: {message.id!r}")
        elif any(placeholders(text) != placeholders(_texts(message.id)[-1]) for text in _texts(known.string)):
            wrong.append(f"other placeholders in the Chinese of {message.id!r}")
    wrong += [f"no longer used: {known.id!r}" for known in catalogue if known.id and source.get(known.id) is None]
    return wrong


def placeholders(text: str) -> set[str]:
    """Names in {braces}; a text with a brace that is not a placeholder has none."""
    try:
        return {field for _literal, field, _spec, _conversion in string.Formatter().parse(text) if field}
    except ValueError:
        return set()


def _texts(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text or ""),)


def update(fragments: list[Path]) -> Catalog:
    """The catalogue with every message of the source, translations kept and fragments merged, nothing unused."""
    old = stored() if CATALOGUE.exists() else Catalog(locale="zh_CN")
    pieces = [old]
    for path in fragments:
        with path.open("rb") as source:
            pieces.append(read_po(source, locale="zh_CN"))
    new = Catalog(locale="zh_CN", fuzzy=False, header_comment="# Chinese words of SQM: python -m tests.words")
    for message in sorted((message for message in extracted() if message.id), key=lambda m: _texts(m.id)[0]):
        new.add(message.id, _translation(message, pieces), locations=message.locations, flags=message.flags)
    return new


def _translation(message: Message, pieces: list[Catalog]) -> object:
    for piece in reversed(pieces):
        known = piece.get(message.id)
        if known is not None and all(_texts(known.string)):
            return known.string
    return None if isinstance(message.id, str) else ("",)


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        catalogue = update([Path(argument) for argument in arguments])
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        with CATALOGUE.open("wb") as target:
            write_po(target, catalogue, width=120, include_lineno=False, omit_header=True)
    wrong = complaints(extracted(), stored())
    print("\n".join(wrong) or "every message has its Chinese")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
