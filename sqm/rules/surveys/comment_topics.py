"""What a comment is about, by the words in it. Counting words says how often a thing is named, not how bad it is."""

import re
from collections.abc import Iterable
from enum import StrEnum


class Topic(StrEnum):
    """Things that customers of a telecom operator write about, in the order in which ties are listed."""

    WAITING = "waiting"
    STAFF = "staff"
    KNOWLEDGE = "knowledge"
    PROCEDURE = "procedure"
    SYSTEM = "system"
    SURROUNDINGS = "surroundings"
    SELF_SERVICE = "self_service"
    PRICE = "price"
    PROMOTION = "promotion"
    NETWORK = "network"
    HOTLINE = "hotline"
    PRAISE = "praise"


_WORDS: dict[Topic, tuple[str, str]] = {
    Topic.WAITING: ("排队|排了|等候|等了|等待|久等|太久|叫号|台席|人太多", r"queue|wait(?:ed|ing)?\b|long line"),
    Topic.STAFF: ("态度|冷淡|不耐烦|热情|营业员|客服|柜员", r"staff\b|clerk|rude\b|friendly\b|unfriendly\b"),
    Topic.KNOWLEDGE: ("不熟|不懂|说不清|没有讲清|没讲清|讲清楚|解释|不专业", r"explain|did not know\b|knowledge"),
    Topic.PROCEDURE: (
        "流程|手续|单子|签字|签好几次|跑了|两趟|复杂|麻烦|证件",
        r"paperwork\b|come back\b|second visit\b|forms?\b",
    ),
    Topic.SYSTEM: ("系统|卡顿|老是卡|太慢|死机|故障", r"system\b|slow\b|crash"),
    Topic.SURROUNDINGS: (
        "环境|座位|空调|停车|卫生|嘈杂|大厅|宣传单|整洁",
        r"seats?\b|parking\b|nois[ey]|clean\b|dirty\b",
    ),
    Topic.SELF_SERVICE: ("自助|缴费机|网厅|APP", r"self-service\b|kiosk|machine"),
    Topic.PRICE: ("资费|套餐|太贵|扣费|话费|费用|流量|账单", r"price|expensive\b|bill\b|charge[ds]?\b|tariff|plans?\b"),
    Topic.PROMOTION: ("促销|优惠|活动|赠送|积分|合约", r"promotion|discount|contract\b|offer"),
    Topic.NETWORK: ("信号|网速|掉线|断线|网络|基站|宽带", r"signal\b|coverage\b|network\b|dropped\b"),
    Topic.HOTLINE: ("热线|10086|打不通|转人工|接不通", r"hotline\b|call cent(?:er|re)\b"),
    Topic.PRAISE: ("很好|满意|不错|谢谢|感谢|不用等|继续保持", r"good\b|thank|excellent\b|quick\b"),
}
_NOT_PRAISE = re.compile(r"不(?:太|是很|够|怎么)?满意|不太好|\bnot good\b", re.IGNORECASE)
_PATTERNS = {topic: re.compile(rf"{han}|\b(?:{latin})", re.IGNORECASE) for topic, (han, latin) in _WORDS.items()}


def topics_of(text: str) -> frozenset[Topic]:
    """All topics that a comment names; none for one that says something else."""
    found = {topic for topic, pattern in _PATTERNS.items() if pattern.search(text)}
    if Topic.PRAISE in found and not _PATTERNS[Topic.PRAISE].search(_NOT_PRAISE.sub(" ", text)):
        found.remove(Topic.PRAISE)
    return frozenset(found)


def counted(named: Iterable[frozenset[Topic]]) -> dict[Topic, int]:
    """In how many comments each topic is named; a comment with two topics counts for both. Topics never named are 0."""
    counts = dict.fromkeys(Topic, 0)
    for topics in named:
        for topic in topics:
            counts[topic] += 1
    return counts
