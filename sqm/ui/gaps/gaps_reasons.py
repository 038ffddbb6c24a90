"""What may explain gap 5 of one process: gaps 1-4 as people say and as the books show, and the works that close it."""

from sqm.rules.gaps.gap_ledger import Weighed
from sqm.rules.gaps.gap_proxies import Displaced, PromiseGap
from sqm.rules.gaps.gap_ratings import RatedGap
from sqm.rules.gaps.gap_units import Gap
from sqm.rules.sampling import HIDDEN_BELOW
from sqm.ui import formats
from sqm.ui.doors.data_names import Names, Record
from sqm.ui.gaps import gaps_words as words
from sqm.ui.gaps.data_gaps import GapView, ProcessGaps
from sqm.ui.gaps.gaps_ledger import SIDES, state
from sqm.ui.markup import NOTHING, Html, div, el, span
from sqm.ui.words import _, listed, n_, name

_MOST = 3
_LARGEST_SHIFT = 2.0


def finding(view: GapView, process: str) -> str:
    asked, observed = view.largest_asked.get(process), view.largest_observed.get(process)
    if asked is None and observed is None:
        return _("None of the four gaps behind it stands out")
    if asked == observed and asked is not None:
        return _("{gap} stands out, in what people say and in what the books show", gap=words.gap(asked))
    parts = [
        _("{gap} (asked)", gap=words.gap(asked)) if asked is not None else "",
        _("{gap} (recorded)", gap=words.gap(observed)) if observed is not None else "",
    ]
    return _("What stands out: {gaps}", gaps=listed([part for part in parts if part]))


def under() -> str:
    return _(
        "Asked: managers and contact staff, three months up to the period's end. Recorded: from the books of the same "
        "months. Each figure in its own unit; they are not added."
    )


def cards(view: GapView, process: str, names: Names) -> Html:
    found = view.processes[process]
    return div("sqm-gap-cards", *(_card(gap, field, view, process, found, names) for gap, field in SIDES))


def _card(gap: Gap, field: str, view: GapView, process: str, found: ProcessGaps, names: Names) -> Html:
    sides, rated = getattr(found.now.ledger, field), getattr(found.now, field)
    asked = _side(
        _("asked"),
        words.told(sides.asked) if sides.asked is not None else _("not asked"),
        state(sides.asked, view.largest_asked.get(process) is gap),
        _(words.ASKED[gap]),
        _of_asked(gap, rated, names),
    )
    observed = _side(
        _("recorded"),
        words.told(sides.observed) if sides.observed is not None else _nothing(gap),
        state(sides.observed, view.largest_observed.get(process) is gap),
        _(words.OBSERVED[gap]),
        _OBSERVED[gap](found, view, names),
    )
    return el(
        "section",
        el("h3", words.numbered(gap)),
        div("sqm-soft", _(words.BETWEEN[gap])),
        div("sqm-gap-two", asked, observed),
        el(
            "p",
            span("sqm-soft", _("Closed by")),
            " ",
            el("b", words.subsystem(gap)),
            span("sqm-soft", f" · {words.works(gap)}"),
            css="sqm-gap-works",
        ),
    )


def _nothing(gap: Gap) -> str:
    if gap is Gap.DELIVERY:
        return _("no audit covers this process")
    return _("no public promise is registered") if gap is Gap.COMMUNICATION else _("no data")


def _side(side: str, told: str, mark: Html, meaning: str, details: Html) -> Html:
    return div(
        "",
        div("sqm-gap-line", span("sqm-soft", side), span("sqm-gap-number", told), mark),
        div("sqm-soft", meaning),
        details,
    )


def _of_asked(gap: Gap, rated: RatedGap | None, names: Names) -> Html:
    """How many were asked, and the dimension that is furthest from closed."""
    if rated is None or rated.n < HIDDEN_BELOW:
        return NOTHING
    known = [each for each in rated.dimensions if each.gap is not None]
    worst = max(known, key=lambda each: abs(each.gap or 0.0), default=None)
    lines = [formats.sample(rated.n)]
    if worst is not None:
        told = words.points(worst.gap)
        lines.append(_("widest: {dimension} {gap}", dimension=words.dimension(worst.dimension, names), gap=told))
    without = [each.share_without for each in rated.dimensions if each.share_without]
    if gap is Gap.STANDARDS and without:
        share = formats.share(max(without), 0)
        lines.append(_("up to {share} say that no standard exists", share=share))
    return _lines(lines)


