"""Two windows on the same thing: the second to press is told who was quicker, nothing is stored, and looking again is
enough to go on."""

import re
from datetime import datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from sqm.database.deciding import decisions, people
from sqm.errors import SqmError
from sqm.rules.decisions import Kind
from sqm.ui.decisions import decision_texts
from sqm.ui.doors import data
from sqm.ui.upload import problem_texts
from sqm.ui.words import use
from tests.pages.conftest import Open, shown
from tests.pages.test_people import add_li, fill

CHANGED = r"Changed meanwhile: quality department, \d{4}-\d\d-\d\d \d\d:\d\d \(UTC\)\. Nothing was recorded; look again"


def last() -> tuple[Kind, str]:
    newest = decisions.every(data.database())[-1]
    return newest.kind, str(newest.facts["after"]["name"])


def test_the_second_window_is_told_and_may_look_again(open_page: Open, own_file: Path) -> None:
    add_li(open_page, own_file)
    person_id = people.every(data.database())[0].person_id
    first, second = (open_page("people", database=own_file, role="quality", person=person_id) for _ in range(2))
    fill(second, person_id, name="Li Hua the younger")  # no reason yet; typed before the other one records
    fill(first, person_id, name="Li Wei", reason="misspelt")
    assert last() == (Kind.PERSON_SET, "Li Wei")
    fill(second, person_id, reason="married")
    assert re.search(CHANGED, shown(second)), shown(second)[-400:]
    assert last() == (Kind.PERSON_SET, "Li Wei")
    press(second)
    assert last() == (Kind.PERSON_SET, "Li Hua the younger"), "who has looked again may decide"
    second.query_params["person"] = person_id
    second.run()
    fill(second, person_id, name="Li Hua", reason="and back")
    assert last() == (Kind.PERSON_SET, "Li Hua"), "a window is not surprised by itself"


def press(app: AppTest) -> None:
    app.button(key="person_record").click()
    app.run()


def test_the_sentences_say_who_and_when_in_both_languages(open_page: Open, own_file: Path) -> None:
    open_page("people", database=own_file, role="quality")  # names of people come from the database
    at = datetime(2026, 11, 22, 9, 5)
    decided, stored = (
        SqmError("changed_meanwhile", who="analyst", at=at),
        SqmError("changed_since_rehearsal", by="wu@op.example", at=at),
    )
    with use("zh"):
        assert decision_texts.sentence(decided) == (
            "此项已被他人更改：分析员，2026-11-22 09:05（UTC）。本次未保存，请重新查看后再操作。"
        )
        assert "wu@op.example于2026-11-22 09:05（UTC）改动了" in problem_texts.sentence(stored)
    with use("en"):
        assert "Changed since the rehearsal: wu@op.example, 2026-11-22 09:05 (UTC)" in problem_texts.sentence(stored)
