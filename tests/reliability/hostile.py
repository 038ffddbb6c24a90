"""Texts that would like to be more than text, put into every text of a database that people may write."""

import zlib
from pathlib import Path

from sqm.database.connection import Database

LISTENER = "http://127.0.0.1:8377"
"""Where a beacon would arrive: nobody may ask for it."""
PAYLOADS = (
    f'<img src="{LISTENER}/x" onerror="window.hostile=1">',
    "<script>window.hostile=1</script>",
    f'</style><style>@import "{LISTENER}/s";body{{background:url({LISTENER}/b)}}</style>',
    f"[link](javascript:window.hostile=1) [out]({LISTENER}/l) ![image]({LISTENER}/i.png)",
    f'"><svg onload="window.hostile=1"><image href="{LISTENER}/v"></image></svg>',
    ":material/bolt: $latex$ :red[red] <a href='javascript:window.hostile=1'>a</a>",
    f'<iframe src="{LISTENER}/f"></iframe><form action="{LISTENER}/p"><input name=hostile></form>',
    f"]]></text><script>window.hostile=1</script><use href='{LISTENER}/u#a'/>",
    f"' onmouseover='window.hostile=1' style='background:url({LISTENER}/q)",
    f"<object data='{LISTENER}/o'></object><base href='{LISTENER}/'><meta http-equiv=refresh content='0;{LISTENER}'>",
    f'&lt;img src="{LISTENER}/e" onerror=window.hostile=1&gt; <details open ontoggle=window.hostile=1>',
)
TEXTS = {
    "agreed_by", "auditor_code", "column_name", "comment", "committed_by", "evidence", "file_name", "header", "mail",
    "note", "phone", "reason", "sealed_by", "section",
}  # fmt: skip
"""Columns whose text comes from people or files, beside those in two languages (name_en, findings_zh ...)."""
CODES = {
    "action", "audience", "batch_id", "cadence", "certainty", "class", "code", "complaint_class", "complaint_id",
    "content_hash", "control_stage", "decision_id", "detail", "digest", "direction", "email", "erased_by",
    "erasure_id", "facts", "field", "indicator_code", "kind", "level", "migration", "mode", "name", "object",
    "on_batch_id", "outline", "person_id", "previous_status", "recipe", "reliability", "replaced_by", "respondent_id",
    "role", "scope_level", "served_at", "setting", "sha256", "showing", "size", "source", "source_system", "standard",
    "status", "statuses", "subject", "subject_key", "target_scope", "template", "theme", "topic", "unit", "upload_id",
    "value", "version", "visit_id", "who",
}  # fmt: skip
"""Columns with codes, and those that planted.py fills with texts of its own (decisions, people, the trail)."""


def payload(text: str) -> str:
    """One of them, always the same for a text."""
    return PAYLOADS[zlib.crc32(text.encode()) % len(PAYLOADS)]


def poison(path: Path) -> dict[str, set[str]]:
    """Put one behind every text of a closed file. What was found: columns by what they are; unknown ones under ''."""
    db = Database.open(str(path))
    found: dict[str, set[str]] = {"texts": set(), "codes": set(), "": set()}
    with db.write() as cursor:
        columns = cursor.execute(
            "select table_name, column_name from duckdb_columns() where data_type = 'VARCHAR' and not internal "
            "order by table_name, column_index"
        ).fetchall()
        for table, column in columns:
            kind = _kind(column)
            found[kind].add(column)
            if kind == "texts":
                cursor.execute(
                    f"update {table} set {column} = {column} || ' ' || $payloads[1 + (rowid + $at) % $n] "  # noqa: S608
                    f"where {column} <> ''",
                    {"payloads": list(PAYLOADS), "n": len(PAYLOADS), "at": zlib.crc32(f"{table}{column}".encode())},
                )
    db.close()
    return found


def _kind(column: str) -> str:
    if column in TEXTS or column.endswith(("_en", "_zh")):
        return "texts"
    return "codes" if column in CODES or column.endswith("_code") else ""
