"""Where the widget of each action stands for the role that may do it, and what a forger says of it.

The ids of widgets follow from the page and the key alone: who has seen a form once knows them for every other session.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.WidgetStates_pb2 import WidgetState

from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.hashes import table_hashes
from sqm.database.safety import trail
from sqm.rules.access import ACTIONS, Action, Role
from sqm.rules.decisions import Kind
from tests.reliability import planted
from tests.reliability.wire import Seen, Value, state_of

QUALITY, EXECUTIVE = Role.QUALITY, Role.EXECUTIVE


@dataclass(frozen=True)
class Form:
    """role: may do it. press: the end of the id of its button, or its label. fields: what is said, by label; every
    empty text field gets a reason. tells: what stands in the trail afterwards, of whom."""

    address: str
    press: str
    tells: str
    role: Role = QUALITY
    fields: Mapping[str, Value] = field(default_factory=dict)


FORMS: dict[Action, Form] = {
    Action.UNDO_BATCH: Form("upload?lang=en", "upload_undo_{batch}", "undo"),
    Action.SEAL_MONTH: Form("months?lang=en&new=publish", "Publish", "month_sealed"),
    Action.PROPOSE_TARGET: Form("targets?lang=en&indicator=NET-P01", "desk_propose", "target_proposed"),
    Action.SIGN_TARGET_OWNER: Form(
        "targets?lang=en&proposal={proposal}", "desk_sign_owner", "target_signed", EXECUTIVE
    ),
    Action.SIGN_TARGET_QUALITY: Form("targets?lang=en&proposal={proposal}", "desk_sign_quality", "target_signed"),
    Action.REVIEW_SIGNAL: Form("watch?lang=en&review={signal}", "Record the decision", "signal_confirmed"),
    Action.PROPOSE_INDICATOR: Form("editions?lang=en&new=indicator", "Propose the indicator", "indicator_proposed"),
    Action.ACCEPT_INDICATOR: Form("editions?lang=en&answer={indicator}", "Accept, observed only", "indicator_accepted"),
    Action.ADD_EVENT: Form("months?lang=en&new=event", "Add the event", "event_added"),
    Action.COMMENT: Form("indicator?lang=en&code=PRO-P01&talk=1", "Record", "commented"),
    Action.DEFINE_STUDY: Form("programme?lang=en&new=study", "study_record", "study_defined"),
    Action.WEIGH_INDEX: Form("competitiveness?lang=en&weigh=new", "Record the weights", "index_weighed"),
    Action.RAISE_APPEAL: Form("store?lang=en&store=S1&query=W1-S1~{item}", "Send the query", "appeal_raised"),
    Action.RULE_APPEAL: Form(
        "audits?lang=en&view=appeals&rule={appeal}", "ruling_record", "appeal_ruled", fields={"Ruling": ["upheld"]}
    ),
    Action.REJECT_VISIT: Form("audits?lang=en&view=auditors&reject=new", "reject_record", "visit_rejected"),
    Action.OPEN_ACTION: Form("store?lang=en&store=S1&mend={item}", "Record the action", "action_opened"),
    Action.SET_STANDARD: Form("audits?lang=en&view=standards&set=company", "standard_record", "standard_set"),
    Action.CHOOSE_MEANS: Form(
        "audits?lang=en&view=coverage&means=D1",
        "means_record",
        "means_chosen",
        fields={"One or two of three": ["open visit"]},
    ),
    Action.MANAGE_PEOPLE: Form(
        "people?lang=en&new=person",
        "person_record",
        "person_set",
        fields={"E-mail": "forged@op.example", "Stores": "S1"},
    ),
    Action.READ_TRAIL: Form("people?lang=en", "trail_check", ""),
    Action.REVEAL_CONTACT: Form("comments?lang=en&survey=store_evaluation&store=S2&reveal={comment}", "reveal_now", ""),
    Action.ERASE_RESPONDENT: Form(
        "people?lang=en", "erase_now", "", fields={"Respondent number": "store_evaluation-own-13-0"}
    ),
    Action.DOWNLOAD_WORKBOOK: Form("matrix?lang=en", "matrix_workbook", ""),
    Action.COMMIT_BATCH: Form("upload?lang=en", "", ""),
    Action.SEE_SOURCE_ROWS: Form("indicator?lang=en&code=PRO-P01&rows=1", "", ""),
}
"""tells '': it changes nothing; what it shows or takes must not come."""


def without(action: Action) -> list[Role]:
    """Roles that open pages and may not do this."""
    return [role for role in Role if role not in ACTIONS[action] and role not in (Role.NOBODY, Role.AUDITOR)]


def known(path: Path) -> dict[str, str]:
    """What addresses are filled with, of a closed file."""
    db = Database.open(str(path))
    log = decisions.every(db)
    rows = db.frame(
        "select batch_id, source_row from comments where store_code = 'S2' order by month desc, source_row limit 1"
    )
    db.close()
    last = {each.kind: each.decision_id for each in log}
    waiting = [each.decision_id for each in log if each.kind is Kind.APPEAL_RAISED and each.facts["store_code"] == "S3"]
    return {
        "item": planted.ITEM,
        "batch": "b-S1",
        "signal": planted.SIGNAL,
        "proposal": last[Kind.TARGET_PROPOSED],
        "indicator": last[Kind.INDICATOR_PROPOSED],
        "appeal": waiting[0],
        "comment": f"{rows['batch_id'][0]}.{rows['source_row'][0]}",
    }


def state(database: Path, folder: Path) -> tuple[dict[str, tuple[int, int]], list[tuple[str, str]]]:
    """Hashes of all tables, and who did what, newest first, of a copy: a server may hold the file itself."""
    copy = folder / "copy.duckdb"
    for ending in ("", ".wal"):
        if Path(f"{database}{ending}").exists():
            shutil.copyfile(f"{database}{ending}", f"{copy}{ending}")
    db = Database.open(str(copy))
    rows = trail.entries(db, 100_000)
    found = table_hashes(db), [(str(who), str(what)) for who, what in zip(rows["who"], rows["action"], strict=True)]
    db.close()
    return found


def filled(seen: Seen, form: Form, facts: Mapping[str, str]) -> list[WidgetState]:
    """States of all widgets of a page as if somebody had filled the form and pressed its button."""
    press = form.press.format(**facts)
    states = []
    for widget in seen.widgets.values():
        value = form.fields.get(widget.label, widget.value)
        if widget.kind in ("text_input", "text_area"):
            value = form.fields.get(widget.label, "forged")
        if widget.kind in ("button", "download_button"):
            value = bool(press) and (press == widget.label or widget.widget_id.endswith(press))
        if value is not None and value is not False:
            states.append(state_of(widget.widget_id, value, widget))
    return states


def has_button(seen: Seen, form: Form, facts: Mapping[str, str]) -> bool:
    """Whether the page offers it."""
    press = form.press.format(**facts)
    return any(press == each.label or each.widget_id.endswith(press) for each in seen.widgets.values())
