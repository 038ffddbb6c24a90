"""Each planted story is found in the data, by the rules and queries that pages use."""

import re
from datetime import date

import pandas as pd
import pytest

from sqm.config import ROOT
from sqm.database.demo import StoryCode, stories
from sqm.database.indicators import indicators
from sqm.database.stores import audits
from sqm.database.surveys import surveys
from sqm.database.surveys.surveys import Slice
from sqm.rules import sampling
from sqm.rules.access import EVERYTHING
from sqm.rules.audits import audit_standards
from sqm.rules.audits.audit_standards import Held
from sqm.rules.drivers import lead_lag
from sqm.rules.drivers.surprises import better_up
from sqm.rules.periods import add_months, last_full_month
from sqm.rules.rivals import lead
from sqm.rules.stores import store_results
from sqm.rules.stores.fair_ranks import Standing
from sqm.rules.stores.store_evidence import Standards, Turn, scored, sms_answers
from sqm.rules.stores.store_results import Compared
from sqm.rules.stores.store_score import Definition, Part
from sqm.rules.surveys import trends
from sqm.rules.targets import Status
from tests.database.demo.conftest import TODAYS, Demo, moved, pooled

MET, NEAR, MISSED = Status.MET.value, Status.NEAR.value, Status.MISSED.value


def at(month: date) -> pd.Timestamp:
    return pd.Timestamp(month)


def test_real_fall(demo: Demo) -> None:
    story = demo.story(StoryCode.REAL_FALL)
    series = demo.points("hotline_instant", story.of("item"))
    fall = series.loc[at(story.first) :, "share"]
    assert len(fall) == 7
    assert fall.iloc[-1] < fall.iloc[3] < series.loc[: at(add_months(story.first, -1)), "share"].min()
    sums = demo.sums("hotline_instant", story.of("item"))
    year_before = (add_months(story.first, -12), add_months(story.first, -7))
    before = (add_months(story.first, -6), add_months(story.first, -1))
    assert abs(moved(sums, year_before, before).difference or 1) < 0.02
    assert moved(sums, before, (demo.back(2), demo.last)).word == trends.Word.DOWN
    assert moved(demo.sums("cati", "hotline.overall"), before, (demo.back(2), demo.last)).word == trends.Word.DOWN
    for code in (story.of("indicator"), "HOT-O02"):
        status = demo.indicator(code)["status"]
        assert (status[at(add_months(story.first, -6)) : at(add_months(story.first, -1))] == MET).all()
        assert (status[at(demo.back(2)) :] == MISSED).all()


def test_hit_and_miss(demo: Demo) -> None:
    rows = demo.indicator(demo.story(StoryCode.HIT_AND_MISS).of("indicator"))
    is_met = rows["status"] == MET
    assert 10 <= is_met.sum() <= 26
    assert is_met.ne(is_met.shift()).iloc[1:].sum() >= 10
    assert abs(rows["value"].iloc[:18].mean() - rows["value"].iloc[18:].mean()) < rows["value"].std()


def test_green_over_red(demo: Demo) -> None:
    story = demo.story(StoryCode.GREEN_OVER_RED)
    judged = demo.judged()
    rows = judged[(judged["process_code"] == story.of("process")) & (judged["month"] >= at(story.first))]
    operations = rows[(rows["dimension_code"] == "operations") & (rows["status"] != Status.NO_TARGET)]
    perception = rows[rows["dimension_code"] == "perception"]
    assert operations["status"].isin([MET, NEAR]).all()
    assert (operations["status"] == MET).mean() > 0.95
    assert (operations.loc[operations["month"] == at(demo.last), "status"] == MET).all()
    assert (perception.loc[perception["month"] == at(demo.last), "status"] == MISSED).mean() >= 5 / 6
    assert (perception["status"] == MISSED).mean() > 0.8


