"""What a file of targets would set: which indicators, from when, and what the last months would have been under it."""

from typing import Any

import pandas as pd

from sqm.rules.access import EVERYTHING
from sqm.rules.matrix.target_review import LOOK_BACK
from sqm.ui import blocks, formats
from sqm.ui.doors.data_names import Names, Places, names, places
from sqm.ui.indicator import indicator_texts
from sqm.ui.words import _, n_

_LISTED = 100


def changed(found: pd.DataFrame) -> None:
    """Draw the table of rehearsal.targets, those that would turn most months red first."""
    blocks.block(
        n_("{n} target is set", "{n} targets are set", len(found)),
        _("the last {n} months with data, held against each", n=LOOK_BACK),
    )
    known, where = names(), places(EVERYTHING)
    shown = [
        row
        for row in found.assign(turns=found["missed"] - found["missed_before"])
        .sort_values(["turns", "missed"], ascending=False, kind="stable")
        .head(_LISTED)
        .to_dict("records")
        if str(row["indicator_code"]) in known.indicators
    ]
    blocks.rows_html(
        [
            _("Indicator"),
            _("Holds for"),
            _("In force from"),
            _("Target before"),
            _("New target"),
            _("Missed before"),
            _("Would have been missed"),
        ],
        [_cells({str(key): value for key, value in row.items()}, known, where) for row in shown],
        numeric=frozenset({3, 4, 5, 6}),
    )
    if len(found) > _LISTED:
        blocks.footnote(_("The first {n} are listed.", n=_LISTED))
    blocks.footnote(_("Months that are over keep the verdict of the target of their time."))


def _cells(row: dict[str, Any], known: Names, where: Places) -> tuple[str, ...]:
    code, level = str(row["indicator_code"]), str(row["scope_level"])
    place = _("whole company") if level == "company" else where.place(level, str(row["scope_code"]))
    texts = (
        known.indicator(code),
        place,
        formats.month(row["valid_from"]),
        _target(row, known, "_before"),
        _target(row, known, ""),
        _of_months(row["missed_before"], row["months"]),
        _of_months(row["missed"], row["months"]),
    )
    return tuple(blocks.safe(text) for text in texts)


def _target(row: dict[str, Any], known: Names, when: str) -> str:
    """The bound with its tolerance: ≥ 80.0 % (±2.0 pp)"""
    indicator = known.indicators[str(row["indicator_code"])]
    text = indicator_texts.target({**indicator, "target_low": row[f"low{when}"], "target_high": row[f"high{when}"]})
    tolerance = row[f"tolerance{when}"]
    if pd.isna(tolerance) or not tolerance:
        return text
    unit = "pp" if indicator["unit"] == "%" else str(indicator["unit"])
    return f"{text} (±{indicator_texts.amount(tolerance, unit, int(indicator['decimals']))})"


def _of_months(missed: int, months: int) -> str:
    return _("{missed} of {months}", missed=formats.count(missed), months=formats.count(months)) if months else "–"
