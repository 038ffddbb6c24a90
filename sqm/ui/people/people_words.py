"""Names of rights and of the reasons for showing nothing, and a person's places in words."""

from sqm.rules.access import EVERYTHING, Action, Role, Scope
from sqm.rules.people import Person, Refusal
from sqm.ui.doors import data_names
from sqm.ui.words import N_, _, listed, n_, name

ACTIONS = {
    Action.COMMIT_BATCH: N_("store an upload"),
    Action.UNDO_BATCH: N_("undo an upload"),
    Action.DOWNLOAD_WORKBOOK: N_("download workbooks"),
    Action.SEE_SOURCE_ROWS: N_("see source rows"),
    Action.SEAL_MONTH: N_("publish a month"),
    Action.PROPOSE_TARGET: N_("propose a target"),
    Action.SIGN_TARGET_OWNER: N_("sign a target as owner"),
    Action.SIGN_TARGET_QUALITY: N_("sign a target for quality"),
    Action.REVIEW_SIGNAL: N_("review signals"),
    Action.PROPOSE_INDICATOR: N_("propose an indicator"),
    Action.ACCEPT_INDICATOR: N_("accept an indicator"),
    Action.ADD_EVENT: N_("add an event"),
    Action.COMMENT: N_("comment"),
    Action.DEFINE_STUDY: N_("define a survey"),
    Action.WEIGH_INDEX: N_("weigh the index"),
    Action.RAISE_APPEAL: N_("raise an appeal"),
    Action.RULE_APPEAL: N_("rule on an appeal"),
    Action.REJECT_VISIT: N_("reject an audit report"),
    Action.OPEN_ACTION: N_("open an action"),
    Action.SET_STANDARD: N_("set a standard"),
    Action.CHOOSE_MEANS: N_("choose means of control"),
    Action.MANAGE_PEOPLE: N_("manage people"),
    Action.READ_TRAIL: N_("read the trail"),
    Action.REVEAL_CONTACT: N_("reveal one comment and its phone number"),
    Action.ERASE_RESPONDENT: N_("erase a respondent"),
}
_REFUSALS = {
    Refusal.UNKNOWN: N_("nobody here has this account"),
    Refusal.UNVERIFIED: N_("the e-mail is not verified"),
    Refusal.TWICE: N_("two people have this account"),
    Refusal.CLOSED: N_("the account is closed"),
    Refusal.NO_ROLE: N_("no role"),
    Refusal.NO_PLACE: N_("no district and no open store"),
}


def action(which: Action) -> str:
    """A right; one that has no name yet is shown by its code."""
    return _(ACTIONS[which]) if which in ACTIONS else str(which)


def refusal(why: Refusal) -> str:
    return _(_REFUSALS[why])


def places(person: Person) -> str:
    """Where a person belongs, as the register names it."""
    if person.role is Role.DISTRICT:
        return _named("district", person.districts)
    if person.role is Role.STORE_MANAGER:
        return _named("store", person.stores)
    return "–"


def seen(scope: Scope) -> str:
    """What a scope shows, in words."""
    if scope.is_everything:
        return _("all districts and all stores")
    known = data_names.places(scope)
    if scope.stores is None:
        stores = n_("{n} store", "{n} stores", len(known.stores))
        return _("{districts} with {stores}", districts=_named("district", tuple(known.districts)), stores=stores)
    return _(
        "{stores}; of {districts} the totals",
        stores=_named("store", tuple(known.stores)),
        districts=_named("district", tuple(known.districts)),
    )


def _named(level: str, codes: tuple[str, ...]) -> str:
    known = data_names.places(EVERYTHING)
    rows = known.stores if level == "store" else known.districts
    return listed([f"{name(rows[code])} ({code})" if code in rows else code for code in codes]) or "–"
