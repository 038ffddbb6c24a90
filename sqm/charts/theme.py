"""Colours, fonts and axes that all charts share. Light and dark hold the same roles; .streamlit/config.toml and the
status colours of the pages use the same values, so a chart sits on its page without a seam."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

FONT = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Source Sans',sans-serif"
LABEL_SIZE = 11
MOST_STEPS = 4


@dataclass(frozen=True)
class Palette:
    """One colour per role. Text roles (text, soft, status) have a contrast of at least 4.5:1 on background."""

    background: str
    text: str
    soft: str
    grid: str
    axis: str
    own: str
    band_opacity: float
    rival: str
    target: str
    met: str
    near: str
    missed: str
    no_data: str
    no_target: str
    concern: str

    def status(self, word: str) -> str:
        """Colour of a status word."""
        colours = {"met": self.met, "near": self.near, "missed": self.missed, "no_target": self.no_target}
        return colours.get(word, self.no_data)


LIGHT = Palette(
    background="#FFFFFF",
    text="#1B2430",
    soft="#5F6B7A",
    grid="#E6EAEF",
    axis="#8A94A3",
    own="#2F6FB0",
    band_opacity=0.16,
    rival="#A7AFBA",
    target="#1B2430",
    met="#1A7F64",
    near="#9A5B00",
    missed="#C62828",
    no_data="#5F6B7A",
    no_target="#5F6B7A",
    concern="#B45309",
)
DARK = Palette(
    background="#12161B",
    text="#E3E8ED",
    soft="#9BA7B4",
    grid="#262E37",
    axis="#5B6673",
    own="#7FB2E5",
    band_opacity=0.22,
    rival="#66717E",
    target="#E3E8ED",
    met="#5CC8A5",
    near="#F2B15C",
    missed="#FF8A80",
    no_data="#9BA7B4",
    no_target="#9BA7B4",
    concern="#E0954F",
)


def palette(dark: bool) -> Palette:
    """The palette of a theme."""
    return DARK if dark else LIGHT


def is_chinese(language: str) -> bool:
    """zh, zh_CN, zh-CN ... are Chinese; everything else reads English."""
    return language.lower().startswith("zh")


def month_text(month: date, language: str) -> str:
    """Sep 2026, 2026年9月."""
    return f"{month.year}年{month.month}月" if is_chinese(language) else f"{month:%b %Y}"


def tick_months(months: Sequence[date], labels: int) -> list[date]:
    """Every 1st, 2nd, 3rd, 4th, 6th, 12th ... month, counted so that January gets a label; at most ``labels``."""
    for step in (1, 2, 3, 4, 6, 12, 24, 36, 60):
        chosen = [each for each in months if (each.year * 12 + each.month - 1) % step == 0]
        if len(chosen) <= labels:
            return chosen or list(months[-1:])
    return list(months[-1:])


def nice_range(
    values: Sequence[float], least: float = 0.0, floor: float | None = None
) -> tuple[float, float, list[float]]:
    """(low, high, ticks) around values: round numbers, about four steps, at least ``least`` wide, not below floor."""
    known = [float(value) for value in values if pd.notna(value)]
    if not known:
        return 0.0, max(least, 1.0), [0.0, max(least, 1.0)]
    bottom, top = min(known), max(known)
    missing = max(0.0, max(least, 1e-9) - (top - bottom))
    bottom, top = bottom - missing / 2, top + missing / 2
    if floor is not None and bottom < floor:
        bottom, top = floor, max(top, floor + least)
    step = _nice_step((top - bottom) / MOST_STEPS)
    low, high = _rounded(bottom, step, down=True), _rounded(top, step, down=False)
    count = round((high - low) / step)
    return low, high, [round(low + step * place, 10) for place in range(count + 1)]


def decimals_of(ticks: Sequence[float]) -> int:
    """Decimals that tick labels need."""
    for decimals in range(6):
        if all(abs(tick - round(tick, decimals)) < 1e-9 for tick in ticks):
            return decimals
    return 6


def text_width(text: str, size: float = LABEL_SIZE) -> float:
    """Rough width in pixels: a Chinese character is as wide as it is high, a Latin one a bit over half."""
    return sum(size if ord(character) > 0x2E80 else size * 0.53 for character in text)


def apart(positions: Mapping[str, float], gap: float) -> dict[str, float]:
    """Moves labels so that neighbours stand at least ``gap`` apart, keeping their order and their common centre."""
    order = sorted(positions, key=lambda key: positions[key])
    groups: list[tuple[float, list[str]]] = []
    for key in order:
        groups.append((positions[key], [key]))
        while len(groups) > 1:
            (below, low_keys), (above, high_keys) = groups[-2], groups[-1]
            if above - below >= gap * (len(low_keys) + len(high_keys)) / 2:
                break
            size = len(low_keys) + len(high_keys)
            centre = (below * len(low_keys) + above * len(high_keys)) / size
            groups[-2:] = [(centre, low_keys + high_keys)]
    return {
        key: centre + gap * (place - (len(keys) - 1) / 2) for centre, keys in groups for place, key in enumerate(keys)
    }


def _nice_step(raw: float) -> float:
    size = 10.0 ** _floor_log(raw)
    return next(size * each for each in (1, 2, 5, 10) if size * each >= raw - 1e-12)


def _floor_log(raw: float) -> int:
    return int(f"{raw:e}".split("e")[1])


def _rounded(value: float, step: float, down: bool) -> float:
    steps = value / step
    whole = int(steps // 1) if down else -int(-steps // 1)
    nearest = round(steps)
    return round((nearest if abs(steps - nearest) < 1e-9 else whole) * step, 10)
