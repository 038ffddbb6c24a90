"""The finder of leads: silent on noise of every kind, not blind to a real lead, and right about months and signs."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from sqm.rules.drivers import lead_lag
from sqm.rules.drivers.lead_lag import Verdict, best_of_each, holm, pairs_of, relations, scan

MONTHS, OPERATIONS, PROCESSES = 36, 59, 9
SEASON = np.array([-1.2, -0.8, 0.5, 0.9, 0.7, 0.4, -0.1, -0.4, -1.1, 0.3, 0.6, 0.2])
WIDTH = OPERATIONS + 2 * PROCESSES
PAIRS = pd.DataFrame(
    [(f"O{number}", f"{kind}{number % PROCESSES}") for number in range(OPERATIONS) for kind in "PC"],
    columns=["indicator_code", "response_code"],
)
"""As the matrix has it: every operations indicator against perception and complaints of its process."""

Noise = Callable[[np.random.Generator, int], np.ndarray]


def named(values: np.ndarray) -> pd.DataFrame:
    codes = [f"O{number}" for number in range(OPERATIONS)]
    codes += [f"{kind}{number}" for kind in "PC" for number in range(PROCESSES)]
    return pd.DataFrame(values, index=pd.date_range("2023-11-01", periods=len(values), freq="MS"), columns=codes)


def remembering(random: np.random.Generator, months: int, memory: float, width: int = WIDTH) -> np.ndarray:
    """Autocorrelated noise; memory 1 is a random walk."""
    shocks = random.standard_normal((months + 40, width))
    values = np.zeros_like(shocks)
    for month in range(1, len(shocks)):
        values[month] = memory * values[month - 1] + shocks[month]
    return values[40:]


def trending(random: np.random.Generator, months: int) -> np.ndarray:
    """Every series climbs or falls by several of its standard deviations: two of them agree or disagree by chance."""
    slope = 6 * random.standard_normal(WIDTH)
    return remembering(random, months, 0.4) + slope * np.linspace(0, 1, months)[:, None]


def seasonal(random: np.random.Generator, months: int) -> np.ndarray:
    """All share the Spring Festival and nothing else."""
    return remembering(random, months, 0.3) + SEASON[np.arange(months) % 12][:, None]


def with_outliers(random: np.random.Generator, months: int) -> np.ndarray:
    """A rare month of each is far out (a cut-over, a broken report); plain correlation would take two for a law."""
    return random.standard_t(2, (months, WIDTH))


NOISES: dict[str, Noise] = {
    "random walks": lambda random, months: remembering(random, months, 1.0),
    "trends": trending,
    "seasons": seasonal,
    "outliers": with_outliers,
}


def silent(noise: Noise, seeds: range, months: int = MONTHS) -> int:
    """In how many seeds nothing is found among 118 pairs and 7 leads."""
    worlds = (named(noise(np.random.default_rng(seed), months)) for seed in seeds)
    return sum(Verdict.LEADS not in set(relations(world, PAIRS)["verdict"]) for world in worlds)


def test_pure_noise_gives_nothing_in_95_of_100_seeds() -> None:
    assert silent(lambda random, months: remembering(random, months, 0.5), range(100)) >= 95


@pytest.mark.parametrize("kind", NOISES)
def test_what_fools_a_plain_correlation_gives_nothing(kind: str) -> None:
    assert silent(NOISES[kind], range(40)) >= 38


def planted(seed: int, lead: int, strength: float, sign: float = 1.0) -> pd.DataFrame:
    """Noise in which O0 runs ``lead`` months ahead of P0, with a correlation of ``strength`` before sampling."""
    random = np.random.default_rng(seed)
    world = named(seasonal(random, MONTHS))
    ahead = remembering(random, MONTHS + lead, 0.4, 1)[:, 0]
    ahead = ahead / ahead.std()
    other = remembering(random, MONTHS, 0.4, 1)[:, 0]
    world["O0"] = ahead[lead:]
    felt = sign * strength * ahead[:MONTHS] + np.sqrt(1 - strength**2) * other / other.std()
    return world.assign(P0=felt + SEASON[np.arange(MONTHS) % 12] / 2 + np.linspace(0, 2, MONTHS))


@pytest.mark.parametrize(("lead", "least"), [(0, 18), (2, 18), (5, 13)])
def test_a_planted_lead_is_found_with_its_months(lead: int, least: int) -> None:
    """A long lead leaves fewer pairs of the 36 months, so it is missed more often; it is never mistaken."""
    found = [best_of_each(relations(planted(seed, lead, 0.92), PAIRS)).iloc[0] for seed in range(20)]
    right = [row for row in found if row["verdict"] == Verdict.LEADS and row["indicator_code"] == "O0"]
    assert len(right) >= least
    assert all(row["lead"] == lead and row["response_code"] == "P0" and row["correlation"] > 0.6 for row in right)


def test_a_lead_against_customers_has_a_minus() -> None:
    row = best_of_each(relations(planted(3, 2, 0.95, sign=-1.0), PAIRS)).iloc[0]
    assert (row["indicator_code"], row["lead"], row["verdict"]) == ("O0", 2, Verdict.LEADS)
    assert row["correlation"] < -0.6


def test_what_comes_after_is_no_lead() -> None:
    """Customers two months before operations: the finder looks one way only."""
    world = planted(1, 2, 0.95)
    turned = world.rename(columns={"O0": "P0", "P0": "O0"})
    row = relations(turned, PAIRS).iloc[0]
    assert row["verdict"] != Verdict.LEADS


def test_a_gap_and_a_changed_method_do_not_hide_it() -> None:
    seen = {"told": 0, "not told": 0}
    for seed in range(20):
        world = planted(seed, 2, 0.95)
        month = world.index[12]
        world.loc[month:, "P0"] += 15
        world.iloc[20, world.columns.get_loc("O0")] = np.nan
        told, not_told = (relations(world, PAIRS, breaks).iloc[0] for breaks in ({"P0": [month]}, {}))
        assert told["months"] == MONTHS - 1
        seen["told"] += told["verdict"] == Verdict.LEADS and told["lead"] == 2
        seen["not told"] += not_told["verdict"] == Verdict.LEADS
    assert seen["told"] >= 16 > 8 > seen["not told"]


def test_two_years_are_needed_to_say_anything() -> None:
    world = planted(0, 1, 0.95)
    short = relations(world.iloc[-23:], PAIRS)
    assert set(short["verdict"]) == {Verdict.NOT_ENOUGH_MONTHS}
    two_years = relations(world.iloc[-24:], PAIRS)
    assert (two_years["months"] == 24).all()
    assert (two_years["verdict"] == Verdict.NOT_ENOUGH_MONTHS).mean() < 0.05  # those whose memory leaves too few pairs


def test_noise_moves_nothing_or_is_unclear_and_a_still_series_says_nothing() -> None:
    world = named(remembering(np.random.default_rng(4), MONTHS, 0.5)).assign(O1=0.97, O2=np.nan)
    pairs = pd.concat([PAIRS, pd.DataFrame([("O3", "unknown")], columns=PAIRS.columns)], ignore_index=True)
    found = relations(world, pairs)
    assert (found["verdict"] == Verdict.MOVES_NOTHING).sum() > 100
    silent_pairs = found[found["indicator_code"].isin(["O1", "O2"]) | (found["response_code"] == "unknown")]
    assert set(silent_pairs["verdict"]) == {Verdict.NOT_ENOUGH_MONTHS}
    assert silent_pairs["p_adjusted"].isna().all()
    best = best_of_each(found).set_index("indicator_code")["verdict"]
    assert best["O3"] in (Verdict.MOVES_NOTHING, Verdict.UNCLEAR)
    assert best["O1"] == Verdict.NOT_ENOUGH_MONTHS


def test_one_lead_of_white_surprises_is_spearman_of_scipy() -> None:
    """Without a memory to pay for, p is scipy's, times the leads that were looked at."""
    random = np.random.default_rng(8)
    first = random.standard_normal((30, 1))
    second = np.roll(first, 3, axis=0) + 0.4 * random.standard_normal((30, 1))
    found = scan(first, second)
    expected = stats.spearmanr(first[:-3, 0], second[3:, 0])
    assert (found.lead[0], found.n[0]) == (3, 27)
    assert found.correlation[0] == pytest.approx(expected.statistic)
    assert found.n_eff[0] <= 27
    freedom = found.n_eff[0] - 2
    t = expected.statistic * np.sqrt(freedom / (1 - expected.statistic**2))
    assert found.p[0] == pytest.approx(2 * stats.t.sf(t, freedom) * len(lead_lag.LEADS), rel=1e-6)
    assert found.p[0] >= expected.pvalue * len(lead_lag.LEADS) * (1 - 1e-9)


