"""Status looks: five, with readable contrast in both themes, and the same colours in the style sheet."""

import itertools
from pathlib import Path

import pytest

from sqm.rules.targets import Status
from sqm.ui import blocks, status_style
from sqm.ui.status_style import LOOKS
from sqm.ui.words import use

STYLE = (Path(blocks.__file__).parent / "assets" / "style.css").read_text(encoding="utf-8").lower()


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("status", "dark"), list(itertools.product(Status, (False, True))))
def test_text_stands_out_from_its_background(status: Status, dark: bool) -> None:
    light, deep = sorted((_luminance(LOOKS[status].ink(dark)), _luminance(LOOKS[status].paper(dark))))
    assert (deep + 0.05) / (light + 0.05) >= 4.5


def test_every_status_has_its_own_symbol_and_word() -> None:
    assert len({look.symbol for look in LOOKS.values()}) == len({look.word for look in LOOKS.values()}) == len(Status)


def test_the_style_sheet_has_the_same_colours() -> None:
    for look in LOOKS.values():
        assert f"light-dark({look.ink(False)}, {look.ink(True)})".lower() in STYLE


def test_a_badge_escapes_its_text() -> None:
    with use("en"):
        assert status_style.label(Status.MISSED) == "✕ missed"
        assert "<b>" not in status_style.badge(Status.MET, "<b>")
