"""Words of store audits: where a visit comes from, what a mark says, columns that name who was visited."""

import hashlib
import re
from datetime import date

from sqm.intake.words import spelling

THIRD_PARTY = "third_party"
SELF_AUDIT = "self_audit"
# Only the third party's visits are scored; the others stand beside them.
SOURCES: dict[str, str] = {
    "third_party": THIRD_PARTY, "third party": THIRD_PARTY, "mystery shopping": THIRD_PARTY, "mystery": THIRD_PARTY,
    "第三方暗访": THIRD_PARTY, "第三方": THIRD_PARTY, "暗访": THIRD_PARTY, "神秘顾客": THIRD_PARTY,
    "self_audit": SELF_AUDIT, "self audit": SELF_AUDIT, "self-audit": SELF_AUDIT, "自查": SELF_AUDIT,
    "区县自查": SELF_AUDIT, "分公司自查": SELF_AUDIT, "自检": SELF_AUDIT,
    "remote_monitoring": "remote_monitoring", "remote monitoring": "remote_monitoring", "远程监控": "remote_monitoring",
    "视频监控": "remote_monitoring",
    "open_visit": "open_visit", "open visit": "open_visit", "明访": "open_visit", "明察": "open_visit",
    "double_check": "double_check", "double check": "double_check", "复核暗访": "double_check", "复访": "double_check",
    "callback": "callback", "call back": "callback", "回访": "callback", "电话回访": "callback",
}  # fmt: skip

POINTS, FAILED, PASSED = "points", "failed", "passed"
MARKS = (POINTS, FAILED, PASSED)
"""What a mark is: points from 0 to the most, 1 = failed (violated), 1 = passed."""
_ONE = frozenset({"1", "1.0", "y", "yes", "true", "是", "有"})
_ZERO = frozenset({"0", "0.0", "n", "no", "false", "否", "无"})
_PASS = frozenset({"pass", "passed", "ok", "合格", "达标", "符合", "通过", "√", "✓", "✔"})
_FAIL = frozenset({"fail", "failed", "不合格", "不达标", "不符合", "未通过", "x", "×", "✗", "✘"})
_NONE = frozenset({
    "", "n/a", "na", "n.a.", "n.a", "-", "--", "—", "/", "不适用", "未涉及", "不涉及", "无此项", "not applicable",
    "null", "none", "nan", "不考核",
})  # fmt: skip

_DAY = re.compile(r"(?<!\d)(20\d{2})[-_]?(\d{2})[-_]?(\d{2})(?!\d)")
_LONGEST = 48

# The auditor may be named; who was visited may not.
_AUDITOR = re.compile(
    r"audit|inspect|assess|shopper|mystery|visitor|evaluator|检测|暗访|访问|检查|稽核|巡检|督导|评估", re.IGNORECASE
)
_PERSON = (
    r"(?:clerk|staff|staff[ _]?member|employee|cashier|teller|salesperson|sales[ _]?(?:man|woman|clerk|rep)|agent"
    r"|person|associate|worker|server)"
)
_PERSON_ZH = (
    r"(?:营业员|營業員|员工|員工|店员|店員|柜员|台席人员|服务人员|服務人員|营销员|业务员|导购|值班经理|责任人|当事人"
    r"|被访人|被检人)"
)
_STAFF = re.compile(
    rf"^(?:the[ _])?{_PERSON}s?$"
    rf"|^{_PERSON}s?(?:['’]s)?[ _\-]*(?:name|full[ _]?name|id|no|nr|num|number|code|badge|login)s?\.?$"
    rf"|^(?!number[ _]of[ _]staff)(?:name|id|number|code)[ _]of[ _](?:the[ _])?{_PERSON}$"
    r"|^badge(?:[ _]?(?:no|number|id))?$"
    rf"|^{_PERSON_ZH}(?:姓名|名字|名称|编号|编码|工号|代码|号|id)?$"
    r"|工号|工號|^(?:服务|接待|受理|办理|当班|被访|被检)(?:人|员工|人员|营业员)(?:姓名|编号)?$|^姓名$",
    re.IGNORECASE,
)


def is_staff(header: str) -> bool:
    """Does a column of this name say who was visited?"""
    word = re.sub(r"[(（\[【].*$", "", spelling.normal(header)).strip()
    return bool(_STAFF.search(word)) and not _AUDITOR.search(word)


def is_not_applicable(text: str) -> bool:
    return spelling.normal(text).casefold() in _NONE


def passed(text: str, meaning: str) -> bool | None:
    """Was the item passed, by a mark of 0 or 1 or a word? None: no such mark. meaning: FAILED or PASSED."""
    word = spelling.normal(text).casefold()
    if word in _PASS or word in _FAIL:
        return word in _PASS
    if word in _ONE:
        return meaning == PASSED
    return meaning == FAILED if word in _ZERO else None


def day_in(number: str) -> str:
    """2017-01-26 of 65776_20170126; '' where a visit's number tells no day."""
    match = _DAY.search(number)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat() if match else ""
    except ValueError:
        return ""


def before_day(number: str) -> str:
    """65776 of 65776_20170126: what a visit's number says before the day."""
    match = _DAY.search(number)
    return number[: match.start()].rstrip("_-. ") if match else ""


def item_code(prefix: str, text: str) -> str:
    """A code for an item that the register lacks: the same for the same words of the same study."""
    word = re.sub(r"[^a-z0-9]+", "_", spelling.normal(text).casefold()).strip("_")
    if not word or not spelling.normal(text).isascii() or len(word) > _LONGEST:
        mark = hashlib.sha256(spelling.normal(text).casefold().encode()).hexdigest()[:8]
        word = f"{word[:_LONGEST]}_{mark}".strip("_")
    return f"{prefix}.{word}" if prefix else word
