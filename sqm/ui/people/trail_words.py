"""What entries of the trail say, in the viewer's language. The copy to download holds them as they were recorded."""

import json
from collections.abc import Mapping

from sqm.rules.access import Action, role_of
from sqm.ui.decisions.people import role_name
from sqm.ui.people import people_words
from sqm.ui.words import N_, _

ACTIONS = {
    "commit": N_("upload stored"),
    "undo": N_("upload undone"),
    "login": N_("signed in"),
    "logout": N_("signed out"),
    "denied": N_("refused to show anything"),
    "refused": N_("refused by a rule of use"),
    "export": N_("taken along"),
    "reveal": N_("revealed"),
    "erase": N_("respondent erased"),
    "recovered": N_("database repaired"),
    "withdrawn": N_("decision taken back"),
    "target_proposed": N_("target proposed"),
    "target_signed": N_("target signed"),
    "target_refused": N_("target refused"),
    "signal_confirmed": N_("signal confirmed"),
    "signal_dismissed": N_("signal dismissed"),
    "signal_reminded": N_("signal put off"),
    "rebased": N_("limits worked out anew"),
    "point_excluded": N_("point left out"),
    "indicator_proposed": N_("indicator proposed"),
    "indicator_accepted": N_("indicator accepted"),
    "indicator_refused": N_("indicator refused"),
    "month_sealed": N_("month published"),
    "event_added": N_("event added"),
    "commented": N_("comment written"),
    "index_weighed": N_("index weighed"),
    "study_defined": N_("survey defined"),
    "method_changed": N_("survey method changed"),
    "appeal_raised": N_("appeal raised"),
    "appeal_ruled": N_("appeal ruled on"),
    "visit_rejected": N_("audit report rejected"),
    "action_opened": N_("action opened"),
    "action_moved": N_("action moved on"),
    "standard_set": N_("standard of stores set"),
    "means_chosen": N_("means of control chosen"),
    "person_set": N_("person changed"),
}
_NAMES = {
    "file": N_("file"),
    "reason": N_("reason"),
    "why": N_("why"),
    "role": N_("role"),
    "name": N_("name"),
    "email": N_("e-mail"),
    "districts": N_("districts"),
    "stores": N_("stores"),
    "is_active": N_("account in use"),
    "rows": N_("rows"),
    "rejected": N_("rows left out"),
    "rule": N_("rule"),
    "action": N_("right"),
    "page": N_("page"),
    "place": N_("place"),
}
_LONGEST = 200


def action(code: str) -> str:
    """What was done; a word that is not known here stands as it is."""
    return _(ACTIONS[code]) if code in ACTIONS else code


def detail(text: str) -> str:
    """reason: moved to the east; role: analyst → store manager"""
    try:
        said = json.loads(text)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    before, after = said.get("before"), said.get("after")
    parts = [_part(key, value) for key, value in said.items() if key in _NAMES]
    if isinstance(before, dict) and isinstance(after, dict):
        parts += _changes(before, after)
    plain = "; ".join(part for part in parts if part)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    changed = [key for key in after if key in _NAMES and before.get(key) != after[key]]
    return [
        _(
            "{what}: {before} → {after}",
            what=_(_NAMES[key]),
            before=_value(key, before[key]),
            after=_value(key, after[key]),
        )
        if key in before
        else _part(key, after[key])
        for key in changed
    ]


def _part(key: str, value: object) -> str:
    shown = _value(key, value)
    return _("{what}: {value}", what=_(_NAMES[key]), value=shown) if shown != "–" else ""


def _value(key: str, value: object) -> str:
    if key == "role" and value:
        return role_name(role_of(str(value)))
    if key == "action" and value in set(Action):
        return people_words.action(Action(str(value)))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "–"
    return "–" if value in (None, "", 0) else str(value)
