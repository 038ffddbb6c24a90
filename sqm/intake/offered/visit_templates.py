"""What the two templates of store audits offer beside their fixed columns: the items of the checklists, and rules."""

from datetime import timedelta

from sqm.intake.recipe import Template
from sqm.intake.register import AuditItem, Register
from sqm.intake.words import spelling, vocabulary

_SOURCE = {"zh": "第三方暗访", "en": "third party"}
# Column -> rule in Chinese and English.
RULES: dict[str, tuple[str, str]] = {
    "visit_id": (
        "文本，一次检测一个编号，不得重复使用", "text; one number for one visit, never used again"),
    "visit_date": (
        "真实日期，如 {day}；不晚于今天，不早于 2000 年", "a real day such as {day}, not after today, not before 2000"),
    "visit_source": (
        "第三方暗访、自查、远程监控、明访或回访；只有第三方暗访计入得分",
        "third party, self audit, remote monitoring, open visit or callback; only the third party is scored"),
    "audit_theme": ("检测专项的名称或编码，可空", "name or code of the theme; may be blank"),
    "checklist_code": ("检测标准的版本编码，可空", "code of the checklist's version; may be blank"),
    "auditor_code": (
        "暗访员的编号；被访营业员的姓名、工号一律不得填写",
        "number of the auditor; never the name or number of a clerk who was visited"),
    "minutes_waited": ("分钟，不小于 0，可空", "minutes, 0 or more; may be blank"),
    "minutes_handled": ("分钟，不小于 0，可空", "minutes, 0 or more; may be blank"),
    "visit_score": (
        "0-100；有项目得分时留空，由得分计算", "0-100; leave blank where items have points: it follows from them"),
    "visit_comment": (
        "原文，其中的个人信息会被遮盖；不超过 32767 字",
        "free text; personal data in it is masked; up to 32,767 characters"),
    "audit_item": ("检测项目的编码或名称；新项目将登记", "code or name of the item; a new one is registered"),
    "item_points": (
        "0 至满分；N/A 或“不适用”表示不适用", "from 0 to its most points; N/A where it does not apply"),
    "item_max_points": ("大于 0 的数", "a number above 0"),
    "item_critical": ("是或否；空白时按检测标准", "yes or no; blank = as the checklist has it"),
    "item_evidence": ("照片名、小票号等，可空", "name of a photo, number of a receipt; may be blank"),
}  # fmt: skip
_OF_ITEM = (
    "0 至 {most:g} 分；N/A 或“不适用”表示不适用，空白表示未检测",
    "0 to {most:g} points; N/A = does not apply, blank = not audited",
)


def item_headers(template: Template, language: str, register: Register) -> list[str]:
    """A header for each item of a checklist with the points it can earn; none for the template of items."""
    if template is not Template.VISITS:
        return []
    return [_header(entry, language, register) for entry in _offered(register)]


def item_rules(template: Template, language: str, register: Register) -> list[tuple[str, str]]:
    """Header and rule of each item."""
    headers = item_headers(template, language, register)
    told = _OF_ITEM[0 if language == "zh" else 1]
    return [(header, told.format(most=entry.most)) for header, entry in zip(headers, _offered(register), strict=False)]


def example(template: Template, language: str, register: Register, mark: str) -> list[str]:
    """One row that shows how to fill in; its first cell says that it is an example."""
    store = next(iter(register.stores), "S001")
    day = (register.today - timedelta(days=1)).isoformat()
    items = _offered(register)
    theme = items[0].code.partition(".")[0] if items else ""
    start = [mark, store, day, _SOURCE[language], theme, "", "A01", "12", "6"]
    if template is Template.VISIT_ITEMS:
        code, most = (items[0].code, f"{items[0].most:g}") if items else ("on_site_management.queue_guide", "8")
        return [*start, code, most, most, "", "IMG_0001.jpg", ""]
    asked = [f"{entry.most:g}" if entry.code.partition(".")[0] == theme else "" for entry in items]
    return [*start, "" if asked else "90", "", *asked]


def _offered(register: Register) -> list[AuditItem]:
    return [entry for entry in register.audit_items if entry.most > 0]


def _header(entry: AuditItem, language: str, register: Register) -> str:
    """The name when no other item, and no column of the template, has it too; else the code."""
    name = entry.name_zh if language == "zh" else entry.name_en
    alike = [one for one in register.audit_items if spelling.header(name) in map(
        spelling.header, (one.code, one.name_en, one.name_zh))]  # fmt: skip
    taken = spelling.header(name) in vocabulary.known_words(Template.VISITS)
    told = name if name and len(alike) == 1 and not taken else entry.code
    return f"{told}（{entry.most:g}分）" if language == "zh" else f"{told} ({entry.most:g} points)"
