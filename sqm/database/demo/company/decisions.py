"""What the demo's people decided: targets agreed, refused and waiting for a signature, two signals reviewed, events,
comments, a proposed indicator, store audits, and the months they published. As synthetic as the numbers."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from sqm.database.connection import Cursor
from sqm.database.deciding import decisions, effects
from sqm.database.demo.audits.audit_decisions import audit_lines
from sqm.database.demo.company import cast
from sqm.database.demo.company.calendar import LAST, Calendar
from sqm.database.demo.company.log_lines import Line, at
from sqm.database.demo.company.seals import WHO, seal_past
from sqm.database.demo.company.targets import Agreed, Row
from sqm.database.indicators.sealed import judge
from sqm.rules.access import NOTHING
from sqm.rules.decisions import Decision, Draft, Kind
from sqm.rules.matrix import agreements, editions, events
from sqm.rules.matrix.agreements import Side, Step
from sqm.rules.matrix.events import EventKind
from sqm.rules.periods import add_months
from sqm.rules.watching import reviews, watch_frame, watch_list

WAITING = cast.HIT_AND_MISS  # its new target waits for the quality department's signature
STAGED = "HOT-O04"  # two steps through the next year, signed by both
REFUSED = "GRP-O01"
CONFIRMED = "HOT-P01"
_QUALITY, _OWNER, _ANALYST = "quality", "executive", "analyst"


def add_decisions(cursor: Cursor, calendar: Calendar, agreed: Mapping[str, Agreed], in_log: Mapping[str, Row]) -> None:
    """Store the log with its effects, and the published months. The monthly sums must be there."""
    lines = [*_of_the_past(calendar, in_log), *_of_next_year(calendar, agreed), *_events(calendar)]
    lines += [*_words(calendar), *audit_lines(cursor, calendar)]
    _add(cursor, lines, first=1)
    seals = [
        Line(
            f"sealed-{seal.month:%Y-%m}-{seal.revision}",
            seal.sealed_at,
            seal.sealed_by,
            _QUALITY,
            Draft(Kind.MONTH_SEALED, seal.month.isoformat(), facts),
        )
        for seal, facts in seal_past(cursor, calendar)
    ]
    _add(cursor, [*seals, *_reviews(cursor, calendar)], first=len(lines) + 1)


def _add(cursor: Cursor, lines: list[Line], first: int) -> None:
    """In the order of their times, with what they do to targets."""
    log = decisions.every_within(cursor)
    made = [
        Decision(
            decisions.DEMO + line.key,
            sequence,
            line.at,
            line.who,
            line.role,
            line.draft.kind,
            line.draft.subject,
            line.draft.facts,
        )
        for sequence, line in enumerate(sorted(lines, key=lambda line: line.at), start=first)
    ]
    for decision in made:
        decisions.add(cursor, decision, with_trail=False)
    effects.settle(cursor, effects.fold(log), effects.fold((*log, *made)))


def _of_the_past(calendar: Calendar, in_log: Mapping[str, Row]) -> list[Line]:
    """Two targets that changed last January: one raised after a counter-proposal, one loosened."""
    january = calendar.months[calendar.januaries()[-1]]
    november, december = add_months(january, -2), add_months(january, -1)
    raised, loosened = in_log[cast.RAISED_TARGET], in_log[cast.LOOSENED_TARGET]
    step = Step(january, raised.low, raised.high, raised.tolerance)
    softer = Step(january, round((raised.low or 0.0) - 1.5 * raised.tolerance, 6), raised.high, raised.tolerance)
    owner, other = raised.agreed_by, loosened.agreed_by
    loose = Step(january, loosened.low, loosened.high, loosened.tolerance)
    first, second = decisions.DEMO + "raised-2", decisions.DEMO + "loosened-1"
    code, lowered = cast.RAISED_TARGET, cast.LOOSENED_TARGET
    counter = agreements.propose(code, [step], raised.reason, answers=decisions.DEMO + "raised-1")
    return [
        Line(
            "raised-1",
            at(november, 12),
            owner,
            _OWNER,
            agreements.propose(code, [softer], "a step the app can take 此幅度APP可以承受"),
        ),
        Line("raised-2", at(november, 20), WHO, _QUALITY, counter),
        Line("raised-3", at(november, 20, 3), WHO, _QUALITY, agreements.sign(first, Side.QUALITY, WHO)),
        Line("raised-4", at(december, 9), owner, _OWNER, agreements.sign(first, Side.OWNER, owner)),
        Line("loosened-1", at(november, 25), other, _OWNER, agreements.propose(lowered, [loose], loosened.reason)),
        Line("loosened-2", at(november, 25, 3), other, _OWNER, agreements.sign(second, Side.OWNER, other)),
        Line("loosened-3", at(december, 11), WHO, _QUALITY, agreements.sign(second, Side.QUALITY, WHO)),
    ]


def _of_next_year(calendar: Calendar, agreed: Mapping[str, Agreed]) -> list[Line]:
    """From the next January on: one plan in two steps that both have signed, one that waits, one that was refused."""
    month, january = calendar.last, date(calendar.last.year + 1, 1, 1)
    steps = {
        code: _steps(agreed[code], january, size) for code, size in ((STAGED, 1.0), (WAITING, 1.0), (REFUSED, -2.0))
    }
    staged, waiting, refused = (decisions.DEMO + f"{name}-1" for name in ("staged", "waiting", "refused"))
    service, systems, groups = "customer_service", "information_systems", "group_customers"
    plan = agreements.propose(STAGED, steps[STAGED], "the new routing is to pay off in two steps 新路由分两步见效")
    ask = agreements.propose(
        WAITING, steps[WAITING], "the second data centre goes live in January 第二数据中心一月投产"
    )
    weaker = agreements.propose(REFUSED, steps[REFUSED][:1], "too few engineers 工程师不足")
    no = agreements.refuse(
        refused, Side.QUALITY, "nine of ten complaints of group customers are about this 集团客户投诉九成与此有关"
    )
    return [
        Line("refused-1", at(month, 6), groups, _OWNER, weaker),
        Line("refused-2", at(month, 9), WHO, _QUALITY, no),
        Line("staged-1", at(month, 10), WHO, _QUALITY, plan),
        Line("staged-2", at(month, 10, 3), WHO, _QUALITY, agreements.sign(staged, Side.QUALITY, WHO)),
        Line("staged-3", at(month, 16), service, _OWNER, agreements.sign(staged, Side.OWNER, service)),
        Line("waiting-1", at(month, 20), systems, _OWNER, ask),
        Line("waiting-2", at(month, 20, 3), systems, _OWNER, agreements.sign(waiting, Side.OWNER, systems)),
    ]


def _steps(now: Agreed, january: date, size: float) -> list[Step]:
    """Stricter by size tolerances from January and as much again from July (weaker when size is negative)."""
    low, high = float(now.low[LAST]), float(now.high[LAST])
    return [
        Step(
            add_months(january, 6 * count - 6),
            None if pd.isna(low) else round(low + size * count * now.tolerance, 6),
            None if pd.isna(high) else round(high - size * count * now.tolerance, 6),
            now.tolerance,
        )
        for count in (1, 2)
    ]


def _events(calendar: Calendar) -> list[Line]:
    """What the charts show as ticks: causes of some stories, and things that moved nothing."""
    january = calendar.months[calendar.januaries()[-1]]
    policy, network, campaign = EventKind.POLICY, EventKind.NETWORK, EventKind.CAMPAIGN
    here, there = cast.SPIKE_DISTRICT, cast.IMPROVED_DISTRICT
    planned = (
        ("tariffs", LAST - 9, policy, "Forty-two plans become twelve", "资费套餐由42个精简为12个", ""),
        ("network", cast.SPIKE_MONTH, network, "Core network cut-over", "核心网割接", here),
        ("hotline", cast.FALL_FROM, network, "New call routing in the hotline", "热线呼叫路由系统切换", ""),
        ("promotions", LAST - 3, campaign, "Back to school data packs", "开学季流量包营销", ""),
        ("stores", cast.IMPROVED_FROM, policy, "Queue tickets by appointment", "营业厅预约取号上线", there),
    )
    lines = [
        Line(
            f"event-{place}",
            at(calendar.months[back], 3),
            WHO,
            _QUALITY,
            events.add_event(calendar.months[back], kind, title_en, title_zh, process, district),
        )
        for place, (process, back, kind, title_en, title_zh, district) in enumerate(planned, start=1)
    ]
    postponed = events.add_event(
        january, EventKind.POLICY, "Price reform postponed", "提速降费新政延后", "new_services"
    )
    return [*lines, Line("event-6", at(january, 5), WHO, _QUALITY, postponed), *_campaigns(calendar)]


def _campaigns(calendar: Calendar) -> list[Line]:
    """What promotions gave in other months: the demo plants no effect of any of them."""
    given = (
        (LAST - 13, "Campus packs for new students", "校园迎新套餐"),
        (LAST - 9, "Top up 100, get 50 free", "存话费送话费(存100送50)"),
        (LAST - 6, "Gifts for loyal customers", "老客户积分送礼品"),
        (LAST - 1, "A month of data services for free", "数据业务免费体验月"),
    )
    return [
        Line(
            f"event-{place}",
            at(calendar.months[back], 4),
            WHO,
            _QUALITY,
            events.add_event(calendar.months[back], EventKind.CAMPAIGN, title_en, title_zh, "promotions"),
        )
        for place, (back, title_en, title_zh) in enumerate(given, start=7)
    ]


def _words(calendar: Calendar) -> list[Line]:
    """Two comments, and an indicator that a department would like to see."""
    month = calendar.last
    routing = "Since the new routing, callers reach an agent later. 路由系统切换后人工接通变慢。"
    spike = "One cut-over in one district; the other twelve stand where they stood. 仅一个分公司割接所致。"
    asked = editions.propose(
        {
            "process_code": "e_channels",
            "name_en": "Callers who had tried the app first",
            "name_zh": "先用APP未办成再拨打热线占比",
            "definition_en": "Share of callers who had opened the app for the same matter in the last 24 hours.",
            "definition_zh": "来电前24小时内曾在APP办理同一业务的客户占比。",
            "direction": "lower",
            "numerator_en": "Callers who had opened the app for the same matter",
            "numerator_zh": "来电前在APP办理同一业务的客户数",
            "denominator_en": "Callers",
            "denominator_zh": "来电客户数",
            "department_code": "data_services",
            "source_system": "portal_log",
        }
    )
    return [
        Line("comment-1", at(month, 12), "customer_service", _OWNER, events.comment("HOT-P01", routing)),
        Line(
            "comment-2",
            at(calendar.months[cast.SPIKE_MONTH + 1], 12),
            "network",
            _OWNER,
            events.comment("NET-C01", spike, calendar.months[cast.SPIKE_MONTH]),
        ),
        Line("indicator-1", at(month, 15), "data_services", _OWNER, asked),
    ]


def _reviews(cursor: Cursor, calendar: Calendar) -> list[Line]:
    """Of the signals of the last month one was confirmed, and one of another process dismissed."""
    company = judge(cursor, calendar.months[0], calendar.last, NOTHING)
    frame = watch_frame.watched(company, calendar.last).frame
    raised = [each for each in watch_list.watch_list(frame, calendar.last, {}, {}) if each.signals]
    real = next((each for each in raised if each.indicator_code == CONFIRMED), None)
    spared = ("HOT", cast.RAISED_TARGET)
    chance = next(
        (each for each in raised if "-O" in each.indicator_code and not each.indicator_code.startswith(spared)), None
    )
    month, cause = calendar.last, "callers wait longer since the new routing 路由切换后来电等待变长"
    nothing = "asked the department: counted in another way, the service is the same 经核实为统计口径变化，服务未变"
    lines = [(real, reviews.confirm, cause, 25), (chance, reviews.dismiss, nothing, 26)]
    return [
        Line(f"review-{day}-{place}", at(month, day), WHO, _ANALYST, decide(flag, reason))
        for entry, decide, reason, day in lines
        if entry is not None
        for place, flag in enumerate(entry.flags("company", ""), start=1)
    ]
