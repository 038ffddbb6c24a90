"""Green outside, red inside: what counts as a side, and for how long it has been so."""

from datetime import date

import pandas as pd
import pytest

from sqm.rules.drivers.watermelon import Mismatch, hidden, mismatches, monthly_cells
from sqm.rules.periods import add_months

LAST = date(2026, 10, 1)
DIMENSIONS = {"P": "perception", "C": "complaints", "O": "operations"}


def month_of(process: str, sides: str, back: int = 0) -> pd.DataFrame:
    """A month of a process: "O met near, P missed met, C" (a side without words has no indicator)."""
    rows = [
        {"month": pd.Timestamp(add_months(LAST, -back)), "process_code": process, "status": word}
        | {"dimension_code": DIMENSIONS[side.split()[0]]}
        for side in sides.split(",")
        for word in side.split()[1:]
    ]
    return pd.DataFrame(rows, columns=["month", "process_code", "dimension_code", "status"])


def found(*parts: pd.DataFrame, month: date = LAST) -> pd.DataFrame:
    return mismatches(monthly_cells(pd.concat(parts, ignore_index=True)), month)


@pytest.mark.parametrize(
    ("sides", "code"),
    [
        ("O met met, P missed met, C met", Mismatch.GREEN_OUTSIDE),
        ("O met near, P met, C missed", Mismatch.GREEN_OUTSIDE),
        ("O met, C missed", Mismatch.GREEN_OUTSIDE),
        ("O near no_target, P missed no_data", Mismatch.GREEN_OUTSIDE),
        ("O met missed, P met near, C met", Mismatch.RED_OUTSIDE),
        ("O missed, P met", Mismatch.RED_OUTSIDE),
        ("O missed met, P missed, C met", None),
        ("O met, P met, C near", None),
        ("O no_data, P missed", None),
        ("P missed, C missed", None),
        ("O missed", None),
        ("O missed, P no_data, C no_target", None),
    ],
)
def test_truth_table(sides: str, code: Mismatch | None) -> None:
    codes = list(found(month_of("stores", sides))["code"])
    assert codes == ([] if code is None else [code])


def test_both_sides_are_counted() -> None:
    row = found(month_of("stores", "O met met near no_data, P missed near met met, C met no_target")).iloc[0]
    assert (row["operations_met"], row["operations_near"], row["operations_missed"]) == (2, 1, 0)
    assert (row["operations_counted"], row["perception_counted"], row["complaints_counted"]) == (3, 4, 1)
    assert (row["perception_missed"], row["complaints_missed"]) == (1, 0)


def test_a_run_ends_at_another_code_at_no_mismatch_and_at_a_gap() -> None:
    green, red, both = "O met, P missed", "O missed, P met", "O met, P met"
    months = {
        "a": [green, green, green, red],
        "b": [green, green, both, green],
        "c": [red, red, red, red],
    }
    parts = [month_of(code, sides, back) for code, row in months.items() for back, sides in enumerate(row)]
    parts += [month_of("d", green, 0), month_of("d", green, 2)]
    rows = found(*parts).set_index("process_code")
    assert dict(rows["months_in_a_row"]) == {"a": 3, "b": 2, "c": 4, "d": 1}
    assert dict(rows["code"]) == {
        "a": Mismatch.GREEN_OUTSIDE,
        "b": Mismatch.GREEN_OUTSIDE,
        "c": Mismatch.RED_OUTSIDE,
        "d": Mismatch.GREEN_OUTSIDE,
    }
    earlier = found(*parts, month=add_months(LAST, -1)).set_index("process_code")
    assert dict(earlier["months_in_a_row"]) == {"a": 2, "b": 1, "c": 3}


def test_green_outside_comes_first_the_reddest_inside_on_top() -> None:
    rows = found(
        month_of("a", "O missed, P met"),
        month_of("b", "O met, P missed met met met"),
        month_of("c", "O met, P missed missed, C met"),
    )
    assert list(rows["process_code"]) == ["c", "b", "a"]


def test_nothing_gives_nothing() -> None:
    assert found(month_of("a", "O met, P met")).empty
    assert found(month_of("a", "O no_data")).empty


def test_hidden_processes_of_one_month_are_those_green_outside_the_worst_first() -> None:
    judged = pd.concat(
        [
            month_of("network", "O met, P missed met, C met"),
            month_of("stores", "O met near, P missed, C missed"),
            month_of("hotline", "O missed, P met"),
        ]
    ).drop(columns="month")
    assert hidden(judged, LAST) == ("stores", "network")
    assert hidden(judged.assign(status="no_data"), LAST) == ()