def test_improved_store(demo: Demo) -> None:
    story = demo.story(StoryCode.IMPROVED_STORE)
    sums = demo.store_sums(story.of("item"))
    mine = sums["store_code"] == story.of("store")
    before = (add_months(story.first, -6), add_months(story.first, -1))
    own, others = (moved(sums[chosen], before, (story.first, demo.last)) for chosen in (mine, ~mine))
    assert own.word == trends.Word.UP
    assert own.low is not None and own.low > 0.15
    assert abs(others.difference or 1) < 0.02
    minutes = demo.indicator(story.of("indicator"), "store", story.of("store"))["value"]
    assert minutes[: at(before[1])].min() > minutes[at(story.first) :].max() + 3


def test_late_district(demo: Demo) -> None:
    story = demo.story(StoryCode.LATE_DISTRICT)
    late = demo.judged("district", story.of("district"))
    rows = late[late["dimension_code"] == "operations"]
    audited = rows["indicator_code"].isin(["STO-O07", "PRO-O06"])
    silent = rows[~audited & (rows["month"] == at(demo.last))]
    assert (silent["status"] == Status.NO_DATA).all()
    assert (rows[rows["month"] == at(demo.back(1))]["reason"] == "").sum() > 20
    everyone = indicators.across(demo.db, EVERYTHING, "NET-O04", demo.last, "district")
    assert len(everyone) == 12
    assert story.of("district") not in set(everyone["scope_code"])


def test_rival_moved_not_we(demo: Demo) -> None:
    story = demo.story(StoryCode.RIVAL_MOVED)
    before = (add_months(story.first, -4), add_months(story.first, -1))
    after = (demo.back(3), demo.last)
    sums = {who: demo.sums("cati", story.of("item"), who) for who in ("own", story.of("rival"), "rival_b")}
    movements = {who: moved(rows, before, after) for who, rows in sums.items()}
    assert trends.who_moved(movements["own"], movements[story.of("rival")]) == trends.Mover.RIVAL
    assert trends.who_moved(movements["own"], movements["rival_b"]) == trends.Mover.NEITHER
    rise = movements[story.of("rival")].difference or 0.0
    assert 0.03 < rise < 0.065
    assert abs(movements["own"].difference or 1.0) < 0.01
    leads = []
    for span in (before, after):
        shares = []
        for who in ("own", story.of("rival")):
            row = pooled(sums[who], *span).iloc[0]
            shares.append(lead.Share(float(row["share"]), float(row["n_eff"])))
        leads.append(lead.lead_of_shares(*shares))
    assert leads[0].standing == lead.Standing.AHEAD
    assert leads[1].standing == lead.Standing.BEHIND
    assert -0.04 < (leads[1].difference or 0.0) < -0.015


def test_method_break_is_no_change(demo: Demo) -> None:
    story = demo.story(StoryCode.METHOD_BREAK)
    before = (add_months(story.first, -6), add_months(story.first, -1))
    after = (story.first, add_months(story.first, 5))
    for who, least in (("own", 0.01), ("rival_a", -0.01), ("rival_b", -0.01)):
        sums = demo.sums("cati", story.of("item"), who)
        found = trends.breaks(trends.points(sums))
        assert list(found["month"]) == [at(story.first)]
        assert moved(sums, before, after).word == trends.Word.NOT_COMPARABLE
        joined = sums.assign(method_code="one")
        assert least < (moved(joined, before, after).difference or 0) < 0.06
    for survey, item in (("store_evaluation", "stores.overall"), ("hotline_instant", "hotline.overall")):
        assert abs(moved(demo.sums(survey, item), before, after).difference or 1) < 0.02


def test_self_selected_web_stays_below_and_swings_more(demo: Demo) -> None:
    story = demo.story(StoryCode.SELF_SELECTED)
    web, cati = demo.points("web", story.of("item")), demo.points("cati", story.of("item"))
    assert web.index.min() == at(story.first)
    both = web[["share"]].join(cati["share"].rename("share_cati"))
    assert (both["share"] < both["share_cati"]).all()
    within = both.loc[at(demo.back(22)) :]
    assert within["share"].diff().std() > 1.5 * within["share_cati"].diff().std()
    representative = demo.db.frame("select survey_code, representative from surveys").set_index("survey_code")
    assert not representative.loc["web", "representative"]
    assert representative.loc["cati", "representative"]


