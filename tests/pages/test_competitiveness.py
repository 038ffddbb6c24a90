"""Competitiveness: the own-or-rival split by hand, the index and its weights, indices of questions, promotions."""

import math
import re
from datetime import date
from pathlib import Path

import pytest

from sqm.database.connection import Database
from sqm.errors import SqmError
from sqm.rules.access import Role, scope_of
from sqm.rules.periods import add_months, month_of
from sqm.rules.rivals.index_weights import Part, weigh
from sqm.ui.competitiveness.index import data_index, weights_list
from sqm.ui.decisions import data_decisions
from sqm.ui.doors import data_names
from sqm.ui.signing.sign_in import Viewer
from tests.pages import compared, operator
from tests.pages.clicking import click, labels
from tests.pages.conftest import Open, shown
from tests.pages.reading import finding, headings, number, plain, rows

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
Z = 1.959963984540054
QUALITY = Viewer("quality", Role.QUALITY, scope_of(Role.QUALITY))
WEIGHTS = {Part.PROCESSES: 60.0, Part.BENCHMARK: 40.0, Part.WORD_OF_MOUTH: 0.0}


def wilson(p: float, n: int) -> tuple[float, float]:
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return centre - half, centre + half


def newcombe(p1: float, p2: float, n: int) -> tuple[float, float]:
    """Limits of p1 - p2, methods.md 1.3."""
    (low1, high1), (low2, high2) = wilson(p1, n), wilson(p2, n)
    down, up = math.hypot(p1 - low1, high2 - p2), math.hypot(high1 - p1, p2 - low2)
    return p1 - p2 - down, p1 - p2 + up


def test_we_moved_a_little_and_the_rival_a_lot(open_page: Open, tmp_path: Path) -> None:
    """Own 80.0 -> 79.7 %, Farbridge 74.0 -> 77.8 %, Silveroar 60 %, 4,000 people each: the lead fell by 4.1 pp."""
    told = {
        MARCH: {"own": (3200, 4000), "rival_a": (2960, 4000), "rival_b": (2400, 4000)},
        APRIL: {"own": (3188, 4000), "rival_a": (3112, 4000), "rival_b": (2400, 4000)},
    }
    page = shown(open_page("competitiveness", database=compared.build(tmp_path / "split.duckdb", told)))
    assert "The lead fell by 4.1 pp: we moved −0.3, Farbridge moved +3.8" in headings(page)
    own, rival = newcombe(0.797, 0.8, 4000), newcombe(0.778, 0.74, 4000)
    down = math.hypot(-0.003 - own[0], rival[1] - 0.038)
    up = math.hypot(own[1] + 0.003, 0.038 - rival[0])
    values = [plain(each) for each in re.findall(r'"sqm-part-value">(.*?)</span>', page)]
    assert values[:3] == [
        f"−0.3 ± {(own[1] - own[0]) * 50:.1f}",
        f"−3.8 ± {(rival[1] - rival[0]) * 50:.1f}",
        f"−4.1 ± {(up + down) * 50:.1f}",
    ]
    lead = newcombe(0.797, 0.778, 4000)
    assert finding(page) == (
        f"Overall satisfaction: lead +1.9 ± {(lead[1] - lead[0]) * 50:.1f} pp, ahead of Farbridge; rank 1 of 3"
    )
    newest, oldest = rows(page, "we were ahead beyond chance in 2, behind in 0")
    assert (newest[0], number(newest[1]), number(newest[2]), number(oldest[2])) == ("Apr 2026", 79.7, 77.8, 74.0)
    zh = shown(open_page("competitiveness", "zh", database=tmp_path / "split.duckdb"))
    assert "领先度下降4.1个百分点：本公司变动−0.3，远桥变动+3.8" in headings(zh)


def test_the_best_rival_changed_hands(open_page: Open, tmp_path: Path) -> None:
    """Own stays at 80; Silveroar stays at 78, Farbridge comes from 70 to 79. Lead 2 -> 1: Farbridge took 9 points, of
    which 8 are back because Silveroar is the best no more."""
    told = {
        MARCH: {"own": (3200, 4000), "rival_a": (2800, 4000), "rival_b": (3120, 4000)},
        APRIL: {"own": (3200, 4000), "rival_a": (3160, 4000), "rival_b": (3120, 4000)},
    }
    page = shown(open_page("competitiveness", database=compared.build(tmp_path / "hands.duckdb", told)))
    assert (
        "The lead moved by −1.0 pp, within chance: we moved 0.0, Farbridge moved +9.0; Farbridge took over from "
        "Silveroar as the best rival (+8.0)"
    ) in headings(page)
    values = [number(each) for each in re.findall(r'"sqm-part-value">(.*?)</span>', page)[:4]]
    assert values == [0.0, -9.0, 8.0, -1.0]
    ours, best = newcombe(0.8, 0.8, 4000), newcombe(0.79, 0.78, 4000)
    half = (math.hypot(ours[0], best[1] - 0.01) + math.hypot(ours[1], 0.01 - best[0])) * 50
    assert f"−1.0 ± {half:.1f}" in plain(page)
    assert "does not hold the doubt about which rival was the best" in page
    assert "rank 1 of 3, plausibly 1 to 2" in finding(page)


