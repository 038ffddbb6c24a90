"""Indices of single questions beside the rivals': satisfaction index, promoters, top boxes, effort, imported ones."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqm.rules.periods import add_months
from sqm.rules.rivals import lead as leads
from sqm.rules.rivals.lead import Lead, Mean, Share
from sqm.rules.sampling import GREY_BELOW, HIDDEN_BELOW
from sqm.rules.surveys.box_scores import BoxScore
from sqm.rules.surveys.indices import Index
from sqm.rules.surveys.promoters import Nps, nps_lead
from sqm.ui import formats
from sqm.ui.competitiveness import competitiveness_words as words
from sqm.ui.competitiveness import data_indices
from sqm.ui.competitiveness.competitiveness_choice import Choice
from sqm.ui.competitiveness.data_indices import EASY, RECOMMEND, Asking, Indices, Why
from sqm.ui.competitiveness.data_lead import is_rival
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import Html, block_title, cell, div, el, footnote, join, span, table
from sqm.ui.satisfaction.data_satisfaction import OVERALL, OWN
from sqm.ui.words import _, name

_YEAR = 11  # an imported index appears once a year or so


@dataclass(frozen=True)
class Figure:
    """One operator's value. n: effective answers, nan for an imported figure, which says none. note: after n."""

    number: float
    written: str
    n: float
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One index. lead: ours over the best rival, None where there is nothing to compare."""

    title: str
    how: str
    figures: Mapping[str, Figure]
    lead: Callable[[str], Lead] | None
    unit: str
    why: str = ""


def block(choice: Choice, names: Names) -> Html:
    found = data_indices.of_month(choice.month)
    lines = [_satisfaction(found, names), _promoters(found, names), _csat(found, names), _effort(found, names)]
    lines += _imported(choice, names)
    rivals = [code for code in choice.held.operators if is_rival(code)]
    titles = [_("Figure"), names.label("operator", OWN), *(names.label("operator", code) for code in rivals)]
    titles.append(_("Lead over the best rival"))
    head = [el("th", each, css="sqm-r" if 0 < at < len(titles) - 1 else "") for at, each in enumerate(titles)]
    rows = [_row(line, [OWN, *rivals], titles, names) for line in lines]
    under = _("{month}; with 95 % intervals; each from one survey, never joined", month=formats.month(choice.month))
    return join([block_title(_finding(lines, names), under), table(head, rows, "sqm-list"), _notes(lines)])


def _finding(lines: list[Line], names: Names) -> str:
    """Net promoter score 34.2 ± 4.6, cannot be told apart from Farbridge Telecom"""
    known = next((line for line in (lines[1], *lines) if OWN in line.figures), None)
    if known is None:
        return _("No survey of this month asked what these figures need")
    said = _("{figure} {value}", figure=known.title, value=known.figures[OWN].written)
    best = _best(known)
    if not best or known.lead is None:
        return said
    standing = words.standing(known.lead(best), names.label("operator", best))
    return _("{said}, {standing}", said=said, standing=standing)


def _best(line: Line) -> str:
    """The best rival with enough answers."""
    return leads.best_of({c: f.number for c, f in line.figures.items() if c != OWN and f.n >= GREY_BELOW}) or ""


def _row(line: Line, operators: list[str], titles: list[str], names: Names) -> Html:
    cells = [cell(join([div("", line.title), div("sqm-soft", line.how)]), titles[0], "sqm-name")]
    if line.why:
        return el("tr", *cells, el("td", span("sqm-soft", line.why), colspan=str(len(titles) - 1)))
    cells += [_figure(line.figures.get(code), title) for code, title in zip(operators, titles[1:-1], strict=True)]
    best = _best(line)
    own = line.figures.get(OWN)
    if not best or own is None or own.n < GREY_BELOW or line.lead is None:
        return el("tr", *cells, cell(formats.MISSING, titles[-1]))
    found = line.lead(best)
    said = words.standing(found, names.label("operator", best))
    return el("tr", *cells, cell(join([div("", _lead(found, line.unit)), div("sqm-soft", said)]), titles[-1]))


def _figure(found: Figure | None, title: str) -> Html:
    if found is None or found.n < HIDDEN_BELOW:
        return cell(formats.MISSING, title, "sqm-r")
    thin = " sqm-thin" if found.n < GREY_BELOW else ""
    under = [_("imported") if math.isnan(found.n) else formats.sample(found.n), *([found.note] if found.note else [])]
    return cell(join([div("", found.written), div("sqm-soft", " · ".join(under))]), title, f"sqm-r{thin}")


def _lead(found: Lead, unit: str) -> str:
    if unit == "%":
        return words.lead(found)
    if found.difference is None:
        return formats.MISSING
    number = formats.number(found.difference, 1, signed=True)
    if found.low is not None and found.high is not None:
        number += f" ± {formats.number((found.high - found.low) / 2, 1)}"
    return _("{number} points", number=number)


def _why(asking: Asking, wanted: str) -> str:
    """Why an index cannot be worked out; '' when it can."""
    if asking.why is Why.NOT_ASKED:
        return _("not computable: no representative survey asked it")
    if asking.why is Why.OTHER_SCALE:
        low, high = asking.scale
        return _(
            "not computable: asked on {low} to {high}, it needs {wanted}",
            low=f"{low:g}",
            high=f"{high:g}",
            wanted=wanted,
        )
    return ""


def _survey(asking: Asking, names: Names) -> str:
    return name(names.surveys.get(asking.survey_code, {})) or asking.survey_code


def _satisfaction(found: Indices, names: Names) -> Line:
    asking = found.sources["satisfaction"]
    how = _("overall, against expectation, against the ideal; weights of one third; 0 to 100")

    def lead(best: str) -> Lead:
        return leads.lead_of_means(_mean(found.satisfaction[OWN]), _mean(found.satisfaction[best]))

    figures = {code: _index(each) for code, each in found.satisfaction.items()}
    said = join([how, " · ", _survey(asking, names)]) if figures else how
    return Line(_("Satisfaction index (ACSI form)"), said, figures, lead, "points", _why(asking, ""))


def _index(found: Index) -> Figure:
    half = None if found.interval is None else (found.interval.high - found.interval.low) / 2
    return Figure(found.value, words.plus_minus(found.value, half), float(found.n))


def _mean(found: Index) -> Mean:
    """For Welch: the variance of single answers that the standard error implies."""
    return Mean(found.value, (found.se or 0.0) ** 2 * found.n, float(found.n))


def _promoters(found: Indices, names: Names) -> Line:
    asking = found.sources[RECOMMEND]
    how = _("promoters (9, 10) less detractors (0 to 6) in 100, asked 0 to 10")

    def lead(best: str) -> Lead:
        return nps_lead(found.promoters[OWN], found.promoters[best])

    figures = {code: _score(each) for code, each in found.promoters.items()}
    said = join([how, " · ", _survey(asking, names)]) if figures else how
    return Line(_("Net promoter score"), said, figures, lead, "points", _why(asking, _("0 to 10")))


def _score(found: Nps) -> Figure:
    half = (found.interval.high - found.interval.low) / 2
    written = f"{formats.number(found.value, 1, signed=True)} ± {formats.number(half, 1)}"
    return Figure(found.value, written, found.n)


def _csat(found: Indices, names: Names) -> Line:
    asking = found.sources[OVERALL]
    how = _(
        "the two best answers on {low} to {high}; with the mean on 0 to 100",
        low=f"{asking.scale[0]:g}",
        high=f"{asking.scale[1]:g}",
    )
    said = join([how, " · ", _survey(asking, names)])
    return _boxes(_("Top two boxes (CSAT)"), said, found.csat, _why(asking, ""))


def _effort(found: Indices, names: Names) -> Line:
    asking = found.sources[EASY]
    how = _("agree that it was made easy (5 to 7 on 1 to 7); with the mean on 0 to 100")
    said = join([how, " · ", _survey(asking, names)]) if found.effort else how
    return _boxes(_("Made easy (CES 2.0)"), said, found.effort, _why(asking, _("1 to 7")))


def _boxes(title: str, how: str, found: Mapping[str, BoxScore], why: str) -> Line:
    def share(code: str) -> Share:
        return Share(found[code].share or 0.0, found[code].n)

    figures = {}
    for code, each in found.items():
        if each.share is not None and each.interval is not None:
            value = formats.share_interval(each.share, each.interval.low, each.interval.high)
            mean = _("mean {mean}", mean=formats.number(each.index, 1))
            figures[code] = Figure(each.share, value, each.n, mean)
    return Line(title, how, figures, lambda best: leads.lead_of_shares(share(OWN), share(best)), "%", why)


def _imported(choice: Choice, names: Names) -> list[Line]:
    """One line a TCSI indicator that a file brought within a year; they say no sample, so no interval and no lead."""
    found: dict[str, dict[str, Figure]] = {}
    months = {}
    for row in data_indices.imported(add_months(choice.month, -_YEAR), choice.month):
        operator = str(row["scope_code"]) or OWN
        value = float(row["value"])
        found.setdefault(str(row["indicator_code"]), {})[operator] = Figure(
            value, formats.number(value, 1), float("nan")
        )
        months[str(row["indicator_code"])] = row["month"]
    lines = []
    for code, figures in found.items():
        how = _("imported, {month}; the publisher's weights are not known", month=formats.month(months[code]))
        lines.append(Line(names.indicator(code), how, figures, None, "points"))
    return lines


def _notes(lines: list[Line]) -> Html:
    texts = [
        _(
            "Fewer than {n} effective answers stand in grey and are not compared; n is what weighted answers count.",
            n=GREY_BELOW,
        )
    ]
    if len(lines) == 4:
        texts.append(
            _(
                "TCSI is not worked out here, its weights are not public: a value that an indicator file brings under "
                "a code that begins with TCSI is shown as imported."
            )
        )
    return footnote(*texts)
