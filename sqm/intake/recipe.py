"""How one file is to be read: which column is what, where the header stands, what is declared for the whole file."""

import json
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any


class Template(StrEnum):
    SURVEY = "survey"
    INDICATOR = "indicator"
    STORES = "stores"
    TARGETS = "targets"
    VISITS = "visits"
    VISIT_ITEMS = "visit_items"


AUDITS = (Template.VISITS, Template.VISIT_ITEMS)
"""Store audits: one row a visit with a column for each item, or one row an item of a visit. Both give the same rows."""
_OF_VISITS = (
    "visit_id", "store_code", "store_name", "district_code", "class", "size", "longitude", "latitude", "visited_on",
    "source", "theme", "checklist", "auditor", "minutes_waited", "minutes_handled", "score", "comment",
)  # fmt: skip

# The words a ColumnUse.field may be, by template. "ignore" leaves a column out. A column of persons who were visited
# has the field "staff", which no template knows: an audit may not be charged to a person.
FIELDS: dict[Template, tuple[str, ...]] = {
    Template.SURVEY: (
        "respondent_id", "store_code", "district_code", "answered_on", "month", "channel", "brand", "operator",
        "weight", "item", "comment", "phone", "ignore",
    ),
    Template.INDICATOR: (
        "month", "store_code", "district_code", "operator", "indicator", "n", "rate", "value", "numerator",
        "denominator", "note", "ignore",
    ),
    Template.STORES: (
        "store_code", "name_zh", "name_en", "district_code", "class", "size", "longitude", "latitude", "ignore",
    ),
    Template.TARGETS: (
        "indicator", "level", "place", "valid_from", "low", "high", "tolerance", "department", "reason", "ignore",
    ),
    Template.VISITS: (*_OF_VISITS, "item", "failed_items", "ignore"),
    Template.VISIT_ITEMS: (*_OF_VISITS, "item_code", "points", "max_points", "critical", "evidence", "ignore"),
}  # fmt: skip


@dataclass(frozen=True)
class ColumnUse:
    """One column of the file. position counts from 0 and tells apart columns of one name; -1 = find it by name.

    label is the question's wording (a Qualtrics label row, an SPSS variable label), process and role are those of
    the items register (overall, process, item, importance, expectation, perception, recommend, other).
    missing holds texts that mean "no answer", as the file writes them ("99"). Of an item of a store audit scale_max is
    the most points it can earn, and critical says that failing it fails the visit.
    """

    header: str
    field: str
    item_code: str = ""
    role: str = ""
    scale_min: float | None = None
    scale_max: float | None = None
    missing: tuple[str, ...] = ()
    position: int = -1
    label: str = ""
    process_code: str = ""
    critical: bool = False

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "ColumnUse":
        """The reverse of to_dict; unknown keys (of a later version) are left out."""
        names = {field.name for field in fields(cls)}
        kept = {name: value for name, value in data.items() if name in names}
        return cls(**{**kept, "missing": tuple(kept.get("missing", ()))})


@dataclass(frozen=True)
class Recipe:
    """is_template: the headers are those of our own template. confirmed: the analyst has agreed to the mapping;
    a file that is no template is not read before. constants: field -> value for the whole file, e.g. month, channel,
    operator, indicator; targets_from: the first month in which a target of the file may start; of store audits source,
    theme, marks (points, failed, passed), separator (of a list of failed items), id_holds (day or store_day: what the
    visit's number tells). header_row and skip_rows are numbered as Excel shows them; header_row 0 = no header row."""

    template: Template
    columns: tuple[ColumnUse, ...] = ()
    survey_code: str = ""
    survey_name_en: str = ""
    survey_name_zh: str = ""
    representative: bool = False
    method_code: str = ""
    constants: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    header_row: int = 1
    skip_rows: tuple[int, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"
    accept_good_rows: bool = False
    is_template: bool = False
    confirmed: bool = False

    def constant(self, name: str) -> str:
        return dict(self.constants).get(name, "")

    def column(self, field: str) -> ColumnUse | None:
        return next((column for column in self.columns if column.field == field), None)

    def items(self) -> tuple[ColumnUse, ...]:
        return tuple(column for column in self.columns if column.field == "item")

    def with_constant(self, name: str, value: str) -> "Recipe":
        kept = ((other, text) for other, text in self.constants if other != name)
        return replace(self, constants=(*kept, (name, value)))

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Recipe":
        """The reverse of to_json; unknown keys are left out."""
        data = json.loads(text)
        names = {field.name for field in fields(cls)}
        known = {name: value for name, value in data.items() if name in names}
        known["columns"] = tuple(ColumnUse.from_dict(column) for column in data.get("columns", []))
        known["template"] = Template(data["template"])
        known["constants"] = tuple((str(name), str(value)) for name, value in data.get("constants", []))
        known["skip_rows"] = tuple(int(row) for row in data.get("skip_rows", []))
        return cls(**known)
