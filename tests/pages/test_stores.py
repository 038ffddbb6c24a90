"""Stores compared, on the demonstration: the fair table, map, items and funnel for every role and in both languages."""

import re
from pathlib import Path

import pytest

from tests.pages.conftest import Open, shown
from tests.pages.reading import headings, plain, rows

VIEWS = ("table", "map", "items", "funnel")
FAIR, CASCADE, RATES, HEAT = "sqm-fair", "sqm-cascade", "sqm-rates", "sqm-items"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_stands(open_page: Open, demo_file: Path, view: str, lang: str) -> None:
    app = open_page("stores", lang, database=demo_file, view=view)
    assert not app.exception and not app.error
    page = shown(app)
    assert headings(page) and len(page.encode()) < 300_000
