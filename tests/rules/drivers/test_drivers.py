"""methods 3.5: what may be shown of drivers, and with what doubt."""

import numpy as np
import pandas as pd
import pytest

from sqm.rules.drivers.drivers import Driver, Dropped, Flag, KeyDrivers, State, Wording, key_drivers
from sqm.rules.drivers.relative_importance import Method

ITEMS = ["waiting", "staff", "place"]


def survey(n: int = 400, seed: int = 2) -> pd.DataFrame:
    """Overall goes with waiting most, with staff less, and with place not at all."""
    random = np.random.default_rng(seed)
    waiting, place = random.normal(size=n), random.normal(size=n)
    staff = 0.5 * waiting + random.normal(size=n)
    overall = waiting + 0.6 * staff + random.normal(size=n)
    return pd.DataFrame({"waiting": waiting, "staff": staff, "place": place, "overall": overall})


def by_code(found: KeyDrivers) -> dict[str, Driver]:
    return {each.code: each for each in found.drivers}


def test_the_planted_order_is_found_with_its_doubt() -> None:
    found = key_drivers(survey(), "overall", ITEMS)
    assert found.state is State.SHOWN and found.method is Method.SHAPLEY
    assert [each.code for each in found.drivers] == ["waiting", "staff", "place"]
    assert found.r2 == pytest.approx(sum(each.part for each in found.drivers))
    assert sum(each.share for each in found.drivers) == pytest.approx(1.0)
    for each in found.drivers:
        assert each.interval.low <= each.share <= each.interval.high
        assert sum(each.rank_chances) == pytest.approx(1.0)
    assert by_code(found)["waiting"].rank_chances[0] > 0.95


def test_noise_is_not_called_associated() -> None:
    wordings = {code: each.wording for code, each in by_code(key_drivers(survey(), "overall", ITEMS)).items()}
    assert wordings == {
        "waiting": Wording.ASSOCIATED,
        "staff": Wording.ASSOCIATED,
        "place": Wording.NOT_DISTINGUISHABLE,
    }
    turned = survey().assign(waiting=lambda rows: -rows["waiting"])
    assert by_code(key_drivers(turned, "overall", ITEMS))["waiting"].wording is Wording.ASSOCIATED_INVERSELY


def test_the_same_answers_give_the_same_figures() -> None:
    assert key_drivers(survey(), "overall", ITEMS) == key_drivers(survey(), "overall", ITEMS)


@pytest.mark.parametrize(("n", "items", "least"), [(99, 3, 100), (100, 3, 100), (119, 12, 120), (120, 12, 120)])
def test_too_few_answers_give_no_driver_at_all(n: int, items: int, least: int) -> None:
    random = np.random.default_rng(n)
    frame = pd.DataFrame(random.normal(size=(n, items)), columns=[f"i{place}" for place in range(items)])
    frame["overall"] = frame["i0"] + random.normal(size=n)
    found = key_drivers(frame, "overall", list(frame.columns[:items]), draws=20)
    assert (found.n, found.least) == (n, least)
    assert (found.state is State.SHOWN) == (n >= least) == bool(found.drivers)


def test_only_complete_answers_count_and_are_told() -> None:
    frame = survey()
    frame.loc[:49, "staff"] = np.nan
    frame.loc[40:59, "overall"] = np.nan
    found = key_drivers(frame, "overall", ITEMS)
    assert (found.n, found.n_all) == (340, 400)
    assert by_code(found)["staff"].answered == 340
    assert by_code(found)["waiting"].answered == 380
    only = key_drivers(frame.dropna(), "overall", ITEMS)
    assert [(each.code, each.part) for each in found.drivers] == [(each.code, each.part) for each in only.drivers]


def test_questions_that_say_nothing_are_dropped_and_cost_no_answers() -> None:
    frame = survey().assign(never=np.nan, same=8.0)
    frame.loc[:299, "same"] = np.nan
    found = key_drivers(frame, "overall", [*ITEMS, "never", "same"])
    assert found.dropped == {"never": Dropped.NOT_ANSWERED, "same": Dropped.CONSTANT}
    assert found.n == 400 and len(found.drivers) == 3


def test_a_question_of_few_does_not_make_the_others_look_constant() -> None:
    frame = survey().assign(rare=np.nan)
    frame.loc[:0, "rare"], frame.loc[1:1, "rare"] = 3.0, 5.0
    found = key_drivers(frame, "overall", [*ITEMS, "rare"])
    assert (found.state, found.n, dict(found.dropped)) == (State.TOO_FEW, 2, {})


def test_without_driver_or_without_variation_nothing_is_shown() -> None:
    assert key_drivers(survey().assign(waiting=5.0), "overall", ["waiting"]).state is State.NO_DRIVER
    assert key_drivers(survey().assign(overall=9.0), "overall", ITEMS).state is State.NO_VARIATION
    assert key_drivers(survey().iloc[:0], "overall", ITEMS).state is State.NO_DRIVER


def test_flags() -> None:
    frame = survey()
    frame["twin"] = 2.0 * frame["staff"] + 1.0
    frame["nearly"] = frame["waiting"] + 0.05 * frame["place"] + 0.01 * np.random.default_rng(8).normal(size=400)
    flags = {code: each.flags for code, each in by_code(key_drivers(frame, "overall", [*ITEMS, "twin"])).items()}
    assert flags["staff"] == flags["twin"] == (Flag.COLLINEAR,)
    assert flags["waiting"] == ()
    near = by_code(key_drivers(frame, "overall", ["waiting", "staff", "nearly"]))["nearly"]
    assert Flag.INSEPARABLE in near.flags
    suppressed = frame.assign(overall=frame["waiting"] - 0.2 * frame["staff"])
    found = by_code(key_drivers(suppressed, "overall", ["waiting", "staff"]))["staff"]
    assert found.flags == (Flag.NEGATIVE,) and found.correlation > 0 and found.part > 0


def test_twins_share_a_rank() -> None:
    frame = survey()
    frame["twin"] = frame["waiting"]
    found = by_code(key_drivers(frame, "overall", [*ITEMS, "twin"]))
    assert found["waiting"].rank == found["twin"].rank == 1
    assert found["waiting"].beta is None and found["waiting"].vif is None
    assert found["staff"].rank == 3


def test_weights_and_clusters_are_used() -> None:
    frame = survey().assign(w=1.0, store=np.arange(400) % 20)
    doubled = pd.concat([frame, frame[:200]])
    weighted = key_drivers(frame.assign(w=np.where(np.arange(400) < 200, 2.0, 1.0)), "overall", ITEMS, weight="w")
    plain = key_drivers(doubled, "overall", ITEMS)
    assert [each.part for each in weighted.drivers] == pytest.approx([each.part for each in plain.drivers])
    assert weighted.n == 400 and weighted.n_eff == pytest.approx(600**2 / 1000)
    by_store = key_drivers(frame, "overall", ITEMS, cluster="store")
    assert by_store.by_cluster and by_store.units == 20
    with pytest.raises(ValueError, match="weights"):
        key_drivers(frame.assign(w=0.0), "overall", ITEMS, weight="w")
