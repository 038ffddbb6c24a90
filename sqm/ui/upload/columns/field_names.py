"""What a column of a file can be, in words."""

from sqm.ui.words import N_, _

_NAMES = {
    "respondent_id": N_("respondent number"),
    "store_code": N_("store code"),
    "district_code": N_("district"),
    "answered_on": N_("day of the answer"),
    "month": N_("month"),
    "channel": N_("channel"),
    "brand": N_("brand"),
    "operator": N_("operator"),
    "weight": N_("weight"),
    "item": N_("a question with a scale"),
    "comment": N_("comment (masked)"),
    "phone": N_("telephone (not kept)"),
    "ignore": N_("leave out"),
    "indicator": N_("indicator"),
    "n": N_("sample size"),
    "rate": N_("rate in %"),
    "value": N_("value"),
    "numerator": N_("numerator"),
    "denominator": N_("denominator"),
    "note": N_("note"),
    "name_zh": N_("Chinese name"),
    "name_en": N_("English name"),
    "class": N_("class of store"),
    "size": N_("size of store"),
    "longitude": N_("longitude"),
    "latitude": N_("latitude"),
    "level": N_("level"),
    "place": N_("district or store"),
    "valid_from": N_("month from which it holds"),
    "low": N_("lower bound"),
    "high": N_("upper bound"),
    "tolerance": N_("tolerance"),
    "department": N_("department that agreed"),
    "reason": N_("reason"),
}
# In a file of store audits.
_OF_AUDITS = {
    "visit_id": N_("number of the visit"),
    "store_name": N_("name of the store"),
    "visited_on": N_("day of the visit"),
    "source": N_("who made the visit"),
    "theme": N_("theme of the visit"),
    "checklist": N_("version of the checklist"),
    "auditor": N_("auditor"),
    "minutes_waited": N_("minutes waited"),
    "minutes_handled": N_("minutes handled"),
    "score": N_("score of the visit, 0-100"),
    "item": N_("marks of an item"),
    "failed_items": N_("list of failed items"),
    "item_code": N_("item"),
    "points": N_("points"),
    "max_points": N_("most points"),
    "critical": N_("critical or not"),
    "evidence": N_("evidence"),
}


def field_name(field: str) -> str:
    """The viewer's words; the field itself when it has none."""
    text = _NAMES.get(field) or _OF_AUDITS.get(field)
    return _(text) if text else field


def of_audits(field: str) -> str:
    """The same in a file of store audits, where an item has marks and no question."""
    return _(_OF_AUDITS[field]) if field in _OF_AUDITS else field_name(field)
