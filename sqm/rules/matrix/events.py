"""What happened outside the numbers (campaigns, network changes, policies), and what people say of an indicator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqm.rules.decisions import Decision, Draft, Kind, month_in, standing, text_in


class EventKind(StrEnum):
    """The first part of an event's label on a chart."""

    CAMPAIGN = "campaign"
    NETWORK = "network"
    POLICY = "policy"


@dataclass(frozen=True)
class Event:
    """A tick on charts. process_code, district_code: '' when it concerns all of them."""

    event_id: str
    month: date
    kind: EventKind
    title_en: str
    title_zh: str
    process_code: str
    district_code: str

    def concerns(self, process_code: str, district_code: str = "") -> bool:
        """Whether it belongs on a chart of this process; a chart of the company ('') shows events of districts too."""
        in_process = self.process_code in ("", process_code)
        return in_process and (not district_code or self.district_code in ("", district_code))


@dataclass(frozen=True)
class Comment:
    """What somebody wrote of an indicator. month: which point it is about, None for all of it. written_at in UTC."""

    comment_id: str
    indicator_code: str
    text: str
    month: date | None
    who: str
    role: str
    written_at: datetime


def add_event(
    month: date, kind: EventKind, title_en: str, title_zh: str, process_code: str = "", district_code: str = ""
) -> Draft:
    """ValueError without a title; one language may stand for both."""
    english, chinese = title_en.strip() or title_zh.strip(), title_zh.strip() or title_en.strip()
    if not english:
        raise ValueError("an event has a title")
    facts = {
        "month": month.replace(day=1).isoformat(),
        "kind": kind.value,
        "title_en": english,
        "title_zh": chinese,
        "process_code": process_code,
        "district_code": district_code,
    }
    return Draft(Kind.EVENT_ADDED, process_code, facts)


def comment(indicator_code: str, text: str, month: date | None = None) -> Draft:
    """ValueError without a text."""
    if not text.strip():
        raise ValueError("a comment has a text")
    facts = {"text": text.strip(), "month": None if month is None else month.replace(day=1).isoformat()}
    return Draft(Kind.COMMENTED, indicator_code, facts)


def events(decisions: Iterable[Decision]) -> tuple[Event, ...]:
    """Standing events, oldest month first."""
    found = [
        Event(
            each.decision_id,
            month_in(each.facts),
            EventKind(text_in(each.facts, "kind")),
            text_in(each.facts, "title_en"),
            text_in(each.facts, "title_zh"),
            text_in(each.facts, "process_code"),
            text_in(each.facts, "district_code"),
        )
        for each in standing(decisions)
        if each.kind is Kind.EVENT_ADDED
    ]
    return tuple(sorted(found, key=lambda event: event.month))


def comments(decisions: Iterable[Decision], indicator_code: str) -> tuple[Comment, ...]:
    """Standing comments on one indicator, newest first."""
    found = [
        Comment(
            each.decision_id,
            each.subject,
            text_in(each.facts, "text"),
            month_in(each.facts) if each.facts.get("month") else None,
            each.who,
            each.role,
            each.happened_at,
        )
        for each in standing(decisions)
        if each.kind is Kind.COMMENTED and each.subject == indicator_code
    ]
    return tuple(reversed(found))
