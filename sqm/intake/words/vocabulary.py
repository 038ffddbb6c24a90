"""The columns of our own templates and the words by which files call them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqm.intake.recipe import Template
from sqm.intake.words import spelling

SURVEY_CODE = "store_evaluation"
SCALE = (1.0, 10.0)


@dataclass(frozen=True)
class TemplateColumn:
    """words are further spellings (traditional characters, synonyms); compared through spelling.header."""

    field: str
    name_zh: str
    name_en: str
    required: bool = False
    item_code: str = ""
    role: str = ""
    words: tuple[str, ...] = ()


_SURVEY = (
    TemplateColumn("respondent_id", "受访者编号", "respondent_id", True, words=("受訪者編號", "受访者ID", "respid")),
    TemplateColumn("store_code", "营业厅编码", "store_code", True, words=("營業廳編碼",)),
    TemplateColumn("answered_on", "调查日期", "survey_date", True, words=("調查日期",)),
    TemplateColumn("channel", "渠道", "channel", words=("管道",)),
    TemplateColumn("item", "整体满意度", "overall", True, "stores.overall", "overall", (
        "整體滿意度", "overall_satisfaction", "overall satisfaction")),
    TemplateColumn("item", "环境", "env", False, "stores.environment", "item", ("環境", "environment")),
    TemplateColumn("item", "等候时间", "wait", False, "stores.waiting", "item", (
        "等候時間", "waiting", "waiting_time", "wait_time")),
    TemplateColumn("item", "营业员", "staff", False, "stores.staff", "item", ("營業員",)),
    TemplateColumn("item", "办理速度", "speed", False, "stores.handling", "item", ("辦理速度", "handling_speed")),
    TemplateColumn("phone", "手机号", "phone", words=("手機號", "手机号码", "mobile", "phone_number")),
    TemplateColumn("comment", "意见", "comment", words=("意見", "comments")),
)  # fmt: skip
_INDICATOR = (
    TemplateColumn("month", "月份", "month", True),
    TemplateColumn("store_code", "营业厅编码", "store_code", True, words=("營業廳編碼",)),
    TemplateColumn("indicator", "指标", "indicator", True, words=("指標",)),
    TemplateColumn("n", "样本量", "n", True, words=("樣本量", "sample_size", "sample size")),
    TemplateColumn("rate", "满意率", "rate", True, words=("滿意率", "satisfaction_rate")),
    TemplateColumn("note", "备注", "note", words=("備註", "备註", "notes")),
)
_STORES = (
    TemplateColumn("store_code", "营业厅编码", "store_code", True, words=("營業廳編碼",)),
    TemplateColumn("name_zh", "营业厅名称", "store_name", True, words=("營業廳名稱", "name_zh")),
    TemplateColumn("name_en", "英文名称", "name_en", words=("store_name_en",)),
    TemplateColumn(
        "district_code", "区县编码", "district_code", True, words=("区县分公司编码", "branch_code", "分公司编码")
    ),
    TemplateColumn("class", "等级", "class", words=("营业厅等级", "store_class")),
    TemplateColumn("size", "规模", "size", words=("营业厅规模", "store_size")),
    TemplateColumn("longitude", "经度", "longitude", words=("lng", "lon")),
    TemplateColumn("latitude", "纬度", "latitude", words=("lat",)),
)
_TARGETS = (
    TemplateColumn("indicator", "指标", "indicator", True, words=("指標", "indicator_code", "指标编码")),
    TemplateColumn("level", "层级", "level", words=("層級", "scope_level", "考核层级")),
    TemplateColumn("place", "单位编码", "place_code", words=("單位編碼", "scope_code", "区县或营业厅编码")),
    TemplateColumn("valid_from", "生效月份", "effective_month", True, words=("生效月", "valid_from", "effective from")),
    TemplateColumn("low", "下限", "low", True, words=("目标下限", "lower_bound", "minimum")),
    TemplateColumn("high", "上限", "high", True, words=("目标上限", "upper_bound", "maximum")),
    TemplateColumn("tolerance", "容差", "tolerance", words=("允差", "宽容度")),
    TemplateColumn("department", "商定部门", "agreed_by", True, words=("商定部門", "责任部门", "department")),
    TemplateColumn("reason", "理由", "reason", True, words=("设定理由", "原因")),
)
_OF_VISITS = (
    TemplateColumn("visit_id", "暗访编号", "visit_id", True, words=("检测编号", "走访编号")),
    TemplateColumn("store_code", "营业厅编码", "store_code", True, words=("營業廳編碼",)),
    TemplateColumn("visited_on", "暗访日期", "visit_date", True, words=("检测日期", "visited_on")),
    TemplateColumn("source", "检测方式", "visit_source", True, words=("检测来源",)),
    TemplateColumn("theme", "检测专项", "audit_theme", words=("专项检测",)),
    TemplateColumn("checklist", "检测标准编码", "checklist_code", words=("检测标准",)),
    TemplateColumn("auditor", "暗访员编号", "auditor_code", words=("检测员编号", "暗访员", "检测员")),
    TemplateColumn("minutes_waited", "排队等候时长", "minutes_waited"),
    TemplateColumn("minutes_handled", "业务办理时长", "minutes_handled"),
)
_VISITS = (
    *_OF_VISITS,
    TemplateColumn("score", "检测得分", "visit_score"),
    TemplateColumn("comment", "检测评语", "visit_comment"),
)
_VISIT_ITEMS = (
    *_OF_VISITS,
    TemplateColumn("item_code", "检测项目", "audit_item", True, words=("检测项目编码", "audit_item_code")),
    TemplateColumn("points", "项目得分", "item_points", True),
    TemplateColumn("max_points", "项目满分", "item_max_points", True),
    TemplateColumn("critical", "关键项", "item_critical"),
    TemplateColumn("evidence", "佐证材料", "item_evidence"),
    TemplateColumn("comment", "检测评语", "visit_comment"),
)
COLUMNS: dict[Template, tuple[TemplateColumn, ...]] = {
    Template.SURVEY: _SURVEY,
    Template.INDICATOR: _INDICATOR,
    Template.STORES: _STORES,
    Template.TARGETS: _TARGETS,
    Template.VISITS: _VISITS,
    Template.VISIT_ITEMS: _VISIT_ITEMS,
}
# So many known headers make a file an attempt at the template; a survey and an indicator file share store_code.
ENOUGH = {
    Template.SURVEY: 3, Template.INDICATOR: 3, Template.STORES: 3, Template.TARGETS: 4, Template.VISITS: 4,
    Template.VISIT_ITEMS: 4,
}  # fmt: skip
LEVELS = {
    "company": "company", "公司": "company", "全公司": "company", "市公司": "company", "全市": "company",
    "district": "district", "区县": "district", "区县分公司": "district", "分公司": "district",
    "store": "store", "营业厅": "store", "門店": "store", "门店": "store",
}  # fmt: skip
# An operator column's words for all operators together.
INDUSTRY = frozenset({
    "行业", "全行业", "行业合计", "行业平均", "行业总体", "三家合计", "全国", "全省", "industry", "all operators",
    "whole industry", "industry total", "industry average", "market",
})  # fmt: skip
CHANNELS = {
    "前台": "front_desk", "前臺": "front_desk", "柜台": "front_desk", "front_desk": "front_desk",
    "frontdesk": "front_desk", "front desk": "front_desk", "counter": "front_desk",
    "外呼": "outbound_call", "电话外呼": "outbound_call",
    "outbound_call": "outbound_call", "outbound": "outbound_call", "outbound call": "outbound_call",
    "短信": "sms", "短訊": "sms", "簡訊": "sms", "sms": "sms",
}  # fmt: skip


def known_words(template: Template) -> dict[str, TemplateColumn]:
    """Header as compared -> column of the template."""
    return {
        spelling.header(word): column
        for column in COLUMNS[template]
        for word in (column.name_zh, column.name_en, *column.words)
    }


_WORDS = {template: known_words(template) for template in Template}


def match(headers: Sequence[str], template: Template) -> list[TemplateColumn | None]:
    """For every header the template column it names, or None."""
    words = _WORDS[template]
    return [words.get(spelling.header(text)) if text else None for text in headers]


def score(headers: Sequence[str], template: Template) -> int:
    """How many different columns of the template the headers name."""
    return len({column.name_en for column in match(headers, template) if column})


def best_template(headers: Sequence[str]) -> tuple[Template | None, int]:
    """The template these headers attempt, if any, and how many of its columns they name.

    A tie goes to the template of which less is missing.
    """
    ranked = []
    for template in Template:
        named = {column.name_en for column in match(headers, template) if column}
        missing = sum(1 for column in COLUMNS[template] if column.required and column.name_en not in named)
        ranked.append((len(named), -missing, template))
    count, _, template = max(ranked, key=lambda entry: (entry[0], entry[1]))
    return (template if count >= ENOUGH[template] else None), count


def similar_header(name: str, headers: Sequence[str]) -> str:
    """The header that was probably meant by a template's column name, for "did you mean"."""
    folded = {spelling.header(text): text for text in headers if text}
    found = spelling.similar(spelling.header(name), folded)
    return folded[found] if found else ""
