"""What a first look at a file shows, before anybody has said what its columns mean."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqm.intake import problems as problem_values
from sqm.intake.problems import Level, Problem


class Kind(StrEnum):
    DELIMITED = "delimited"
    WORKBOOK = "workbook"
    SPSS = "spss"
    OTHER = "other"


@dataclass(frozen=True)
class HeaderCell:
    """One column: its header text, its wording (label row or SPSS variable label), and SPSS value labels and
    user-missing values (as the file writes them)."""

    text: str
    label: str = ""
    value_labels: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """headers: one per column of the chosen sheet. samples: the first data rows as text, each as long as headers.
    distinct: for each column up to 40 different texts among the first rows. sample_rows: their Excel numbers.
    sheets: names of the visible sheets that hold a table (the chosen one is ``sheet``)."""

    kind: Kind
    file_name: str
    problems: tuple[Problem, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    skip_rows: tuple[int, ...] = ()
    headers: tuple[HeaderCell, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    sample_rows: tuple[int, ...] = ()
    distinct: tuple[tuple[str, ...], ...] = ()
    peak_memory_mb: float = 0.0

    @property
    def readable(self) -> bool:
        """False when a file problem stops everything."""
        return all(problem.level != Level.FILE for problem in self.problems)

    def to_json(self) -> str:
        data = asdict(self)
        data["problems"] = [problem_values.to_json(problem) for problem in self.problems]
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Look":
        data = json.loads(text)
        data["kind"] = Kind(data["kind"])
        data["problems"] = tuple(problem_values.from_json(problem) for problem in data["problems"])
        data["headers"] = tuple(
            HeaderCell(
                cell["text"],
                cell["label"],
                tuple((str(a), str(b)) for a, b in cell["value_labels"]),
                tuple(cell["missing"]),
            )
            for cell in data["headers"]
        )
        for name in ("sheets", "skip_rows", "sample_rows"):
            data[name] = tuple(data[name])
        for name in ("samples", "distinct"):
            data[name] = tuple(tuple(row) for row in data[name])
        return cls(**data)
