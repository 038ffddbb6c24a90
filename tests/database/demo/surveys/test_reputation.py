"""The reputation survey of the demo: its own scales, zero among the answers, and the rival that rises in it too."""

from sqm.database.demo.surveys.reputation import OWN_SAMPLE, RIVAL_SAMPLE, START, SURVEY
from tests.database.demo.conftest import Demo


def test_each_question_keeps_its_own_scale(demo: Demo) -> None:
    scales = demo.db.frame(
        "select item_code, scale_min::int as low, scale_max::int as high from questions "
        "where batch_id = 'demo-reputation'"
    ).set_index("item_code")
    assert scales.loc["overall.recommend"].tolist() == [0, 10]
    assert scales.loc["overall.made_easy"].tolist() == [1, 7]
    given = demo.db.frame(
        "select q.item_code, min(r.scores[q.position])::int as low, max(r.scores[q.position])::int as high "
        "from responses as r join questions as q on q.batch_id = r.batch_id where r.survey_code = 'reputation' "
        "group by q.item_code"
    ).set_index("item_code")
    assert (given.sort_index() == scales.sort_index()).all(axis=None)


def test_every_month_asks_all_operators(demo: Demo) -> None:
    asked = demo.db.frame(
        "select month, operator_code, count(*) as people from responses where survey_code = $survey "
        "group by month, operator_code",
        {"survey": SURVEY},
    )
    sizes = asked.groupby("operator_code")["people"]
    assert sizes.nunique().eq(1).all() and sizes.count().eq(36 - START).all()
    assert sizes.first().to_dict() == {"own": OWN_SAMPLE, "rival_a": RIVAL_SAMPLE, "rival_b": RIVAL_SAMPLE}


def test_the_rival_that_rises_is_recommended_more(demo: Demo) -> None:
    rows = demo.db.frame(
        "select month, operator_code, avg((s >= 9)::int) - avg((s <= 6)::int) as nps from (select month, "
        "operator_code, scores[4] as s from responses where survey_code = 'reputation') where s is not null "
        "group by month, operator_code"
    ).pivot(index="month", columns="operator_code", values="nps")
    first, last = rows.head(6).mean(), rows.tail(3).mean()
    assert last["rival_a"] - first["rival_a"] > 0.05
    assert abs(last["own"] - first["own"]) < 0.05
