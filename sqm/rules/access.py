"""Who may open what, do what and see whom. Deny by default: what is not in the tables is refused.

Enforced in the navigation, at the start of every page, by every write, and by the Scope that queries on stores,
districts and respondents require.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqm.errors import SqmError


class Role(StrEnum):
    """nobody: signed in or not, but without a known role."""

    EXECUTIVE = "executive"
    DISTRICT = "district"
    STORE_MANAGER = "store_manager"
    ANALYST = "analyst"
    QUALITY = "quality"
    AUDITOR = "auditor"
    HR = "hr"
    NOBODY = "nobody"


class Page(StrEnum):
    """Every page of the product, by the name of its script."""

    HOME = "home"
    MATRIX = "matrix"
    PROCESS = "process"
    INDICATOR = "indicator"
    WATCH = "watch"
    TARGETS = "targets"
    SATISFACTION = "satisfaction"
    GAPS = "gaps"
    COMPETITIVENESS = "competitiveness"
    PROGRAMME = "programme"
    COMMENTS = "comments"
    STORE = "store"
    STORES = "stores"
    AUDITS = "audits"
    RELATIONS = "relations"
    MONTHS = "months"
    EDITIONS = "editions"
    UPLOAD = "upload"
    PEOPLE = "people"


class Action(StrEnum):
    """Every act that needs a right of its own."""

    COMMIT_BATCH = "commit_batch"
    UNDO_BATCH = "undo_batch"
    DOWNLOAD_WORKBOOK = "download_workbook"
    SEE_SOURCE_ROWS = "see_source_rows"
    SEAL_MONTH = "seal_month"
    PROPOSE_TARGET = "propose_target"
    SIGN_TARGET_OWNER = "sign_target_owner"
    SIGN_TARGET_QUALITY = "sign_target_quality"
    REVIEW_SIGNAL = "review_signal"
    PROPOSE_INDICATOR = "propose_indicator"
    ACCEPT_INDICATOR = "accept_indicator"
    ADD_EVENT = "add_event"
    COMMENT = "comment"
    DEFINE_STUDY = "define_study"
    WEIGH_INDEX = "weigh_index"
    RAISE_APPEAL = "raise_appeal"
    RULE_APPEAL = "rule_appeal"
    REJECT_VISIT = "reject_visit"
    OPEN_ACTION = "open_action"
    SET_STANDARD = "set_standard"
    CHOOSE_MEANS = "choose_means"
    MANAGE_PEOPLE = "manage_people"
    READ_TRAIL = "read_trail"
    REVEAL_CONTACT = "reveal_contact"
    ERASE_RESPONDENT = "erase_respondent"


_INSIDE = frozenset({Role.EXECUTIVE, Role.DISTRICT, Role.STORE_MANAGER, Role.ANALYST, Role.QUALITY, Role.HR})

PAGES: dict[Page, frozenset[Role]] = {
    Page.HOME: _INSIDE,
    Page.MATRIX: _INSIDE,
    Page.PROCESS: _INSIDE,
    Page.INDICATOR: _INSIDE,
    Page.WATCH: _INSIDE,
    Page.TARGETS: _INSIDE,
    Page.SATISFACTION: _INSIDE,
    Page.GAPS: _INSIDE,
    Page.COMPETITIVENESS: _INSIDE,
    Page.PROGRAMME: _INSIDE,
    Page.COMMENTS: _INSIDE - {Role.HR},
    Page.STORE: _INSIDE - {Role.HR},
    Page.STORES: _INSIDE - {Role.HR},
    Page.AUDITS: _INSIDE - {Role.HR},
    Page.RELATIONS: _INSIDE,
    Page.MONTHS: _INSIDE,
    Page.EDITIONS: _INSIDE,
    Page.UPLOAD: frozenset({Role.ANALYST, Role.QUALITY}),
    Page.PEOPLE: frozenset({Role.QUALITY}),
}
"""Departments may all see the matrix; auditors are a third party and see none of these pages. What customers wrote may
name a clerk, and an audit of a store may not be charged to a person: personnel reads neither."""

ACTIONS: dict[Action, frozenset[Role]] = {
    Action.COMMIT_BATCH: frozenset({Role.ANALYST, Role.QUALITY}),
    Action.UNDO_BATCH: frozenset({Role.ANALYST, Role.QUALITY}),
    Action.DOWNLOAD_WORKBOOK: _INSIDE - {Role.HR},
    Action.SEE_SOURCE_ROWS: frozenset({Role.ANALYST, Role.QUALITY, Role.EXECUTIVE}),
    Action.SEAL_MONTH: frozenset({Role.QUALITY}),
    Action.PROPOSE_TARGET: frozenset({Role.EXECUTIVE, Role.ANALYST, Role.QUALITY}),
    Action.SIGN_TARGET_OWNER: frozenset({Role.EXECUTIVE}),
    Action.SIGN_TARGET_QUALITY: frozenset({Role.QUALITY}),
    Action.REVIEW_SIGNAL: frozenset({Role.ANALYST, Role.QUALITY}),
    Action.PROPOSE_INDICATOR: frozenset({Role.EXECUTIVE, Role.DISTRICT, Role.ANALYST, Role.QUALITY}),
    Action.ACCEPT_INDICATOR: frozenset({Role.QUALITY}),
    Action.ADD_EVENT: frozenset({Role.EXECUTIVE, Role.ANALYST, Role.QUALITY}),
    Action.COMMENT: _INSIDE - {Role.HR},
    Action.DEFINE_STUDY: frozenset({Role.ANALYST, Role.QUALITY}),
    Action.WEIGH_INDEX: frozenset({Role.QUALITY}),
    Action.RAISE_APPEAL: frozenset({Role.STORE_MANAGER, Role.DISTRICT, Role.QUALITY}),
    Action.RULE_APPEAL: frozenset({Role.QUALITY}),
    Action.REJECT_VISIT: frozenset({Role.QUALITY}),
    Action.OPEN_ACTION: frozenset({Role.STORE_MANAGER, Role.DISTRICT, Role.EXECUTIVE, Role.QUALITY}),
    Action.SET_STANDARD: frozenset({Role.QUALITY}),
    Action.CHOOSE_MEANS: frozenset({Role.DISTRICT, Role.QUALITY}),
    Action.MANAGE_PEOPLE: frozenset({Role.QUALITY}),
    Action.READ_TRAIL: frozenset({Role.QUALITY}),
    Action.REVEAL_CONTACT: frozenset({Role.QUALITY}),
    Action.ERASE_RESPONDENT: frozenset({Role.QUALITY}),
}
"""Executives stand for the departments that own indicators until sign-in knows who belongs to which department: no
role may sign for both sides. Withdrawing a decision takes the right that making it takes."""

_SEES_ALL = frozenset({Role.EXECUTIVE, Role.ANALYST, Role.QUALITY, Role.HR})


@dataclass(frozen=True)
class Scope:
    """Which districts and stores a viewer may see. None is all of them; both conditions hold at once.

    Hashable, so that it can be part of a cache key.
    """

    districts: frozenset[str] | None
    stores: frozenset[str] | None

    def sees_district(self, district_code: str) -> bool:
        """Figures of a whole district. A viewer who is limited to stores sees their district's total to compare."""
        return self.districts is None or district_code in self.districts

    def sees_store(self, store_code: str, district_code: str) -> bool:
        """Figures of one store."""
        return self.sees_district(district_code) and (self.stores is None or store_code in self.stores)

    @property
    def is_everything(self) -> bool:
        """No limit at all."""
        return self.districts is None and self.stores is None


