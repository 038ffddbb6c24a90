"""Files of store audits, one row a visit and one row an item: what is read, what is refused, and why."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.problems import Level
from sqm.intake.proposals import proposal, visit_guesses
from sqm.intake.reading import VISITS_SCHEMA, Reading
from sqm.intake.recipe import ColumnUse, Recipe, Template
from sqm.intake.register import AuditItem, Register
from sqm.intake.words import visit_words

REGISTER = Register(
    today=date(2026, 11, 22),
    stores={"S001": "D01", "S002": "D01", "S003": "D02"},
    store_names={"East store": "S003"},
    districts={"D01": "东区", "D02": "西区"},
    audit_items=(
        AuditItem("on_site_management.queue_guide", 8.0, True, "Queue guided", "引导取号"),
        AuditItem("on_site_management.leaflets", 4.0, False, "Leaflets in place", "宣传资料齐全"),
    ),
    themes={"on_site_management": "on_site_management", "现场管理": "on_site_management"},
)
WIDE = (
    "visit_id,store_code,visit_date,visit_source,visit_score,visit_comment,Queue guided (8 points),Leaflets in place\n"
)
LONG = (
    "visit_id,store_code,visit_date,visit_source,audit_item,item_points,item_max_points,item_critical,item_evidence\n"
)
ROW = "V1,S001,2026-10-05,third party"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def proposed(folder: Path, text: str, name: str = "visits.csv") -> Recipe:
    (folder / "raw").write_text(text, encoding="utf-8")
    return proposal.propose(opening.look(folder / "raw", name, Limits()), REGISTER)


def read(folder: Path, text: str, recipe: Recipe | None = None, name: str = "visits.csv") -> Reading:
    found = recipe or proposed(folder, text, name)
    if not found.is_template:
        found = replace(found, confirmed=True)
    (folder / "raw").write_text(text, encoding="utf-8")
    return reader.read(folder / "raw", name, found, REGISTER, Limits())


def codes(reading: Reading, level: Level = Level.ROW) -> list[str]:
    return [problem.code for problem in reading.problems if problem.level is level]


def test_a_wide_visit_has_the_items_of_the_checklist(folder: Path) -> None:
    reading = read(folder, WIDE + f"{ROW},,call 13812345678,6.5,N/A\n")
    assert reading.verdict() == "accept", reading.problems
    row = reading.rows.to_pylist()[0]
    assert reading.rows.schema == VISITS_SCHEMA
    assert (row["visit_id"], row["source"], row["district_code"], row["month"]) == (
        "V1", "third_party", "D01", date(2026, 10, 1))  # fmt: skip
    assert row["items"] == ["on_site_management.queue_guide", "on_site_management.leaflets"]
    assert row["points"] == [Decimal("6.50"), None] and row["critical"] == [True, False]
    assert row["max_points"] == [8, 4] and "138" not in row["comment"]


def test_a_blank_cell_of_the_template_is_an_item_of_another_theme(folder: Path) -> None:
    row = read(folder, WIDE + f"{ROW},,,8,\n").rows.to_pylist()[0]
    assert row["items"] == ["on_site_management.queue_guide"]


def test_both_layouts_give_the_same_visit(folder: Path) -> None:
    wide = read(folder, WIDE + f"{ROW},,,6.5,N/A\n").rows
    text = LONG + f"{ROW},Queue guided,6.5,8,,\n{ROW},宣传资料齐全,不适用,4,,\n"
    assert read(folder, text).rows.equals(wide)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{ROW},,,9,4", "points_outside"),
        (f"{ROW},,,-1,4", "points_outside"),
        (f"{ROW},,,many,4", "not_a_number"),
        (f"{ROW},101,,8,4", "out_of_range"),
        (f"{ROW},,,,", "visit_empty"),
        ("V1,S009,2026-10-05,third party,,,8,4", "store_unknown"),
        ("V1,S001,2026-12-05,third party,,,8,4", "date_future"),
        ("V1,S001,1999-12-05,third party,,,8,4", "date_too_old"),
        ("V1,S001,2026-10-05,somebody,,,8,4", "code_unknown"),
        ("V1,S001,2026-10-05,,,,8,4", "required_empty"),
        (",S001,2026-10-05,third party,,,8,4", "required_empty"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(folder: Path, row: str, code: str) -> None:
    reading = read(folder, WIDE + f"V0,S002,2026-10-01,self audit,,,8,4\n{row}\n")
    assert codes(reading) == [code]
    assert reading.rows["visit_id"].to_pylist() == ["V0"]
    problem = next(problem for problem in reading.problems if problem.level is Level.ROW)
    assert problem.row == 3


def test_minutes_below_zero_are_refused(folder: Path) -> None:
    head = "visit_id,store_code,visit_date,visit_source,minutes_waited,visit_score\n"
    reading = read(folder, head + f"{ROW},-1,90\nV2,S001,2026-10-05,自查,0,90\n")
    assert codes(reading) == ["minutes_negative"]
    assert reading.rows["minutes_waited"].to_pylist() == [0.0]


def test_the_same_visit_twice_is_dropped_and_a_contradiction_refused(folder: Path) -> None:
    same = read(folder, WIDE + f"{ROW},,,8,4\n{ROW},,,8,4\n")
    assert (same.rows.num_rows, codes(same), codes(same, Level.WARNING)) == (1, [], ["duplicate_same"])
    other = read(folder, WIDE + f"{ROW},,,8,4\n{ROW},,,7,4\n")
    assert (other.rows.num_rows, codes(other)) == (0, ["duplicate_conflict"])


@pytest.mark.parametrize("header", ["staff_name", "员工", "营业员姓名", "工号", "clerk", "employee no."])
def test_a_column_of_persons_refuses_the_template_file(folder: Path, header: str) -> None:
    text = WIDE.strip() + f",{header}\n" + f"{ROW},,,8,4,Kim\n"
    reading = read(folder, text)
    assert codes(reading, Level.FILE) == ["staff_column"] and reading.rows.num_rows == 0
    assert reading.problems[0].column == header and reading.rejected.num_rows == 0


def test_a_mapped_file_may_only_leave_persons_out(folder: Path) -> None:
    text = "visit id,store code,visit date,clerk,K1,K2,audit score\nV1,S001,2026-10-05,Kim,1,0,50\n"
    recipe = proposed(folder, text)
    fields = {use.header: use.field for use in recipe.columns}
    assert fields["clerk"] == "ignore" and not recipe.is_template
    assert "Kim" not in str(read(folder, text, recipe).rows.to_pylist())
    for field in ("comment", "item", "theme"):
        columns = tuple(
            replace(use, field=field, item_code="x") if use.header == "clerk" else use for use in recipe.columns
        )
        assert codes(read(folder, text, replace(recipe, columns=columns)), Level.FILE) == ["staff_column"]


@pytest.mark.parametrize("header", ["auditor", "inspector name", "暗访员姓名", "检测员工号"])
def test_the_auditor_may_be_named(header: str) -> None:
    assert not visit_words.is_staff(header)


@pytest.mark.parametrize("header", ["staff attitude", "营业员服务态度", "员工着装", "counters open", "number of staff"])
def test_an_item_about_the_staff_is_no_person(header: str) -> None:
    assert not visit_words.is_staff(header)


def test_a_bad_item_takes_its_whole_visit_with_it(folder: Path) -> None:
    rows = [
        f"{ROW},Queue guided,8,8,,",
        f"{ROW},Leaflets in place,9,4,,",
        "V2,S002,2026-10-06,自查,Queue guided,1,8,否,a",
    ]
    reading = read(folder, LONG + "\n".join(rows) + "\n")
    assert reading.rows["visit_id"].to_pylist() == ["V2"]
    assert sorted(codes(reading)) == ["points_outside", "visit_incomplete"]
    assert reading.rejected["source_row"].to_pylist() == [2, 3] and reading.rows_read == 3
    found = next(problem for problem in reading.problems if problem.code == "points_outside")
    assert (found.row, found.found, found.expected) == (3, "9", "0-4")
    row = reading.rows.to_pylist()[0]
    assert (row["critical"], row["evidence"]) == ([False], ["a"])


@pytest.mark.parametrize("most", ["0", "-4", "x"])
def test_most_points_are_above_zero(folder: Path, most: str) -> None:
    assert codes(read(folder, LONG + f"{ROW},Queue guided,0,{most},,\n")) == ["max_points_invalid"]


def test_rows_of_a_visit_may_not_contradict_each_other(folder: Path) -> None:
    text = LONG + f"{ROW},Queue guided,8,8,,\nV1,S002,2026-10-05,third party,Leaflets in place,4,4,,\n"
    reading = read(folder, text)
    assert set(codes(reading)) == {"visit_parts_differ", "visit_incomplete"} and reading.rows.num_rows == 0


def test_an_item_twice_is_dropped_or_refused(folder: Path) -> None:
    same = read(folder, LONG + f"{ROW},Queue guided,8,8,,\n{ROW},引导取号,8,8,,\n")
    assert same.rows["items"].to_pylist() == [["on_site_management.queue_guide"]]
    assert codes(same, Level.WARNING) == ["duplicate_same"]
    other = read(folder, LONG + f"{ROW},Queue guided,8,8,,\n{ROW},引导取号,7,8,,\n")
    assert other.rows.num_rows == 0 and "duplicate_conflict" in codes(other)


def test_a_new_item_is_said_and_a_likely_slip_is_a_warning(folder: Path) -> None:
    reading = read(folder, LONG + f"{ROW},Queue guidde,8,8,,\n{ROW},Floor swept,1,1,,\n")
    assert (codes(reading, Level.WARNING), codes(reading, Level.NOTE)) == (["visit_item_new"], ["visit_item_new"])
    assert next(p for p in reading.problems if p.level is Level.WARNING).value("similar") == "Queue guided"


def test_the_content_does_not_depend_on_the_order_of_rows_or_headers(folder: Path) -> None:
    rows = [f"{ROW},Queue guided,8,8,,", f"{ROW},Leaflets in place,4,4,,"]
    first = read(folder, LONG + "\n".join(rows) + "\n").content_hash
    assert read(folder, LONG + "\n".join(rows[::-1]) + "\n").content_hash == first
    chinese = "暗访编号,营业厅编码,暗访日期,检测方式,检测项目,项目得分,项目满分,关键项,佐证材料\n"
    assert read(folder, chinese + "\n".join(rows).replace("third party", "第三方暗访") + "\n").content_hash == first
    assert read(folder, LONG + "\n".join(rows).replace(",4,4", ",3,4") + "\n").content_hash != first


def test_a_foreign_file_brings_new_stores_and_says_so(folder: Path) -> None:
    text = "inspection_id,store_name,city,inspection_date,inspection_score\nI1,East store,,2026-10-05,90\n"
    text += "I2,North store,Northtown,2026-10-06,80\n"
    (folder / "raw").write_text(text, encoding="utf-8")
    look = opening.look(folder / "raw", "x.csv", Limits())
    reading = read(folder, text, visit_guesses.of_file(look, REGISTER, Recipe(Template.VISITS)))
    assert reading.rows["store_code"].to_pylist() == ["S003", "NORTH STORE"]
    assert reading.rows["district_code"].to_pylist() == ["D02", "Northtown"]
    assert codes(reading, Level.WARNING) == ["store_new"], "known stores stand beside the new one"


def test_a_file_of_self_audits_is_declared_as_such(folder: Path) -> None:
    text = "audit_id,store_code,audit_date,K1,K2,K3\nI1,S001,2026-10-05,1,0,1\n"
    assert proposed(folder, text, "self-audit-october.csv").constant("source") == "self_audit"
    assert proposed(folder, text, "audit-october.csv").constant("source") == "third_party"
    reading = read(folder, text, name="自查10月.csv")
    assert reading.rows["source"].to_pylist() == ["self_audit"]


def test_a_comment_is_no_list_of_failed_items(folder: Path) -> None:
    rows = "".join(f"65_{20200101 + n % 28},90,Remark {n}. Other {n}.\n" for n in range(0, 320))
    text = "inspection_id,inspection_score,violation_description\n" + rows
    assert "failed_items_not_a_list" in codes(read(folder, text), Level.FILE)


def test_what_was_said_of_audits_is_remembered_for_audits_alone(folder: Path) -> None:
    text = "inspection_id,store_code,inspection_date,K1,K2,K3,aside\nI1,S001,2026-10-05,1,0,1,tidy\n"
    (folder / "raw").write_text(text, encoding="utf-8")
    look = opening.look(folder / "raw", "inspections.csv", Limits())
    said = {"aside": ColumnUse("aside", "comment"), "K1": ColumnUse("K1", "ignore")}
    plain, told, other = (
        {use.header: use.field for use in proposal.propose(look, REGISTER, *both).columns}
        for both in (({}, {}), ({}, said), (said, {}))
    )
    assert plain["aside"] == other["aside"] == "ignore" and told["aside"] == "comment"
    assert told["K1"] == "item", "the marks of a checklist are known by the study as a whole"
