"""Business of the store: whether the counter empties because customers leave or because they serve themselves."""

from sqm.charts.plot import figure
from sqm.charts.trends.volume_lines import VolumeMonth as Drawn
from sqm.charts.trends.volume_lines import VolumeWords, volume_plot
from sqm.ui import formats, status_style
from sqm.ui.markup import NOTHING, Html, block_title, footnote, join
from sqm.ui.store import store_words as words
from sqm.ui.store.doors import data_volumes
from sqm.ui.store.doors.data_volumes import VolumeMonth
from sqm.ui.words import _, language

_STEADY = 0.02
"""A total that moved less in a year than this is called steady."""


def volume(found: tuple[VolumeMonth, ...]) -> Html:
    """Nothing where no transactions were reported."""
    if not found:
        return NOTHING
    under = words.BETWEEN.join([_("transactions a month"), formats.months(found[0].month, found[-1].month)])
    drawn = [Drawn(each.month, each.total, each.counter, each.self_service) for each in found]
    names = VolumeWords(_("All"), _("Counter"), _("Self-service"))
    plot = volume_plot(drawn, names, language=str(language()), dark=status_style.is_dark())
    chart = Html(figure(plot, finding(found))) if plot is not None else NOTHING
    return join([block_title(finding(found), under), chart, _notes(found)])


def finding(found: tuple[VolumeMonth, ...]) -> str:
    """Two years of twelve months are compared, so that the season is the same in both; else the last month is told."""
    now, then = (data_volumes.in_year(found, found[-1].month, back) for back in (0, 1))
    if not now or not then:
        last = found[-1]
        return _(
            "{share} of {total} transactions were made on self-service devices in {month}",
            share=formats.share(last.diverted, 0),
            total=formats.count(last.total),
            month=formats.month(last.month),
        )
    total = _change(sum(each.total for each in now), sum(each.total for each in then))
    counter = _change(sum(each.counter for each in now), sum(each.counter for each in then))
    told = {"total": _percent(total), "counter": _percent(counter)}
    if total >= -_STEADY and counter < -_STEADY:
        return _("Customers move to self-service: business {total} in a year, the counter {counter}", **told)
    if total < -_STEADY:
        return _("Business shrinks: {total} in a year, the counter {counter}", **told)
    return _("The counter is not relieved: business {total} in a year, the counter {counter}", **told)


def _change(now: int, then: int) -> float:
    return now / then - 1.0 if then else 0.0


def _percent(change: float) -> str:
    return f"{formats.number(change * 100, 0, signed=True)}\u00a0%"


def _notes(found: tuple[VolumeMonth, ...]) -> Html:
    last = found[-1]
    return footnote(
        _(
            "{month}: {total} transactions, {self_service} of them on self-service devices ({share}); {payments} only "
            "paid a bill at the counter.",
            month=formats.month(last.month),
            total=formats.count(last.total),
            self_service=formats.count(last.self_service),
            share=formats.share(last.diverted, 0),
            payments=formats.count(last.payments),
        )
    )
