"""Satisfaction against others and between places; written once per state of the data, choice and language."""

from functools import lru_cache

from sqm.ui import formats, status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names, Places
from sqm.ui.markup import Html, block_title, empty, footnote, join
from sqm.ui.satisfaction import satisfaction_blocks
from sqm.ui.satisfaction.compare import compare_districts, compare_items, data_compare, data_published, published_blocks
from sqm.ui.satisfaction.compare import compare_words as words
from sqm.ui.satisfaction.compare.data_compare import DistrictTable
from sqm.ui.satisfaction.satisfaction_choice import Choice
from sqm.ui.signing.sign_in import Viewer
from sqm.ui.words import _, language, use

LEAST_DISTRICTS = 2


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, viewer: Viewer, choice: Choice, spoken: str, dark: bool) -> Html:
    names, known = data_names.names(), data_names.places(viewer.scope)
    found, split = data_compare.items(viewer.scope, choice), data_compare.districts(viewer.scope, choice)
    with use(spoken):
        under = " · ".join(
            [words.survey(choice, names), words.unit(choice), formats.months(found.waves[0], found.waves[-1])]
        )
        parts = [
            block_title(words.items_finding(found, choice, names), under),
            satisfaction_blocks.caution(choice, names),
            compare_items.ways(choice, names),
            compare_items.items(found, choice, names),
            footnote(
                _(
                    "± and the words: 95 % intervals of the difference of two independent samples (shares: Newcombe; "
                    "means: Welch). Rank: the places that chance leaves open. Grey: fewer than 30 answers; fewer than "
                    "5 are not shown."
                )
            ),
        ]
        published = published_blocks.blocks(data_published.published(choice.month), names)
        return join([*parts, *_districts(split, choice, names, known), *published])


def body(viewer: Viewer, choice: Choice) -> Html:
    """Questions by wave against others, then districts against each other."""
    return _body(stamp(), viewer, choice, str(language()), status_style.is_dark())


def _districts(split: DistrictTable, choice: Choice, names: Names, known: Places) -> list[Html]:
    question = names.item(choice.item)
    if len(split.rows) < LEAST_DISTRICTS:
        return [
            block_title(_("{question} by district", question=question)),
            empty(_("Fewer than two districts to compare from here."), _("Choose another survey or question.")),
        ]
    places = {code: known.place("district", code) for code in split.rows}
    unit = words.unit(choice)
    return [
        block_title(words.districts_finding(split, places), f"{question} · {unit} · {formats.month(split.months[-1])}"),
        compare_districts.now(split, choice.measure, known),
        block_title(
            _("{question} by district and month", question=question),
            f"{unit} · {formats.months(split.months[0], split.months[-1])}",
        ),
        compare_districts.by_month(split, choice.measure, known),
        footnote(
            _(
                "Weighted mean: the sum of weight × value of the districts shown; the weight is a district's share of "
                "the weights of the month. ↑ and ↓ only where a district differs from the others together beyond "
                "chance; of so many cells about one in 20 does by chance alone."
            )
        ),
    ]
