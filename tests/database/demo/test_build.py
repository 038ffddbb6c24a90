"""The demo as a whole: complete, repeatable, quick, and never half."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sqm.database import demo as demo_operator
from sqm.database import marts
from sqm.database.connection import Database
from sqm.database.hashes import table_hashes
from sqm.database.indicators import months
from sqm.rules.surveys import trends
from sqm.rules.targets import Status
from tests.database.demo.conftest import TODAYS, Demo


@pytest.mark.parametrize("demo", TODAYS[:1], indirect=True, ids=str)
def test_the_same_day_gives_the_same_rows_and_the_marts_their_rebuild(demo: Demo, tmp_path: Path) -> None:
    again = tmp_path / "again.duckdb"
    demo_operator.build(str(again), lambda share, step: None, demo.today.replace(day=demo.today.day + 1))
    other = Database.open(str(again))
    first = table_hashes(other)
    with other.write() as cursor:
        marts.rebuild(cursor)
    rebuilt = table_hashes(other)
    other.close()
    assert first == table_hashes(demo.db)
    assert rebuilt == first


def test_progress_rises_to_the_end(demo: Demo) -> None:
    shares = [share for share, _ in demo.steps]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_it_has_what_it_promises(demo: Demo) -> None:
    answers = demo.db.frame(
        "select count(distinct month) as months,"
        " count(distinct district_code) filter (district_code <> '') as districts,"
        " count(distinct operator_code) as operators, min(month) as first, max(month) as last,"
        " max(answered_on) as latest, count(*) filter (date_trunc('month', answered_on) <> month) as astray,"
        " sum(len(list_filter(scores, lambda score: score is not null))) as answers from responses"
    ).iloc[0]
    assert (answers["months"], answers["districts"], answers["operators"]) == (36, 13, 3)
    assert answers["answers"] >= 250_000
    assert answers["last"] == pd.Timestamp(demo.last)
    assert answers["first"] == pd.Timestamp(demo.back(35))
    assert answers["latest"] < pd.Timestamp(demo.today)
    assert answers["astray"] == 0
    assert demo.db.frame("select batch_id from batches").empty
    settings = months.settings(demo.db)
    assert settings["demo"] == "true"
    assert date.fromisoformat(settings["demo_last_month"]) == demo.last
    assert settings["operator_en"] and settings["operator_zh"]
    published = months.published(demo.db)
    assert published["month"].max() == pd.Timestamp(demo.back(1))
    assert (published["published_at"].dt.day == 8).all()


def test_every_row_of_a_batch_has_its_own_number_and_every_answer_a_question(demo: Demo) -> None:
    for table in ("responses", "indicator_values", "complaints", "visits", "visit_items"):
        doubled = demo.db.frame(
            f"select batch_id, source_row from {table} group by batch_id, source_row having count(*) > 1"  # noqa: S608
        )
        assert doubled.empty, table
    wrong = demo.db.frame(
        "select distinct r.batch_id from responses as r where len(r.scores) <> "
        "(select count(*) from questions as q where q.batch_id = r.batch_id)"
    )
    assert wrong.empty


def test_codes_are_those_of_the_catalogue(demo: Demo) -> None:
    for column, register in (
        ("store_code", "select store_code from stores"),
        ("district_code", "select district_code from districts"),
        ("operator_code", "select code from labels where kind = 'operator'"),
        ("brand_code", "select code from labels where kind = 'brand'"),
        ("channel_code", "select code from labels where kind = 'channel'"),
        ("survey_code", "select survey_code from surveys"),
        ("method_code", "select method_code from methods where methods.survey_code = responses.survey_code"),
    ):
        unknown = demo.db.frame(
            f"select distinct {column} from responses where {column} <> '' and {column} not in ({register})"  # noqa: S608
        )
        assert unknown.empty, column


def test_telephone_sample_is_weighted_back_to_the_customers(demo: Demo) -> None:
    rows = demo.db.frame(
        "select month, district_code, count(*) as people, sum(weight) as weight from responses "
        "where survey_code = 'cati' and operator_code = 'own' group by month, district_code"
    )
    monthly = rows.groupby("month")[["people", "weight"]].sum()
    assert (monthly["people"] == 3_280).all()
    assert (monthly["weight"] / 3_280 - 1).abs().max() < 0.03
    one = rows[rows["month"] == rows["month"].max()]
    people, weight = one["people"] / 3_280, one["weight"] / one["weight"].sum()
    assert (weight.max() / weight.min()) > 1.3 * (people.max() / people.min())


def test_scores_look_like_peoples_answers(demo: Demo) -> None:
    scores = demo.db.frame(
        "select score::int as score, count(*) as answers from (select unnest(scores) as score from responses "
        "where survey_code = 'store_evaluation') where score is not null group by score order by score"
    ).set_index("score")["answers"]
    assert list(scores.index) == list(range(1, 11))
    assert scores[8] > scores[9] < scores[10]
    assert scores[1] > scores[2]
    assert scores.loc[8:].sum() > 0.7 * scores.sum()


def test_complaint_indicators_agree_with_the_register(demo: Demo) -> None:
    counted = demo.db.frame(
        "select m.month, m.district_code, m.indicator_code, m.numerator, count(c.complaint_id) as complaints,"
        " count(c.complaint_id) filter (c.escalated) as escalated,"
        " count(c.complaint_id) filter (c.hours_to_close <= 48) as in_time, any_value(m.denominator) as denominator"
        " from mart_indicator_month as m"
        " left join complaints as c on c.month = m.month and c.district_code = m.district_code"
        " and c.process_code = 'network'"
        " where m.level = 'district' and m.indicator_code in ('NET-C01', 'NET-C06', 'NET-C05')"
        " group by m.month, m.district_code, m.indicator_code, m.numerator"
    ).set_index("indicator_code")
    assert len(counted) > 36 * 13 * 2
    assert (counted.loc["NET-C01", "numerator"] == counted.loc["NET-C01", "complaints"]).all()
    assert (counted.loc["NET-C06", "numerator"] == counted.loc["NET-C06", "escalated"]).all()
    assert (counted.loc["NET-C05", "numerator"] == counted.loc["NET-C05", "in_time"]).all()
    assert (counted.loc["NET-C05", "denominator"] == counted.loc["NET-C05", "complaints"]).all()


def test_audits_see_all_themes_and_their_indicators_are_counted_from_them(demo: Demo) -> None:
    in_stores = "from visits where source = 'third_party'"
    themes = demo.db.frame(f"select month, count(distinct theme) as themes {in_stores} group by month")
    assert (themes["themes"] == 2).all()
    assert demo.db.frame(f"select count(distinct theme) as themes {in_stores}").loc[0, "themes"] == 6
    perceived = demo.db.frame(
        "select v.month, sum(i.points) as points, count(*) as visits from visit_items as i "
        "join visits as v on v.visit_id = i.visit_id "
        "where i.item_code = 'perception.overall' and v.source = 'third_party' group by v.month"
    ).set_index("month")
    mart = demo.indicator("STO-P08")
    assert (mart["value"] - perceived["points"] / perceived["visits"]).abs().max() < 1e-9


def test_most_targets_are_met_and_some_are_not(demo: Demo) -> None:
    judged = demo.judged()
    counts = judged.groupby(["month", "status"]).size().unstack(fill_value=0).tail(12)
    assert (counts.sum(axis=1) == 151).all()
    assert counts[Status.MET].between(95, 120).all()
    assert counts[Status.NEAR].between(5, 26).all()
    assert counts[Status.MISSED].between(8, 26).all()
    assert (counts[Status.NO_DATA] >= 2).all()
    assert (counts[Status.NO_TARGET] == 6).all()


def test_an_unfinished_build_leaves_the_old_file_and_the_next_one_works(tmp_path: Path) -> None:
    path = tmp_path / "demo.duckdb"
    path.write_bytes(b"what stood here")

    def die(share: float, step: str) -> None:
        if step == "complaints":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo_operator.build(str(path), die, TODAYS[0])
    assert path.read_bytes() == b"what stood here"
    (tmp_path / "demo.duckdb.building").write_bytes(b"half a file")
    demo_operator.build(str(path), lambda share, step: None, TODAYS[0])
    assert [file.name for file in tmp_path.iterdir()] == ["demo.duckdb"]


@pytest.mark.parametrize(("level", "code"), [("company", ""), ("district", "D01"), ("district", "D13")])
def test_store_indicators_know_the_same_interval_as_their_survey_question(demo: Demo, level: str, code: str) -> None:
    judged = demo.judged(level, code)
    known = demo.db.frame("select indicator_code, item_code from indicators where survey_code = 'store_evaluation'")
    assert len(known) == 5
    for indicator, item in zip(known["indicator_code"], known["item_code"], strict=True):
        sums = demo.store_sums(item)
        here = sums[sums["district_code"] == code] if code else sums
        asked = trends.points(here, cluster="store_code").set_index("month")
        mine = judged[judged["indicator_code"] == indicator].set_index("month").loc[asked.index]
        assert len(mine) == 36
        for ours, theirs in (("value", "share"), ("n", "n"), ("n_eff", "n_eff"), ("low", "low"), ("high", "high")):
            np.testing.assert_allclose(mine[ours].astype(float), asked[theirs].astype(float), rtol=1e-9)
        assert mine["n_eff"].sum() < 0.9 * mine["n"].sum()
