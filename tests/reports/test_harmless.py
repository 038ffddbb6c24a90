"""No cell of a download starts a formula, and numbers stay numbers."""

import pandas as pd
import pytest

from sqm.reports.harmless import harmless, harmless_frame

FORMULAS = [
    "=1+1",
    "+cmd|' /c calc'!A0",
    "-2+3+cmd",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1+1",
    "  =1",
    "\u3000=1",
    "-A1",
]
HARMLESS = ["", "East", "a=b", "-5", "+3.5", "-1,234.50", "1e-5", "12 %", "'=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_everything_else_stays(text: str) -> None:
    assert harmless(text) == text


def test_a_frame_is_made_harmless_with_its_headers_and_keeps_its_numbers() -> None:
    rows = pd.DataFrame({"=h": ["=1", "x"], "n": [-1.5, 2.0]})
    safe = harmless_frame(rows)
    assert list(safe.columns) == ["'=h", "n"]
    assert safe["'=h"].tolist() == ["'=1", "x"] and safe["n"].tolist() == [-1.5, 2.0]
    assert rows["=h"].tolist() == ["=1", "x"]


def test_two_columns_of_one_name_are_kept_apart() -> None:
    rows = pd.DataFrame([["=1", "2"]], columns=["a", "a"])
    assert harmless_frame(rows).to_numpy().tolist() == [["'=1", "2"]]
