"""The reference catalogue as it stands in data/: complete, bilingual, consistent."""

import csv
import datetime
import re
from collections import Counter
from pathlib import Path

import pytest

from sqm import config
from sqm.rules.surveys.instrument import Facet

CATALOGUE = config.ROOT / "data" / "catalogue"
DEMO = config.ROOT / "data" / "demo"
HAN = re.compile(r"[\u4e00-\u9fff]")
LETTER = {"perception": "P", "complaints": "C", "operations": "O"}
UNITS_OF_KIND = {
    "share": {"%"},
    "mean": {"score", "count", "hour", "day", "sec", "pp"},
    "rate": {"per_10k", "per_million"},
    "count": {"count"},
    "level": {"count"},
    "minutes": {"min"},
}
PER_OF_UNIT = {"per_10k": 10_000, "per_million": 1_000_000}
# What moves the satisfaction of each process, as the sources name it.
DRIVERS = {
    "tariffs": {"sensible design", "simple rules", "how the price is perceived"},
    "promotions": {"easy to understand", "advert equals reality", "easy to take part"},
    "business_support": {
        "fast reactivation after top-up",
        "accurate bills",
        "timely bills",
        "warning before suspension",
    },
    "network": {"indoor coverage", "mobile-data experience"},
    "new_services": {"transparent charging", "fair fees", "quality of the key products"},
    "stores": {"queueing", "self-service takes load off the counter", "proactive staff"},
    "hotline": {"connection rate", "easy IVR", "agents who solve the problem"},
    "e_channels": {"page response time", "success rate of transactions"},
    "group_customers": {"account-manager service", "time to provision key services"},
}

Row = dict[str, str]


def rows(name: str, folder: Path = CATALOGUE) -> list[Row]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(name: str, column: str, folder: Path = CATALOGUE) -> list[str]:
    return [row[column] for row in rows(name, folder)]


INDICATORS = rows("indicators.csv")
BY_CODE = {row["indicator_code"]: row for row in INDICATORS}
each_indicator = pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["indicator_code"])


def test_there_are_151_indicators_under_unique_codes_and_names() -> None:
    assert len(INDICATORS) == 151
    for column in ("indicator_code", "name_en", "name_zh", "definition_en", "definition_zh"):
        repeated = [value for value, times in Counter(row[column] for row in INDICATORS).items() if times > 1]
        assert not repeated, column
    assert [int(row["position"]) for row in INDICATORS] == list(range(1, 152))


def test_every_cell_of_the_matrix_holds_two_to_ten_indicators() -> None:
    held = Counter((row["process_code"], row["dimension_code"]) for row in INDICATORS)
    processes, dimensions = codes("processes.csv", "process_code"), codes("dimensions.csv", "dimension_code")
    assert len(processes) == 9
    assert dimensions == list(LETTER)
    assert set(held) == {(process, dimension) for process in processes for dimension in dimensions}
    assert all(2 <= count <= 10 for count in held.values())


@each_indicator
def test_an_indicator_code_says_its_process_and_dimension(row: Row) -> None:
    match = re.fullmatch(r"([A-Z]{3})-([PCO])(\d{2})", row["indicator_code"])
    assert match
    assert match[2] == LETTER[row["dimension_code"]]
    assert {other["process_code"] for other in INDICATORS if other["indicator_code"].startswith(match[1])} == {
        row["process_code"]
    }


@each_indicator
def test_an_indicator_uses_allowed_values_that_fit_together(row: Row) -> None:
    assert row["unit"] in UNITS_OF_KIND[row["kind"]]
    assert float(row["per"]) == PER_OF_UNIT.get(row["unit"], 1)
    assert row["direction"] in {"higher", "lower", "range"}
    assert row["control_stage"] in {"prevent", "control", "result"}
    assert row["appraised"] in {"true", "false"}
    assert 0 <= int(row["decimals"]) <= 3
    first = datetime.date.fromisoformat(row["valid_from"])
    assert first.day == 1
    assert row["valid_to"] == ""
    has_denominator = row["kind"] not in {"count", "level"}
    for language in ("en", "zh"):
        assert row[f"numerator_{language}"].strip()
        assert bool(row[f"denominator_{language}"].strip()) == has_denominator


