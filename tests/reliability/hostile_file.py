"""Files in which every cell that people write would like to be more than text: a survey that no template fits, and a
register of stores."""

import csv
import io
from collections.abc import Iterable

from tests.pages.operator import LAST
from tests.reliability.hostile import LISTENER, PAYLOADS

NAME = (
    '2026-10 <img src=x onerror="window.hostile=1"> <svg onload=window.hostile=1> **bold** $latex$ :material/bolt: '
    f":red[r] ![image]({LISTENER}/n) [link](javascript:window.hostile=1) =1+1 {{0}} %s \"'.csv"
)
"""Of a file, as a browser sends it."""
FORMULAS = ("=cmd|'/c calc'!A0", "+1+1", "@SUM(1)", f'=HYPERLINK("{LISTENER}/h")')
STORES = ("S5", "S6")
NEW_STORES = ("S7", "S8")
"""The survey is about the first; the others are those of the register."""
_HEADERS = ("respondent id", "store code", "interview date", "distributionchannel", "comment")
_QUESTIONS = ("Overall satisfaction", "Rating of waiting", "Rating of staff")
GOOD, BAD = 12, 2
"""Rows of the survey."""


def survey() -> bytes:
    """Every header ends in a payload; comments, and channels and stores of the bad rows, are payloads."""
    headers = [f"{each} {PAYLOADS[place]}" for place, each in enumerate((*_HEADERS, *_QUESTIONS))]
    rows = []
    for place in range(GOOD + BAD):
        is_good = place < GOOD
        store = STORES[place % len(STORES)] if is_good else PAYLOADS[place % len(PAYLOADS)]
        channel = "sms" if is_good else PAYLOADS[place - GOOD]
        said = PAYLOADS[place % len(PAYLOADS)] if place % 4 else FORMULAS[place // 4]
        day = LAST.replace(day=1 + place)
        rows.append([f"H{place}", store, day, channel, said, 9 - place % 3, 8 - place % 2, 7 + place % 3])
    return _csv([headers, *rows])


def stores() -> bytes:
    """A register of new stores; all but their codes is payload."""
    rows = [
        [store, f"{store} {PAYLOADS[place]}", FORMULAS[place], PAYLOADS[place + 4], PAYLOADS[place + 6], "large"]
        for place, store in enumerate(NEW_STORES)
    ]
    return _csv([["store_code", "name_zh", "name_en", "district_code", "class", "size"], *rows])


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()
