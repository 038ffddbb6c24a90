"""Store audits of the demo: what stands beside the points agrees with them, and what is not scored is as planned."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from sqm.database.demo.audits.audit_traces import AUDITORS
from sqm.database.demo.audits.audits import ALWAYS, THEMES
from sqm.database.demo.company import cast
from sqm.database.stores import audits
from sqm.rules.access import EVERYTHING
from sqm.rules.audits import audit_agreement, audit_standards, submissions
from sqm.rules.audits.audit_visits import VisitRules, item_losses, visit_scores
from sqm.rules.audits.submissions import State
from sqm.rules.periods import add_months
from sqm.rules.stores.store_evidence import BESIDE
from sqm.rules.stores.store_score import MinutesStandard, minutes_score
from tests.database.demo.conftest import Demo

RULES = VisitRules(60.0, 10.0)


def visits(demo: Demo, source: str) -> pd.DataFrame:
    return audits.visits(demo.db, EVERYTHING, demo.back(35), demo.last, source)


def marks(demo: Demo, source: str) -> pd.DataFrame:
    return audits.marks(demo.db, EVERYTHING, demo.back(35), demo.last, source)


def of_theme(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[~rows["item"].str.split(".").str[0].isin(BESIDE)]


def theme_scores(demo: Demo, source: str) -> pd.DataFrame:
    scored = visit_scores(of_theme(marks(demo, source)), RULES)["score"].rename("found")
    return visits(demo, source).set_index("visit_id").join(scored)


def test_every_item_of_the_demo_is_on_the_checklist_that_its_visit_names(demo: Demo) -> None:
    listed = audits.checklist_items(demo.db).set_index(["checklist_code", "item_code"])
    planned = {code for items in (*THEMES.values(), ALWAYS) for code, _, _ in items}
    assert planned <= set(listed.index.get_level_values("item_code"))
    held = visits(demo, "")[["visit_id", "checklist_code", "theme", "month"]]
    rows = marks(demo, "").merge(held[["visit_id", "checklist_code"]], left_on="visit", right_on="visit_id")
    known = listed.loc[pd.MultiIndex.from_frame(rows[["checklist_code", "item"]])]
    assert (known["points"].to_numpy() == rows["most"].to_numpy()).all()
    assert (known["critical"].to_numpy() == rows["is_critical"].to_numpy()).all()
    lists = audits.checklists(demo.db).set_index("checklist_code")
    named = lists.loc[held["checklist_code"]]
    assert (named["theme"].to_numpy() == held["theme"].to_numpy()).all()
    assert (pd.to_datetime(named["valid_from"]).to_numpy() <= pd.to_datetime(held["month"]).to_numpy()).all()
    versions = held.groupby("theme")["checklist_code"].nunique()
    assert versions["on_site_management"] == versions["e_channel_promotion"] == 2


@pytest.mark.parametrize(
    ("item", "column", "name"),
    [("queueing.minutes", "minutes_waited", "waiting"), ("handling.minutes", "minutes_handled", "handling")],
)
def test_minutes_score_what_the_item_earned(demo: Demo, item: str, column: str, name: str) -> None:
    rows = audits.standards(demo.db)
    held = sorted(
        (
            audit_standards.Held(row.standard, pd.Timestamp(row.valid_from).date(), row.value)
            for row in rows.itertuples()
        ),
        key=lambda each: each.valid_from,
    )
    for source in ("third_party", "double_check", "self_audit", "remote_monitoring"):
        earned = marks(demo, source)
        points = earned[earned["item"] == item].set_index("visit")["points"]
        seen = visits(demo, source).set_index("visit_id")
        assert set(seen.index[seen[column].notna()]) == set(points.index)
        for month, inside in seen[seen[column].notna()].groupby("month"):
            at = pd.Timestamp(month).date()
            full, zero = (audit_standards.standard_in(held, at, f"{name}_{end}") for end in ("full", "zero"))
            assert full is not None
            assert zero is not None
            standard = MinutesStandard("", at, full, zero)
            scores = [minutes_score(each, standard) for each in inside[column]]
            assert np.allclose(scores, points[inside.index] * 10.0, atol=0.05)


def test_one_auditor_spreads_too_little_and_nobody_else(demo: Demo) -> None:
    found = theme_scores(demo, "third_party").groupby("auditor_code")["found"].agg(["size", "mean", "std"])
    assert sorted(found.index) == sorted(AUDITORS)
    others = found.drop(cast.NARROW_AUDITOR)
    assert found.loc[cast.NARROW_AUDITOR, "std"] < 0.4 * others["std"].min()
    assert others["std"].max() < 1.25 * others["std"].min()
    assert found["size"].min() > 300
    assert found["mean"].max() - found["mean"].min() < 3.0


def test_remarks_and_evidence_are_about_failed_items(demo: Demo) -> None:
    seen, rows = visits(demo, "third_party").set_index("visit_id"), item_losses(marks(demo, "third_party"))
    failing = set(rows.loc[rows["is_failed"], "visit"])
    remarked = seen.index[seen["comment"] != ""]
    assert 0.03 < len(remarked) / len(seen) < 0.12
    assert set(remarked) <= failing
    assert rows.loc[rows["evidence"] != "", "is_failed"].all()
    assert (rows["evidence"] != "").sum() > 500


def test_own_audits_are_four_to_six_points_kinder(demo: Demo) -> None:
    keys = ["store_code", "month", "theme"]
    own, province = (
        theme_scores(demo, source).groupby(keys)["found"].mean() for source in ("self_audit", "third_party")
    )
    both = pd.concat([own.rename("own"), province.rename("province")], axis=1, join="inner").dropna()
    found = audit_agreement.inflation(both["own"], both["province"])
    assert found is not None
    assert found.n > 400
    assert 4.0 < found.mean < 6.0
    assert found.is_beyond_chance


def test_second_looks_agree_but_for_the_narrow_auditor(demo: Demo) -> None:
    first = item_losses(marks(demo, "third_party"))
    second = item_losses(marks(demo, "double_check"))
    second["visit"] = second["visit"].str.removesuffix("-again")
    by = visits(demo, "third_party").set_index("visit_id")["auditor_code"]
    again = visits(demo, "double_check").assign(visit=lambda rows: rows["visit_id"].str.removesuffix("-again"))
    assert (again["visit"].map(by) != again["auditor_code"]).all()
    rows = first.merge(second, on=["visit", "item"], suffixes=("", "_again"))
    rows = rows[rows["points"].notna() & rows["points_again"].notna()]
    assert rows["visit"].nunique() == 20 * len(AUDITORS)
    kappa = {}
    for auditor, mine in rows.groupby(rows["visit"].map(by)):
        found = audit_agreement.cohen_kappa(list(mine["is_failed"]), list(mine["is_failed_again"]))
        assert found is not None
        assert found.kappa is not None
        kappa[auditor] = found.kappa
    assert kappa.pop(cast.NARROW_AUDITOR) < 0.45
    assert min(kappa.values()) > 0.6


def test_reports_come_by_the_fifth_but_from_one_district(demo: Demo) -> None:
    rows = audits.submissions(demo.db, EVERYTHING, demo.back(35), demo.last)
    days = [
        (row.district_code, pd.Timestamp(row.month).date(), pd.Timestamp(row.submitted_on).date())
        for row in rows.itertuples()
    ]
    assert max(day for _, _, day in days) <= demo.today
    every = [demo.back(back) for back in range(35, -1, -1)]
    names = audits.districts(demo.db)["district_code"]
    tracked = submissions.tracker(names, every, days, add_months(demo.last, 1) + timedelta(days=9))
    late = [each for each in tracked if each.district_code == cast.LATE_DISTRICT]
    assert [each.month for each in late if each.state is State.MISSING] == [demo.last]
    assert sum(each.state is State.LATE for each in late) > 20
    rest = [each.state for each in tracked if each.district_code != cast.LATE_DISTRICT and each.month < demo.last]
    assert State.MISSING not in rest
    assert sum(state is State.LATE for state in rest) / len(rest) < 0.05


def test_every_month_has_the_two_themes_that_were_visited(demo: Demo) -> None:
    turns = audits.rotation(demo.db)
    assert len(turns) == 72
    assert set(turns["part_code"]) == {"topic_1", "topic_2"}
    planned = set(zip(pd.to_datetime(turns["valid_from"]), turns["theme"], strict=True))
    seen = visits(demo, "third_party")
    assert set(zip(pd.to_datetime(seen["month"]), seen["theme"], strict=True)) == planned


def test_payments_move_from_the_counter_to_devices_while_the_total_does_not_fall(demo: Demo) -> None:
    rows = demo.db.frame(
        "select v.store_code, v.month, v.kind, v.served_at, v.transactions, m.numerator from store_volumes as v "
        "join mart_indicator_month as m on m.indicator_code = 'STO-O03' and m.level = 'store' "
        "and m.scope_code = v.store_code and m.month = v.month"
    )
    assert rows["store_code"].nunique() == 130
    devices = rows[rows["served_at"] == "self_service"]
    assert (devices["transactions"] <= devices["numerator"]).all()
    there = rows[pd.to_datetime(rows["month"]) < pd.Timestamp(demo.last)]
    year = (pd.Timestamp(demo.last) - pd.to_datetime(there["month"])).dt.days // 366

    def yearly(part: pd.Series) -> list[float]:
        return [float(there.loc[part & (year == back), "transactions"].mean()) for back in (2, 1, 0)]

    is_payment, at_counter = there["kind"] == "payment", there["served_at"] == "counter"
    counter, device = yearly(is_payment & at_counter), yearly(is_payment & ~at_counter)
    assert counter[2] < 0.75 * counter[0]
    assert device[2] > 1.25 * device[0]
    whole = yearly(is_payment | ~is_payment)
    assert whole == sorted(whole)


def test_layout_sheets_cover_every_store_in_a_year(demo: Demo) -> None:
    seen = visits(demo, "self_audit")
    sheet = seen[(seen["theme"] == "layout") & (pd.to_datetime(seen["month"]) > pd.Timestamp(demo.back(13)))]
    assert sheet["store_code"].nunique() == 130
