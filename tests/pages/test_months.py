"""Published months on the small operator: publish, late data, a revision that lists exactly what moved; and events."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database import marts
from sqm.database.indicators import publications
from sqm.database.safety import trail
from sqm.errors import SqmError
from sqm.rules.access import EVERYTHING, Role, Scope
from sqm.ui.decisions import data_decisions
from sqm.ui.doors import data
from sqm.ui.months import data_months
from sqm.ui.signing.sign_in import Viewer
from tests.pages import operator
from tests.pages.clicking import click, labels
from tests.pages.conftest import Open, shown
from tests.pages.reading import card, finding, headings, number, plain, rows

MONTH = f"{operator.LAST:%Y-%m}"


def publish(open_page: Open, path: Path) -> AppTest:
    return click(open_page("months", database=path, role="quality", month=MONTH, new="publish"), "Publish")


def value(code: str, *districts: str) -> float:
    """A share of the last month, from the stored parts."""
    found = data.database().frame(
        "select sum(numerator) / sum(denominator) as value from indicator_values "
        "where indicator_code = $code and month = $month and district_code in (select unnest($districts::varchar[]))",
        {"code": code, "month": operator.LAST, "districts": list(districts)},
    )
    return float(found["value"].iloc[0])


def send_late(code: str, factor: float, *districts: str) -> None:
    """Figures of the last month turn out to be other ones."""
    with data.database().write() as cursor:
        cursor.execute(
            "update indicator_values set numerator = numerator * $factor where indicator_code = $code "
            "and month = $month and district_code in (select unnest($districts::varchar[]))",
            {"factor": factor, "code": code, "month": operator.LAST, "districts": list(districts)},
        )
        marts.rebuild(cursor)
        trail.add(cursor, "test", "late", code, {})


def a_met_share() -> str:
    """An appraised share that every reporting district meets."""
    judged = publications.standing(data.database(), EVERYTHING, operator.LAST, operator.LAST)
    found = judged[(judged["kind"] == "share") & (judged["direction"] == "higher") & judged["appraised"]]
    met = found[(found["status"] == "met") & (found["survey_code"] == "")].groupby("indicator_code").size()
    return str(met[met == 3].index[0])  # the company and two districts


def listed(page: str, column: str) -> list[list[str]]:
    """The rows of the table whose first column is called so; none when the page has no such table."""
    found = [part for part in page.split("<table")[1:] if plain(part.split("</th>")[0].split(">", 1)[1]) == column]
    return rows(f"<table{found[0]}") if found else []


@pytest.mark.parametrize("role", ["quality", "analyst", "executive"])
def test_everybody_sees_the_months_and_only_quality_may_publish(open_page: Open, role: str) -> None:
    app = open_page("months", role=role, month=MONTH, new="publish")
    assert not app.exception and not app.error
    page = shown(app)
    assert finding(page) == "Oct 2026 is open: 1 district still owes values"
    months = rows(page, "waits to be published")
    assert [row[0] for row in months] == [
        "Oct 2026",
        "Sep 2026",
        *[f"{m} 2026" for m in ["Aug", "Jul", "Jun", "May", "Apr", "Mar", "Feb", "Jan"]],
        "Dec 2025",
        "Nov 2025",
        "Oct 2025",
    ]
    assert months[0][1] == "not published" and months[0][4] == "1 of 3 districts owes values"
    assert months[1][1].startswith("published") and months[1][4] == "no figures were kept"
    assert ("Publish" in labels(app)) == (role == "quality")
    assert ("new=publish" in page) == (role == "quality")


def test_older_months_are_a_click_away(open_page: Open) -> None:
    assert len(rows(shown(open_page("months")), "waits to be published")) == 13
    assert len(rows(shown(open_page("months", span="all")), "waits to be published")) == len(operator.MONTHS)
    assert "Sep 2025" in plain(shown(open_page("months", month="2025-09")))


def test_the_form_says_what_is_missing_before_a_month_is_published(open_page: Open, own_file: Path) -> None:
    page = shown(open_page("months", database=own_file, role="quality", month=MONTH, new="publish"))
    told = plain(page.split('class="sqm-bullets"')[1].split("</ul>")[0])
    assert "1 of 3 districts owes values" in told
    assert re.search(r"North <i>district</i>: 0 of \d+ indicators reported", told)


def test_a_published_month_keeps_its_counts_and_a_revision_lists_exactly_what_moved(
    open_page: Open, own_file: Path
) -> None:
    app = publish(open_page, own_file)
    assert "Oct 2026 is published." in plain(shown(app))
    assert finding(shown(app)) == "Oct 2026 stands as it was published"
    assert "Publish" not in labels(app)
    before = card(shown(app), "As published")
    assert before == card(shown(app), "As it stands")

    code = a_met_share()
    then = [value(code, "D1", "D2"), value(code, "D1"), value(code, "D2")]
    send_late(code, 0.5, "D1", "D2")
    page = shown(open_page("months", database=own_file, role="executive", month=MONTH))
    assert finding(page) == "Oct 2026: 3 numbers moved, 3 conclusions flipped since it was published"
    assert card(page, "As published") == before != card(page, "As it stands")
    moved, flipped = listed(page, "Number that moved"), listed(page, "Conclusion that flipped")
    assert (
        [row[1] for row in moved] == [row[1] for row in flipped] == ["whole company", "East district", "West district"]
    )
    assert [(row[2], row[3]) for row in flipped] == [("✓ met", "✕ missed")] * 3
    assert [number(row[2]) for row in moved] == pytest.approx([each * 100 for each in then], abs=0.06)
    assert [number(row[3]) for row in moved] == pytest.approx([each * 50 for each in then], abs=0.06)
    assert f"asof=1&amp;month={MONTH}" in page or f"month={MONTH}&amp;asof=1" in page
    assert f"code={code}" in page


def test_a_revision_needs_a_note_and_remains_readable(open_page: Open, own_file: Path) -> None:
    publish(open_page, own_file)
    send_late(a_met_share(), 0.5, "D1")
    app = open_page("months", database=own_file, role="quality", month=MONTH, new="publish")
    assert "Nothing was published" in shown(click(app, "Publish"))
    app.text_input(key="months_note").input("<b>East</b> was late").run()
    page = shown(click(app, "Publish"))
    assert "Oct 2026 is published as revision 2." in page
    assert finding(page) == "Oct 2026 stands as it was published"
    assert any(re.match(r"R2 of .*: 2 numbers moved, 2 conclusions flipped", each) for each in headings(page))
    assert [row[1] for row in listed(page, "Number that moved")] == ["whole company", "East district"]
    assert "&lt;b&gt;East&lt;/b&gt; was late" in page and "<b>East" not in page
    assert all(f"month={MONTH}&amp;asof={revision}" in page for revision in (1, 2))


def test_a_district_reads_its_own_figures_and_those_of_the_company_only(open_page: Open, own_file: Path) -> None:
    publish(open_page, own_file)
    send_late(a_met_share(), 0.5, "D1", "D2")
    scope = Scope(frozenset({"D2"}), None)
    change = data_months.states(scope, (operator.LAST,))[operator.LAST].change
    assert change is not None
    assert set(change.moved["scope_code"]) == {"", "D2"}


def test_nobody_else_may_publish_past_the_page(open_page: Open, own_file: Path) -> None:
    open_page("months", database=own_file, role="analyst")
    with pytest.raises(SqmError, match="not_allowed"):
        data_months.publish(Viewer("analyst", Role.ANALYST, EVERYTHING), operator.LAST, "")
    assert data_months.states(EVERYTHING, operator.MONTHS)[operator.LAST].made == ()


def test_events_are_added_listed_and_taken_back(open_page: Open, own_file: Path) -> None:
    app = open_page("months", database=own_file, role="analyst", new="event")
    assert "title" in shown(click(app, "Add the event"))
    assert not data_decisions.log()
    app.selectbox(key="event_process").select("network")
    app.selectbox(key="event_district").select("D3")
    app.text_input(key="event_title_zh").input("<i>网络割接</i>").run()
    page = shown(click(app, "Add the event"))
    assert "Recorded." in page
    expected = ["Oct 2026", "campaign", "<i>网络割接</i>", "Network quality", "North <i>district</i>"]
    (row,) = rows(page, "1 event is marked on the charts")
    assert row[:5] == expected and "<i>" not in page

    (event,) = data_decisions.log()
    assert "take back" not in shown(open_page("months", database=own_file, role="store_manager"))
    app = open_page("months", database=own_file, role="executive", back=event.decision_id)
    assert "No event is marked on the charts" in shown(click(app, "Take it back"))


@pytest.mark.parametrize(("role", "adds"), [("executive", True), ("district", False), ("hr", False)])
def test_who_may_add_events(open_page: Open, role: str, adds: bool) -> None:
    app = open_page("months", role=role, new="event")
    assert not app.exception and ("Add the event" in labels(app)) == adds