EVERYTHING = Scope(None, None)
NOTHING = Scope(frozenset(), frozenset())


def role_of(text: str) -> Role:
    """A role from a claim or a setting; anything unknown is nobody."""
    try:
        return Role(text.strip().lower())
    except ValueError:
        return Role.NOBODY


def scope_of(role: Role, districts: frozenset[str] = frozenset(), stores: frozenset[str] = frozenset()) -> Scope:
    """What a role sees, given the districts and stores the viewer belongs to. Belonging to none shows none."""
    if role in _SEES_ALL:
        return EVERYTHING
    if role is Role.DISTRICT and districts:
        return Scope(districts, None)
    if role is Role.STORE_MANAGER and districts and stores:
        return Scope(districts, stores)
    return NOTHING


def may_open(role: Role, page: Page | str) -> bool:
    """Whether a role may open a page; an unknown page is refused."""
    try:
        return role in PAGES[Page(page)]
    except (ValueError, KeyError):
        return False


def may(role: Role, action: Action | str) -> bool:
    """Whether a role may do an action; an unknown action is refused."""
    try:
        return role in ACTIONS[Action(action)]
    except (ValueError, KeyError):
        return False


def pages_of(role: Role) -> tuple[Page, ...]:
    """The pages a role may open, in the order of the navigation."""
    return tuple(page for page in Page if may_open(role, page))


def require_page(role: Role, page: Page | str) -> None:
    """Raise not_allowed unless the role may open the page."""
    if not may_open(role, page):
        raise SqmError("not_allowed", page=str(page), role=str(role))


def require(role: Role, action: Action | str) -> None:
    """Raise not_allowed unless the role may do the action."""
    if not may(role, action):
        raise SqmError("not_allowed", action=str(action), role=str(role))
