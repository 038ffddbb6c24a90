"""Named SQL: a query stands in sql/<noun>.sql under ``-- name: <name>``, with $parameters, never built from values."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "sql"
_NAME = re.compile(r"^-- name: (\w+)\s*$", re.MULTILINE)


@cache
def _queries(noun: str) -> dict[str, str]:
    text = (_FOLDER / f"{noun}.sql").read_text(encoding="utf-8")
    parts = _NAME.split(text)[1:]
    return {name: body.strip().rstrip(";") for name, body in zip(parts[::2], parts[1::2], strict=True)}


def query(noun: str, name: str) -> str:
    """The text of one query. KeyError when the file has no such name: a mistake in the code, not of a person."""
    return _queries(noun)[name]


@cache
def statements(noun: str, name: str) -> tuple[str, ...]:
    """The statements of one named block, in order."""
    return tuple(part.strip() for part in query(noun, name).split(";") if part.strip())