@each_indicator
def test_an_indicator_is_worded_in_both_languages(row: Row) -> None:
    for part in ("name", "definition"):
        assert row[f"{part}_en"].strip()
        assert HAN.search(row[f"{part}_zh"])
    assert row["definition_en"].endswith(".")
    assert row["definition_zh"].endswith("。")
    assert row["definition_zh"].count("。") == 1, "one sentence"
    assert ". " not in row["definition_en"], "one sentence"


@pytest.mark.parametrize("path", sorted([*CATALOGUE.glob("*.csv"), *DEMO.glob("*.csv")]), ids=lambda path: path.name)
def test_chinese_columns_are_chinese_and_english_ones_are_not(path: Path) -> None:
    for row in rows(path.name, path.parent):
        for column, value in row.items():
            assert value is not None and value == value.strip(), (row, column)
            if column.endswith("_zh"):
                assert HAN.search(value) or not value, (row, column)
                assert bool(value) == bool(row[column[:-3] + "_en"]), (row, column)
            elif column not in ("outline", "reason"):  # a reason is what somebody wrote
                assert not HAN.search(value), (row, column)


def test_names_are_never_blank() -> None:
    for path in [*CATALOGUE.glob("*.csv"), *DEMO.glob("*.csv")]:
        for row in rows(path.name, path.parent):
            for column in ("name_en", "name_zh", "driver_en", "driver_zh", "note_en", "note_zh"):
                assert row.get(column, "-"), (path.name, row)


def test_operations_are_never_appraised_and_most_of_the_rest_is() -> None:
    appraised = Counter((row["dimension_code"], row["appraised"]) for row in INDICATORS)
    assert appraised["operations", "true"] == 0
    assert appraised["perception", "true"] > 10 * appraised["perception", "false"] > 0
    assert appraised["complaints", "true"] > 10 * appraised["complaints", "false"]


def test_mystery_audits_are_never_appraised() -> None:
    assert {row["appraised"] for row in INDICATORS if row["source_system"] == "mystery_audit"} == {"false"}


def test_every_owner_of_a_process_owns_an_indicator_and_nobody_else_does() -> None:
    owners = {(row["process_code"], row["department_code"]) for row in rows("process_owners.csv")}
    assert owners == {(row["process_code"], row["department_code"]) for row in INDICATORS}
    assert {department for _, department in owners} == set(codes("departments.csv", "department_code"))


def test_a_survey_item_measures_at_most_one_indicator_and_exists() -> None:
    surveys, items = set(codes("surveys.csv", "survey_code")), {row["item_code"]: row for row in rows("items.csv")}
    measured = [row for row in INDICATORS if row["survey_code"] or row["item_code"]]
    pairs = Counter((row["survey_code"], row["item_code"]) for row in measured)
    assert max(pairs.values()) == 1
    for row in measured:
        assert row["survey_code"] in surveys - {"web"}
        assert items[row["item_code"]]["process_code"] == row["process_code"]
        assert items[row["item_code"]]["role"] in {"process", "item"}
        assert (row["dimension_code"], row["kind"], row["unit"]) == ("perception", "share", "%")
    unmeasured = [row for row in INDICATORS if row["dimension_code"] == "perception" and not row["item_code"]]
    assert 0 < len(unmeasured) < 5


def test_items_cover_every_process_and_carry_allowed_roles() -> None:
    items = rows("items.csv")
    assert Counter(row["item_code"] for row in items).most_common(1)[0][1] == 1
    allowed = {"overall", "process", "item", "importance", "recommend", "other", *Facet}
    assert {row["role"] for row in items} <= allowed
    assert [row["item_code"] for row in items if row["role"] == "overall"] == ["overall.overall"]
    for process in codes("processes.csv", "process_code"):
        whole = [row for row in items if row["process_code"] == process and row["item_code"].count(".") == 1]
        roles = Counter(row["role"] for row in whole)
        assert roles["process"] == roles["importance"] == roles["expectation"] == 1
        assert 3 <= roles["item"] <= 6
    for row in items:
        assert row["item_code"].split(".")[0] == (row["process_code"] or "overall")