def _ranks(found: ProcessGaps, _view: GapView, names: Names) -> Html:
    """Where customers put a need much higher or lower than managers do."""
    ranks = found.now.ranks
    if ranks is None:
        return _lines([_("needs 100 complete answers of six months, and managers who rate importance")])
    moved = sorted(ranks.needs, key=lambda need: -abs(need.shift))
    shown = [_displaced(need, names) for need in moved if abs(need.shift) >= _LARGEST_SHIFT][:_MOST]
    return _lines([_sample_of(found.now), *(shown or [_("both sides put the dimensions in much the same order")])])


def _sample_of(weighed: Weighed) -> str:
    observed = weighed.ledger.knowledge.observed
    return formats.sample(observed.n) if observed is not None and observed.n is not None else ""


def _displaced(need: Displaced, names: Names) -> str:
    return _(
        "{dimension}: rank {declared} for managers, rank {derived} for customers",
        dimension=words.dimension(need.need, names),
        declared=formats.number(need.declared_rank),
        derived=formats.number(need.derived_rank),
    )


def _bare(found: ProcessGaps, _view: GapView, _names: Names) -> Html:
    covered = found.now.covered
    if covered is None:
        return NOTHING
    known = {str(row["need_code"]): name(row) for row in found.needs}
    lines = [n_("{n} need known", "{n} needs known", len(covered.top))]
    if covered.bare:
        lines.append(_("nothing stands for: {needs}", needs=listed([known[code] for code in covered.bare], most=4)))
    elif covered.incomplete:
        share = formats.share(covered.incomplete, 0)
        lines.append(_("{share} lack a standard, an indicator or a target", share=share))
    return _lines(lines)


def _lost(found: ProcessGaps, _view: GapView, _names: Names) -> Html:
    """The topics that cost most of the points."""
    lost = found.now.lost
    if lost is None:
        return NOTHING
    by_topic: dict[str, float] = {}
    for item, share in found.now.lost_by_item.items():
        title = name(found.topics[found.items[item].partition(".")[0]])
        by_topic[title] = by_topic.get(title, 0.0) + share
    worst = sorted(by_topic.items(), key=lambda each: -each[1])[:_MOST]
    shown = [f"{title} {formats.share(share, 0)}" for title, share in worst]
    return _lines([n_("{n} visit", "{n} visits", lost.n), _("of all lost points: {items}", items=listed(shown))])


def _broken(found: ProcessGaps, view: GapView, _names: Names) -> Html:
    if found.now.broken is None:
        return NOTHING
    lines = [n_("{n} case: a place and month", "{n} cases: places and months", found.now.broken.n)]
    lines += [_promise(view.promises[code], gap) for code, gap in found.now.promises.items()]
    return _lines(lines)


def _promise(record: Record, gap: PromiseGap) -> str:
    """No more than 6 minutes in the queue: 89 % broken, short by 1.3 ± 0.1 min"""
    is_share = record["unit"] == "%"
    unit = _("pp") if is_share else formats.unit(str(record["unit"]))
    found = gap.shortfall
    factor = 100.0 if is_share else 1.0
    limits = found.interval if found is not None else None
    size = formats.number(abs(found.mean) * factor, 2) if found is not None else formats.MISSING
    if limits is not None:
        size += f"\u00a0±\u00a0{formats.number((limits.high - limits.low) / 2 * factor, 2)}"
    told = {
        "promise": name(record),
        "share": formats.share(gap.share_broken, 0),
        "size": f"{size}\u00a0{unit}".rstrip(),
    }
    if found is not None and found.mean < 0:
        return _("{promise}: {share} broken; on average better by {size}", **told)
    return _("{promise}: {share} broken; on average short by {size}", **told)


_OBSERVED = {Gap.KNOWLEDGE: _ranks, Gap.STANDARDS: _bare, Gap.DELIVERY: _lost, Gap.COMMUNICATION: _broken}


def _lines(texts: list[str]) -> Html:
    shown = [el("li", text) for text in texts if text]
    return el("ul", *shown, css="sqm-gap-lines") if shown else NOTHING
