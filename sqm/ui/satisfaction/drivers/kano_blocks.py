"""Features of a promotion or a plan after Kano: which delight, which are only missed when absent."""

from sqm.charts import labelled_points
from sqm.charts.labelled_points import Plane, Spot
from sqm.rules.drivers.kano import Category, Kano
from sqm.rules.sampling import Interval, Showing
from sqm.rules.surveys.instrument import Facet
from sqm.ui import formats, status_style
from sqm.ui.doors.data_names import Names
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, footnote, span, table
from sqm.ui.satisfaction.drivers.data_drivers import Feature
from sqm.ui.satisfaction.drivers.drivers_blocks import both_widths
from sqm.ui.satisfaction.satisfaction_choice import Choice
from sqm.ui.words import N_, _, listed, name

_CATEGORIES = {
    Category.MUST_BE: N_("must be"),
    Category.ONE_DIMENSIONAL: N_("the more, the better"),
    Category.ATTRACTIVE: N_("delights"),
    Category.INDIFFERENT: N_("indifferent"),
    Category.REVERSE: N_("better without"),
    Category.QUESTIONABLE: N_("contradictory answers"),
}
_MIDDLE = 50.0


def blocks(features: tuple[Feature, ...], choice: Choice, names: Names) -> list[Html]:
    """Finding, plane, table and how it was found."""
    survey = name(names.surveys.get(choice.held.survey_code, {})) or choice.held.survey_code
    people = max(each.kano.n or 0 for each in features)
    unit = _("share of people, %")
    return [
        block_title(_finding(features, names), f"{survey} · {unit} · {formats.sample(people)}"),
        _picture(features, names),
        _numbers(features, names),
        footnote(
            _(
                "Kano: each person said how they would feel with the feature and without it. Better: how many it would "
                "please; worse: how many would miss it. A lead below 6 points over the second category is mixed."
            )
        ),
    ]


def feature_name(feature: Feature, names: Names) -> str:
    """The name of the question with its half after a colon left out."""
    whole = names.item(feature.topic.items[Facet.FUNCTIONAL])
    return whole.replace("：", ":").rpartition(":")[0].strip() or whole


def _finding(features: tuple[Feature, ...], names: Names) -> str:
    """Delights: Bonus data. Must be: Clear rules and No lock-in"""
    sentences = []
    for category in (Category.ATTRACTIVE, Category.ONE_DIMENSIONAL, Category.MUST_BE):
        inside = [feature_name(each, names) for each in features if _is_clear(each.kano, category)]
        if inside:
            sentences.append(f"{_first(_(_CATEGORIES[category]))}{_(': ')}{listed(inside)}")
    return " · ".join(sentences) if sentences else _("No feature belongs clearly to one category")


def _first(word: str) -> str:
    return word[:1].upper() + word[1:]


def _is_clear(kano: Kano, category: Category) -> bool:
    return kano.category is category and not kano.is_mixed and not kano.is_faulty and kano.showing is Showing.SHOWN


def _picture(features: tuple[Feature, ...], names: Names) -> Html:
    spots = tuple(
        Spot(
            feature_name(each, names),
            -each.kano.worse * 100,
            each.kano.better * 100,
            _span(each.kano.worse_interval, -100.0),
            _span(each.kano.better_interval, 100.0),
        )
        for each in features
        if each.kano.better is not None and each.kano.worse is not None
    )
    if len(spots) < 2:
        return NOTHING
    corners = (Category.ATTRACTIVE, Category.ONE_DIMENSIONAL, Category.INDIFFERENT, Category.MUST_BE)
    first, second, third, fourth = (_(_CATEGORIES[each]) for each in corners)
    x_title, y_title = _("Would be missed (worse), %"), _("Would please (better), %")
    plane = Plane(spots, (_MIDDLE, _MIDDLE), x_title, y_title, (first, second, third, fourth))
    told = "; ".join(f"{each.name}: {each.y:.0f} / {each.x:.0f}" for each in spots)
    dark = status_style.is_dark()
    broad, slender = (
        labelled_points.labelled_points(plane, size, dark=dark) for size in (labelled_points.WIDE, labelled_points.SLIM)
    )
    return both_widths(broad, slender, f"{y_title} / {x_title}. {told}")


def _span(interval: Interval | None, factor: float) -> tuple[float, float] | None:
    if interval is None:
        return None
    low, high = sorted((interval.low * factor, interval.high * factor))
    return low, high


def _numbers(features: tuple[Feature, ...], names: Names) -> Html:
    shares = tuple(Category)
    titles = [_("Feature"), _("Category"), _("Better"), _("Worse"), *(_(_CATEGORIES[each]) for each in shares), "n"]
    rows = [_row(each, titles, shares, names) for each in features]
    head = [el("th", title, css="sqm-r" if place > 1 else "") for place, title in enumerate(titles)]
    return table(head, rows, "sqm-list")


def _row(feature: Feature, titles: list[str], shares: tuple[Category, ...], names: Names) -> Html:
    kano = feature.kano
    return el(
        "tr",
        cell(feature_name(feature, names), titles[0], "sqm-name"),
        cell(_category(kano), titles[1]),
        cell(_coefficient(kano.better, kano.better_interval), titles[2], "sqm-r"),
        cell(_coefficient(kano.worse, kano.worse_interval), titles[3], "sqm-r"),
        *(
            cell(formats.share(kano.shares.get(each), 0), title, "sqm-r")
            for each, title in zip(shares, titles[4:-1], strict=True)
        ),
        cell(formats.count(kano.n), titles[-1], "sqm-r"),
        css="" if kano.showing is Showing.SHOWN else "sqm-thin",
    )


def _category(kano: Kano) -> Html:
    """The category, and what stands against it."""
    if kano.category is None:
        return span("", _("fewer than 5 answers: not shown"))
    doubts = []
    if kano.is_faulty:
        doubts.append(_("the question was not understood"))
    if kano.is_mixed:
        doubts.append(_("mixed: no clear first"))
    if kano.showing is Showing.GREY:
        doubts.append(_("too few answers to judge"))
    word = span("" if doubts else "sqm-chosen-word", _(_CATEGORIES[kano.category]))
    return Html(word + div("sqm-soft", ", ".join(doubts))) if doubts else word


def _coefficient(value: float | None, interval: Interval | None) -> str:
    """62.1 ± 5.5 %"""
    if interval is None:
        return formats.share(value)
    return formats.share_interval(value, interval.low, interval.high)