def test_the_store_survey_template_has_its_five_items() -> None:
    template = {f"stores.{word}" for word in ("overall", "environment", "waiting", "staff", "handling")}
    assert {row["item_code"] for row in INDICATORS if row["survey_code"] == "store_evaluation"} == template


def test_every_survey_starts_with_one_method_and_only_the_web_survey_is_self_selected() -> None:
    surveys = rows("surveys.csv")
    assert {row["survey_code"]: row["representative"] for row in surveys} == {
        "cati": "true",
        "store_evaluation": "true",
        "hotline_instant": "true",
        "web": "false",
        "service_quality": "true",
        "managers": "true",
        "contact_staff": "true",
    }
    assert sorted(codes("methods.csv", "survey_code")) == sorted(row["survey_code"] for row in surveys)


def test_every_driver_is_watched_by_indicators_of_its_own_process() -> None:
    drivers = rows("drivers.csv")
    named: dict[str, set[str]] = {}
    for row in drivers:
        named.setdefault(row["process_code"], set()).add(row["driver_en"])
        assert BY_CODE[row["indicator_code"]]["process_code"] == row["process_code"]
    assert named == DRIVERS
    assert max(Counter((row["process_code"], row["position"]) for row in drivers).values()) == 1
    for process, phrases in DRIVERS.items():
        for phrase in phrases:
            watching = [BY_CODE[row["indicator_code"]] for row in drivers if row["driver_en"] == phrase]
            assert {row["process_code"] for row in watching} == {process}
            assert "perception" in {row["dimension_code"] for row in watching}, "the customer's own view of the driver"


def test_labels_are_unique_and_name_every_source_system() -> None:
    labels = rows("labels.csv")
    assert max(Counter((row["kind"], row["code"]) for row in labels).values()) == 1
    by_kind: dict[str, set[str]] = {}
    for row in labels:
        by_kind.setdefault(row["kind"], set()).add(row["code"])
    assert by_kind["operator"] == {"own"}
    assert by_kind["brand"] == {"gotone", "mzone", "easyown"}
    assert by_kind["channel"] == {"front_desk", "outbound_call", "sms", "cati", "hotline_instant", "web"}
    assert by_kind["source_system"] == {row["source_system"] for row in INDICATORS}


def test_targets_fit_the_direction_and_the_unit() -> None:
    targets = rows("targets.csv")
    assert max(Counter(row["indicator_code"] for row in targets).values()) == 1
    for row in targets:
        indicator = BY_CODE[row["indicator_code"]]
        low, high = (float(row[side]) if row[side] else None for side in ("low", "high"))
        present = {"higher": (True, False), "lower": (False, True), "range": (True, True)}[indicator["direction"]]
        assert (low is not None, high is not None) == present, row
        assert (row["scope_level"], row["scope_code"]) == ("company", "")
        assert row["valid_from"] == indicator["valid_from"]
        assert row["agreed_by"] == indicator["department_code"]
        assert row["reason"]
        bounds = [bound for bound in (low, high) if bound is not None]
        assert bounds == sorted(bounds)
        assert 0 < float(row["tolerance"]) < min(bounds)
        if indicator["kind"] == "share":
            assert all(0 < bound < 1 for bound in bounds), row
            assert float(row["tolerance"]) <= 0.05
    assert len(BY_CODE) - len(targets) == 6
    assert sum(1 for row in INDICATORS if row["direction"] == "range") >= 3


