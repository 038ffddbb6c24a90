"""A questionnaire that asks no process of ours: mean expectation, perception and gap, and its pairs by their gap."""

from dataclasses import dataclass
from functools import lru_cache

from sqm.rules.gaps.servqual import CEILING, GapFive, gap_five
from sqm.rules.sampling import GREY_BELOW, HIDDEN_BELOW
from sqm.rules.surveys.answers import mean_answer
from sqm.rules.surveys.design_effect import Estimate
from sqm.ui import formats
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.gaps import data_gaps, gaps_five
from sqm.ui.gaps import data_questionnaires as asked
from sqm.ui.gaps import gaps_words as words
from sqm.ui.gaps.data_gaps import Period
from sqm.ui.markup import NOTHING, Html, cell, div, el, empty, footnote, span, table
from sqm.ui.words import _


@dataclass(frozen=True)
class PairRow:
    """One pair; everybody who answered a side counts for that side, both sides for the gap."""

    item: str
    expectation: Estimate | None
    perception: Estimate | None
    gap: Estimate | None


@dataclass(frozen=True)
class PairsView:
    whole: GapFive
    rows: tuple[PairRow, ...]
    scale: tuple[float, float]


@lru_cache(maxsize=KEPT)
def _view(at: Stamp, survey: str, process: str, period: Period) -> PairsView | None:
    form = asked.questionnaires()[survey]
    found = data_gaps.pairs_of(
        form, process, asked.customers(form, process, period.last), period.first, period.last, True
    )
    if found is None:
        return None
    whole = gap_five(found)
    columns = zip(
        form.topics[process],
        asked.columns_of(found.expectations),
        asked.columns_of(found.perceptions),
        whole.items,
        strict=True,
    )
    rows = [
        PairRow(topic.stem, mean_answer(first, found.weights), mean_answer(second, found.weights), gap)
        for topic, first, second, gap in columns
    ]
    ordered = sorted(rows, key=lambda row: row.gap.mean if row.gap is not None else float("inf"))
    return PairsView(whole, tuple(ordered), (found.scale_min, found.scale_max))


def view(survey: str, process: str, period: Period) -> PairsView | None:
    """None when nobody answered in the period."""
    return _view(stamp(), survey, process, period)


def finding(found: PairsView | None) -> str:
    gap = _whole(found)[2]
    if found is None or gap is None or gap.n < HIDDEN_BELOW:
        return _("Too few people answered the pairs of this questionnaire")
    size = formats.number(abs(gap.mean), 2)
    if gap.mean < 0:
        return _("Customers get {size} points less than they expect", size=size)
    return _("Customers get what they expect, and {size} points more", size=size)


def under(found: PairsView | None, survey: str, period: str) -> str:
    gap = _whole(found)[2]
    return _(
        "{survey}, {period}, {sample}; mean over the pairs that each person answered, with 95 % interval.",
        survey=survey,
        period=period,
        sample=formats.sample(gap.n if gap is not None else 0),
    )


def body(found: PairsView | None, names: Names) -> Html:
    expectation, perception, gap = _whole(found)
    if found is None or gap is None or gap.n < HIDDEN_BELOW:
        return empty(
            _("No answers to show in this period."), _("Choose another month, or upload a file of the questionnaire.")
        )
    cards = div(
        "sqm-cards",
        _card(_("Mean expectation"), expectation, False),
        _card(_("Mean perception (SERVPERF)"), perception, False),
        _card(_("Mean gap"), gap, True),
    )
    alpha = found.whole.dimensions[0].alpha_perception
    note = footnote(
        _(
            "Gap = perceived minus expected, person by person. Alpha of all perceptions: {alpha}.",
            alpha=formats.number(alpha, 2),
        ),
        _("This questionnaire names no process of ours, so gaps 1 to 4 have nothing to be compared with."),
    )
    return Html(cards + _table(found, names) + note)


def _whole(found: PairsView | None) -> tuple[Estimate | None, Estimate | None, Estimate | None]:
    if found is None:
        return None, None, None
    only = found.whole.dimensions[0]
    return only.expectation, only.perception, only.gap


def _card(label: str, found: Estimate | None, signed: bool) -> Html:
    return el(
        "section",
        div(
            "sqm-headline",
            div("sqm-label", label),
            div("sqm-number", formats.number(found.mean if found else None, 2, signed=signed)),
            div("sqm-note", gaps_five.estimate(found, signed)),
        ),
    )


def _table(found: PairsView, names: Names) -> Html:
    titles = [_("Question"), _("From expected to perceived"), _("Expectation"), _("Perception"), _("Gap"), _("Sample")]
    head = [el("th", title, css="sqm-r" if at > 1 else "") for at, title in enumerate(titles)]
    return table(head, [_row(row, found.scale, titles, names) for row in found.rows], "sqm-list sqm-five")


def _row(row: PairRow, scale: tuple[float, float], titles: list[str], names: Names) -> Html:
    title = words.topic(row.item, names)
    if row.gap is None or row.gap.n < HIDDEN_BELOW:
        return el("tr", cell(title, titles[0], "sqm-name"), cell(_("too few answers"), titles[1]))
    high = row.expectation is not None and (row.expectation.mean - scale[0]) / (scale[1] - scale[0]) >= CEILING
    ceiling = div("sqm-soft", _("▲ expected without limit: the gap is perception minus a constant"))
    return el(
        "tr",
        cell(Html(span("", title) + (ceiling if high else NOTHING)), titles[0], "sqm-name"),
        cell(gaps_five.bar(row.expectation, row.perception, scale), titles[1]),
        cell(formats.number(row.expectation.mean if row.expectation else None, 2), titles[2], "sqm-r"),
        cell(formats.number(row.perception.mean if row.perception else None, 2), titles[3], "sqm-r"),
        cell(gaps_five.estimate(row.gap), titles[4], "sqm-r"),
        cell(formats.sample(row.gap.n), titles[5], "sqm-r"),
        css="sqm-thin" if row.gap.n < GREY_BELOW else "",
    )
