"""The first look at a file: what it is and what its columns are called, before anybody said what they mean."""

from pathlib import Path

from sqm.intake.first_look.look import Look
from sqm.intake.first_look.source import Source, open_source
from sqm.intake.limits import Limits
from sqm.intake.words import masking

_SAMPLES = 40
_DISTINCT = 40
_TEXT_KEPT = 200


def look(path: Path, file_name: str, limits: Limits) -> Look:
    """Never raises for bad content: what is wrong stands in Look.problems."""
    source = open_source(path, file_name, limits)
    width = len(source.headers)
    data = [
        (at, _shown(cells, width))
        for at, cells in source.rows
        if at > source.layout.header_row and at not in source.layout.skip_rows and any(cell.strip() for cell in cells)
    ]
    return Look(
        kind=source.kind, file_name=file_name, problems=tuple(source.problems), sheets=source.sheets,
        sheet=source.sheet, encoding=source.encoding, delimiter=source.delimiter,
        header_row=source.layout.header_row, skip_rows=source.layout.skip_rows, headers=source.cells,
        samples=tuple(cells for _, cells in data[:_SAMPLES]), sample_rows=tuple(at for at, _ in data[:_SAMPLES]),
        distinct=_distinct(source, [cells for _, cells in data]),
    )  # fmt: skip


def _shown(cells: list[str], width: int) -> tuple[str, ...]:
    """As many cells as there are columns, personal data masked, long texts cut."""
    kept = [masking.mask(cell[:_TEXT_KEPT]) for cell in cells[:width]]
    return tuple(kept + [""] * (width - len(kept)))


def _distinct(source: Source, rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    columns = []
    for place in range(len(source.headers)):
        seen = dict.fromkeys(row[place] for row in rows if row[place].strip())
        columns.append(tuple(seen)[:_DISTINCT])
    return tuple(columns)