def test_needs_promises_and_audited_topics_name_known_processes_and_indicators() -> None:
    processes = set(codes("processes.csv", "process_code"))
    for file, code in (("needs.csv", "need_code"), ("promises.csv", "promise_code"), ("audit_topics.csv", "topic")):
        found = rows(file)
        assert Counter(row[code] for row in found).most_common(1)[0][1] == 1, file
        assert {row["process_code"] for row in found} <= processes, file
        for row in found:
            assert row["name_en"] and HAN.search(row["name_zh"]), (file, row[code])
            assert not row.get("indicator_code") or row["indicator_code"] in BY_CODE, (file, row[code])
    assert {row["process_code"] for row in rows("promises.csv")} == processes
    for row in rows("promises.csv"):
        assert row["direction"] == BY_CODE[row["indicator_code"]]["direction"], row["promise_code"]
        assert row["unit"] == BY_CODE[row["indicator_code"]]["unit"], row["promise_code"]


def test_every_item_of_a_checklist_is_named_and_every_named_item_stands_on_one() -> None:
    listed, named = {row["item_code"] for row in rows("checklist_items.csv")}, codes("audit_items.csv", "item_code")
    assert Counter(named).most_common(1)[0][1] == 1
    assert listed == set(named)
    topics = {row["topic"] for row in rows("audit_topics.csv")} | {"perception"}
    assert {code.split(".")[0] for code in named} <= topics
    assert {row["brand_code"] for row in rows("audit_items.csv")} == {"", "gotone", "mzone", "easyown"}
    assert all(row["evidence_en"] for row in rows("audit_items.csv"))


def test_the_items_of_a_theme_earn_thirty_points_together() -> None:
    themes = {row["checklist_code"]: row["theme"] for row in rows("checklists.csv")}
    items = rows("checklist_items.csv")
    assert {row["checklist_code"] for row in items} == set(themes)
    for checklist, theme in themes.items():
        own = [row for row in items if row["checklist_code"] == checklist]
        assert [int(row["position"]) for row in own] == list(range(1, len(own) + 1)), checklist
        of_theme = [float(row["points"]) for row in own if row["item_code"].startswith(f"{theme}.")]
        assert sum(of_theme) == 30, checklist
    for row in items:
        assert 0 < float(row["pass_points"]) <= float(row["points"]), row
        assert not row["critical"] == row["minor"] == "true", row


def test_checklists_come_in_versions_of_the_six_themes_and_the_layout_sheet() -> None:
    lists = rows("checklists.csv")
    assert max(Counter(row["checklist_code"] for row in lists).values()) == 1
    assert max(Counter((row["theme"], row["valid_from"]) for row in lists).values()) == 1
    versions = Counter(row["theme"] for row in lists if row["kind"] == "audit")
    assert len(versions) == 6
    assert sorted(versions.values()) == [1, 1, 1, 1, 2, 2]
    assert [row["theme"] for row in lists if row["kind"] == "layout"] == ["layout"]
    sections = {row["section"] for row in rows("checklist_items.csv")}
    assert sections == {row["code"] for row in rows("labels.csv") if row["kind"] == "audit_section"}


def test_the_composite_adds_up_to_a_hundred_with_one_part_that_is_only_shown() -> None:
    weights = {row["part_code"]: row["weight"] for row in rows("score_parts.csv")}
    assert weights == {
        "topic_1": "30",
        "topic_2": "30",
        "perception": "",
        "sms": "20",
        "queueing": "10",
        "handling": "10",
    }


def test_standards_of_the_province_are_numbers_that_fit_together() -> None:
    standards = rows("audit_standards.csv")
    assert max(Counter((row["standard"], row["valid_from"]) for row in standards).values()) == 1
    value = {(row["standard"], row["valid_from"]): float(row["value"]) for row in standards}
    first = min(month for _, month in value)
    assert value["critical_cap", first] < value["pass_mark", first] < 100
    assert 0 < value["sampled_share", first] < 1
    for what in ("waiting", "handling"):
        begins = {month for name, month in value if name.startswith(what)}
        assert all(0 < value[f"{what}_full", month] < value[f"{what}_zero", month] for month in begins)
    assert len({month for name, month in value if name == "waiting_zero"}) > 1, "a standard in two versions"
