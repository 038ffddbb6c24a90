"""Words by which foreign files call their columns: English, Chinese, a little Korean and German."""

import re

_FLAGS = re.IGNORECASE
_REGION = r"^(?:state|province|region)(?:[ _]?(?:name|code))?$|^省份?$"
# field -> patterns, the most telling first; a field is given to one column only.
FIELD_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("respondent_id", (
        r"^response_?id$", r"^respondent", r"受访者|被访者|问卷编号|样本编号|答卷编号",
        r"^(?:resp|case|user|customer|record)[ _]?(?:id|no)",
        r"^antwort-?id", r"응답자\s*(?:id|번호)", r"^id$")),
    ("answered_on", (
        r"^recorded_?date$", r"^end_?date$", r"调查日期|访问日期|答题时间|提交时间|评价时间|办理日期",
        r"survey[ _]?date|interview[ _]?date|answered",
        r"^start_?date$", r"^date$|^日期$|^datum$|설문일|응답일|enddatum|timestamp|타임스탬프")),
    ("month", (r"^month$|^月份?$|^年月$|^period$|统计月|账期|数据月份|^monat$|^월$",)),
    ("store_code", (r"营业厅编|门店编|store[ _]?(?:code|id|no)|shop[ _]?(?:code|id)|branch[ _]?(?:code|id)",)),
    ("district_code", (r"区县|分公司|district|^county$", _REGION)),
    ("operator", (r"operator|运营商|^单位$|carrier|^provider$",)),
    ("channel", (r"渠道|^channel$|distributionchannel",)),
    ("brand", (r"品牌|^brand$",)),
    ("weight", (r"^weights?$|权重|加权|gewicht|^wt$|가중치",)),
    ("comment", (r"意见|建议|comment|feedback|free text|开放题|原因|verbatim|의견|anmerkung",)),
    ("phone", (r"手机|电话|phone|mobile|e-?mail|邮箱|ip_?address|recipient|姓名|name des|휴대",)),
)  # fmt: skip
INDICATOR_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("indicator", (
        r"^indicator$|^指标(?:名称)?$|^measure(?:[ _]?(?:id|code))?$|^kpi$|^metric$|indicator[ _]?(?:name|code)",)),
    ("month", (r"^month$|^月份?$|^年月$|^(?:release |reporting )?period$|统计月|账期|数据月份|^date$",)),
    ("store_code", (r"营业厅编|门店编|store[ _]?(?:code|id)",)),
    ("district_code", (r"区县|分公司|district", _REGION)),
    ("operator", (r"operator|运营商|^单位$|carrier|^provider$",)),
    ("value", (r"^value$|^数值$|^值$|^指标值$|^score$|^wert$",)),
    ("rate", (r"满意率|^rate$|^percent(?:age)?$", r"^top[- ]?box[ _]?(?:percent(?:age)?|rate|%)?$")),
    ("numerator", (r"^numerator$|^分子$",)),
    ("denominator", (r"^denominator$|^分母$",)),
    ("n", (r"^n$|样本量|sample[ _]?size|样本数",)),
    ("note", (r"^note$|备注|remark",)),
)  # fmt: skip
# Numbers under such headers are no answers.
NO_ITEM = re.compile(
    r"latitude|longitude|^lat$|^lon|breitengrad|längengrad|duration|dauer|progress|finished|status|^age$|年龄|年份|^year$"
    r"|性别|gender|^sex$|count|^no\.?$|序号|location|accuracy|set$|zip|邮编|tenure|amount|金额|charges|用户数|_id$|quarter",
    _FLAGS,
)  # fmt: skip
_NAMED = r"(?:^|[(（\[_\-–—:：/]\s*){word}|\b{word}\s*(?:question|form|half|side)"
_ROLES = (
    ("dysfunctional", _NAMED.format(word="dysfunctional") + "|反向题"),
    ("functional", _NAMED.format(word="functional") + "|正向题"),
    ("expectation", r"[(（]\s*기대|期望|期待|expect|^E\d+|\bE[_-]?\d+\b"),
    ("perception", r"[(（]\s*인지|感知|实际(?:感受|体验|表现|$|[)）:：_\-])|percept|perceiv|^P\d+\b"),
    ("importance", r"중요|重要|importan|wichtig|^I\d+\b"),
    ("recommend", r"推荐|recommend|nps|추천"),
    ("overall", r"总体|整体|overall|전반적|전체적|gesamt"),
)  # fmt: skip
SATISFIED = re.compile(r"满意|satisf|만족|zufried|rating|score|评分|评价|打分|同意|agree|likely", _FLAGS)
# Several options may be ticked: their list is neither a grade nor a comment.
SEVERAL = re.compile(
    r"多选|可复选|多项选择|multiple (?:choice|answers?)|select all|all that apply|중복\s*(?:가능|선택)|모두 선택",
    _FLAGS,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def role(text: str) -> str:
    """functional, dysfunctional, expectation, perception, importance, recommend, overall, or item."""
    return next((name for name, pattern in _ROLES if re.search(pattern, text, _FLAGS)), "item")


def month_in_name(file_name: str) -> str:
    """The first day of the month that a file name tells, as YYYY-MM-DD, or ''."""
    stem = file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].casefold()
    match = re.search(r"(?<!\d)(20\d{2})\s*[-_年. ]?\s*(0[1-9]|1[0-2]|[1-9](?=月))(?!\d)", stem)
    if match:
        return f"{match[1]}-{int(match[2]):02d}-01"
    names = "|".join(_MONTHS)
    match = re.search(rf"(?<![a-z])({names})[a-z]*[-_ .]*(20\d{{2}})(?!\d)", stem)
    if match:
        return f"{match[2]}-{_MONTHS.index(match[1]) + 1:02d}-01"
    match = re.search(rf"(?<!\d)(20\d{{2}})[-_ .]*({names})", stem)
    return f"{match[1]}-{_MONTHS.index(match[2]) + 1:02d}-01" if match else ""


def survey_code(file_name: str) -> str:
    """A code for a survey from its file name, months and years left out, so that its next file gets the same code."""
    stem = file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].casefold()
    names = "|".join(_MONTHS)
    stem = re.sub(rf"(?<![a-z])(?:{names})[a-z]*(?=[-_ .]*20\d\d)", " ", stem)
    stem = re.sub(r"(?<!\d)20\d\d(?:[-_年. ]?(?:0[1-9]|1[0-2]|[1-9](?=月)))?(?!\d)", " ", stem)
    words = re.findall(r"[a-z0-9]+", stem)
    return "_".join(words)[:40] or "survey"
