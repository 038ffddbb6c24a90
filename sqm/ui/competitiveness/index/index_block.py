"""The competitiveness index: over time, what changed it, operators' parts, and whether ranks hang on the weights."""

from sqm.charts.plot import figure
from sqm.rules.rivals import competitiveness
from sqm.rules.rivals.competitiveness import Change, Comparable
from sqm.rules.rivals.index_weights import Part
from sqm.ui import formats
from sqm.ui.competitiveness import competitiveness_words as words
from sqm.ui.competitiveness.bars import Bar, bars
from sqm.ui.competitiveness.competitiveness_choice import Choice
from sqm.ui.competitiveness.index import data_index, index_chart
from sqm.ui.competitiveness.index.data_index import IndexMonth
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, empty, footnote, join, span, table
from sqm.ui.satisfaction.data_satisfaction import OWN
from sqm.ui.words import _


def block(choice: Choice, names: Names, spoken: str, dark: bool) -> Html:
    found = data_index.months(choice.held.survey_code, choice.month)
    now = found[-1]
    before = next((each for each in found if each.month == choice.since), now)
    moved = data_index.change(before, now) if before is not now else Change(Comparable.NO_INDEX)
    parts = [block_title(_finding(now, moved, choice), _under(now)), _default(now)]
    if not any(each.own is not None and each.own.arithmetic is not None for each in found):
        missing = empty(_("No month has two thirds of the weight."), _("A survey must ask rivals' customers too."))
        return join([*parts, missing])
    parts += [
        Html(figure(index_chart.chart(found, names, spoken, dark), index_chart.told(found))),
        _operators(now, choice, names),
        block_title(_moved(moved, choice), _moved_under(now, choice)),
        _contributions(moved),
        _notes(now, found),
    ]
    return join(parts)


def _finding(now: IndexMonth, moved: Change | None, choice: Choice) -> str:
    own = now.own
    if own is None or own.arithmetic is None:
        return _("Competitiveness index: not enough of it was asked in {month}", month=formats.month(now.month))
    said = _(
        "Competitiveness index {value}, rank {place}",
        value=words.plus_minus(own.arithmetic, now.margins[OWN]),
        place=words.place(now.place),
    )
    if moved is None or moved.total is None:
        return said
    return _(
        "{said}; {points} since {month}",
        said=said,
        points=formats.number(moved.total, 1, signed=True),
        month=formats.month(choice.since),
    )


def _under(now: IndexMonth) -> str:
    parts = [
        formats.month(now.month),
        _("0 to 100; in both leads 50 is level with the best other operator"),
        _("weights {weights}", weights=words.weights(now.version)),
    ]
    known = [each.n for each in now.parts[OWN].measured.values() if each is not None] if OWN in now.parts else []
    if known:
        parts.append(_("fewest answers behind a part of ours: {n}", n=formats.count(min(known))))
    return " · ".join(parts)


def _default(now: IndexMonth) -> Html:
    if not now.version.definition.is_default:
        return NOTHING
    said = _("Nobody has decided the weights yet: these are ours, and say so.")
    return div("", span("sqm-badge sqm-warn", _("default weights")), " ", span("sqm-soft", said))


def _operators(now: IndexMonth, choice: Choice, names: Names) -> Html:
    """Every operator with its parts, the best first."""
    ranks = competitiveness.competition_ranks({code: each.arithmetic for code, each in now.made.items()})
    doubt = data_index.doubt(choice.held.survey_code, choice.month)
    order = sorted(now.made, key=lambda code: (ranks[code] is None, ranks[code] or 0))
    titles = [
        _("Operator"),
        _("Index"),
        _("Rank"),
        *(words.part_title(part) for part in Part),
        _("Rank with other weights"),
    ]
    head = [el("th", title, css="sqm-r" if at in (1, 3, 4, 5) else "") for at, title in enumerate(titles)]
    rows = []
    for code in order:
        made, rank = now.made[code], ranks[code]
        cells = [
            cell(names.label("operator", code), titles[0], "sqm-name"),
            cell(
                formats.MISSING if made.arithmetic is None else words.plus_minus(made.arithmetic, now.margins[code]),
                titles[1],
                "sqm-r",
            ),
            cell(formats.MISSING if rank is None else str(rank), titles[2]),
        ]
        cells += [cell(_part(now, code, part), words.part_title(part), "sqm-r") for part in Part]
        shares = doubt[code].rank_shares if code in doubt else ()
        cells.append(cell(_holds(rank, shares), titles[-1]))
        rows.append(el("tr", *cells))
    return table(head, rows, "sqm-list")


