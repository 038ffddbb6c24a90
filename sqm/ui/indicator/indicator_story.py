"""How the shown number comes about, step by step, and which other indicators tell the same story."""

import pandas as pd

from sqm.rules.targets import SEVERITY, Status
from sqm.rules.watching.limits import Chart
from sqm.ui import formats, links, status_style
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.indicator import data_indicator
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_choice import Choice, place_code
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, table
from sqm.ui.matrix import data_matrix
from sqm.ui.matrix.matrix_list import behaves
from sqm.ui.process import data_process
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.watch import behaviour_words, data_watch
from sqm.ui.words import N_, _, name

MOST_RELATED = 8
_CHARTS = {
    Chart.XMR: N_("XmR: mean ± 2.66 x the average step between neighbouring months"),
    Chart.P: N_("P: three standard errors of a share with each month's n"),
    Chart.U: N_("U: three standard errors of a rate with each month's exposure"),
    Chart.C: N_("C: three standard errors of a count"),
    Chart.P_PRIME: N_("P' (Laney): three standard errors, widened by what months differ beyond sampling"),
    Chart.U_PRIME: N_("U' (Laney): three standard errors of a rate, widened by what months differ beyond sampling"),
}


def arithmetic(choice: Choice, names: Names) -> Html:
    """Formula with its numbers, n and what it is worth, interval, target version, limits."""
    row = choice.view.row
    if row is None or texts.why_not(row):
        return NOTHING
    pairs = [
        (_("Number"), _formula(choice, row)),
        (_("Answers"), _answers(row)),
        (_("Interval"), _interval(row)),
        (_("Target"), _target(choice, row, names)),
        (_("Natural range"), _limits(choice)),
        (_("Judged as"), _judged(choice, row)),
    ]
    shown = [Html(el("dt", term) + el("dd", value)) for term, value in pairs if value]
    title = block_title(_("How this number comes about"), _("every step, with the figures of the month"))
    return el("section", title, el("dl", *shown, css="sqm-definition"))


def _formula(choice: Choice, row: Record) -> str:
    kind, unit = str(row["kind"]), str(row["unit"])
    numerator, denominator = texts.known(row["numerator"]), texts.known(row["denominator"])
    if numerator is None:
        return ""
    shown = texts.value(row)
    if kind in ("count", "level") or denominator is None:
        return _("{value}, as reported ({parts} parts added)", value=shown, parts=formats.count(row["parts"]))
    if denominator == 1 and kind in ("share", "mean", "minutes", "rate"):
        return _("{value}, reported without its parts", value=shown)
    factor = f" × {formats.count(row['per'])}" if kind == "rate" else " × 100" if unit == "%" else ""
    top, bottom = (
        formats.number(each, 0 if abs(each) >= 1000 or each == round(each) else 1) for each in (numerator, denominator)
    )
    sides = (name(choice.record, "numerator"), name(choice.record, "denominator"))
    said = _(
        "{top} ({numerator}) ÷ {bottom} ({denominator})",
        top=top,
        bottom=bottom,
        numerator=sides[0],
        denominator=sides[1],
    )
    return f"{said}{factor} = {shown}"


def _answers(row: Record) -> str:
    n, n_eff = texts.known(row["n"]), texts.known(row["n_eff"])
    if n is None:
        return ""
    if n_eff is None or round(n_eff) >= round(n):
        return _("n = {n}", n=formats.count(n))
    return _(
        "n = {n}, worth {worth} equal answers: the rest is lost to weights and to stores that answer alike "
        "(design effect {deff})",
        n=formats.count(n),
        worth=formats.count(n_eff),
        deff=formats.number(n / n_eff, 2),
    )


def _interval(row: Record) -> str:
    shown = texts.interval(row)
    if not shown:
        return _("none: the size of the sample is not known")
    method = _("Wilson") if row["kind"] == "share" else _("exact Poisson")
    return _("{interval} (95 %, {method}, on the effective answers)", interval=shown, method=method)


