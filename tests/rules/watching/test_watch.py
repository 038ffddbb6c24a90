"""The engine as a whole: many series are each series alone, directions mirror, and what a list shows of a series."""

import dataclasses

import numpy as np
import pytest

from sqm.rules.watching.limits import Chart
from sqm.rules.watching.signals import Assurance, Variation
from sqm.rules.watching.watch import Choices, Monthly, Watch, watch
from tests.bench.watch import INDICATORS, MONTHS, MOST_FALSE, study
from tests.rules.watching.test_signals import with_gaps

NAN = np.nan


def mixed(seed: int = 4) -> Monthly:
    random = np.random.default_rng(seed)
    values = np.clip(0.5 + with_gaps(seed, k=60) / 100.0, 0.0, 1.0)
    sizes = random.uniform(50, 3000, size=(60, 1)) * random.uniform(0.5, 1.5, size=values.shape)
    return Monthly(
        values=values,
        directions=["higher", "lower", "range", "neutral"] * 15,
        kinds=["share", "rate", "mean"] * 20,
        sizes=sizes,
        target_low=np.where(np.arange(60) % 5 == 0, NAN, 0.49),
        target_high=np.full(60, 0.51),
        rebase=random.random(values.shape) < 0.03,
        excluded=random.random(values.shape) < 0.03,
        fix_after=np.where(np.arange(60) % 7 == 0, 12, 0),
    )


def only(series: Monthly, row: int) -> Monthly:
    """One series of many."""
    parts = {field.name: getattr(series, field.name) for field in dataclasses.fields(series)}
    return Monthly(**{name: part if np.isscalar(part) else part[row : row + 1] for name, part in parts.items()})


def arrays(found: Watch) -> dict[str, np.ndarray]:
    out = {}
    for field in dataclasses.fields(found):
        part = getattr(found, field.name)
        if dataclasses.is_dataclass(part):
            out |= {f"{field.name}.{each.name}": getattr(part, each.name) for each in dataclasses.fields(part)}
        else:
            out[field.name] = part
    return out


def test_many_series_at_once_are_each_series_alone() -> None:
    series = mixed()
    together = arrays(watch(series))
    assert len(set(together["chart"].tolist())) > 3
    for row in range(60):
        for name, alone in arrays(watch(only(series, row))).items():
            part = together[name][row : row + 1]
            if alone.dtype.kind == "f":
                np.testing.assert_allclose(part, alone, rtol=1e-12, atol=1e-15, err_msg=name)
            else:
                assert part.tolist() == alone.tolist(), name


def test_mirrored_direction_mirrors_concern_and_improvement() -> None:
    values = with_gaps(11)
    up, down = (watch(Monthly(values, [word] * 300)) for word in ("higher", "lower"))
    swapped = {
        Variation.CONCERN.value: Variation.IMPROVEMENT.value,
        Variation.IMPROVEMENT.value: Variation.CONCERN.value,
    }
    assert [swapped.get(word, word) for word in up.variation] == down.variation.tolist()
    assert np.array_equal(up.large_fluctuation, down.large_fluctuation)
    assert not (up.beyond_chance & down.beyond_chance).any()
    turned = watch(Monthly(-values, ["lower"] * 300))
    assert turned.variation.tolist() == up.variation.tolist()
    assert np.array_equal(turned.beyond_chance, up.beyond_chance)
    assert np.array_equal(turned.adverse_moves, up.adverse_moves)
    assert up.beyond_chance.any() and up.consecutive_decline.any() and up.large_fluctuation.any()


def test_scale_and_level_change_nothing() -> None:
    values = with_gaps(12)
    first, second = (watch(Monthly(each, ["higher"] * 300)) for each in (values, values * 1000.0 + 7.0))
    assert first.signals.label.tolist() == second.signals.label.tolist()
    np.testing.assert_allclose(first.change_ranges, second.change_ranges, rtol=1e-6)


def test_beyond_chance_is_a_concern_of_the_last_month() -> None:
    found = watch(Monthly(with_gaps(13), ["higher"] * 300))
    marked = (found.large_fluctuation | found.consecutive_decline) & (found.variation == Variation.CONCERN)
    assert np.array_equal(found.beyond_chance, marked)
    assert np.array_equal(found.signal_months > 0, np.isin(found.variation, ["concern", "improvement"]))


def test_early_warning_needs_three_moves_and_stops_at_a_new_group() -> None:
    values = np.array([[5.0, 6, 5, 4, 3], [5, 6, 6, 5, 4], [5, 6, 5, 4, 3]])
    rebase = np.zeros(values.shape, dtype=bool)
    rebase[2, 3] = True
    found = watch(Monthly(values, ["higher"] * 3, rebase=rebase))
    assert found.early_warning.tolist() == [True, False, False]
    assert found.adverse_moves[2].tolist() == [0, 0, 1, 0, 1]