def _part(now: IndexMonth, code: str, part: Part) -> Html:
    """55.6, and under it what was measured: 77.8 ± 2.2 %"""
    found, score = now.parts[code].measured[part.value], now.made[code].scores[part.value]
    if found is None or score is None:
        return span("sqm-soft", _("not asked, or too few"))
    return join([div("", formats.number(score, 1)), div("sqm-soft", _measured(part, found.value, found.half))])


def _measured(part: Part, value: float, half: float) -> str:
    if part is Part.PROCESSES:
        return f"{words.plus_minus(value * 100, half * 100)} %"
    factor = 100.0 if part is Part.BENCHMARK else 1.0
    number = f"{formats.number(value * factor, 1, signed=True)} ± {formats.number(half * factor, 1)}"
    return _("{points} pp", points=number) if part is Part.BENCHMARK else _("{number} points", number=number)


def _holds(rank: int | None, shares: tuple[float, ...]) -> str:
    """Rank 2 in 100 % of the draws; the others where there are any."""
    if rank is None or not shares:
        return formats.MISSING
    kept = _("rank {rank} in {share} of draws", rank=rank, share=formats.share(shares[rank - 1], 0))
    others = [
        _("rank {rank} in {share}", rank=place, share=formats.share(share, 0))
        for place, share in enumerate(shares, start=1)
        if place != rank and share >= 0.005
    ]
    return _(", ").join([kept, *others])


def _moved(moved: Change | None, choice: Choice) -> str:
    since = formats.month(choice.since)
    if moved is None or moved.total is None or not moved.points:
        return _("What changed the index since {month} cannot be told", month=since)
    code = max(moved.points, key=lambda part: abs(moved.points[part]) if moved.points else 0.0)
    return _(
        "Since {month} the index moved by {total}, most of it by {part} ({points})",
        month=since,
        total=formats.number(moved.total, 1, signed=True),
        part=words.part(code),
        points=formats.number(moved.points[code], 1, signed=True),
    )


def _moved_under(now: IndexMonth, choice: Choice) -> str:
    return _(
        "{period}, points of the index that each part made; both months by the weights of {month} ({weights})",
        period=formats.months(choice.since, now.month),
        month=formats.month(now.month),
        weights=words.weights(now.version),
    )


def _contributions(moved: Change | None) -> Html:
    if moved is None:
        why = _("The method of the survey changed between the two months, so they are not compared.")
    elif moved.comparable is Comparable.NO_INDEX:
        why = _("There is no earlier month, or one of the two months has no index.")
    elif moved.points is None or moved.total is None:
        why = _("Not the same parts were asked in both months, so the difference cannot be split.")
    else:
        rows = [
            Bar(words.part_title(code), value, formats.number(value, 1, signed=True))
            for code, value in moved.points.items()
        ]
        total = Bar(_("Change of the index"), moved.total, formats.number(moved.total, 1, signed=True), kind="sum")
        return bars([*rows, total])
    return empty(why, _("Choose another month to compare with."))


def _goalposts(now: IndexMonth) -> dict[str, str]:
    """By part, as they read: 50 – 100"""
    factors = {Part.PROCESSES.value: 100.0, Part.BENCHMARK.value: 100.0, Part.WORD_OF_MOUTH.value: 1.0}
    return {
        each.code: f"{formats.number(each.low * factors[each.code], 0)} – "
        f"{formats.number(each.high * factors[each.code], 0, signed=each.is_balanced)}"
        for each in now.version.definition.components
    }


def _notes(now: IndexMonth, found: tuple[IndexMonth, ...]) -> Html:
    texts = [
        _(
            "Each part is placed between fixed goalposts: processes {processes} %, satisfaction lead {benchmark} pp, "
            "net promoter lead {word_of_mouth} points; the index is their weighted mean. A part that is missing "
            "leaves its weight to the others, and below two thirds of the weight there is no index. ± is approximate, "
            "at most.",
            **_goalposts(now),
        ),
        _("Other weights: 10,000 draws, each weight between half and one and a half of itself."),
    ]
    lacking = [each for each in found if each.own is not None and 0 < each.own.coverage < 1]
    if lacking:
        missing = sorted(
            {code for each in lacking if each.own for code, score in each.own.scores.items() if score is None}
        )
        texts.append(
            _(
                "{period}: without {parts}, so these months rest on the rest of the weight and are not compared with "
                "the others.",
                period=formats.months(lacking[0].month, lacking[-1].month),
                parts=_(", ").join(words.part(code) for code in missing),
            )
        )
    if competitiveness.ranks_disagree(now.made):
        texts.append(_("The geometric mean, in which a weak part counts for more, ranks the operators differently."))
    return footnote(*texts)
