"""Small frames that the chart tests draw."""

from datetime import date

import pandas as pd

from sqm.charts.trends.history import HistoryWords
from sqm.charts.trends.trend import TrendWords
from sqm.rules.periods import month_range
from sqm.rules.surveys.trends import points

MONTHS = month_range(date(2024, 10, 1), date(2026, 9, 1))

ENGLISH = TrendWords(
    own="Own",
    target="Target",
    method_changed="Method changed",
    few_answers="fewer than 30 answers",
    axis_from="Axis starts at {start}",
)
CHINESE = TrendWords(
    own="本公司",
    target="目标",
    method_changed="调查方法变更",
    few_answers="样本不足 30",
    axis_from="纵轴自 {start} 起",
)
HISTORY_WORDS = HistoryWords(
    target="目标",
    interval="95% 置信区间",
    natural="自然波动范围",
    statuses={"met": "达标", "near": "接近", "missed": "未达标", "no_data": "无数据", "no_target": "无目标"},
    signals={"improvement": "显著变好", "concern": "显著变差", "neutral": "异常"},
    axis_from="纵轴自 {start} 起",
    rebased="重新起算",
    excluded="不计入控制限",
)


def own_points(share: float = 0.8, n: int = 900, skip: tuple[int, ...] = (), method_from: int = 99) -> pd.DataFrame:
    """One line over MONTHS, wobbling around share; months in skip are missing; a new method from month number on."""
    rows = [
        {
            "survey_code": "cati",
            "method_code": "v2" if place >= method_from else "v1",
            "month": month,
            "scale_min": 1.0,
            "scale_max": 10.0,
            "n": n,
            "w": n,
            "ww": n,
            "wx": n * 8.0,
            "wxx": n * 66.0,
            "ws": round(n * (share + 0.01 * (place % 3))),
        }
        for place, month in enumerate(MONTHS)
        if place not in skip
    ]
    return points(pd.DataFrame(rows))


def with_month(frame: pd.DataFrame, place: int, **values: object) -> pd.DataFrame:
    """The frame with other values in one month."""
    out = frame.copy()
    for name, value in values.items():
        out.loc[out["month"] == pd.Timestamp(MONTHS[place]), name] = value
    return out


def targets() -> pd.DataFrame:
    return pd.DataFrame({"month": MONTHS, "value": [80.0] * 12 + [82.5] * 12})


def history_rows() -> pd.DataFrame:
    statuses = (["met", "near", "missed", "no_target", "no_data"] * 5)[:24]
    return pd.DataFrame(
        {
            "month": MONTHS,
            "value": [0.8 + 0.001 * place for place in range(24)],
            "low": [0.78] * 24,
            "high": [0.83] * 24,
            "n": [900.0] * 24,
            "status": statuses,
            "target_low": [0.8] * 12 + [0.82] * 12,
            "target_high": [float("nan")] * 24,
        }
    )
