"""Is the improvement real: the score of every audited month with the range of chance, in a sentence and as a chart."""

from sqm.charts.plot import figure
from sqm.charts.trends.store_trend import Audits, TrendWords
from sqm.charts.trends.store_trend import store_trend as drawn
from sqm.ui import formats, status_style
from sqm.ui.markup import Html, block_title, empty, footnote, join
from sqm.ui.store import store_words as words
from sqm.ui.store.doors.data_trend import Trend
from sqm.ui.words import _, language, n_


def trend(found: Trend) -> Html:
    title = words.trend_finding(found.behaviour)
    if not found.points:
        return join(
            [block_title(title), empty(_("No audited month so far."), _("An analyst uploads a file of visits."))]
        )
    first, last = found.points[0].month, found.points[-1].month
    under = words.BETWEEN.join(
        [
            _("score of each audited month, points of 100"),
            formats.months(first, last),
            n_("{n} audited month", "{n} audited months", len(found.points)),
        ]
    )
    return join([block_title(title, under), _chart(found), _notes(found)])


def _chart(found: Trend) -> Html:
    values = {each.month: float(each.score.score) for each in found.points if each.score.score is not None}
    plot = drawn(
        Audits(values, found.limits, found.signals),
        TrendWords(
            _("Score"),
            _("average"),
            _("Natural range"),
            _("The axis starts at {start}."),
            {"improvement": _("better than chance"), "concern": _("worse than chance")},
        ),
        dark=status_style.is_dark(),
        language=str(language()),
    )
    return Html(figure(plot, _told(found)))


def _told(found: Trend) -> str:
    """The chart in a sentence."""
    values = [(each.score.score or 0.0, each.month) for each in found.points]
    low, high = min(values), max(values)
    return _(
        "{last} in {last_month}; lowest {low} in {low_month}, highest {high} in {high_month}.",
        last=words.points(values[-1][0]),
        last_month=formats.month(values[-1][1]),
        low=words.points(low[0]),
        low_month=formats.month(low[1]),
        high=words.points(high[0]),
        high_month=formats.month(high[1]),
    )


def _notes(found: Trend) -> Html:
    notes = [_told(found)]
    if found.limits is not None:
        low, _centre, high = found.limits
        notes.append(
            _(
                "Grey band: where chance alone keeps the score, {low}–{high}, from audit to audit.",
                low=words.points(max(low, 0.0)),
                high=words.points(min(high, 100.0)),
            )
        )
    if found.is_trial:
        notes.append(_("Fewer than 13 audited months: the range is a trial."))
    if found.signals:
        notes.append(_("Triangle: better than chance. Diamond: worse than chance."))
    notes.append(_("Each month looks at other topics, which is part of the ups and downs."))
    if found.left_out:
        notes.append(
            n_(
                "{n} month without an audit has no point.",
                "{n} months without an audit have no point.",
                found.left_out,
            )
        )
    return footnote(*notes)
