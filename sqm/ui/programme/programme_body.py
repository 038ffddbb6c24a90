"""What stands on the page of the survey programme, written once per state of the data, choice, language and theme."""

from datetime import date
from functools import lru_cache

from sqm.rules.access import Scope
from sqm.ui import formats, links, status_style
from sqm.ui.doors.data import KEPT, Stamp, stamp
from sqm.ui.markup import Html, block_title, div, footnote, join
from sqm.ui.programme import data_programme, programme_list, programme_study, programme_words
from sqm.ui.words import _, language, use


@lru_cache(maxsize=KEPT)
def _top(at: Stamp, scope: Scope, month: date, study: str, defines: bool, spoken: str, dark: bool) -> Html:
    views = data_programme.views()
    with use(spoken):
        asked = [view for view in views.values() if view.record["is_survey"]]
        parts = [
            block_title(programme_words.finding(asked, month), _under(month)),
            programme_list.studies(month, study, scope, dark),
            *([_ways(study)] if defines else []),
        ]
        return join(parts)


@lru_cache(maxsize=KEPT)
def _rest(at: Stamp, scope: Scope, month: date, study: str, spoken: str, dark: bool) -> Html:
    views = data_programme.views()
    with use(spoken):
        parts = [programme_study.opened(views[study], scope, month, dark)] if study in views else []
        return join([*parts, programme_study.session_log(), _notes()])


def top(scope: Scope, month: date, study: str, defines: bool) -> Html:
    """The studies. study: the opened one or ''; defines: the viewer may define studies."""
    return _top(stamp(), scope, month, study, defines, str(language()), status_style.is_dark())


def rest(scope: Scope, month: date, study: str) -> Html:
    """The opened study, the focus groups, and how to read the page."""
    return _rest(stamp(), scope, month, study, str(language()), status_style.is_dark())


def _under(month: date) -> str:
    return _(
        "waves up to {month}; answers of our own customers against the quota of a month", month=formats.month(month)
    )


def _ways(study: str) -> Html:
    ways = [links.link(_("Define a study"), "programme", css="sqm-way", new="study")]
    if study:
        ways.append(links.link(_("Change this study"), "programme", css="sqm-way", new="edit", study=study))
        ways.append(
            links.link(_("A new method from a month on"), "programme", css="sqm-way", new="method", study=study)
        )
    return div("sqm-ways", *ways)


def _notes() -> Html:
    return footnote(
        _(
            "Effective: how many answers of a simple random sample the answers to the question about the whole are "
            "worth, after what weights and answers from one store cost. Margin: half of the 95 % interval of its share "
            "satisfied; without such a question, the widest that a share can have."
        ),
        _("A self-selected survey speaks for those who took part. It is never added to a drawn sample."),
        _("A study maps its next file by itself once one of its files is stored."),
    )  # fmt: skip