def test_complaint_spike(demo: Demo) -> None:
    story = demo.story(StoryCode.COMPLAINT_SPIKE)
    rows = demo.indicator(story.of("indicator"), "district", story.of("district"))
    assert rows["value"].idxmax() == at(story.first)
    assert rows.loc[at(story.first), "value"] > 3 * rows["value"].median()
    assert rows.loc[at(story.first), "status"] == MISSED
    assert (rows.loc[at(add_months(story.first, 2)) :, "value"] < 2 * rows["value"].median()).all()
    everyone = indicators.across(demo.db, EVERYTHING, story.of("indicator"), story.first, "district")
    rate = (everyone["numerator"] / everyone["denominator"]).set_axis(everyone["scope_code"])
    assert rate.drop(story.of("district")).max() < rate[story.of("district")] / 2


def test_tiny_store_is_noise(demo: Demo) -> None:
    story = demo.story(StoryCode.TINY_STORE)
    sums = demo.store_sums(story.of("item"))
    last = trends.points(sums[pd.to_datetime(sums["month"]) == at(demo.last)], ["store_code"]).set_index("store_code")
    tiny = last.loc[story.of("store")]
    assert 5 <= tiny["n"] < sampling.GREY_BELOW
    assert tiny["showing"] == sampling.Showing.GREY
    assert tiny["share"] == last["share"].min()
    assert tiny["share"] < 0.6
    year = pooled(sums[sums["store_code"] == story.of("store")], demo.back(24), demo.back(1)).iloc[0]
    company = pooled(sums, demo.back(24), demo.back(1)).iloc[0]
    assert year["low"] < company["share"] < year["high"]


def test_raised_target_turned_a_cell_red_without_a_change(demo: Demo) -> None:
    story = demo.story(StoryCode.RAISED_TARGET)
    rows = demo.indicator(story.of("indicator"))
    assert (rows.loc[: at(add_months(story.first, -1)), "status"] == MET).all()
    assert (rows.loc[at(story.first) :, "status"] == MISSED).all()
    around = rows.loc[at(add_months(story.first, -12)) :, "value"]
    assert around.max() - around.min() < rows["tolerance"].iloc[0]
    assert rows["target_low"].nunique() == 2


def test_fewer_escalated(demo: Demo) -> None:
    story = demo.story(StoryCode.FEWER_ESCALATED)
    rows = demo.db.frame(
        "select month, count(*) as complaints, count(*) filter (escalated) as escalated from complaints "
        "group by month order by month"
    ).set_index("month")
    year = rows.loc[at(story.first) :].sum()
    former = rows.loc[at(add_months(story.first, -12)) : at(add_months(story.first, -1))].sum()
    assert 0.53 < year["escalated"] / former["escalated"] < 0.67
    assert 0.9 < year["complaints"] / former["complaints"] < 1.15


def test_loosened_target(demo: Demo) -> None:
    story = demo.story(StoryCode.LOOSENED_TARGET)
    rows = demo.indicator(story.of("indicator"))
    assert rows["target_low"].iloc[-1] < rows["target_low"].iloc[0]
    now = rows.loc[at(story.first) :]
    steady = rows.loc[at(add_months(story.first, -12)) : at(add_months(story.first, -1))]
    assert (steady["status"] == MET).mean() < 0.4
    assert (now["status"] != MISSED).all()
    assert now["value"].mean() < steady["value"].mean() + rows["tolerance"].iloc[0]


def test_what_is_felt_later_is_the_only_lead(demo: Demo) -> None:
    story = demo.story(StoryCode.FELT_LATER)
    catalogue = indicators.catalogue(demo.db)
    changed = [at(demo.story(StoryCode.METHOD_BREAK).first)]
    breaks = {str(code): changed for code in catalogue.loc[catalogue["survey_code"] == "cati", "indicator_code"]}
    found = lead_lag.relations(better_up(demo.judged()), lead_lag.pairs_of(catalogue), breaks)
    assert len(found) == 2 * 59
    leads = found[found["verdict"] == lead_lag.Verdict.LEADS]
    assert list(leads["indicator_code"]) == [story.of("indicator")]
    first = leads.iloc[0]
    assert (first["response_code"], first["lead"]) == (story.of("felt_by"), 2)
    assert first["correlation"] > 0.75
    assert first["p_adjusted"] < 0.01
    process = catalogue.set_index("indicator_code")["process_code"]
    assert process[story.of("indicator")] == process[story.of("felt_by")] == story.of("process")