def test_memory_costs_pairs() -> None:
    random = np.random.default_rng(1)
    slow, quick = (remembering(random, 60, memory, 2) for memory in (0.9, 0.0))
    assert scan(slow[:, :1], slow[:, 1:]).n_eff[0] < 0.5 * scan(quick[:, :1], quick[:, 1:]).n_eff[0]


def test_holm_is_that_of_statsmodels_and_leaves_out_what_is_not_known() -> None:
    p = np.array([0.04, np.nan, 0.001, 0.03, 0.001, 0.9])
    known = np.isfinite(p)
    assert holm(p)[known] == pytest.approx(multipletests(p[known], method="holm")[1])
    assert np.isnan(holm(p)[1])
    assert np.isnan(holm(np.full(3, np.nan))).all()


def test_operations_are_held_against_overall_perception_and_the_first_complaint_indicator() -> None:
    rows = [
        ("A-P01", 1, "a", "perception", "a.price"),
        ("A-P02", 2, "a", "perception", "a.overall"),
        ("A-C01", 3, "a", "complaints", ""),
        ("A-C02", 4, "a", "complaints", ""),
        ("A-O01", 5, "a", "operations", ""),
        ("B-P01", 6, "b", "perception", "b.price"),
        ("B-O01", 7, "b", "operations", ""),
        ("C-O01", 8, "c", "operations", ""),
    ]
    columns = ["indicator_code", "position", "process_code", "dimension_code", "item_code"]
    found = pairs_of(pd.DataFrame(rows, columns=columns).sample(frac=1, random_state=1))
    assert list(zip(found["indicator_code"], found["response_code"], strict=True)) == [
        ("A-O01", "A-P02"),
        ("A-O01", "A-C01"),
        ("B-O01", "B-P01"),
    ]
    assert list(found["response_dimension"]) == ["perception", "complaints", "perception"]


def test_the_smallest_correlation_that_would_be_seen() -> None:
    """It is the one whose p, times the seven leads, is just the error."""
    r = lead_lag.smallest_seen(30)
    t = r * np.sqrt(28 / (1 - r * r))
    assert 2 * stats.t.sf(t, 28) * len(lead_lag.LEADS) == pytest.approx(lead_lag.ERROR)
    assert lead_lag.smallest_seen(60) < r < lead_lag.smallest_seen(20)
