"""The target desk from a proposal to a target that judges, in two roles on one database file."""

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.indicators import targets
from sqm.rules.access import EVERYTHING
from sqm.rules.matrix import agreements
from sqm.rules.matrix.agreements import Draft, Side, State, Step
from sqm.rules.periods import add_months, month_of
from sqm.ui.doors import data, data_names
from sqm.ui.indicator import data_indicator
from tests.pages.conftest import Open, shown
from tests.pages.reading import card, charts, finding, plain, rows

CODE = "PRO-P01"
SIGN_OWNER, SIGN_QUALITY = "desk_sign_owner", "desk_sign_quality"


@pytest.fixture
def mine(operator_file: Path, tmp_path: Path) -> Path:
    """A copy that may be written to."""
    path = tmp_path / "operator.duckdb"
    shutil.copyfile(operator_file, path)
    return path


def this_month() -> date:
    return month_of(date.today())


def made(path: Path, draft: Draft, who: str = "analyst") -> str:
    """Record a decision past the pages; the id."""
    db = Database.open(str(path))
    uploads = Uploads(path.with_suffix(".uploads"))
    decision = decisions.record(db, uploads, draft.kind, who, who, draft.subject, draft.facts)
    db.close()
    return decision.decision_id


def proposed(path: Path, low: float = 0.9, code: str = CODE, who: str = "analyst") -> str:
    step = Step(add_months(this_month(), 1), low, None, 0.01)
    return made(path, agreements.propose(code, [step], "the rival did it"), who)


def states() -> list[State]:
    return [each.state for each in agreements.proposals(decisions.every(data.database()))]


def buttons(app: AppTest) -> set[str]:
    return {button.key or "" for button in app.button}


def field(app: AppTest, kind: str, ending: str):  # type: ignore[no-untyped-def]
    return next(each for each in app.get(kind) if str(each.key).endswith(ending))


def test_nothing_waits_on_a_fresh_database(open_page: Open) -> None:
    page = shown(open_page("targets", role="quality"))
    assert finding(page) == "No proposal waits for a signature; none was agreed this month"
    assert "sqm-empty" in page


def test_from_proposal_to_target(open_page: Open, mine: Path) -> None:
    """An analyst proposes, both sides sign; the target judges from its first month on and no month before."""
    app = open_page("targets", database=mine, role="analyst", indicator=CODE)
    history = data_indicator.history(EVERYTHING, CODE)
    first = add_months(this_month(), 2)
    field(app, "selectbox", "month_0").select(first)
    field(app, "number_input", "low_0").set_value(97.5)
    field(app, "number_input", "tolerance").set_value(1.0)
    field(app, "text_input", "reason").set_value("as agreed in the quality council")
    app.run()
    assert "≥ 97.5 %: the process as it runs cannot reach it" in plain(shown(app))
    before = targets.every(data.database())
    app.button(key="desk_propose").click().run()
    assert not app.exception
    assert "Proposed. It is agreed once both sides have signed." in shown(app)
    (proposal,) = agreements.proposals(decisions.every(data.database()))
    assert proposal.steps == (Step(first, 0.975, None, 0.01),)
    assert app.query_params["proposal"] in (proposal.proposal_id, [proposal.proposal_id])
    assert not buttons(app) & {SIGN_OWNER, SIGN_QUALITY}

    link = {"database": mine, "proposal": proposal.proposal_id}
    app = open_page("targets", role="executive", **link)
    assert SIGN_QUALITY not in buttons(app)
    app.button(key=SIGN_OWNER).click().run()
    assert "The other side has not signed yet." in shown(app)
    pd.testing.assert_frame_equal(targets.every(data.database()), before)
    app = open_page("targets", role="quality", **link)
    assert SIGN_OWNER not in buttons(app)
    app.button(key=SIGN_QUALITY).click().run()
    assert "Signed. The target is agreed." in shown(app)
    assert states() == [State.AGREED]
    after = targets.every(data.database())
    fresh = after[~after.apply(tuple, axis=1).isin(set(before.apply(tuple, axis=1)))]
    (row,) = fresh.to_dict("records")
    assert (row["low"], row["tolerance"], pd.Timestamp(row["valid_from"]).date()) == (0.975, 0.01, first)
    pd.testing.assert_frame_equal(data_indicator.history(EVERYTHING, CODE), history)
    page = shown(app)
    assert "0 proposals" not in page and "1 was agreed this month" in page
    told = [row[2] for row in rows(page, after="Step by step")]
    assert told[0].startswith("proposed: ≥ 97.5 % from ")
    assert told[1].startswith("signed for the responsible department: ")
    assert told[2] == "signed for the quality department"