def test_audits_and_text_messages_of_a_year_tell_a_good_and_a_poor_store_apart(demo: Demo) -> None:
    """In the fair table of their class, as pages show it."""
    first, last = demo.back(11), demo.last
    held = audits.standards(demo.db)
    rows = [Held(row.standard, pd.Timestamp(row.valid_from).date(), row.value) for row in held.itertuples()]
    in_order = sorted(rows, key=lambda row: row.valid_from)
    standards = Standards(
        lambda month: audit_standards.visit_rules(in_order, month),
        lambda part, month: audit_standards.minutes_standard(in_order, part, month),
    )
    turns = [
        Turn(pd.Timestamp(row.valid_from).date(), row.part_code, row.theme)
        for row in audits.rotation(demo.db).itertuples()
    ]
    window = demo.db, EVERYTHING, first, last
    found = scored(audits.visits(*window), audits.marks(*window), standards, turns)
    asked = Slice(("store_evaluation",), ("stores.overall",), first, last, channels=("sms",))
    answers = sms_answers(surveys.store_sums(demo.db, EVERYTHING, asked), "store_code")
    stores = audits.stores(demo.db, EVERYTHING).set_index("store_code")
    groups = {str(code): (str(row["class"]), str(row["size"])) for code, row in stores.iterrows()}
    parts = audits.score_parts(demo.db)
    weights = [None if pd.isna(weight) else float(weight) for weight in parts["weight"]]
    composite = Definition("1", first, tuple(Part(*each) for each in zip(parts["part_code"], weights, strict=True)))
    results = store_results.store_results(found, answers, groups, composite)
    tables = store_results.fair_tables(results, Compared.COMPOSITE)
    for code, standing, place in (
        (StoryCode.GOOD_STORE, Standing.ABOVE, 0),
        (StoryCode.POOR_STORE, Standing.BELOW, -1),
    ):
        story = demo.story(code)
        assert (story.first, story.last) == (first, last)
        table = tables[groups[story.of("store")]]
        assert table is not None
        assert not table.are_alike
        assert table.stores[place].code == story.of("store")
        assert table.stores[place].standing is standing
        assert stores.loc[story.of("store"), "district_code"] == story.of("district")
        address = dict(story.views[0].address)
        assert address["class"] == ".".join(groups[story.of("store")])


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_the_readme_tells_every_story_with_its_months_and_addresses(today: date) -> None:
    """An address in the README names a month as M-5."""
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    rows = {cells[1].strip(" `"): cells for line in text.splitlines() if len(cells := line.split("|")) == 6}
    planted = {story.code.value: story for story in stories(today)}
    assert planted.keys() == rows.keys() & {code.value for code in StoryCode}
    assert len(planted) == len(StoryCode)
    for code, story in planted.items():
        _, _, _, months, views, _ = rows[code]
        assert re.findall(r"`([a-z]+(?:\?[^`]+)?)`", views) == [back(view.link, today) for view in story.views]
        first, _, last = months.split("(")[0].partition(" - ")
        assert (month_of(first, today), month_of(last or first, today)) == (story.first, story.last), code


def back(link: str, today: date) -> str:
    """month=2026-05 as month=M-5."""
    last = last_full_month(today)
    return re.sub(
        r"month=(\d{4})-(\d\d)", lambda found: f"month=M-{between(date(int(found[1]), int(found[2]), 1), last)}", link
    )


def between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def month_of(words: str, today: date) -> date:
    """M-6, M, M-35, last January."""
    last = last_full_month(today)
    if words.strip() == "last January":
        return date(last.year, 1, 1)
    found = re.fullmatch(r"M(?:-(\d+))?", words.strip())
    assert found, words
    return add_months(last, -int(found[1] or 0))
