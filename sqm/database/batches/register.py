"""Which codes exist: read for the checks of an upload, extended by the batch that brings new ones."""

import json
from dataclasses import asdict, fields, replace
from datetime import date

import pyarrow.compute as pc

from sqm.database.connection import Cursor, Database
from sqm.database.indicators import targets
from sqm.database.queries import query
from sqm.intake.reading import Reading
from sqm.intake.recipe import ColumnUse, Recipe, Template
from sqm.intake.register import AuditItem, IndicatorEntry, Register

LABEL_KINDS = ("brand", "channel", "operator")


def add_questions(cursor: Cursor, batch_id: str, reading: Reading) -> None:
    """Write down which answer stands where in this batch, and register items that are new."""
    for question in reading.questions:
        place = {"batch_id": batch_id, "position": question.position, "item_code": question.item_code}
        cursor.execute(
            query("register", "add_question"),
            {
                **place,
                "column_name": question.column_name,
                "scale_min": question.scale_min,
                "scale_max": question.scale_max,
            },
        )
        cursor.execute(
            query("register", "add_item"),
            {
                **place,
                "process_code": question.process_code,
                "role": question.role or "item",
                "name": question.label or question.column_name,
            },
        )


def method_in_force(cursor: Cursor, recipe: Recipe, reading: Reading) -> str:
    """The survey's method in the first month of the file; a survey that is new begins its first method."""
    known = cursor.execute(
        query("register", "method_in_force"), {"survey_code": recipe.survey_code, "month": min(reading.months)}
    ).fetchone()
    return str(known[0]) if known else f"{recipe.survey_code}-1"


def add_codes_of_survey(cursor: Cursor, batch_id: str, recipe: Recipe, reading: Reading) -> None:
    """Register the survey, its method and every brand, channel, operator and district that is new."""
    for kind in LABEL_KINDS:
        _add_labels(cursor, batch_id, kind, _codes(reading, f"{kind}_code"))
    add_districts(cursor, batch_id, reading)
    cursor.execute(
        query("register", "add_survey"),
        {
            "batch_id": batch_id,
            "survey_code": recipe.survey_code,
            "name_en": recipe.survey_name_en or recipe.survey_code,
            "name_zh": recipe.survey_name_zh or recipe.survey_name_en or recipe.survey_code,
            "representative": recipe.representative,
        },
    )
    cursor.execute(
        query("register", "add_method"),
        {
            "batch_id": batch_id,
            "survey_code": recipe.survey_code,
            "method_code": recipe.method_code,
            "valid_from": min(reading.months),
        },
    )


def add_codes_of_values(cursor: Cursor, batch_id: str, reading: Reading) -> None:
    """Register operators and districts that an indicator file brings."""
    _add_labels(cursor, batch_id, "operator", _scopes_on(reading, "operator"))
    add_districts(cursor, batch_id, reading)


def add_districts(cursor: Cursor, batch_id: str, reading: Reading) -> None:
    """Register the districts of the rows that are new."""
    codes = _codes(reading, "district_code")
    cursor.execute(query("register", "add_districts"), {"batch_id": batch_id, "codes": codes})


def note_codes(cursor: Cursor, batch_id: str, recipe: Recipe, reading: Reading) -> None:
    """Write down which earlier batches brought a code that this one uses: they must stay while it stays."""
    cursor.execute(query("register", "note_codes"), {"batch_id": batch_id, **codes_used(recipe, reading)})


def codes_used(recipe: Recipe, reading: Reading) -> dict[str, str | list[str]]:
    """What the batch of a reading rests on, by kind of code."""
    return {
        "survey_code": recipe.survey_code,
        "method_code": recipe.method_code,
        "brands": _codes(reading, "brand_code"),
        "channels": _codes(reading, "channel_code"),
        "operators": _codes(reading, "operator_code") + _scopes_on(reading, "operator"),
        "districts": _codes(reading, "district_code") + _scopes_on(reading, "district"),
        "stores": _codes(reading, "store_code") + _scopes_on(reading, "store"),
        "items": [question.item_code for question in reading.questions],
    }


def _add_labels(cursor: Cursor, batch_id: str, kind: str, codes: list[str]) -> None:
    cursor.execute(query("register", "add_labels"), {"batch_id": batch_id, "kind": kind, "codes": codes})