def test_capability_stands_before_the_signatures(open_page: Open, mine: Path) -> None:
    """Fourteen months of about 0.85, the last two at 0.55: 0.70 was met in twelve of them."""
    name = proposed(mine, 0.70)
    app = open_page("targets", database=mine, role="quality", proposal=name)
    page = shown(app)
    assert card(page, "Would have been met").startswith("12 / 14")
    assert card(page, "Would be red").startswith("2 / 14")
    assert "Natural range" in page
    assert card(page, "Best rival")[0].isdigit()
    wide, _slim = charts(page)
    assert "Proposed 70" in wide and "stroke-dasharray" in wide
    (row,) = rows(page, after="waits for a signature;")
    assert row[5] == "– owner not yet – quality not yet"
    assert "would have been met in 12 of the last 14 months; 2 of them would be red" in row[3]


def test_a_refusal_needs_a_reason_and_may_be_answered(open_page: Open, mine: Path) -> None:
    name = proposed(mine)
    app = open_page("targets", database=mine, role="executive", proposal=name)
    app.button(key="desk_refuse_owner").click().run()
    assert "a proposal is refused with a reason" in shown(app) and states() == [State.OPEN]
    field(app, "text_input", name).set_value("two stores are closed")
    app.button(key="desk_refuse_owner").click().run()
    assert states() == [State.REFUSED]
    page = shown(app)
    assert finding(page).endswith(", whole company: ≥ 90.0 % from " + _month(add_months(this_month(), 1)))
    assert rows(page, after="Agreed, refused, answered")[0][2] == "refused"
    assert "two stores are closed" in page

    app.button(key="desk_counter").click().run()
    low = field(app, "number_input", "low_0")
    assert low.value == 90.0
    low.set_value(86.0)
    field(app, "text_input", "reason").set_value("until both are open again")
    app.button(key="desk_propose").click().run()
    assert states() == [State.REFUSED, State.OPEN]
    first, second = agreements.proposals(decisions.every(data.database()))
    assert (second.answers, first.answered_by) == (first.proposal_id, second.proposal_id)
    told = [row[2] for row in rows(shown(app), after="Step by step")]
    assert [each.split(":")[0].split(" for ")[0] for each in told] == ["proposed", "refused", "countered"]


def test_a_counter_closes_an_open_proposal(open_page: Open, mine: Path) -> None:
    name = proposed(mine)
    app = open_page("targets", database=mine, role="quality", proposal=name, counter="1")
    field(app, "text_input", "reason").set_value("less is realistic")
    field(app, "number_input", "low_0").set_value(85.0)
    app.button(key="desk_propose").click().run()
    assert states() == [State.SUPERSEDED, State.OPEN]
    assert rows(shown(app), after="Agreed, refused, answered")[0][2] == "answered by another proposal"


def test_steps_through_the_year(open_page: Open, mine: Path) -> None:
    app = open_page("targets", database=mine, role="quality", indicator=CODE)
    field(app, "number_input", "count").set_value(3).run()
    for number, low in enumerate((80.0, 82.0, 84.5)):
        field(app, "number_input", f"low_{number}").set_value(low)
    field(app, "text_input", "reason").set_value("step by step")
    app.button(key="desk_propose").click().run()
    (proposal,) = agreements.proposals(decisions.every(data.database()))
    assert [step.low for step in proposal.steps] == [0.80, 0.82, 0.845]
    months = [step.valid_from for step in proposal.steps]
    assert months == [add_months(months[0], ahead) for ahead in range(3)]
    assert "≥ 80.0 % from" in shown(app) and ", then ≥ 84.5 % from" in shown(app)


