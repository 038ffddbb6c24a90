"""Small upload files of both templates, as an analyst would send them."""

import datetime

import numpy as np

SURVEY_HEADER = "受访者编号,营业厅编码,调查日期,渠道,整体满意度,环境,等候时间,营业员,办理速度,手机号,意见"
INDICATOR_HEADER = "月份,营业厅编码,指标,样本量,满意率,备注"


def survey_file(random: np.random.Generator, rows: int, people: int = 400, month: int = 6) -> bytes:
    """Respondents drawn from ``people``, so that two files overlap."""
    lines = [SURVEY_HEADER]
    for person in sorted(random.choice(people, rows, replace=False)):
        day = datetime.date(2026, month, int(person) % 28 + 1)
        scores = ",".join(str(score) for score in random.integers(1, 11, 5))
        store, channel = int(person) % 20 + 1, ("前台", "外呼", "短信")[int(person) % 3]
        lines.append(f"P{person:05d},S{store:03d},{day},{channel},{scores},,{'排队久' if person % 5 == 0 else ''}")
    return ("\n".join(lines) + "\n").encode("utf-8-sig")


def indicator_file(random: np.random.Generator, rows: int, month: int = 6) -> bytes:
    """One value a store for an indicator of an own name."""
    lines = [INDICATOR_HEADER]
    for store in random.choice(20, rows, replace=False):
        lines.append(
            f"2026-{month:02d},S{store + 1:03d},营业厅整体满意度,{random.integers(50, 400)},{random.integers(60, 99)},"
        )
    return ("\n".join(lines) + "\n").encode()
