"""Published tables as their sources print them: question x wave x (province or rival, ours, difference)."""

from sqm.rules.rivals.lead import Lead, Standing
from sqm.ui import formats, links
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import Html, block_title, cell, div, el, footnote, span
from sqm.ui.satisfaction.compare import compare_words as words
from sqm.ui.satisfaction.compare.benchmarks import operator_name
from sqm.ui.satisfaction.compare.compare_districts import PAST
from sqm.ui.satisfaction.compare.data_published import Figure, Published, PublishedLine
from sqm.ui.words import _, n_

_DECIMALS = 2


def blocks(found: Published, names: Names) -> list[Html]:
    """Nothing where no file brought such figures."""
    if not found.lines:
        return []
    return [
        block_title(_finding(found), _under(found)),
        _table(found, names),
        footnote(
            _("Uploaded figures without the number of people behind them have no interval: nobody can say whether a "
              "difference is more than chance.")
        ),
    ]  # fmt: skip


def _finding(found: Published) -> str:
    """Published figures, Aug 2008: above in 4 of 5"""
    leads = [line.waves[-1][2] for line in found.lines]
    known = [each.difference for each in leads if each.difference is not None]
    return n_(
        "Published figures, {month}: ours is better in {ahead} of {n} comparison",
        "Published figures, {month}: ours is better in {ahead} of {n} comparisons",
        len(known),
        month=formats.month(found.waves[-1]),
        ahead=sum(each > 0 for each in known),
    )


def _under(found: Published) -> str:
    return _("as uploaded · {months}", months=formats.months(found.waves[0], found.waves[-1]))


def _table(found: Published, names: Names) -> Html:
    columns = [_("Other"), _("Ours"), _("Difference")]
    over = [el("th", ""), el("th", "")]
    over += [el("th", formats.month(wave), colspan="3", css="sqm-over") for wave in found.waves]
    under = [el("th", _("Indicator")), el("th", _("Against"))]
    under += [el("th", title, css="sqm-r") for _wave in found.waves for title in columns]
    rows = [_row(line, found, columns, names) for line in found.lines]
    return el(
        "table", el("thead", el("tr", *over), el("tr", *under)), el("tbody", *rows), css="sqm-table sqm-list sqm-waves"
    )


def _row(line: PublishedLine, found: Published, columns: list[str], names: Names) -> Html:
    unit = str(names.indicators.get(line.code, {}).get("unit", ""))
    cells = [
        cell(links.link(names.indicator(line.code), "indicator", code=line.code, place=""), _("Indicator"), "sqm-name"),
        cell(operator_name(line.other_code, names), _("Against")),
    ]
    for wave, (other, own, lead) in zip(found.waves, line.waves, strict=True):
        css = PAST if wave < found.waves[-1] else ""
        titles = [f"{formats.month(wave)}, {title}" for title in columns]
        cells += [
            cell(_value(other, unit), titles[0], _css(css, other)),
            cell(_value(own, unit), titles[1], _css(css, own)),
            cell(_gap(lead, unit), titles[2], f"{_css(css, own, other)} sqm-gap"),
        ]
    return el("tr", *cells)


def _css(css: str, *figures: Figure | None) -> str:
    is_grey = any(each is not None and each.is_grey for each in figures)
    return " ".join(part for part in ("sqm-r", "sqm-thin" if is_grey else "", css) if part)


def _value(figure: Figure | None, unit: str) -> str:
    return formats.MISSING if figure is None else formats.indicator_value(figure.value, unit, _DECIMALS)


def _gap(lead: Lead, unit: str) -> Html:
    """−1.23, and in words only what an interval allows."""
    if lead.difference is None:
        return span("", formats.MISSING)
    if unit == "%":
        number = _("{points} pp", points=formats.number(lead.difference * 100, _DECIMALS, signed=True))
    else:
        number = formats.number(lead.difference, _DECIMALS, signed=True)
    if lead.standing is Standing.NO_INTERVAL:
        return span("", number)
    return Html(span("", number) + div("sqm-soft", words.standing(lead)))