def _target(choice: Choice, row: Record, names: Names) -> str:
    """The version in force: bound, from when, agreed by whom and why."""
    if not texts.since(row):
        return _("none in force")
    version = next(
        (
            each
            for each in data_indicator.targets_of(choice.code)
            if each["scope_level"] == row["target_scope"]
            and pd.Timestamp(each["valid_from"]) == row["target_from"]
            and each["scope_code"] in ("", choice.place.code)
        ),
        None,
    )
    parts = [texts.target(row), texts.since(row)]
    if version is not None:
        tolerance = texts.amount(
            version["tolerance"], "pp" if row["unit"] == "%" else str(row["unit"]), int(row["decimals"])
        )
        reason = _("first target") if version["reason"] == "initial" else str(version["reason"])
        parts += [
            _("tolerance {tolerance}", tolerance=tolerance),
            _("agreed by {department}", department=names.department(str(version["agreed_by"]))),
            reason,
        ]
    return " · ".join(part for part in parts if part)


def _limits(choice: Choice) -> str:
    seen = choice.watch.rows.get(choice.code)
    if seen is None or texts.known(seen["lower"]) is None:
        return ""
    unit, decimals = str(choice.record["unit"]), max(int(choice.record["decimals"]), 1)
    low, high = (
        formats.indicator_value(float(seen[each]), unit, decimals, with_unit=each == "upper")
        for each in ("lower", "upper")
    )
    trial = _("; trial limits: fewer than 13 months") if seen["trial"] else ""
    return _(
        "{low} – {high}, from {points} months. {chart}{trial}",
        low=low,
        high=high,
        points=int(seen["points"]),
        chart=_(_CHARTS[Chart(str(seen["chart"]))]),
        trial=trial,
    )


def _judged(choice: Choice, row: Record) -> str:
    behaviour = choice.watch.behaviour(choice.code)
    return behaviour_words.sentence(texts.status(row), behaviour, str(choice.record["direction"]))


def related(choice: Choice, names: Names, viewer: Viewer) -> Html:
    """Indicators of the same process in the other dimensions; those that watch the same driver first."""
    if not data_indicator.is_listed(choice.code) or choice.place.level not in ("company", "district"):
        return NOTHING
    view = data_matrix.month_view(viewer.scope, choice.month, choice.place)
    watch = data_watch.view(viewer.scope, choice.month, choice.place)
    mine = choice.record
    siblings = _same_driver(choice.code, str(mine["process_code"]))
    rows = [
        row
        for row in view.rows.values()
        if row["process_code"] == mine["process_code"] and row["dimension_code"] != mine["dimension_code"]
    ]
    rows.sort(key=lambda row: (row["indicator_code"] not in siblings, SEVERITY[Status(row["status"])], row["position"]))
    if not rows:
        return NOTHING
    titles = [_("Indicator name"), _("Status"), _("Value"), _("Target")]
    body = [
        _related_row(row, titles, choice, names, watch, str(row["indicator_code"]) in siblings)
        for row in rows[:MOST_RELATED]
    ]
    head = [el("th", title, css="sqm-r" if at > 1 else "") for at, title in enumerate(titles)]
    process = name(names.processes[str(mine["process_code"])])
    title = block_title(_("What else tells of it"), _("{process}: the other two dimensions", process=process))
    return el("section", title, table(head, body, css="sqm-list"))


def _related_row(
    row: Record, titles: list[str], choice: Choice, names: Names, watch: data_watch.WatchView, is_sibling: bool
) -> Html:
    code = str(row["indicator_code"])
    link = links.link(names.indicator(code), "indicator", code=code, place=place_code(choice.place))
    about = [
        name(names.dimensions[str(row["dimension_code"])]),
        *([_("watches the same driver")] if is_sibling else []),
    ]
    return el(
        "tr",
        cell(Html(link + div("sqm-soft", _(" · ").join(about))), titles[0]),
        cell(Html(status_style.badge(texts.status(row)) + behaves(row, watch)), titles[1]),
        cell(texts.value(row), titles[2], "sqm-r"),
        cell(texts.target(row), titles[3], "sqm-r"),
    )


def _same_driver(code: str, process: str) -> set[str]:
    """Codes that watch a driver which this indicator watches too."""
    found: set[str] = set()
    for driver in data_process.drivers(process):
        if code in driver.codes:
            found.update(driver.codes)
    return found - {code}
