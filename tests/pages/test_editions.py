"""The indicator register on the small operator: counts, self-audit, and an indicator from proposal to matrix."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.safety import trail
from sqm.rules.access import EVERYTHING
from sqm.rules.matrix.editions import Finding
from sqm.rules.periods import add_months
from sqm.ui.decisions import data_decisions
from sqm.ui.doors import data, data_names
from sqm.ui.editions import data_editions
from sqm.ui.matrix import data_matrix
from tests.pages import operator
from tests.pages.clicking import click, labels
from tests.pages.conftest import Open, shown
from tests.pages.reading import card, finding, number, plain, rows

MONTH = f"{operator.LAST:%Y-%m}"
CODE = "PRO-O07"
NAME = "Texts <b>sent</b> in error"


def propose(open_page: Open, path: Path, role: str = "analyst", why: str = "Customers complain") -> AppTest:
    app = open_page("editions", database=path, role=role, new="indicator", process="promotions")
    app.selectbox(key="proposed_kind").select("count").run()
    app.text_input(key="proposed_name_en").input(NAME)
    app.text_input(key="proposed_definition_zh").input("当月误发短信条数")
    app.text_input(key="proposed_why").input(why)
    app.selectbox(key="proposed_direction").select("lower").run()
    return click(app, "Propose the indicator")


def accept(open_page: Open, path: Path, code: str = "") -> AppTest:
    app = open_page("editions", database=path, role="quality", answer=next(iter(data_editions.proposals())))
    if code:
        app.text_input(key="answer_code").input(code).run()
    return click(app, "Accept, observed only")


def appraised_counts() -> Iterator[object]:
    """Every count of the last month that an appraisal could rest on."""
    judged = data_matrix.judged_months(EVERYTHING)
    last = judged[(judged["month"] == judged["month"].max()) & judged["appraised"].astype(bool)]
    yield len(last)
    yield dict(last["status"].value_counts())
    view = data_matrix.month_view(EVERYTHING, operator.LAST)
    yield [(row["process_code"], row["missed"], row["counted"], row["missed_share"]) for row in view.weakest]
    yield [row for cell, row in view.cells.items() if not cell.endswith("operations")]


def send_values() -> None:
    """The accepted indicator reports what another one of its cell does."""
    with data.database().write() as cursor:
        cursor.execute(
            "insert into mart_indicator_month by name select * replace ($code as indicator_code) "
            "from mart_indicator_month where indicator_code = (select min(indicator_code) "
            "from mart_indicator_month where indicator_code like 'PRO-O%') and month = $month",
            {"code": CODE, "month": operator.LAST},
        )
        trail.add(cursor, "test", "values", CODE, {})


@pytest.mark.parametrize("role", ["quality", "analyst", "executive"])
def test_the_edition_is_counted_and_every_indicator_is_listed_once(open_page: Open, role: str) -> None:
    app = open_page("editions", role=role)
    assert not app.exception and not app.error
    page = shown(app)
    found = re.fullmatch(r"151 indicators: (\d+) appraised, (\d+) observed", finding(page))
    assert found and int(found[1]) + int(found[2]) == 151
    register = rows(page, css="sqm-register")
    assert len(register) == len({row[1] for row in register}) == 151
    assert [row[5] for row in register].count("appraised") == int(found[1])
    assert [row[5] for row in register].count("observed") == int(found[2])
    assert "none came and none went" in page


def test_the_register_is_limited_to_a_process(open_page: Open) -> None:
    page = shown(open_page("editions", process="hotline"))
    assert {row[2] for row in rows(page, css="sqm-register")} == {"Hotline"}
    assert finding(page).startswith("151 indicators")


def test_indicators_come_and_go_with_their_months(open_page: Open, own_file: Path) -> None:
    open_page("editions", database=own_file)
    with data.database().write() as cursor:
        cursor.execute("update indicators set valid_from = $m where indicator_code = 'NET-O01'", {"m": operator.LAST})
        gone = {"m": add_months(operator.LAST, -2)}
        cursor.execute("update indicators set valid_to = $m where indicator_code = 'TAR-O01'", gone)
        trail.add(cursor, "test", "edition", "", {})
    page = shown(open_page("editions", database=own_file))
    assert "in twelve months 1 came and 1 went" in page
    lines = plain(page.split('class="sqm-bullets"')[1].split("</ul>")[0])
    assert re.search(r"Oct 2026 came .*\(NET-O01\).* Sep 2026 went .*\(TAR-O01\)", lines)
    older = shown(open_page("editions", database=own_file, month="2026-06"))
    assert "TAR-O01" in older and "NET-O01" not in older


def test_the_self_audit_lists_what_is_lacking_and_who_owes_it(open_page: Open, own_file: Path) -> None:
    page = shown(open_page("editions", database=own_file, audit="no_recent_value"))
    silent = [code for code in data_matrix.month_view(EVERYTHING, operator.LAST).rows if not _recent(code)]
    assert number(card(page, "Without a value in three months")) == len(silent) > 0
    owed = rows(page, "Self-audit")
    assert [re.search(r"\((.*)\)", row[0])[1] for row in owed] == silent  # type: ignore[index]
    assert all(row[3] not in ("", "–") for row in owed)

    with data.database().write() as cursor:
        cursor.execute("update indicators set department_code = '' where indicator_code = 'HOT-O01'")
        cursor.execute("delete from targets where indicator_code in ('TAR-C01', 'TAR-C02', 'TAR-O01')")
        trail.add(cursor, "test", "audit", "", {})
    page = shown(open_page("editions", database=own_file, audit="no_target"))
    lacking = data_editions.view(EVERYTHING, operator.LAST).lacking
    assert lacking[Finding.NO_OWNER] == ("HOT-O01",)
    assert lacking[Finding.NO_TARGET] == ("TAR-C01",)  # the other two are observed only
    (row,) = rows(page, "Self-audit")
    assert row[3] == "Marketing, with the quality department"


def _recent(code: str) -> bool:
    """Whether an indicator has a value of the company in the last three months."""
    judged = data_matrix.judged_months(EVERYTHING)
    return bool(judged[judged["indicator_code"] == code].sort_values("month")["value"].tail(3).notna().any())


def test_an_accepted_indicator_stands_in_the_matrix_and_in_no_appraised_count(open_page: Open, own_file: Path) -> None:
    open_page("matrix", database=own_file)
    before = list(appraised_counts())
    assert CODE not in shown(open_page("matrix", database=own_file, cell="promotions.operations"))
    page = shown(propose(open_page, own_file))
    assert "Proposed. It waits for the quality department." in page and "1 proposed indicator waits" in page
    assert "&lt;b&gt;sent&lt;/b&gt;" in page and "<b>sent" not in page

    told = shown(accept(open_page, own_file))
    assert f"Accepted: {CODE} stands in the matrix from Oct 2026 on." in plain(told)
    matrix = shown(open_page("matrix", database=own_file, cell="promotions.operations"))
    assert f"code={CODE}" in matrix and "Texts &lt;b&gt;sent" in matrix
    row = next(row for row in rows(matrix, css="sqm-list") if row[0].startswith("Texts"))
    assert "observed, not appraised" in row[7] and row[1].startswith("– no data")
    assert list(appraised_counts()) == before

    send_values()
    matrix = shown(open_page("matrix", database=own_file, cell="promotions.operations"))
    row = next(row for row in rows(matrix, css="sqm-list") if row[0].startswith("Texts"))
    assert re.search(r"\d", row[2]) and row[1].startswith("○ no target")
    assert list(appraised_counts()) == before

    page = shown(open_page("editions", database=own_file, role="executive"))
    then = shown(open_page("editions", database=own_file, month="2026-09"))
    assert "152 indicators" in finding(page) and "151 indicators" in finding(then)
    assert card(page, "Appraised") == card(then, "Appraised")
    assert number(card(page, "Observed, not appraised")) == number(card(then, "Observed, not appraised")) + 1
    app = open_page("indicator", database=own_file, code=CODE)
    assert not app.exception and not app.error


def test_a_proposal_needs_a_reason_and_a_code_that_is_free(open_page: Open, own_file: Path) -> None:
    assert "Nothing was recorded" in shown(propose(open_page, own_file, why=" "))
    assert not data_decisions.log()
    propose(open_page, own_file)
    assert "PRO-O01 is empty or taken" in shown(accept(open_page, own_file, code="PRO-O01"))
    assert len(data_editions.view(EVERYTHING, operator.LAST).rows) == 151


def test_no_indicator_comes_into_a_published_month(open_page: Open, own_file: Path) -> None:
    propose(open_page, own_file)
    app = open_page("editions", database=own_file, role="quality", answer=next(iter(data_editions.proposals())))
    published = max(data_names.all_months().published)
    assert data_editions.first_months(operator.LAST)[0] == add_months(published, 1) == operator.LAST
    assert app.selectbox(key="answer_from").options[0] == "Oct 2026"


def test_a_proposal_is_not_accepted_with_a_reason_only(open_page: Open, own_file: Path) -> None:
    propose(open_page, own_file)
    app = open_page("editions", database=own_file, role="quality", answer=next(iter(data_editions.proposals())))
    assert "a reason is needed" in shown(click(app, "Do not accept"))
    app.text_input(key="answer_reason").input("not ours").run()
    page = plain(shown(click(app, "Do not accept")))
    assert "refused by quality department: not ours" in page and "No proposed indicator waits" in page


def test_who_may_propose_and_who_may_answer(open_page: Open, own_file: Path) -> None:
    propose(open_page, own_file)
    asked = next(iter(data_editions.proposals()))
    for role, buttons in {
        "quality": {"Accept, observed only", "Do not accept", "Close"},
        "analyst": {"Take the proposal back", "Close"},
        "executive": set(),
        "hr": set(),
    }.items():
        app = open_page("editions", database=own_file, role=role, answer=asked)
        assert not app.exception and labels(app) == buttons, role
        assert ("new=indicator" in shown(app)) == (role != "hr")
    app = open_page("editions", database=own_file, role="analyst", answer=asked)
    assert "Nothing has been proposed yet." in shown(click(app, "Take the proposal back"))


def test_an_acceptance_can_be_taken_back_while_no_month_of_it_is_published(open_page: Open, own_file: Path) -> None:
    propose(open_page, own_file)
    asked = next(iter(data_editions.proposals()))
    accept(open_page, own_file)
    app = open_page("editions", database=own_file, role="quality", answer=asked)
    page = shown(click(app, "Take the acceptance back"))
    assert "Taken back." in page and finding(page).startswith("151 indicators")
    assert "1 proposed indicator waits" in page
