"""Target files: what is refused, in which row, and what is kept in which unit."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sqm.intake import reader
from sqm.intake.first_look import opening
from sqm.intake.limits import Limits
from sqm.intake.problems import CODES, Level
from sqm.intake.proposals import proposal
from sqm.intake.reading import Reading
from sqm.intake.recipe import Template
from sqm.intake.register import IndicatorEntry, Register, target_key

HEADER = "indicator,level,place_code,effective_month,low,high,tolerance,agreed_by,reason"
CHINESE = "指标,层级,单位编码,生效月份,下限,上限,容差,商定部门,理由"
NEXT = date(2026, 12, 1)
REGISTER = Register(
    today=date(2026, 11, 21),
    stores={"S001": "D01", "S002": "D01"},
    store_names={"中山路营业厅": "S001"},
    districts={"D01": "东区"},
    indicators=(
        IndicatorEntry("SAT", name_en="Satisfaction", name_zh="满意度"),
        IndicatorEntry("DROP", name_en="Dropped calls", name_zh="掉话率", direction="lower"),
        IndicatorEntry("OCC", name_en="Occupancy", name_zh="占用率", direction="range"),
        IndicatorEntry("CMP", "rate", 10000, "per_10k", "Complaints", "万投比", "lower"),
    ),
    departments={"network": "network", "网络部": "network"},
    targets_from=date(2026, 11, 1),
)


def read(folder: Path, *rows: str, header: str = HEADER, register: Register = REGISTER) -> Reading:
    path = folder / "raw"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    recipe = proposal.propose(opening.look(path, "targets.csv", Limits()), register)
    assert recipe.template is Template.TARGETS and recipe.is_template
    return reader.read(path, "targets.csv", recipe, register, Limits())


def kept(reading: Reading) -> list[tuple[object, ...]]:
    names = ("indicator_code", "scope_level", "scope_code", "valid_from", "low", "high", "tolerance")
    return [tuple(row[name] for name in names) for row in reading.rows.to_pylist()]


def test_codes_and_names_in_both_languages_and_units_of_the_screen(tmp_path: Path) -> None:
    rows = (
        "SAT,,,2026-12,80,,2,network,a",
        "掉话率,区县,东区,2026年12月,,0.5%,0.1%,网络部,b",
        "occupancy,store,中山路营业厅,2026-12,60,80,,network,c",
        "Complaints,,S002,202612,,1.8,0.15,Network,d",
    )
    expected = [
        ("SAT", "company", "", NEXT, 0.8, None, 0.02),
        ("DROP", "district", "D01", NEXT, None, 0.005, 0.001),
        ("OCC", "store", "S001", NEXT, 0.6, 0.8, 0.0),
        ("CMP", "store", "S002", NEXT, None, 1.8, 0.15),
    ]
    readings = [read(tmp_path, *rows, header=header) for header in (HEADER, CHINESE)]
    for reading in readings:
        assert not reading.problems
        assert kept(reading) == expected
        assert reading.months == (NEXT,)
        assert reading.rows["agreed_by"].to_pylist() == ["network"] * 4
    assert readings[0].content_hash == readings[1].content_hash


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("Satisfactoin,,,2026-12,80,,2,network,a", "target_indicator_unknown", "indicator"),
        (",,,2026-12,80,,2,network,a", "required_empty", "indicator"),
        ("SAT,region,D01,2026-12,80,,2,network,a", "code_unknown", "level"),
        ("SAT,district,,2026-12,80,,2,network,a", "required_empty", "place_code"),
        ("SAT,,S999,2026-12,80,,2,network,a", "target_place_unknown", "place_code"),
        ("SAT,company,S001,2026-12,80,,2,network,a", "target_place_unneeded", "place_code"),
        ("SAT,,,2026-10,80,,2,network,a", "target_month_over", "effective_month"),
        ("SAT,,,2033-01,80,,2,network,a", "target_month_far", "effective_month"),
        ("SAT,,,soon,80,,2,network,a", "date_invalid", "effective_month"),
        ("SAT,,,,80,,2,network,a", "required_empty", "effective_month"),
        ("SAT,,,2026-12,,90,2,network,a", "target_bound_missing", "low"),
        ("DROP,,,2026-12,5,,2,network,a", "target_bound_missing", "high"),
        ("OCC,,,2026-12,60,,2,network,a", "target_bound_missing", "high"),
        ("OCC,,,2026-12,80,60,2,network,a", "target_bounds_crossed", "low"),
        ("SAT,,,2026-12,180,,2,network,a", "target_outside_unit", "low"),
        ("CMP,,,2026-12,,5%,,network,a", "target_outside_unit", "high"),
        ("SAT,,,2026-12,0.8,,2,network,a", "target_looks_like_share", "low"),
        ("SAT,,,2026-12,high,,2,network,a", "not_a_number", "low"),
        ("SAT,,,2026-12,80,,-2,network,a", "target_tolerance_negative", "tolerance"),
        ("SAT,,,2026-12,80,,2,sales,a", "code_unknown", "agreed_by"),
        ("SAT,,,2026-12,80,,2,,a", "required_empty", "agreed_by"),
        ("SAT,,,2026-12,80,,2,network,", "required_empty", "reason"),
    ],
)
def test_what_cannot_be_a_target_is_refused_with_its_row_and_column(
    row: str, code: str, column: str, tmp_path: Path
) -> None:
    reading = read(tmp_path, "SAT,,S002,2026-12,81,,2,network,good", row)
    found = [problem for problem in reading.problems if problem.level is Level.ROW]
    assert [(problem.code, problem.row, problem.column) for problem in found] == [(code, 3, column)]
    assert {name for name, _ in found[0].values} <= set(CODES[code])
    assert kept(reading) == [("SAT", "store", "S002", NEXT, 0.81, None, 0.02)]


def test_a_near_miss_is_named(tmp_path: Path) -> None:
    reading = read(tmp_path, "Satisfactoin,,,2026-12,80,,2,network,a", "SAT,,S0O1,2026-12,80,,2,network,a")
    assert [problem.value("similar") for problem in reading.problems] == ["satisfaction", "S001"]


def test_two_targets_of_one_indicator_scope_and_month(tmp_path: Path) -> None:
    same = read(tmp_path, *["SAT,,,2026-12,80,,2,network,a"] * 2)
    assert [problem.code for problem in same.problems] == ["duplicate_same"] and same.rows.num_rows == 1
    other = read(tmp_path, "SAT,,,2026-12,80,,2,network,a", "满意度,company,,2026-12,81,,2,network,a")
    assert [(problem.code, problem.rows) for problem in other.problems] == [("duplicate_conflict", (2, 3))]


def test_a_bound_that_is_not_judged_is_left_out_and_a_small_share_is_asked(tmp_path: Path) -> None:
    reading = read(tmp_path, "SAT,,,2026-12,80,95,2,network,a", "DROP,,,2026-12,,0.5,0.1,network,a")
    assert [(problem.code, problem.level, problem.row) for problem in reading.problems] == [
        ("target_looks_like_share", Level.WARNING, 3),
        ("target_bound_unused", Level.WARNING, 2),
    ]
    assert [row[4:6] for row in kept(reading)] == [(0.8, None), (None, 0.005)]


def test_published_months_and_signed_targets_are_closed(tmp_path: Path) -> None:
    register = replace(
        REGISTER,
        targets_from=date(2027, 1, 1),
        sealed=NEXT,
        signed=frozenset({target_key("SAT", "company", "", date(2027, 2, 1))}),
    )
    rows = [f"SAT,,,{month},80,,2,network,a" for month in ("2026-12", "2027-01", "2027-02")]
    reading = read(tmp_path, *rows, register=register)
    assert [(problem.code, problem.row) for problem in reading.problems] == [
        ("target_month_sealed", 2),
        ("target_signed", 4),
    ]


def test_the_recipes_own_first_month_wins_so_that_a_rebuild_refuses_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "raw"
    path.write_text(f"{HEADER}\nSAT,,,2016-04,80,,2,network,a\nSAT,,,2016-03,80,,2,network,a\n")
    recipe = proposal.propose(opening.look(path, "t.csv", Limits()), REGISTER)
    then = recipe.with_constant("targets_from", "2016-04-01")
    reading = reader.read(path, "t.csv", then, REGISTER, Limits())
    assert reading.months == (date(2016, 4, 1),) and reading.rejected.num_rows == 1


def test_the_register_survives_the_process_border() -> None:
    full = replace(REGISTER, sealed=NEXT, signed=frozenset({"a", "b"}))
    assert Register.from_json(full.to_json()) == full
