"""Compare and drivers: who is ahead beyond chance, districts with their weights, what goes with satisfaction."""

import re
import shutil
from pathlib import Path

import pytest

from sqm.database import marts
from sqm.database.connection import Database
from sqm.ui.satisfaction.compare import data_compare
from sqm.ui.satisfaction.drivers import data_drivers
from tests.pages import operator
from tests.pages.conftest import Open, shown
from tests.pages.reading import finding, headings, number, plain, rows


def test_the_page_opens_on_the_trend_and_works_out_nothing_else(open_page: Open) -> None:
    data_compare._items.cache_clear()
    data_drivers._drivers.cache_clear()
    app = open_page("satisfaction")
    assert app.get("button_group")[0].options
    assert not app.exception and "The numbers" in shown(app)
    assert data_compare._items.cache_info().misses == 0
    assert data_drivers._drivers.cache_info().misses == 0


@pytest.mark.parametrize("view", ["compare", "drivers"])
@pytest.mark.parametrize("survey", ["cati", "store_evaluation", "web", operator.RIVALS_ONLY])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_survey_has_every_view(open_page: Open, view: str, survey: str, lang: str) -> None:
    app = open_page("satisfaction", lang, view=view, survey=survey)
    assert not app.exception and not app.error
    assert headings(shown(app)) or "sqm-empty" in shown(app)


def test_questions_stand_beside_the_best_rival_wave_by_wave(open_page: Open) -> None:
    page = shown(open_page("satisfaction", view="compare"))
    table = rows(page, css="sqm-waves")
    head, first = table[0], table[1]
    assert head[0] == "Question" and head.count("Difference") == 3
    assert first[0] == "Overall satisfaction"
    other, own, gap = (number(text) for text in first[-5:-2])
    assert gap == pytest.approx(own - other, abs=0.11)
    assert re.search(r"of 3$", first[-2])
    assert "within chance" in page and "Rival A" in page


def test_against_one_rival(open_page: Open) -> None:
    page = shown(open_page("satisfaction", view="compare", against="rival_b"))
    assert "Rival B" in finding(page)
    assert "Rival A" not in plain(page.split("sqm-waves")[1].split("</table>")[0])


def test_weighted_mean_of_districts_is_that_of_their_weights(open_page: Open) -> None:
    page = shown(open_page("satisfaction", view="compare", item="network.overall"))
    table = rows(page, css="sqm-list sqm-heat")
    total, cells = table[-1], [row[-2] for row in table[:-1] if row[-2] != "–"]
    assert total[0] == "Weighted mean" and len(cells) == 3
    pairs = [(number(cell), number(cell.split("weight")[1])) for cell in cells]
    assert sum(weight for _value, weight in pairs) == pytest.approx(100.0, abs=0.2)
    assert sum(value * weight / 100 for value, weight in pairs) == pytest.approx(number(total[-2]), abs=0.2)


def test_a_silent_district_is_missing_not_zero(open_page: Open) -> None:
    """D3 answers the telephone survey; its store survey ends a month early."""
    page = shown(open_page("satisfaction", view="compare", survey="store_evaluation", item="stores.overall"))
    assert "North <i>" not in page and "North &lt;i&gt;" in page


def test_means_have_no_per_cent(open_page: Open) -> None:
    page = shown(open_page("satisfaction", view="compare", measure="mean"))
    assert "mean on 0 to 100" in page and " pp" not in plain(page.split("sqm-waves")[1].split("</table>")[0])


def test_drivers_say_associated_with_n_and_how_much_they_explain(open_page: Open) -> None:
    page = shown(open_page("satisfaction", view="drivers"))
    assert "associated with Overall satisfaction" in finding(page)
    assert "R²" in page and "Associated, not caused" in page
    assert "raise" not in plain(page).lower()
    assert len(rows(page, css="sqm-list")) == 9
    assert "One method only" in page


def test_a_survey_without_questions_under_an_overall_one_says_so(open_page: Open) -> None:
    page = shown(open_page("satisfaction", view="drivers", survey=operator.RIVALS_ONLY))
    assert "no overall question with further questions" in page