def _codes(reading: Reading, column: str) -> list[str]:
    """The distinct codes of a column, '' left out; none if this template has no such column."""
    if column not in reading.rows.column_names:
        return []
    return sorted(code for code in pc.unique(reading.rows.column(column)).to_pylist() if code)


def _scopes_on(reading: Reading, level: str) -> list[str]:
    """The distinct scope codes that indicator or target rows carry on one level."""
    if "scope_code" not in reading.rows.column_names:
        return []
    column = "level" if "level" in reading.rows.column_names else "scope_level"
    on_level = reading.rows.filter(pc.equal(reading.rows.column(column), level))
    return _codes(replace(reading, rows=on_level), "scope_code")


def remember_columns(db: Database, template: Template, columns: tuple[ColumnUse, ...]) -> None:
    """Keep what an analyst said each header means, for the next file with that header."""
    with db.write() as cursor:
        for column in columns:
            key = {"template": template.value, "header": column.header}
            cursor.execute(query("register", "forget_column"), key)
            detail = json.dumps(asdict(column), ensure_ascii=False)
            cursor.execute(query("register", "remember_column"), {**key, "field": column.field, "detail": detail})


def remembered_columns(db: Database, template: Template) -> dict[str, ColumnUse]:
    """Header -> what it meant the last time."""
    rows = db.frame(query("register", "remembered"))
    mine = rows[rows["template"] == template.value]
    return {
        header: _column_use(json.loads(detail)) for header, detail in zip(mine["header"], mine["detail"], strict=True)
    }


def _column_use(detail: dict[str, object]) -> ColumnUse:
    known = {field.name for field in fields(ColumnUse)}
    kept: dict[str, object] = {name: value for name, value in detail.items() if name in known}
    kept["missing"] = tuple(detail.get("missing") or ())  # type: ignore[arg-type]
    return ColumnUse(**kept)  # type: ignore[arg-type]


def read(db: Database, today: date) -> Register:
    """The codes that the checks of an upload know. Dates after today are in the future."""
    stores = db.frame(query("register", "stores"))
    districts = db.frame(query("register", "districts"))
    items = db.frame(query("register", "items"))
    names = {name: code for code, *both in stores.itertuples(index=False) for name in both[1:] if name}
    return Register(
        today=today,
        stores=dict(zip(stores["store_code"], stores["district_code"], strict=True)),
        store_names=names,
        districts=dict(zip(districts["district_code"], districts["name_zh"], strict=True)),
        indicators=_indicators(db),
        labels=_labels(db),
        items=dict(zip(items["item_code"], items["role"], strict=True)),
        departments=_departments(db),
        targets_from=targets.open_from(db, today),
        sealed=targets.last_sealed(db),
        signed=targets.signed_keys(db),
        audit_items=_audit_items(db),
        themes=_themes(db),
    )


def _audit_items(db: Database) -> tuple[AuditItem, ...]:
    rows = db.frame(query("visit_batches", "register_items"))
    return tuple(
        AuditItem(str(code), float(most), bool(critical), str(name_en), str(name_zh))
        for code, most, critical, name_en, name_zh in rows.itertuples(index=False, name=None)
    )


def _themes(db: Database) -> dict[str, str]:
    """Word (code or name) -> code of a theme. A topic's own name comes before that of its checklist."""
    words: dict[str, str] = {}
    for name in ("register_topics", "register_checklists"):
        for code, *both in db.frame(query("visit_batches", name)).itertuples(index=False, name=None):
            for word in (code, *both):
                if word:
                    words.setdefault(str(word), str(code))
    return words


def _departments(db: Database) -> dict[str, str]:
    words: dict[str, str] = {}
    for code, *both in db.frame(query("register", "departments")).itertuples(index=False, name=None):
        for word in (code, *both):
            words.setdefault(str(word), str(code))
    return words


def _indicators(db: Database) -> tuple[IndicatorEntry, ...]:
    rows = db.frame(query("register", "indicators"))
    columns = ["indicator_code", "kind", "per", "unit", "name_en", "name_zh", "direction"]
    return tuple(IndicatorEntry(*row) for row in rows[columns].itertuples(index=False, name=None))


def _labels(db: Database) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {kind: {} for kind in LABEL_KINDS}
    for row in db.frame(query("register", "labels")).itertuples():
        for word in (row.code, row.name_en, row.name_zh):
            words.setdefault(str(row.kind), {}).setdefault(str(word), str(row.code))
    return words
