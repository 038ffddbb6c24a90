"""The upload page from file to undo, on a real small database and with real child processes."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.indicators import targets
from sqm.intake import child
from sqm.intake.reading import Reading
from sqm.ui.doors import data
from sqm.ui.upload import upload_check, upload_draft
from sqm.ui.words import use
from tests.browser import tiny

ROOT = Path(__file__).resolve().parent.parent.parent
HEADERS = [
    "respondent_id",
    "store_code",
    "survey_date",
    "channel",
    "overall",
    "env",
    "wait",
    "staff",
    "speed",
    "comment",
]
GOOD = [f"N{number},S{number:03d},2026-09-0{number},sms,9,9,8,7,10,=1+1" for number in range(1, 6)]
BAD = ["N8,S999,2026-09-08,sms,9,9,8,7,10,=cmd|' /c calc'!A0", "N9,S001,2099-01-01,sms,11,9,8,7,10,fine"]


@pytest.fixture(autouse=True)
def no_child_left() -> Iterator[None]:
    yield
    child.close()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """An analyst on the upload page of a small database of its own."""
    monkeypatch.setenv("SQM_DATABASE", str(tiny.build(tmp_path)))
    monkeypatch.setenv("SQM_ROLE", "analyst")
    return _open()


def _open() -> AppTest:
    app = AppTest.from_file(str(ROOT / "sqm" / "main.py"), default_timeout=60).run()
    return app.switch_page(str(ROOT / "pages" / "upload.py")).run()


def _send(app: AppTest, name: str, text: str) -> AppTest:
    uploader = app.file_uploader[0]
    return uploader.set_value((name, text.encode(), "text/csv")).run()


def _survey(rows: list[str]) -> str:
    return "\n".join([",".join(HEADERS), *rows]) + "\n"


def _words(app: AppTest) -> str:
    """Everything that our blocks wrote."""
    return " ".join(element.proto.body for element in app.get("html"))


def _database(app: AppTest) -> Database:
    return data.database()


def test_a_template_goes_through_the_five_steps_and_undo_restores_every_table(page: AppTest) -> None:
    before = table_hashes(_database(page))
    _send(page, "september.csv", _survey(GOOD))
    assert "5 rows are good, none to mend" in _words(page)
    page.button(key="upload_rehearse").click().run()
    assert "5 rows are new." in _words(page) and table_hashes(_database(page)) == before
    page.button(key="upload_commit").click().run()
    assert "5 rows are stored" in _words(page) and table_hashes(_database(page)) != before
    newest = next(button for button in page.button if (button.key or "").startswith("upload_undo_"))
    newest.click().run()
    assert "september.csv was taken back." in _words(page)
    assert table_hashes(_database(page)) == before


def test_bad_rows_are_named_and_left_out_only_on_the_analysts_word(page: AppTest) -> None:
    _send(page, "mixed.csv", _survey(GOOD + BAD))
    shown = _words(page)
    assert "5 rows are good, 2 to mend" in shown
    assert "S999" in shown and "2099-01-01" in shown and "store_code" in shown
    assert any("unknown store code" in expander.label for expander in page.expander)
    assert not [button for button in page.button if button.key == "upload_rehearse"]
    page.checkbox[0].check().run()
    page.button(key="upload_rehearse").click().run()
    assert "2 rows to mend are left out." in _words(page)


def test_the_rejected_rows_come_with_reasons_and_without_formulas(page: AppTest) -> None:
    _send(page, "mixed.csv", _survey(GOOD + BAD))
    draft = page.session_state["upload.draft"]
    assert isinstance(draft.reading, Reading)
    with use("en"):
        text = upload_check.rejected_csv(draft.reading).decode("utf-8-sig")
    first, second = list(csv.DictReader(io.StringIO(text)))
    assert first["Row"] == "7" and "unknown store code" in first["Reasons"]
    assert first["comment"].startswith("'=cmd") and second["comment"] == "fine"


def test_the_same_file_again_adds_nothing_and_says_so(page: AppTest) -> None:
    for name in ("first.csv", "second.csv"):
        _send(page, name, _survey(GOOD))
        page.button(key="upload_rehearse").click().run()
        if name == "first.csv":
            page.button(key="upload_commit").click().run()
            page.button(key="upload_again").click().run()
    assert "This file is stored already: it came as first.csv" in _words(page)
    assert page.file_uploader and not page.exception


def test_a_file_that_is_no_template_is_mapped_and_remembered(page: AppTest) -> None:
    rows = "\n".join(["When;Where;How happy", *(f"2026-09-0{day};S00{day};{day}" for day in range(1, 6))])
    _send(page, "panel.csv", rows)
    assert "Which column is what?" in _words(page)
    draft = page.session_state["upload.draft"]
    assert [use.header for use in draft.recipe.columns] == ["When", "Where", "How happy"]
    assert not page.exception


def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(page: AppTest, tmp_path: Path) -> None:
    _send(page, "empty.csv", "")
    assert "This file cannot be read" in _words(page)
    page.button(key="upload_check_abandon").click().run()
    committed = {entry.facts["upload_id"] for entry in upload_draft.uploads().journal()}
    assert {folder.name for folder in (tmp_path / "tiny.uploads").iterdir() if folder.is_dir()} == committed


def test_text_of_a_file_is_shown_as_text(page: AppTest) -> None:
    hostile = "<img src=x onerror=alert(1)>.csv"
    _send(page, hostile, _survey(["N1,<script>,2026-09-01,sms,9,9,8,7,10,x"]))
    shown = _words(page)
    assert "<script>" not in shown and "<img" not in shown
    assert "&lt;script&gt;" in shown


def test_a_role_without_the_right_has_no_upload_page(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQM_ROLE", "executive")
    app = AppTest.from_file(str(ROOT / "sqm" / "main.py"), default_timeout=60).run()
    with pytest.raises(ValueError, match="upload"):
        app.switch_page(str(ROOT / "pages" / "upload.py"))


def test_the_analyst_corrects_the_proposal_and_it_is_remembered(page: AppTest) -> None:
    rows = "\n".join(["Tag;Ort;Note", *(f"2026-09-0{day};S00{day};{day}" for day in range(1, 6))])
    _send(page, "panel.csv", rows)
    editor = f"upload_columns_survey_{page.session_state['upload.draft'].upload.upload_id}_en"
    corrected = {"Tag": "day of the answer", "Ort": "store code", "Note": "a question with a scale"}
    places = {use.header: at for at, use in enumerate(page.session_state["upload.draft"].recipe.columns)}
    edits = {places[header]: {"field": field} for header, field in corrected.items()}
    edits[places["Note"]] |= {"low": 1, "high": 5, "missing": "99"}
    page.session_state[editor] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    page.run()
    page.button(key="upload_map_done").click().run()
    assert "5 rows are good, none to mend" in _words(page)
    page.button(key="upload_rehearse").click().run()
    page.button(key="upload_commit").click().run()
    page.button(key="upload_again").click().run()
    _send(page, "next.csv", rows.replace("2026-09", "2026-08"))
    proposed = {use.header: use for use in page.session_state["upload.draft"].recipe.columns}
    assert {header: proposed[header].field for header in corrected} == {
        "Tag": "answered_on",
        "Ort": "store_code",
        "Note": "item",
    }
    assert (proposed["Note"].scale_min, proposed["Note"].scale_max, proposed["Note"].missing) == (1, 5, ("99",))


def test_an_empty_database_is_filled_from_the_store_register_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQM_DATABASE", str(tmp_path / "new.duckdb"))
    monkeypatch.setenv("SQM_ROLE", "analyst")
    app = _open()
    register = "store_code,store_name,district_code\n" + "".join(f"S{n:03d},Store {n},D01\n" for n in range(1, 6))
    _send(app, "stores.csv", register)
    app.button(key="upload_rehearse").click().run()
    app.button(key="upload_commit").click().run()
    app.switch_page(str(ROOT / "pages" / "home.py")).run()
    assert "The store register is there." in _words(app)
    app.switch_page(str(ROOT / "pages" / "upload.py")).run()
    app.button(key="upload_again").click().run()
    _send(app, "september.csv", _survey(GOOD))
    app.button(key="upload_rehearse").click().run()
    app.button(key="upload_commit").click().run()
    app.switch_page(str(ROOT / "pages" / "satisfaction.py")).run()
    assert not app.exception and "The store register is there." not in _words(app)


def test_targets_are_rehearsed_against_the_last_months_stored_and_taken_back(page: AppTest) -> None:
    """The month is the current one, so the file holds tomorrow too."""
    before = table_hashes(_database(page))
    month = f"{date.today():%Y-%m}"
    rows = [
        "indicator,level,place_code,effective_month,low,high,tolerance,agreed_by,reason",
        f"PRO-O01,,,{month},99.5,,0,marketing,<b>raised</b>",
        f"PRO-O01,,S001,{month},10,,0,marketing,easy",
        "PRO-O01,,,2026-01,99,,0,marketing,too late",
    ]
    _send(page, "targets.csv", "\n".join(rows) + "\n")
    assert any("a month that is over" in expander.label for expander in page.expander)
    page.checkbox[0].check().run()
    page.button(key="upload_rehearse").click().run()
    shown = _words(page).replace("\u00a0", " ")
    assert "2 targets are set" in shown and "≥ 99.5 %" in shown and "6 of 6" in shown and "0 of 6" in shown
    assert table_hashes(_database(page)) == before
    page.button(key="upload_commit").click().run()
    assert not page.exception and "2 rows are stored" in _words(page)
    agreed = targets.every(_database(page))
    assert agreed[agreed["scope_code"] == "S001"]["low"].tolist() == [0.1]
    newest = next(button for button in page.button if (button.key or "").startswith("upload_undo_"))
    newest.click().run()
    assert table_hashes(_database(page)) == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_target_template_is_offered_in_both_languages(page: AppTest, language: str) -> None:
    page.query_params["lang"] = language
    page.run()
    keys = {button.proto.id for button in page.get("download_button")}
    for headers in ("zh", "en"):
        assert any(f"upload_template_targets_{headers}" in key for key in keys)
    assert ("Targets" if language == "en" else "一行为一项指标、一个考核单位及生效月份") in _words(page)
