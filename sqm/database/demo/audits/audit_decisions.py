"""What people decided about store audits: marks that were queried and ruled, a report that was rejected, actions, and
the supplementary means of each district. Made by the builders that pages use; no indicator counts any of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqm.database.connection import Cursor
from sqm.database.deciding import decisions
from sqm.database.demo.audits.means_visits import MEANS_FROM, chosen
from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import LAST, Calendar
from sqm.database.demo.company.log_lines import Line, at
from sqm.database.demo.company.seals import WHO
from sqm.database.queries import query
from sqm.rules.audits import appeals, supplementary, visit_reports
from sqm.rules.audits.appeals import Verdict
from sqm.rules.decisions import Draft
from sqm.rules.periods import add_months
from sqm.rules.stores import actions
from sqm.rules.stores.actions import Measure, Opening

_QUALITY, _DISTRICT, _MANAGER = "quality", "district", "store_manager"
_SINCE = 8  # months back in which marks are queried
_LATEST_DAY = 12  # of a visit that is queried, so that its ruling falls into the same month
REJECTED_MONTH = LAST - 2


@dataclass(frozen=True)
class _Query:
    """back: months. verdict: None while it waits. days: until the ruling. granted: share of the item's points that the
    ruling gives (PARTLY)."""

    back: int
    verdict: Verdict | None
    days: int = 6
    granted: float = 0.0


_QUERIES = (
    _Query(8, Verdict.REJECTED),
    _Query(7, Verdict.UPHELD, 4),
    _Query(6, Verdict.PARTLY, 8, 0.8),
    _Query(5, Verdict.UPHELD, 5),
    _Query(4, Verdict.REJECTED, 9),
    _Query(3, Verdict.UPHELD, 14),  # later than the standard allows
    _Query(2, Verdict.REJECTED, 3),
    _Query(1, None),  # and this one still waits
    _Query(0, None),
    _Query(0, None),
)
# Item -> why the store holds another mark to be right (all points, or that it does not apply), and what it brings.
_CLAIMS = {
    "on_site_management.self_service_working": (
        "power cut in the street, notice was up 当日片区停电，已张贴公告",
        "停电通知照片.jpg",
    ),
    "on_site_management.counters_open": ("all counters were open, see the log 台席全开，见叫号日志", "叫号日志.xlsx"),
    "on_site_management.leaflets": ("leaflets had been replaced that morning 单页当日上午已更换", "更换记录.jpg"),
    "transaction_handling.charges_explained": ("they were explained, see the recording 已说明资费，见录音", "录音.wav"),
    "transaction_handling.receipt_given": ("the customer took the receipt 受理单已由客户签收", "受理单.jpg"),
    "promotion_execution.gift_in_stock": ("no gift belongs to this promotion 当期活动不含礼品", "活动方案.pdf"),
    "promotion_execution.rules_on_display": ("poster stood at the second door 海报在侧门", "海报照片.jpg"),
    "plan_selling.need_asked": ("use was looked up in the system 已在系统查询用量", "系统截图.png"),
    "plan_selling.plan_fits_need": ("plan follows the use of three months 按近三月用量推荐", "系统截图.png"),
    "e_channel_promotion.offered": ("the visitor had no smart phone with him 客户未携带智能机", ""),
    "e_channel_promotion.shown_how": ("shown at the trial terminal 已在体验终端演示", "监控截图.jpg"),
    "complaint_handling.manager_came": ("manager came within five minutes 值班经理五分钟内到场", "监控截图.jpg"),
    "complaint_handling.deadline_promised": ("deadline stands on the slip 受理单已注明时限", "受理单.jpg"),
}  # fmt: skip
_DOES_NOT_APPLY = {"promotion_execution.gift_in_stock", "e_channel_promotion.offered"}
_RULINGS = {
    Verdict.UPHELD: "evidence agrees with the store 证据属实，予以更正",
    Verdict.PARTLY: "done, but only after asking 已执行，但经询问后才办理",
    Verdict.REJECTED: "the evidence does not show the day of the visit 证据无法证明检测当日情况",
}


@dataclass(frozen=True)
class _Mark:
    visit: str
    store: str
    district: str
    visited_on: date
    month: date
    auditor: str
    item: str
    points: float
    most: float


def audit_lines(cursor: Cursor, calendar: Calendar) -> list[Line]:
    """The visits must be there."""
    rows = cursor.execute(query("demo", "weak_marks"), {"first": calendar.back(_SINCE)}).fetchall()
    marks = [_Mark(*row) for row in rows]
    queries, queried = _queries(marks, calendar)
    rejected = next(
        mark
        for mark in marks
        if mark.month == calendar.months[REJECTED_MONTH]
        and mark.auditor == cast.NARROW_AUDITOR
        and mark.visit not in queried
    )
    why = "photos show another store, a second look found other marks 照片非本厅，复检结果不符"
    refused = visit_reports.reject_visit(rejected.visit, why)
    lines = [*queries, Line("rejected-1", at(add_months(rejected.month, 1), 9), WHO, _QUALITY, refused)]
    return [*lines, *_means(cursor, calendar), *_actions(calendar)]


def _queries(marks: list[_Mark], calendar: Calendar) -> tuple[list[Line], set[str]]:
    """A store queries one mark at most; the worst of the month that it has something to say about."""
    lines: list[Line] = []
    stores: set[str] = set()
    visits: set[str] = set()
    for number, each in enumerate(_QUERIES, start=1):
        mark = next(
            mark
            for mark in marks
            if mark.month == calendar.back(each.back)
            and mark.visited_on.day <= _LATEST_DAY
            and mark.item in _CLAIMS
            and mark.store not in stores
        )
        stores.add(mark.store)
        visits.add(mark.visit)
        lines += _query(number, each, mark)
    return lines, visits


def _query(number: int, each: _Query, mark: _Mark) -> list[Line]:
    why, evidence = _CLAIMS[mark.item]
    claimed = None if mark.item in _DOES_NOT_APPLY else mark.most
    raised = _on(mark.visited_on + timedelta(days=3))
    draft = appeals.raise_appeal(mark.visit, mark.item, mark.store, mark.district, claimed, why, evidence)
    line = Line(f"appeal-{number}", raised, mark.store, _MANAGER, draft)
    if each.verdict is None:
        return [line]
    granted = round(max(mark.most * each.granted, mark.points) * 2) / 2
    ruling = appeals.rule(decisions.DEMO + line.key, each.verdict, _RULINGS[each.verdict], granted)
    return [line, Line(f"ruling-{number}", raised + timedelta(days=each.days), WHO, _QUALITY, ruling)]


def _on(day: date) -> datetime:
    return at(day, day.day)


def _means(cursor: Cursor, calendar: Calendar) -> list[Line]:
    """Chosen a year ago, on the second day of the month from which on it counts."""
    first = calendar.months[MEANS_FROM]
    codes = [row[0] for row in cursor.execute(query("demo", "districts")).fetchall()]
    return [
        Line(f"means-{code}", at(first, 2), code, _DISTRICT, supplementary.choose_means(code, chosen(place), first))
        for place, code in enumerate(codes)
    ]


def _actions(calendar: Calendar) -> list[Line]:
    """One that cured a queue and is done, one ahead of its deadline, one over it, and one of the late district."""
    last, began = calendar.last, calendar.months[cast.IMPROVED_FROM - 1]
    queue = Opening(
        "Queue tickets by appointment 预约取号",
        cast.IMPROVED_DISTRICT,
        "store manager 营业厅经理",
        add_months(began, 4).replace(day=28),
        12.0,
        Measure.VALUE,
        cast.IMPROVED_STORE,
        "customers wait longer than in any other store of the district 排队时长居分公司末位",
        part_code="queueing",
        indicator_code="STO-O01",
    )
    weakest = Opening(
        "Guide at the entrance in busy hours 忙时设专人引导",
        cast.POOR_DISTRICT,
        "store manager 营业厅经理",
        add_months(last, 2).replace(day=15),
        4.0,
        Measure.POINTS,
        cast.POOR_STORE,
        "last of its class over the year 近一年同类营业厅末位",
        item_code="on_site_management.queue_guide",
        part_code="topic_1",
    )
    training = Opening(
        "Charges told before the signature: training 受理前说明资费专项培训",
        cast.SPIKE_DISTRICT,
        "district training 分公司培训岗",
        last.replace(day=20),
        2.0,
        Measure.POINTS,
        problem="charges are explained only on asking 资费说明须追问",
        item_code="transaction_handling.charges_explained",
    )
    reports = Opening(
        "Own audits reported by the 5th 自查结果按期上报",
        cast.LATE_DISTRICT,
        "district quality 分公司服务管理岗",
        add_months(last, 1).replace(day=28),
        1.0,
        Measure.POINTS,
        problem="late in most months 多数月份迟报",
    )
    steps: tuple[tuple[str, datetime, str, Draft], ...] = (
        ("action-1", at(began, 6), cast.IMPROVED_STORE, actions.open_action(queue)),
        *_moves("action-1", ("do", "check", "done"), [add_months(began, step) for step in (1, 3, 5)]),
        ("action-2", at(last, 11), cast.POOR_STORE, actions.open_action(weakest)),
        *_moves("action-2", ("do",), [last], day=19),
        ("action-3", at(add_months(last, -3), 8), cast.SPIKE_DISTRICT, actions.open_action(training)),
        *_moves("action-3", ("do",), [add_months(last, -2)]),
        ("action-4", at(add_months(last, -4), 14), WHO, actions.open_action(reports)),
        *_moves("action-4", ("do", "check"), [add_months(last, -3), add_months(last, -1)]),
    )
    return [Line(key, when, who, _QUALITY if who == WHO else _DISTRICT, draft) for key, when, who, draft in steps]


def _moves(
    action: str, states: tuple[str, ...], months: list[date], day: int = 12
) -> list[tuple[str, datetime, str, Draft]]:
    return [
        (f"{action}-{state}", at(month, day), WHO, actions.move(decisions.DEMO + action, actions.State(state)))
        for state, month in zip(states, months, strict=True)
    ]
