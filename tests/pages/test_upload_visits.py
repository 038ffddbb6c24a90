"""Store audits through the upload page alone: proposed, corrected, checked, rehearsed, committed and taken back."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.hashes import table_hashes
from sqm.database.safety import trail
from sqm.intake import child
from sqm.intake.recipe import Recipe, Template
from sqm.ui.doors import data
from tests.browser import tiny

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("SQM_SHARED", "") or ROOT.parent / "shared") / "data"
TRI_COUNTY = SHARED / "audit_tricounty_inspections.csv"
needs_file = pytest.mark.skipif(not TRI_COUNTY.is_file(), reason="the shared data is not here")
INSPECTIONS = (
    "inspection_id,facility_id,facility_name,county,inspection_date,clerk name,V01,V02,V03,V04,violations_total\n"
    + "".join(f"I{day},S00{day},,,2026-09-0{day},Kim,0,1,0,0,1\n" for day in range(1, 6))
)
LONG = (
    "visit_id,store_code,visit_date,visit_source,audit_theme,audit_item,item_points,item_max_points\n"
    "V1,S001,2026-09-01,third party,on_site_management,on_site_management.queue_guide,8,8\n"
    "V1,S001,2026-09-01,third party,on_site_management,on_site_management.leaflets,9,4\n"
    "V2,S002,2026-09-02,third party,on_site_management,on_site_management.leaflets,3,4\n"
)


@pytest.fixture(autouse=True)
def no_child_left() -> Iterator[None]:
    yield
    child.close()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """An analyst on the upload page of a small database of its own."""
    monkeypatch.setenv("SQM_DATABASE", str(tiny.build(tmp_path)))
    monkeypatch.setenv("SQM_ROLE", "analyst")
    app = AppTest.from_file(str(ROOT / "sqm" / "main.py"), default_timeout=100).run()
    return app.switch_page(str(ROOT / "pages" / "upload.py")).run()


def send(app: AppTest, name: str, text: str) -> AppTest:
    return app.file_uploader[0].set_value((name, text.encode(), "text/csv")).run()


def words(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html")).replace("\u00a0", " ")


def recipe(app: AppTest) -> Recipe:
    found = app.session_state["upload.draft"].recipe
    assert isinstance(found, Recipe)
    return found


def test_marks_stand_in_one_row_and_what_one_means_is_said_once(page: AppTest) -> None:
    send(page, "inspections.csv", INSPECTIONS)
    assert recipe(page).template is Template.VISITS and not page.exception
    assert [expander.label for expander in page.expander] == ["4 columns of marks: V01 … V04"]
    tables = [table.value for table in page.dataframe]
    assert [len(table) for table in tables] == [7, 4]
    fields = dict(zip(tables[0]["header"], tables[0]["field"], strict=True))
    assert fields["clerk name"] == "leave out" and fields["facility_id"] == "store code"
    marks = next(box for box in page.selectbox if box.label == "What a mark means")
    assert marks.value == "failed"
    assert any(box.label == "Who made the visits" and box.value == "third_party" for box in page.selectbox)
    assert not page.button(key="upload_map_done").disabled


def test_a_foreign_file_goes_to_commit_and_undo_restores_every_table(page: AppTest) -> None:
    before = table_hashes(data.database())
    send(page, "inspections.csv", INSPECTIONS)
    page.button(key="upload_map_done").click().run()
    assert "5 visits are good, no row to mend" in words(page)
    page.button(key="upload_rehearse").click().run()
    shown = words(page)
    assert "5 visits are new." in shown and "5 stores are visited." in shown and "4 items are new." in shown
    assert table_hashes(data.database()) == before
    page.button(key="upload_commit").click().run()
    assert "5 visits are stored" in words(page) and not page.exception
    points = data.database().frame("select sum(points) as p, count(*) as n from visit_items").iloc[0]
    assert (int(points["p"]), int(points["n"])) == (15, 20)
    newest = next(button for button in page.button if (button.key or "").startswith("upload_undo_"))
    newest.click().run()
    assert table_hashes(data.database()) == before


def test_the_analyst_names_an_item_makes_it_critical_and_leaves_one_out(page: AppTest) -> None:
    send(page, "inspections.csv", INSPECTIONS)
    upload_id = page.session_state["upload.draft"].upload.upload_id
    page.session_state[f"upload_marks_visits_{upload_id}_en"] = {
        "edited_rows": {1: {"text": "Hands washed", "critical": True, "most": 3}, 3: {"taken": False}},
        "added_rows": [],
        "deleted_rows": [],
    }
    page.run()
    page.button(key="upload_map_done").click().run()
    page.button(key="upload_rehearse").click().run()
    page.button(key="upload_commit").click().run()
    items = data.database().frame("select item_code, name_en from audit_items where batch_id <> '' order by 1")
    assert items["name_en"].tolist() == ["V01", "Hands washed", "V03"]
    marks = data.database().frame(
        "select distinct max_points::int as m, critical from visit_items where item_code like '%v02'"
    )
    assert marks.iloc[0].tolist() == [3, True]


def test_a_column_of_persons_cannot_be_anything_but_left_out(page: AppTest) -> None:
    send(page, "inspections.csv", INSPECTIONS)
    upload_id = page.session_state["upload.draft"].upload.upload_id
    place = [use.header for use in recipe(page).columns if use.field != "item"].index("clerk name")
    page.session_state[f"upload_columns_visits_{upload_id}_en"] = {
        "edited_rows": {place: {"field": "comment (masked)"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    page.run()
    page.button(key="upload_map_done").click().run()
    assert "Nothing of this file can be stored yet" in words(page)
    assert "may not be charged to a person" in words(page)
    assert not [button for button in page.button if button.key == "upload_rehearse"]
    refused = trail.entries(data.database(), 5)
    assert refused["action"].tolist()[0] == "refused" and "no_person" in str(refused.iloc[0].to_dict())
    assert "Kim" not in str(refused.to_dict())


def test_a_visit_with_a_bad_row_is_left_out_whole(page: AppTest) -> None:
    send(page, "items.csv", LONG)
    shown = words(page)
    assert "1 visit is good, 2 rows to mend" in shown
    assert any("other rows of a visit that has a row to mend" in expander.label for expander in page.expander)
    page.checkbox[0].check().run()
    page.button(key="upload_rehearse").click().run()
    assert "1 visit is new." in words(page) and "2 rows to mend are left out." in words(page)


def test_what_the_file_holds_can_be_chosen_by_hand(page: AppTest) -> None:
    send(page, "august.csv", "No;Ort;Tag;K1;K2;K3\n" + "".join(f"{n};S00{n};2026-08-0{n};1;0;1\n" for n in range(1, 6)))
    assert recipe(page).template is Template.SURVEY
    page.selectbox[0].select(Template.VISITS).run()
    assert recipe(page).template is Template.VISITS and not page.exception
    assert any("3 columns of marks: K1, K2, K3" in expander.label for expander in page.expander)
    assert "Still needed: store code or name of the store, day of the visit" in words(page)


@needs_file
def test_tri_county_is_proposed_right_and_maps_itself_the_next_time(page: AppTest) -> None:
    text = TRI_COUNTY.read_text(encoding="ascii")
    send(page, TRI_COUNTY.name, text)
    assert "76 columns" in words(page)
    assert [expander.label for expander in page.expander] == ["56 columns of marks: FC01 … FC56"]
    page.button(key="upload_map_done").click().run()
    assert "5,550 visits are good, 5 rows to mend" in words(page)
    page.checkbox[0].check().run()
    page.button(key="upload_rehearse").click().run()
    shown = words(page)
    assert "3,946 stores are visited." in shown and "3,946 stores are new to the register." in shown
    page.button(key="upload_commit").click().run()
    assert "5,550 visits are stored" in words(page) and not page.exception
    page.button(key="upload_again").click().run()
    head, *rows = text.splitlines()
    changed = "\n".join([head, *(row.replace("DAYR2RKBT", "NEXT") for row in rows[:1])]) + "\n"
    send(page, "audit_tricounty_inspections_2020.csv", changed)
    assert "maps itself" in words(page) and not page.exception
    page.button(key="upload_known_done").click().run()
    assert "1 visit is good, no row to mend" in words(page)