def test_an_impossible_proposal_is_told_and_leaves_nothing(open_page: Open, mine: Path) -> None:
    """An indicator without any value has no target to begin with, so its bound is empty."""
    open_page("targets", database=mine, role="quality")
    listed = data_names.names().indicators
    silent = next(code for code in listed if data_indicator.history(EVERYTHING, code).empty)
    app = open_page("targets", database=mine, role="quality", indicator=silent)
    assert "no value on this place to hold it against" in shown(app)
    field(app, "number_input", "count").set_value(2).run()
    first = field(app, "selectbox", "month_0")
    field(app, "selectbox", "month_1").select(first.value)
    app.button(key="desk_propose").click().run()
    said = plain(shown(app))
    assert "Nothing was recorded: " in said
    for why in ("the months of the steps must follow each other", "is judged by is missing", "the reason is missing"):
        assert why in said
    assert not decisions.every(data.database())


def test_no_month_that_is_over_is_offered(open_page: Open, mine: Path) -> None:
    app = open_page("targets", database=mine, role="quality", indicator=CODE)
    offered = field(app, "selectbox", "month_0").options
    assert offered[0] == _month(this_month())
    assert _month(add_months(this_month(), -1)) not in offered


def test_a_proposal_that_waited_too_long_says_so(open_page: Open, mine: Path) -> None:
    """Two months ago it was still possible; now its first month is over."""
    old = add_months(this_month(), -1)
    draft = agreements.propose(CODE, [Step(old, 0.9, None, 0.0)], "late")
    db = Database.open(str(mine))
    uploads = Uploads(mine.with_suffix(".uploads"))
    with db.write() as cursor:
        cursor.execute("delete from sealed_months where month >= $old", {"old": add_months(old, -1)})
    name = decisions.record(db, uploads, draft.kind, "analyst", "analyst", draft.subject, draft.facts, old).decision_id
    db.close()
    app = open_page("targets", database=mine, role="quality", proposal=name)
    assert "It can no longer be signed: a target cannot start in a month that is over." in shown(app)
    app.button(key=SIGN_QUALITY).click().run()
    assert "Nothing was recorded: a target cannot start in a month that is over." in shown(app)
    assert len(decisions.every(data.database())) == 1


@pytest.mark.parametrize("role", ["district", "store_manager", "hr"])
def test_roles_without_the_right_see_no_buttons(open_page: Open, mine: Path, role: str) -> None:
    name = proposed(mine)
    for query in ({"proposal": name}, {"proposal": name, "counter": "1"}, {"indicator": CODE}):
        app = open_page("targets", database=mine, role=role, **query)
        assert not app.exception
        assert buttons(app) <= {"desk_shut"}
        assert not app.text_input and not app.number_input
        assert "1 proposal waits for a signature" in shown(app)


def test_an_analyst_proposes_and_signs_nothing(open_page: Open, mine: Path) -> None:
    app = open_page("targets", database=mine, role="analyst", proposal=proposed(mine, who="quality"))
    assert buttons(app) == {"desk_counter", "desk_shut"}


def test_whoever_spoke_last_may_take_it_back(open_page: Open, mine: Path) -> None:
    name = proposed(mine)
    made(mine, agreements.sign(name, Side.QUALITY), "quality")
    assert "desk_back" not in buttons(open_page("targets", database=mine, role="analyst", proposal=name))
    app = open_page("targets", database=mine, role="quality", proposal=name)
    app.button(key="desk_back").click().run()
    assert "Taken back." in shown(app)
    assert rows(shown(app), after="waits for a signature;")[0][5] == "– owner not yet – quality not yet"


def test_the_link_of_an_indicator_wins_over_what_stood_open(open_page: Open, mine: Path) -> None:
    app = open_page("targets", database=mine, role="quality", proposal=proposed(mine))
    app.query_params.clear()
    app.query_params["lang"], app.query_params["indicator"] = "en", "NET-P01"
    app.run()
    assert "Propose a target: Satisfaction with network quality" in shown(app)
    assert "proposal" not in app.query_params


def test_chinese_page_holds_no_english(open_page: Open, mine: Path) -> None:
    name = proposed(mine)
    made(mine, agreements.sign(name, Side.OWNER, "marketing"), "executive")
    page = plain(shown(open_page("targets", "zh", database=mine, role="quality", proposal=name)))
    assert "待签署" in page and "代表责任部门签署" in page
    left = page.replace("the rival did it", "").replace("marketing", "").replace("English", "")  # the switch
    assert not [word for word in left.split() if word.isascii() and word.isalpha() and len(word) > 2]


def _month(month: date) -> str:
    return f"{month:%b %Y}"