def test_the_province_is_held_against_us_but_is_no_rival(open_page: Open, tmp_path: Path) -> None:
    """Own 80 %, province 85 %, Farbridge 70 %: 10 ahead of the best rival, 5 behind the province; rank 1 of 2."""
    told = {APRIL: {"own": (3200, 4000), "rival_a": (2800, 4000), "province": (3400, 4000)}}
    page = shown(open_page("competitiveness", database=compared.build(tmp_path / "province.duckdb", told)))
    assert "ahead of Farbridge; rank 1 of 2" in finding(page)
    (row,) = rows(page, "we were ahead beyond chance in 1, behind in 0")
    assert [number(each) for each in row[3:5]] == [10.0, -5.0]
    assert "Our customers are part of the province" in page


def test_months_of_two_methods_are_not_split(open_page: Open) -> None:
    page = shown(open_page("competitiveness", month="2026-10", since="2025-12"))
    assert "Who moved the lead cannot be told" in headings(page)
    assert "The method of the survey changed between the two months, so they are not compared." in page
    page = shown(open_page("competitiveness", month="2025-09"))
    assert "There is no earlier month." in page


def test_what_nobody_asked_is_said_and_not_imputed(open_page: Open) -> None:
    page = shown(open_page("competitiveness"))
    assert "not asked, or too few" in page
    assert page.count("not computable: no representative survey asked it") == 3
    assert "without word of mouth against the benchmark" in plain(page)
    month = data_index.months("cati", operator.LAST)[-1]
    assert month.own is not None and month.own.coverage == pytest.approx(0.7)
    assert "default weights" in page


def test_the_index_comes_apart_and_ranks_are_doubted(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("competitiveness", database=demo_file))
    title = next(each for each in headings(page) if each.startswith("Competitiveness index"))
    now = data_index.months("cati", data_names.all_months().last)[-1]
    assert now.own is not None and number(title) == pytest.approx(now.own.arithmetic or 0, abs=0.05)
    parts = {each.code: each.weight for each in now.version.definition.components}
    made = sum(parts[code] * (score or 0) for code, score in now.own.scores.items()) / 100
    assert made == pytest.approx(now.own.arithmetic)
    before = next(each for each in data_index.months("cati", now.month) if each.month == add_months(now.month, -12))
    moved = data_index.change(before, now)
    assert moved is not None and moved.points is not None
    assert sum(moved.points.values()) == pytest.approx(moved.total)
    assert "of draws" in page and "Since Oct 2025 the index moved by" in page


def test_a_later_weight_never_changes_an_earlier_month(open_page: Open, own_file: Path) -> None:
    open_page("competitiveness", database=own_file)
    before = data_index.months("cati", operator.LAST)
    assert before[-1].own is not None and before[-1].own.arithmetic is not None
    today = month_of(date.today())
    data_decisions.decide(QUALITY, weigh(WEIGHTS, today, "agreed"))
    after = data_index.months("cati", operator.LAST)
    assert [each.made for each in after] == [each.made for each in before]
    again = data_index.versions()
    assert [each.definition.is_default for each in again] == [True, False]


def test_months_from_the_effective_one_on_use_the_new_weights(open_page: Open, tmp_path: Path) -> None:
    """Two months of one survey, the second is this month: the first keeps 40/30/30, the second has what was decided."""
    this, last = month_of(date.today()), add_months(month_of(date.today()), -1)
    shares = {"own": (820, 1000), "rival_a": (780, 1000)}
    path = compared.build(tmp_path / "weights.duckdb", {last: shares, this: shares})
    open_page("competitiveness", database=path)
    data_decisions.decide(QUALITY, weigh(WEIGHTS, this, "agreed"))
    first, second = data_index.months("cati", this)
    assert first.version.definition.is_default
    assert second.version.definition.weights == {each.value: WEIGHTS[each] for each in Part}


def test_the_form_records_and_undoes(open_page: Open, own_file: Path) -> None:
    app = open_page("competitiveness", database=own_file, role="quality", weigh="new")
    assert not app.exception
    app.number_input(key="weights_processes").set_value(50.0)
    app.number_input(key="weights_word_of_mouth").set_value(20.0).run()
    assert re.search(r"By these weights Oct 2026 would read: .* instead of .*, rank 1", plain(shown(app)))
    assert "for a reason" in shown(click(app, "Record the weights"))
    app.text_input(key="weights_reason").input("word of mouth <b>asked</b> of few").run()
    page = shown(click(app, "Record the weights"))
    assert "Recorded." in page and "The weights were decided 1 time" in headings(page)
    newest, default = rows(page, "The weights were decided")
    assert newest[1:4] == ["50", "30", "20"] and "quality department" in newest[4]
    assert "&lt;b&gt;asked" in page and "<b>asked" not in page
    assert default[0] == "from the beginning" and "nobody has decided" in default[4]
    (version,) = weights_list.retractable(date.today())
    app = open_page("competitiveness", database=own_file, role="quality", back=version)
    page = shown(click(app, "Take it back"))
    assert "Taken back." in page and "The weights are a default: nobody has decided them" in headings(page)
    assert [each.kind.value for each in data_decisions.log()] == ["index_weighed", "withdrawn"]


