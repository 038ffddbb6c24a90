"""What the indicator page says first: the finding, the month's number with its certainty, and the definition."""

from sqm.rules.rivals.lead import Share, newcombe
from sqm.rules.targets import Status
from sqm.ui import formats, status_style
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.home.home_blocks import card
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.indicator.indicator_choice import Choice
from sqm.ui.markup import Html, div, el
from sqm.ui.watch import behaviour_words
from sqm.ui.words import _, n_, name


def finding(choice: Choice, names: Names) -> str:
    """Promotion as advertised: missed for 4 months in a row"""
    title = names.indicator(choice.code)
    if choice.view.row is None:
        return _("{indicator}: no value in {month}", indicator=title, month=formats.month(choice.month))
    status = texts.status(choice.view.row)
    months = choice.view.streak
    if months > 1:
        return n_(
            "{indicator}: {behaved}; missed for {n} month",
            "{indicator}: {behaved}; missed for {n} months in a row",
            months,
            indicator=title,
            behaved=behaved(choice),
        )
    if status in (Status.NO_DATA, Status.NO_TARGET):
        said = texts.why_not(choice.view.row) or status_style.word(status)
        return _("{indicator}: {said}", indicator=title, said=said)
    return _(
        "{indicator}: {value}, target {target}; {behaved}",
        indicator=title,
        behaved=behaved(choice),
        value=texts.value(choice.view.row),
        target=texts.target(choice.view.row),
    )


def behaved(choice: Choice) -> str:
    """missed – falling for real"""
    direction = str(choice.record["direction"])
    return behaviour_words.sentence(texts.status(choice.view.row or {}), choice.watch.behaviour(choice.code), direction)


def cards(choice: Choice, row: Record) -> Html:
    """Value, target, change, and how long it has been so."""
    interval = texts.interval(row)
    value_note = _("95 % interval {interval}", interval=interval) if interval else texts.why_not(row)
    sample = " · ".join(part for part in (texts.sample(row), _effective(row), texts.reliability(row)) if part)
    status = texts.status(row)
    target = el(
        "section",
        div("sqm-label", _("Target")),
        div("sqm-number", texts.target(row)),
        div("sqm-note", Html(status_style.badge(status)), " ", texts.since(row)),
        div("sqm-note", texts.certainty(row)),
    )
    return div(
        "sqm-cards",
        card(_("Value"), texts.value(row), value_note, sample),
        target,
        card(_("Change against the month before"), texts.change(row), _change_words(choice, row)),
        _record_card(choice),
    )


def _effective(row: Record) -> str:
    """Only where weights or clusters make it differ from n."""
    n_eff, n = texts.known(row["n_eff"]), texts.known(row["n"])
    if n_eff is None or n is None or round(n_eff) >= round(n):
        return ""
    return _("worth {n} equal answers", n=formats.count(n_eff))


def _change_words(choice: Choice, row: Record) -> str:
    before = choice.view.previous
    if before is None or texts.known(row["change"]) is None:
        return _("nothing to compare with")
    n_now, n_before = texts.known(row["n_eff"]), texts.known(before["n_eff"])
    if row["kind"] == "share" and n_now is not None and n_before is not None:
        limits = newcombe(Share(float(row["value"]), n_now), Share(float(before["value"]), n_before))
        if limits is not None and limits[0] <= 0 <= limits[1]:
            return _("not distinguishable from chance")
    better = float(row["improvement"])
    return _("better") if better > 0 else _("worse") if better < 0 else _("unchanged")


def _record_card(choice: Choice) -> Html:
    past = choice.view
    label = _("Missed within 13 months")
    note = texts.streak(past.streak) or _("of the months that were judged")
    return card(label, f"{past.missed} / {past.judged}", note)


def facts(record: Record, names: Names) -> Html:
    """Definition and everything that says how the number comes about."""
    kinds = {
        "share": _("numerator / denominator"),
        "mean": _("numerator / denominator"),
        "minutes": _("numerator / denominator"),
        "rate": _("numerator / denominator x {per}", per=formats.count(record["per"])),
        "count": _("numerator (adds up over months)"),
        "level": _("numerator (stock at the end of the month)"),
    }
    directions = {"higher": _("higher is better"), "lower": _("lower is better"), "range": _("best within a band")}
    survey = names.surveys.get(record["survey_code"], {})
    asked = _("{survey}: {question}", survey=name(survey), question=names.item(record["item_code"])) if survey else ""
    pairs = [
        (_("Definition"), name(record, "definition")),
        (_("Numerator"), name(record, "numerator")),
        (_("Denominator"), name(record, "denominator")),
        (
            _("Formula"),
            _("{formula}; {direction}", formula=kinds[record["kind"]], direction=directions[record["direction"]]),
        ),
        (_("Survey question"), asked),
        (_("Owner"), name(record, "department")),
        (_("Source"), names.label("source_system", str(record["source_system"]))),
        (_("Control stage"), texts.stage(record["control_stage"])),
        (_("Appraisal"), texts.role(bool(record["appraised"]))),
        (_("Valid since"), formats.month(record["valid_from"])),
    ]
    return el("dl", *(Html(el("dt", term) + el("dd", value)) for term, value in pairs if value), css="sqm-definition")
