"""What stands on the gap page, written once per state of the data, choice, language and theme."""

from functools import lru_cache

from sqm.ui import formats, status_style
from sqm.ui.doors import data_names
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.doors.data_names import Names
from sqm.ui.gaps import (
    data_expectation,
    data_gaps,
    data_questionnaires,
    gaps_expectation,
    gaps_five,
    gaps_ledger,
    gaps_pairs,
    gaps_reasons,
)
from sqm.ui.gaps.data_questionnaires import WHOLE
from sqm.ui.gaps.gaps_choice import Choice
from sqm.ui.markup import Html, block_title, div, join
from sqm.ui.words import language, name, use


@lru_cache(maxsize=KEPT)
def _body(at: Stamp, choice: Choice, spoken: str, dark: bool) -> Html:
    names = data_names.names()
    with use(spoken):
        return join(_whole(choice, names) if choice.process == WHOLE else _by_process(choice, names))


def body(choice: Choice) -> Html:
    """The ledger of all processes and one of them opened; or the pairs of a questionnaire without processes."""
    return _body(stamp(), choice, str(language()), status_style.is_dark())


def _by_process(choice: Choice, names: Names) -> list[Html]:
    found = data_gaps.view(choice.survey, choice.span, choice.month)
    process = choice.process
    opened = found.processes[process]
    expectation = data_expectation.view(choice.survey, process, choice.span, choice.month)
    period = formats.months(found.period.first, found.period.last)
    five = opened.now.five
    parts = [
        block_title(gaps_ledger.finding(found, names), gaps_ledger.under(found, _survey(choice.survey, names))),
        gaps_ledger.ledger(found, names, process),
        gaps_ledger.legend(found),
        block_title(gaps_five.finding(five, process, names), gaps_five.under(five, period, expectation.scale)),
    ]
    if five is not None:
        parts += [gaps_five.dimensions(five, process, expectation.scale, names), gaps_five.note()]
    parts += [
        block_title(gaps_reasons.finding(found, process), gaps_reasons.under()),
        gaps_reasons.cards(found, process, names),
    ]
    return [*parts, *_expectation(expectation, names)]


def _expectation(found: data_expectation.ExpectationView, names: Names) -> list[Html]:
    return [
        block_title(gaps_expectation.finding(found), gaps_expectation.under(found)),
        gaps_expectation.chart(found),
        div(
            "sqm-gap-pair",
            div("", gaps_expectation.zone_table(found, names)),
            div("", gaps_expectation.ladder_table(found)),
        ),
    ]


def _whole(choice: Choice, names: Names) -> list[Html]:
    form = data_questionnaires.questionnaires()[choice.survey]
    period = data_gaps.period_of(choice.span, choice.month, form.held.last)
    found = gaps_pairs.view(choice.survey, WHOLE, period)
    title = gaps_pairs.under(found, _survey(choice.survey, names), formats.months(period.first, period.last))
    return [block_title(gaps_pairs.finding(found), title), gaps_pairs.body(found, names)]


def _survey(code: str, names: Names) -> str:
    return name(names.surveys.get(code, {})) or code