def test_weights_that_do_not_add_up_are_not_recorded(open_page: Open, own_file: Path) -> None:
    app = open_page("competitiveness", database=own_file, role="quality", weigh="new")
    app.number_input(key="weights_processes").set_value(50.0)
    app.text_input(key="weights_reason").input("more").run()
    assert "The weights add up to 110, not to 100." in shown(app)
    assert "must add up to 100" in shown(click(app, "Record the weights"))
    assert not data_decisions.log()


def test_a_month_that_is_over_keeps_its_weights(open_page: Open, own_file: Path) -> None:
    open_page("competitiveness", database=own_file)
    with pytest.raises(SqmError) as refused:
        data_decisions.decide(QUALITY, weigh(WEIGHTS, add_months(month_of(date.today()), -1), "too late"))
    assert refused.value.code == "index_month_over"
    assert not data_decisions.log()


@pytest.mark.parametrize(
    ("role", "weighs"), [("quality", True), ("analyst", False), ("executive", False), ("hr", False)]
)
def test_who_decides_the_weights(open_page: Open, role: str, weighs: bool) -> None:
    app = open_page("competitiveness", role=role, weigh="new")
    assert not app.exception and ("Record the weights" in labels(app)) == weighs
    assert ("weigh=new" in shown(app)) == weighs


def test_indices_stand_beside_the_rivals(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("competitiveness", database=demo_file))
    table = {row[0].split(" (")[0].split(" promoters")[0]: row for row in rows(page, "each from one survey")}
    scores = table["Net promoter score"]
    assert all(re.match(r"[+−]\d+\.\d ± \d\.\d n = \d+", each) for each in scores[1:4])
    assert number(scores[4]) == pytest.approx(number(scores[1]) - max(number(scores[2]), number(scores[3])), abs=0.11)
    assert 50 < number(table["Satisfaction index"][1]) < 100
    assert "Reputation survey" in table["Satisfaction index"][0]
    assert "mean 8" in table["Top two boxes"][1]
    assert "not computable" not in page


def test_an_imported_index_is_shown_as_imported(open_page: Open, own_file: Path) -> None:
    db = Database.open(str(own_file))
    with db.write() as cursor:
        for operator_code, value in (("", 78.1), ("rival_a", 76.4)):
            level = "operator" if operator_code else "company"
            cursor.execute(
                "insert into mart_indicator_month (indicator_code, month, level, scope_code, district_code, numerator, "
                "denominator, parts) values ('TCSI-MOBILE', $month, $level, $code, '', $value, 1, 1)",
                {"month": operator.LAST, "level": level, "code": operator_code, "value": value},
            )
    db.close()
    page = shown(open_page("competitiveness", database=own_file))
    row = next(each for each in rows(page, "each from one survey") if each[0].startswith("TCSI"))
    assert row[0].startswith("TCSI-MOBILE imported, Oct 2026") and row[1] == "78.1 imported"
    assert row[2] == "76.4 imported" and row[4] == "–"


def test_promotions_are_tagged_by_what_they_gave(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("competitiveness", database=demo_file))
    table = rows(page, "numbers name the campaigns below")
    assert [row[0][0] for row in table] == ["5", "4", "3", "2", "1"]
    assert table[3][0] == "2 · Top up 100, get 50 free" and table[3][1] == "Jan 2026"
    assert all(row[5] for row in table)
    title = next(each for each in headings(page) if "campaign month" in each)
    owing = sum("expectation debt" in row[5] for row in table)
    assert title.startswith(f"After {owing} of 5" if owing else "5 campaign months")
    young = shown(open_page("competitiveness"))
    assert "No campaign of these months is in the register of events." in young


@pytest.mark.parametrize("query", [{"item": "<script>", "since": "soon"}, {"weigh": "x", "back": "d1"}])
def test_unknown_choices_are_dropped(open_page: Open, query: dict[str, str]) -> None:
    app = open_page("competitiveness", role="quality", **query)
    assert not app.exception and not app.error and "<script" not in shown(app)


def test_both_languages_say_the_same(open_page: Open, demo_file: Path) -> None:
    pages = {lang: shown(open_page("competitiveness", lang, database=demo_file)) for lang in ("en", "zh")}
    numbers = [re.findall(r"[+−]\d+\.\d", plain(page)) for page in pages.values()]
    assert len(numbers[0]) > 60 and sorted(numbers[0]) == sorted(numbers[1])
    assert "综合服务竞争力指数" in pages["zh"] and "口碑对标值" in pages["zh"]
