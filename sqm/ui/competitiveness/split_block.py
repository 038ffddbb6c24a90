"""The change of the lead between two months in one sentence: how much of it we moved, and how much the rival did."""

from sqm.rules.surveys.trends import Movement, Word
from sqm.ui import formats
from sqm.ui.competitiveness import competitiveness_words as words
from sqm.ui.competitiveness import data_lead
from sqm.ui.competitiveness.bars import Bar, bars
from sqm.ui.competitiveness.competitiveness_choice import Choice
from sqm.ui.competitiveness.data_lead import Split
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import Html, block_title, empty, footnote, join
from sqm.ui.words import _


def block(choice: Choice, names: Names) -> Html:
    found = data_lead.split(choice.held.survey_code, choice.item, choice.since, choice.month)
    period = formats.months(choice.since, choice.month)
    if found.found.change is None:
        return join([block_title(_("Who moved the lead cannot be told"), period), _missing(found)])
    under = _(
        "{period}, percentage points; right of the line the lead widens; thin lines: 95 % intervals", period=period
    )
    return join([block_title(sentence(found, names), under), bars(_rows(found, names)), _notes(found, names)])


def sentence(found: Split, names: Names) -> str:
    """The lead fell by 4.1 pp: we moved −0.3, Farbridge Telecom moved +3.8"""
    made = found.found
    if made.change is None:
        return _("Who moved the lead cannot be told")
    size = formats.number(abs(made.change) * 100, 1)
    if made.word is Word.UP:
        first = _("The lead grew by {size} pp", size=size)
    elif made.word is Word.DOWN:
        first = _("The lead fell by {size} pp", size=size)
    else:
        first = _("The lead moved by {size} pp, within chance", size=formats.number(made.change * 100, 1, signed=True))
    said = _(
        "{lead}: we moved {own}, {rival} moved {theirs}",
        lead=first,
        own=_points(found.own.difference),
        rival=names.label("operator", found.rival_code),
        theirs=_points(found.rival.difference),
    )
    if not made.changeover:
        return said
    return _(
        "{said}; {rival} took over from {former} as the best rival ({points})",
        said=said,
        rival=names.label("operator", found.rival_code),
        former=names.label("operator", found.former_code),
        points=_points(made.changeover),
    )


def _points(value: float | None) -> str:
    return formats.MISSING if value is None else formats.number(value * 100, 1, signed=True)


def _rows(found: Split, names: Names) -> list[Bar]:
    """What each side did to the lead, and the sum. A rival that rises takes from it."""
    made, rival = found.found, names.label("operator", found.rival_code)
    rows = [
        _bar(_("We moved"), found.own, 1.0, "ours"),
        _bar(_("{rival} moved ({points})", rival=rival, points=_points(found.rival.difference)), found.rival, -1.0, ""),
    ]
    if made.changeover:
        rows.append(Bar(_("Another best rival"), made.changeover * 100, _points(made.changeover)))
    change = made.change or 0.0
    low, high = (None if each is None else each * 100 for each in (made.low, made.high))
    half = None if low is None or high is None else (high - low) / 2
    rows.append(Bar(_("Change of the lead"), change * 100, _signed(change * 100, half), low, high, "sum"))
    return rows


def _bar(title: str, moved: Movement, sign: float, kind: str) -> Bar:
    value = sign * (moved.difference or 0.0) * 100
    if moved.low is None or moved.high is None:
        return Bar(title, value, _signed(value, None), kind=kind)
    low, high = sorted((sign * moved.low * 100, sign * moved.high * 100))
    return Bar(title, value, _signed(value, (high - low) / 2), low, high, kind)


def _signed(value: float, half: float | None) -> str:
    told = formats.number(value, 1, signed=True)
    return told if half is None else f"{told} ± {formats.number(half, 1)}"


def _notes(found: Split, names: Names) -> Html:
    texts = [
        _(
            "From {before} over {former} to {after} over {rival}. Intervals: Newcombe for each side, joined for the "
            "change (Zou and Donner).",
            before=words.lead(found.before.lead),
            former=names.label("operator", found.former_code),
            after=words.lead(found.after.lead),
            rival=names.label("operator", found.rival_code),
        )
    ]
    if found.found.changeover:
        texts.append(_("The interval of the change does not hold the doubt about which rival was the best."))
    return footnote(*texts)


def _missing(found: Split) -> Html:
    """Why there is no split."""
    if found.since == found.month:
        why = _("There is no earlier month.")
    elif Word.NOT_COMPARABLE in (found.own.word, found.rival.word):
        why = _("The method of the survey changed between the two months, so they are not compared.")
    else:
        why = _("One of the two months lacks answers of ours or of the best rival.")
    return empty(why, _("Choose another month to compare with."))