def test_a_range_worsens_away_from_its_band() -> None:
    quiet = [5.0, 5.2, 4.9, 5.1, 5.0, 5.2, 4.8, 5.1, 4.9, 5.0, 5.1, 4.9]
    lasts, words = [9.0, 1.0, 5.6], []
    for last in lasts:
        band = {"target_low": 4.0, "target_high": 6.0}
        found = watch(Monthly(np.array([[*quiet, last]]), ["range"], **band, fix_after=12))  # type: ignore[arg-type]
        words.append((found.variation[0], bool(found.beyond_chance[0]), found.assurance[0]))
    assert words[0] == words[1] == (Variation.CONCERN, True, Assurance.PASS)
    assert words[2] == (Variation.NEUTRAL_HIGH, False, Assurance.PASS)  # odd, but inside the band


def test_a_silent_last_month_has_no_variation_but_keeps_its_assurance() -> None:
    values = np.array([[*[5.0, 5.2, 4.9, 5.1, 5.0, 5.2, 4.8], NAN]])
    found = watch(Monthly(values, ["higher"], target_low=3.0))
    assert (found.variation[0], found.assurance[0]) == (Variation.NONE, Assurance.PASS)
    assert not found.beyond_chance[0] and not found.early_warning[0]
    assert (found.signal_months[0], found.adverse_moves[0, -1]) == (0, -1)


def test_constant_series_say_nothing() -> None:
    found = watch(Monthly(np.full((1, 13), 50.0), ["higher"], target_low=49.0))
    assert found.no_variation[0] and not found.too_few[0]
    assert (found.variation[0], found.assurance[0]) == (Variation.COMMON, Assurance.NONE)
    assert np.isnan(found.change_ranges[0])


def test_short_and_trial_groups() -> None:
    values = np.array([[1.0, 2, 1, 2, 1] + [NAN] * 8, [1.0, 2, 1, 2, 1, 2] + [NAN] * 7, [1.0, 2] * 6 + [1.0]])
    found = watch(Monthly(values, ["higher"] * 3, target_low=0.0))
    assert found.too_few.tolist() == [True, False, False]
    assert found.trial[:, -1].tolist() == [True, True, False]
    assert found.points.tolist() == [5, 6, 13]
    apart = np.where(np.arange(13) % 2, NAN, np.arange(13.0))[None, :]
    assert watch(Monthly(apart, ["higher"])).too_few[0]


def test_the_present_signal_is_dated() -> None:
    quiet = [5.0, 5.2, 4.9, 5.1, 5.0, 5.2, 4.8, 5.1, 4.9, 5.0, 5.1, 4.9]
    low = [*quiet, *[4.8, 4.9, 4.8, 4.9, 4.8, 4.9, 4.8, 4.9]]
    found = watch(Monthly(np.array([low]), ["higher"], fix_after=12))
    assert found.consecutive_decline[0] and not found.large_fluctuation[0]
    assert found.signal_points[0] == 9  # the eight new points and the one before them
    assert found.signal_months[0] == 3  # the run of seven was complete three months ago


def test_excluded_points_are_still_tested() -> None:
    values = np.array([[*[5.0, 5.2, 4.9, 5.1, 5.0, 5.2, 4.8, 5.1], 2.0]])
    excluded = np.zeros(values.shape, dtype=bool)
    excluded[0, -1] = True
    found = watch(Monthly(values, ["higher"], excluded=excluded))
    assert found.limits.centre[0, 0] == pytest.approx(values[0, :-1].mean())
    assert found.large_fluctuation[0]


def test_forced_charts_and_rates_in_their_own_unit() -> None:
    counts = np.array([[4.0, 6, 5, 7, 3, 5, 6, 4]])
    c = watch(Monthly(counts, ["lower"]), Choices(chart=Chart.C))
    assert c.limits.upper[0, 0] == pytest.approx(5 + 3 * np.sqrt(5))
    users = np.array([[1e4, 2e4, 1e4, 2e4, 1e4, 2e4, 1e4, 2e4]])
    rates = Monthly(counts / users * 1e6, ["lower"], ["rate"], users, 1e6)
    u = watch(rates, Choices(chart=Chart.U))
    assert u.limits.centre[0, 0] == pytest.approx(counts.sum() / users.sum() * 1e6)
    assert u.chart.tolist() == [Chart.U]


def test_pure_noise_rarely_reaches_the_list_and_shifts_do() -> None:
    """The bench in small. Methods 2.7 finds about half of the shifts of 1.5 sigma in six months; see tests/bench."""
    found = study(repetitions=40, fix_after=0)
    assert 0.5 < found["2.7"]["standing"] <= MOST_FALSE
    assert found["2.7"]["found"] > 0.4
    assert found["2.7 + early"]["standing"] > 4.0
    assert found["2.7 + drift"]["found"] > 0.8
    fixed = study(repetitions=40, fix_after=MONTHS)
    assert fixed["2.7"]["standing"] == found["2.7"]["standing"]
    assert fixed["2.7"]["found"] > 0.55
    assert fixed["2.7 + N5 + N6"]["found"] >= fixed["2.7"]["found"]
    assert INDICATORS == 151
