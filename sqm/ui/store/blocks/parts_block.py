"""Where the points went: every part of the composite with its weight, what it gained and lost, and who says so."""

from sqm.charts.stores import part_bar
from sqm.charts.stores.part_bar import PartRow, PartWords
from sqm.rules.stores.store_evidence import MINUTES, PERCEPTION, SMS, TOPICS
from sqm.rules.stores.store_score import FULL_SCORE, Absence, PartScore
from sqm.ui import formats, status_style
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, footnote, join, span, table
from sqm.ui.store import store_words as words
from sqm.ui.store.doors import data_held
from sqm.ui.store.doors.data_card import Card
from sqm.ui.words import _, n_

_MINUTES = {part: column.removeprefix("minutes_") for part, column in MINUTES.items()}


def parts(card: Card) -> Html:
    """The bar, the table and how the score is made."""
    under = _(
        "{period}, points of the composite; version {version} of the weights",
        period=words.period(card),
        version=card.definition.version,
    )
    return join([block_title(words.parts_finding(card), under), _bar(card), _table(card), _notes(card)])


def _bar(card: Card) -> Html:
    """Each part as wide as it weighs, full as far as points were gained."""
    told = [
        _(
            "{part} {gained} of {weight}",
            part=words.part(each.code),
            gained=words.points(each.gained),
            weight=_weight(each),
        )
        for each in card.score.collected
    ]
    names = PartWords(_("{gained} of {weight}"), _("not collected"), _("not scored"))
    rows = [_part(card, each) for each in card.score.parts]
    return Html(part_bar.figure(rows, names, _(", ").join(told), dark=status_style.is_dark()))


def _part(card: Card, each: PartScore) -> PartRow:
    evidence = card.result.parts.get(each.code)
    return PartRow(
        label=words.part(each.code),
        weight=each.effective if each.score is not None and each.weight is not None else each.weight,
        gained=each.gained,
        lost=each.lost,
        is_scored=each.weight is not None,
        is_collected=evidence is not None,
        text="" if evidence is None else formats.number(evidence.score, 0),
        note=words.themes(card, each.code) if each.code in TOPICS else "",
    )


def _table(card: Card) -> Html:
    titles = [_("Part of the score"), _("Weight"), _("Score, 0 to 100"), _("Gained"), _("Lost"), _("What it rests on")]
    head = [el("th", title, css="sqm-r" if 0 < place < 5 else "") for place, title in enumerate(titles)]
    rows = [_row(card, each, titles) for each in card.score.parts]
    return table(head, rows, "sqm-list sqm-store-parts")


def _row(card: Card, each: PartScore, titles: list[str]) -> Html:
    evidence = card.result.parts.get(each.code)
    badge = span("sqm-badge", words.source(data_held.source(card.definition.version, each.code)))
    themes = words.themes(card, each.code) if each.code in TOPICS else ""
    title = join([words.part(each.code), " ", badge, div("sqm-soft", themes) if themes else NOTHING])
    score = formats.number(None if evidence is None else evidence.score, 1)
    if each.weight is None:
        weight, gained, lost = _("not scored"), formats.MISSING, formats.MISSING
    else:
        weight, gained, lost = _weight(each), words.points(each.gained), words.points(each.lost)
        if each.score is None:
            gained = lost = formats.MISSING
    return el(
        "tr",
        cell(title, titles[0], "sqm-name"),
        cell(weight, titles[1], "sqm-r"),
        cell(score, titles[2], "sqm-r"),
        cell(gained, titles[3], "sqm-r"),
        cell(lost, titles[4], "sqm-r"),
        cell(_rests_on(card, each), titles[5]),
        css="" if evidence is not None and each.weight is not None else "sqm-thin",
    )


def _weight(each: PartScore) -> str:
    """30, or 30 → 37.5 where a missing part left its weight to the others."""
    agreed = formats.number(each.weight, 0)
    if each.score is None or abs(each.effective - (each.weight or 0.0)) < 0.05:
        return agreed
    return f"{agreed} → {formats.number(each.effective, 1)}"


def _rests_on(card: Card, each: PartScore) -> Html:
    """n, spread, minutes with the standard's version; why there is nothing."""
    evidence = card.result.parts.get(each.code)
    if evidence is None:
        return span("sqm-soft", _absence(each))
    if each.code == SMS:
        told = [_("so few in some months that their number is not told")]
        if card.texts is not None:
            told = [n_("{n} answer", "{n} answers", card.texts)]
        if evidence.is_shrunken and card.texts is not None:
            told.append(
                _(
                    "few: {raw} as answered, pulled towards the class",
                    raw=formats.share(evidence.raw / FULL_SCORE),
                )
            )
    else:
        told = [n_("{n} visit", "{n} visits", evidence.n)]
    if each.code in _MINUTES:
        told.append(_minutes(card, each.code))
    if each.code == PERCEPTION:
        told.append(_("shown beside the score, never in it"))
    return span("", words.BETWEEN.join(part for part in told if part))


def _minutes(card: Card, code: str) -> str:
    minutes, _n = card.minutes(_MINUTES[code])
    standard = data_held.minutes(code, card.last)
    if minutes is None:
        return ""
    if standard is None:
        return _("{minutes} min", minutes=formats.number(minutes, 1))
    return _(
        "{minutes} min; full points up to {full}, none from {zero} (standard of {month})",
        minutes=formats.number(minutes, 1),
        full=formats.number(standard.full, 0),
        zero=formats.number(standard.zero, 0),
        month=formats.month(standard.valid_from),
    )


def _absence(each: PartScore) -> str:
    return _("the store has no such business") if each.absence is Absence.NOT_APPLICABLE else _("not collected")


def _notes(card: Card) -> Html:
    several = _(
        "Topics rotate: over three months all six themes are seen. A part that was not collected leaves its weight to "
        "the others."
    )
    bulletin = _(
        "For the bulletin, for mending and for training only. No KPI, not charged to anybody, never the only basis of "
        "an appraisal."
    )
    return footnote(several, bulletin)