def test_uploaded_figures_stand_beside_ours(open_page: Open, operator_file: Path, tmp_path: Path) -> None:
    """Figures without n: a difference, and no claim; fewer than 5 people: not shown."""
    path = Path(shutil.copyfile(operator_file, tmp_path / "beside.duckdb"))
    db = Database.open(str(path))
    with db.write() as cursor:
        for level, scope, value, n in (("company", "", 68.29, None), ("operator", "province", 69.52, None),
                                       ("operator", "rival_a", 11.0, 4)):  # fmt: skip
            cursor.execute(
                "insert into mart_indicator_month (indicator_code, month, level, scope_code, district_code, numerator,"
                " denominator, n, parts) values ('营业厅(KPI)', $month, $level, $scope, '', $value, 1, $n, 1)",
                {"month": operator.LAST, "level": level, "scope": scope, "value": value, "n": n},
            )
    db.close()
    page = shown(open_page("satisfaction", database=path, view="compare"))
    table = rows(page, after="Published figures")
    assert table[1][:5] == ["营业厅(KPI)", "Province", "69.52", "68.29", "−1.23"]
    assert table[2][1:] == ["Rival A", "–", "68.29", "–"]


def test_nobody_is_asked_all_processes_and_the_page_says_so(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("satisfaction", database=demo_file, view="drivers"))
    assert "in rotation and nobody all of them" in page and "at least n = " in page
    table = rows(page, css="sqm-list")
    assert len(table) == 9 and all(row[1] for row in table)


def test_questions_of_one_process_in_the_demo(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("satisfaction", database=demo_file, view="drivers", of="network.overall"))
    assert finding(page).startswith("Mobile data speed is most strongly associated with Network quality overall")
    assert "Only people who answered all of these questions count." in page
    assert page.count("Two things decide how the network is judged") == 1


def test_features_of_a_promotion(open_page: Open, demo_file: Path) -> None:
    page = shown(open_page("satisfaction", database=demo_file, view="drivers", survey="promotion_features"))
    assert "Delights: A gift one may choose" in finding(page) and "Must be: Clear rules in the message" in finding(page)
    assert {row[0]: row[1] for row in rows(page)}["Prize draw"] == "indifferent"
    trend = open_page("satisfaction", database=demo_file, survey="promotion_features")
    assert trend.selectbox(key="filter_item_en").options == ["Promotions overall"]


def test_few_answers_are_grey_and_not_judged_fewer_are_hidden(
    open_page: Open, operator_file: Path, tmp_path: Path
) -> None:
    """Of the last month 20 answers of D1, 4 of D2 and all of D3 are kept; 10 of rival A."""
    path = Path(shutil.copyfile(operator_file, tmp_path / "few.duckdb"))
    db = Database.open(str(path))
    with db.write() as cursor:
        for column, code, kept in (("district_code", "D1", 20), ("district_code", "D2", 4),
                                   ("operator_code", "rival_a", 10)):  # fmt: skip
            cursor.execute(
                f"delete from responses where survey_code = 'cati' and month = $month and {column} = $code and "  # noqa: S608
                f"source_row not in (select source_row from responses where survey_code = 'cati' and month = $month "
                f"and {column} = $code order by source_row limit {kept})",
                {"month": operator.LAST, "code": code},
            )
        marts.rebuild(cursor)
    db.close()
    page = shown(open_page("satisfaction", database=path, view="compare"))
    first = rows(page, css="sqm-waves")[1]
    assert "Rival B" in first[-5] and first[-2].endswith("of 2")
    now = {row[0]: row for row in rows(page, after="fewer than 5 are not shown")}
    assert now["East district"][5] == "too few answers to judge"
    assert now["West district"][1:3] == ["–", "4"]
    assert 'class="sqm-thin"' in page
    heat = {row[0]: row[-1] for row in rows(page, css="sqm-list sqm-heat")}
    assert heat["West district"].startswith("–") and "↑" not in heat["East district"]


def test_the_province_is_a_benchmark_and_no_rival(open_page: Open, operator_file: Path, tmp_path: Path) -> None:
    """Rival A, the best one, becomes the province: it is what we are held against first, but nobody's best rival."""
    path = Path(shutil.copyfile(operator_file, tmp_path / "province.duckdb"))
    db = Database.open(str(path))
    with db.write() as cursor:
        cursor.execute("update responses set operator_code = 'province' where operator_code = 'rival_a'")
        marts.rebuild(cursor)
    db.close()
    page = shown(open_page("satisfaction", database=path, view="compare"))
    assert "Province" in finding(page) and rows(page, css="sqm-waves")[1][-2].endswith("of 2")
    best = shown(open_page("satisfaction", database=path, view="compare", against="best"))
    assert "the best rival" in finding(best) and "Rival B" in rows(best, css="sqm-waves")[1][-5]
    trend = shown(open_page("satisfaction", database=path))
    assert "lead" in trend and "Rival B" in plain(trend.split("The numbers")[1])
    assert "province" not in plain(trend.split("The numbers")[1])
