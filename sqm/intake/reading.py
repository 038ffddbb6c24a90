"""What reading a file gives: good rows in canonical columns, problems, rejected rows. It crosses the process border
as Arrow files and JSON, never as pickle."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from sqm.intake import problems as problem_values
from sqm.intake.problems import Problem, Verdict
from sqm.intake.recipe import Template

SCORE = pa.decimal128(7, 2)
WEIGHT = pa.decimal128(10, 4)
PART = pa.decimal128(24, 6)

SURVEY_SCHEMA = pa.schema([
    ("source_row", pa.int32()), ("respondent_id", pa.string()), ("answered_on", pa.date32()), ("month", pa.date32()),
    ("store_code", pa.string()), ("district_code", pa.string()), ("operator_code", pa.string()),
    ("channel_code", pa.string()), ("brand_code", pa.string()), ("weight", WEIGHT), ("scores", pa.list_(SCORE)),
    ("comment", pa.string()),
])  # fmt: skip
INDICATOR_SCHEMA = pa.schema([
    ("source_row", pa.int32()), ("indicator_code", pa.string()), ("month", pa.date32()), ("level", pa.string()),
    ("scope_code", pa.string()), ("district_code", pa.string()), ("numerator", PART), ("denominator", PART),
    ("n", pa.int32()), ("note", pa.string()),
])  # fmt: skip
STORES_SCHEMA = pa.schema([
    ("source_row", pa.int32()), ("store_code", pa.string()), ("name_en", pa.string()), ("name_zh", pa.string()),
    ("district_code", pa.string()), ("class", pa.string()), ("size", pa.string()), ("longitude", pa.float64()),
    ("latitude", pa.float64()),
])  # fmt: skip
TARGETS_SCHEMA = pa.schema([
    ("source_row", pa.int32()), ("indicator_code", pa.string()), ("scope_level", pa.string()),
    ("scope_code", pa.string()), ("valid_from", pa.date32()), ("low", pa.float64()), ("high", pa.float64()),
    ("tolerance", pa.float64()), ("agreed_by", pa.string()), ("reason", pa.string()),
])  # fmt: skip
# One row a visit, whatever the file's layout. items and the lists after it are parallel; a null point: does not apply.
VISITS_SCHEMA = pa.schema([
    ("source_row", pa.int32()), ("visit_id", pa.string()), ("store_code", pa.string()), ("store_name", pa.string()),
    ("district_code", pa.string()), ("class", pa.string()), ("size", pa.string()), ("longitude", pa.float64()),
    ("latitude", pa.float64()), ("visited_on", pa.date32()), ("month", pa.date32()), ("source", pa.string()),
    ("theme", pa.string()), ("checklist_code", pa.string()), ("auditor_code", pa.string()),
    ("minutes_waited", pa.float64()), ("minutes_handled", pa.float64()), ("score", pa.float64()),
    ("comment", pa.string()), ("items", pa.list_(pa.string())), ("points", pa.list_(SCORE)),
    ("max_points", pa.list_(SCORE)), ("critical", pa.list_(pa.bool_())), ("evidence", pa.list_(pa.string())),
])  # fmt: skip
SCHEMAS = {
    Template.SURVEY: SURVEY_SCHEMA,
    Template.INDICATOR: INDICATOR_SCHEMA,
    Template.STORES: STORES_SCHEMA,
    Template.TARGETS: TARGETS_SCHEMA,
    Template.VISITS: VISITS_SCHEMA,
    Template.VISIT_ITEMS: VISITS_SCHEMA,
}


@dataclass(frozen=True)
class Question:
    """Which answer stands at which place (from 1) of the list ``scores``, and what it is called."""

    position: int
    item_code: str
    column_name: str
    scale_min: float
    scale_max: float
    label: str = ""
    role: str = ""
    process_code: str = ""


@dataclass(frozen=True)
class Reading:
    """rows: good rows in the schema of the template (survey comments masked; null if there is none).
    rejected: source_row, reasons (codes joined by ``;``) and the file's own text columns.
    content_hash does not depend on row order, file format or header language. rows_read counts data rows of the file.
    """

    template: Template
    rows: pa.Table
    problems: tuple[Problem, ...]
    rejected: pa.Table
    content_hash: str = ""
    questions: tuple[Question, ...] = ()
    months: tuple[date, ...] = ()
    rows_read: int = 0
    peak_memory_mb: float = 0.0

    def verdict(self, accept_good_rows: bool = False) -> Verdict:
        return problem_values.verdict(self.problems, accept_good_rows)


def nothing(template: Template, problems: tuple[Problem, ...], peak_memory_mb: float = 0.0) -> Reading:
    """A file of which nothing can be stored."""
    rejected = pa.table({"source_row": pa.array([], pa.int32()), "reasons": pa.array([], pa.string())})
    return Reading(template, SCHEMAS[template].empty_table(), problems, rejected, peak_memory_mb=peak_memory_mb)


def save(reading: Reading, folder: Path) -> None:
    """rows.arrow, rejected.arrow and, last, reading.json: its presence means that all is there."""
    for name, table in (("rows", reading.rows), ("rejected", reading.rejected)):
        with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    head = {
        "template": reading.template.value,
        "problems": [problem_values.to_json(problem) for problem in reading.problems],
        "content_hash": reading.content_hash,
        "questions": [asdict(question) for question in reading.questions],
        "months": [month.isoformat() for month in reading.months],
        "rows_read": reading.rows_read,
        "peak_memory_mb": reading.peak_memory_mb,
    }
    (folder / "reading.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")


def load(folder: Path) -> Reading:
    """The reverse of save. The Arrow files are mapped into memory; deleting the folder afterwards is allowed."""
    head = json.loads((folder / "reading.json").read_text(encoding="utf-8"))
    tables = []
    for name in ("rows", "rejected"):
        with pa.memory_map(str(folder / f"{name}.arrow")) as source:
            tables.append(pa.ipc.open_file(source).read_all())
    template = Template(head["template"])
    if tables[0].schema != SCHEMAS[template]:
        raise ValueError("schema")
    return Reading(
        template, tables[0], tuple(problem_values.from_json(problem) for problem in head["problems"]), tables[1],
        str(head["content_hash"]), tuple(Question(**question) for question in head["questions"]),
        tuple(date.fromisoformat(month) for month in head["months"]), int(head["rows_read"]),
        float(head["peak_memory_mb"]),
    )  # fmt: skip
