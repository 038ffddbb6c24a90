"""What a batch left in the database, under the Chinese column names of the templates."""

from collections.abc import Sequence

from sqm.database.connection import Database
from sqm.intake.recipe import Template

_ITEMS = {
    "stores.overall": "整体满意度",
    "stores.environment": "环境",
    "stores.waiting": "等候时间",
    "stores.staff": "营业员",
    "stores.handling": "办理速度",
}


def stats(db: Database, batch_id: str, template: Template) -> dict[str, dict[str, object]]:
    """Column -> sum, min, max, n_missing, distinct of the rows that this batch stored."""
    columns = _survey(db, batch_id) if template is Template.SURVEY else _indicator(db, batch_id)
    return {name: _summary(values) for name, values in columns.items()}


def cells(db: Database, batch_id: str, template: Template) -> dict[str, str]:
    """``row|column`` -> text, for the columns whose text is kept as it was."""
    if template is Template.SURVEY:
        rows = _rows(db, "select source_row, respondent_id, store_code from responses where batch_id = $b", batch_id)
        found = {f"{row}|受访者编号": str(respondent) for row, respondent, _ in rows}
        found |= {f"{row}|营业厅编码": str(store) for row, _, store in rows}
        notes = _rows(db, "select source_row, comment from comments where batch_id = $b", batch_id)
        return found | {f"{row}|意见": str(comment) for row, comment in notes}
    notes = _rows(db, "select source_row, note from indicator_values where batch_id = $b and note <> ''", batch_id)
    return {f"{row}|备注": str(note) for row, note in notes}


def _rows(db: Database, sql: str, batch_id: str) -> list[tuple[object, ...]]:
    with db.read() as cursor:
        return list(cursor.execute(sql, {"b": batch_id}).fetchall())


def _survey(db: Database, batch_id: str) -> dict[str, list[object]]:
    rows = _rows(
        db,
        "select respondent_id, store_code, answered_on, channel_code, scores from responses where batch_id = $b "
        "order by source_row",
        batch_id,
    )
    found: dict[str, list[object]] = {
        "受访者编号": [row[0] for row in rows],
        "营业厅编码": [row[1] for row in rows],
        "调查日期": [str(row[2]) for row in rows],
        "渠道": [row[3] or None for row in rows],
    }
    asked = _rows(db, "select position, item_code from questions where batch_id = $b", batch_id)
    for position, item in asked:
        scores = [row[4][int(str(position)) - 1] for row in rows]  # type: ignore[index]
        found[_ITEMS.get(str(item), str(item))] = [None if score is None else float(score) for score in scores]
    return found


def _indicator(db: Database, batch_id: str) -> dict[str, list[object]]:
    rows = _rows(
        db,
        "select month, scope_code, indicator_code, n, numerator, denominator from indicator_values "
        "where batch_id = $b order by source_row",
        batch_id,
    )
    return {
        "月份": [str(row[0])[:7] for row in rows],
        "营业厅编码": [row[1] for row in rows],
        "指标": [row[2] for row in rows],
        "样本量": [row[3] for row in rows],
        "满意率": [100 * float(str(row[4])) / float(str(row[5])) for row in rows],
    }


def _summary(values: Sequence[object]) -> dict[str, object]:
    present = [value for value in values if value is not None]
    numbers = [float(value) for value in present if isinstance(value, int | float)]
    return {
        "sum": round(sum(numbers), 6) if numbers else None,
        "min": min(present, key=_key) if present else None,
        "max": max(present, key=_key) if present else None,
        "n_missing": len(values) - len(present),
        "distinct": len(set(present)),
    }


def _key(value: object) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, int | float) else (0.0, str(value))
