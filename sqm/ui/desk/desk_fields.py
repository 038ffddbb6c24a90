"""The fields of a proposal: for which place, from which month, which bounds. What stands in them is read in one place,
so that what is shown before signing and what is recorded cannot differ."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from sqm.database.indicators.indicators import COMPANY, Place
from sqm.rules.access import Scope
from sqm.rules.decisions import Draft
from sqm.rules.matrix import agreements
from sqm.rules.matrix.agreements import Proposal, Step
from sqm.rules.targets import Direction
from sqm.ui import formats
from sqm.ui.desk import data_desk
from sqm.ui.doors import data_names
from sqm.ui.doors.data_names import Record
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator.indicator_texts import known
from sqm.ui.words import _

MOST_STEPS = 12
_SHARES = ("%", "pp")
_MORE_DECIMALS = 3
_WIDTH = 220


@dataclass(frozen=True)
class Form:
    """One form: for an indicator, or as the answer to a proposal (then place and steps are taken from it). today
    decides in which months a target may start."""

    code: str
    today: date
    answers: Proposal | None = None

    @property
    def record(self) -> Record:
        return data_desk.record_of(self.code)

    @property
    def scale(self) -> float:
        """Shares are stored 0-1 and typed in per cent."""
        return 100.0 if self.record["unit"] in _SHARES else 1.0

    @property
    def bounds(self) -> tuple[str, ...]:
        """Which bounds the indicator is judged by."""
        way = Direction(str(self.record["direction"]))
        return {Direction.HIGHER: ("low",), Direction.LOWER: ("high",), Direction.RANGE: ("low", "high")}[way]

    def key(self, field: str) -> str:
        return f"desk_{self.answers.proposal_id if self.answers else self.code}_{field}"

    def placed(self, place: Place, field: str) -> str:
        """Another place starts from its own target."""
        return self.key(f"{place.level}_{place.code}_{field}")


def place(form: Form) -> Place:
    """As it stands in the fields."""
    if form.answers is not None:
        return data_desk.place_of(form.answers)
    level = str(st.session_state.get(form.key("level")) or COMPANY.level)
    code = str(st.session_state.get(form.key(level)) or "")
    return Place(level, code) if code else COMPANY


def steps(form: Form) -> tuple[Step, ...]:
    """As they stand in the fields; none before they are drawn."""
    where = place(form)
    tolerance = _typed(form, where, "tolerance")
    found = []
    for number in range(_count(form)):
        month = st.session_state.get(form.placed(where, f"month_{number}"))
        if month is None:
            break
        bounds = {name: _typed(form, where, f"{name}_{number}") for name in form.bounds}
        found.append(Step(month, bounds.get("low"), bounds.get("high"), tolerance or 0.0))
    return tuple(found)


def draft(form: Form) -> Draft:
    """What would be recorded now."""
    where = place(form)
    reason = str(st.session_state.get(form.key("reason")) or "")
    answers = form.answers.proposal_id if form.answers else ""
    return agreements.propose(form.code, steps(form), reason, where.level, where.code, answers)


def draw(form: Form, scope: Scope) -> None:
    """All fields; their values are read by the functions above."""
    if form.answers is None:
        _draw_place(form, scope)
    where = place(form)
    start = _start(form, scope, where)
    with st.container(horizontal=True, key="desk_numbers"):
        _number(form, where, "tolerance", _labelled(form, _("Tolerance"), tolerance=True), start[0].tolerance)
        st.number_input(
            _("Number of steps"),
            min_value=1,
            max_value=MOST_STEPS,
            value=min(len(start), MOST_STEPS),
            step=1,
            key=form.key("count"),
            width=_WIDTH,
            help=_("1: the same target from its first month on. 12: another one every month."),
        )
    for number in range(_count(form)):
        _draw_step(form, where, number, start[min(number, len(start) - 1)])
    st.text_input(_("Reason (needed)"), key=form.key("reason"), max_chars=300)


def clear(form: Form) -> None:
    """Forget what was typed."""
    begins = form.key("")
    for key in [each for each in st.session_state if str(each).startswith(begins)]:
        st.session_state.pop(key, None)


def _draw_place(form: Form, scope: Scope) -> None:
    """Company, district or store, as far as the viewer may see them."""
    seen = data_names.places(scope)
    levels = {"company": _("whole company"), "district": _("one district"), "store": _("one store")}
    with st.container(horizontal=True, key="desk_place"):
        level = st.segmented_control(
            _("Holds for"),
            list(levels),
            format_func=levels.__getitem__,
            key=form.key("level"),
            default="company",
            required=True,
        )
        if level in ("district", "store"):
            codes = list(seen.districts if level == "district" else seen.stores)
            title = _("District") if level == "district" else _("Store")
            st.selectbox(
                title,
                codes,
                format_func=lambda code: seen.place(str(level), code),
                key=form.key(str(level)),
                width=2 * _WIDTH,
            )


def _draw_step(form: Form, where: Place, number: int, start: Step) -> None:
    """A month and its bounds. On a wide screen only the first row shows its labels (desk.css)."""
    months = data_desk.first_months(form.today)
    before = st.session_state.get(form.placed(where, f"month_{number - 1}"))
    wanted = start.valid_from if start.valid_from in months else months[0]
    if before is not None and wanted <= before:
        wanted = months[min(months.index(before) + 1, len(months) - 1)]
    labels = {"low": _labelled(form, _("At least")), "high": _labelled(form, _("At most"))}
    with st.container(horizontal=True, key=f"desk_step_{number}"):
        st.selectbox(
            _("In force from"),
            months,
            index=months.index(wanted),
            format_func=formats.month,
            key=form.placed(where, f"month_{number}"),
            width=_WIDTH,
        )
        for name in form.bounds:
            _number(form, where, f"{name}_{number}", labels[name], getattr(start, name))


def _number(form: Form, where: Place, field: str, label: str, start: float | None) -> None:
    decimals = _decimals(form, start)
    st.number_input(
        label,
        min_value=0.0 if field == "tolerance" else None,
        value=None if start is None else round(start * form.scale, decimals),
        step=10.0**-decimals,
        format=f"%.{decimals}f",
        key=form.placed(where, field),
        width=_WIDTH,
    )


def _decimals(form: Form, start: float | None) -> int:
    """Those of the indicator, or as many as the number has that the field begins with."""
    first = int(form.record["decimals"])
    shown = 0.0 if start is None else start * form.scale
    enough = (each for each in range(first, first + _MORE_DECIMALS) if abs(round(shown, each) - shown) < 1e-9)
    return next(enough, first + _MORE_DECIMALS)


def _labelled(form: Form, words: str, tolerance: bool = False) -> str:
    """At least (%)"""
    unit = "pp" if tolerance and form.record["unit"] == "%" else str(form.record["unit"])
    word = formats.unit(unit)
    return _("{label} ({unit})", label=words, unit=word) if word else words


def _typed(form: Form, where: Place, field: str) -> float | None:
    typed = st.session_state.get(form.placed(where, field))
    return None if typed is None else round(float(typed) / form.scale, 10)


def _count(form: Form) -> int:
    return int(st.session_state.get(form.key("count")) or 1)


def _start(form: Form, scope: Scope, where: Place) -> tuple[Step, ...]:
    """What the fields begin with: the proposal that is answered, else the target in force."""
    if form.answers is not None:
        return form.answers.steps
    first = data_desk.first_months(form.today)[0]
    history = data_indicator.history(scope, form.code, where)
    if history.empty:
        return (Step(first, None, None, 0.0),)
    newest = history.sort_values("month").iloc[-1]
    tolerance = 0.0 if pd.isna(newest["tolerance"]) else float(newest["tolerance"])
    return (Step(first, known(newest["target_low"]), known(newest["target_high"]), tolerance),)
