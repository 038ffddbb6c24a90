"""Expert rules: windows stop at gaps and new groups; mirrored values give mirrored signs."""

import numpy as np

from sqm.rules.watching.nelson import Rule, nelson, standardised
from sqm.rules.watching.watch import Monthly, watch


def test_mirrored_values_mirror_the_signs() -> None:
    z = np.random.default_rng(1).normal(size=(400, 40)) + np.linspace(-0.8, 0.8, 40)
    up, down = nelson(z), nelson(-z)
    for rule in Rule:
        assert np.array_equal(up[rule].points, down[rule].points)
        flips = -1 if rule not in (Rule.N4, Rule.N7, Rule.N8) else 1
        signs = up[rule].signs if rule is not Rule.N4 else np.abs(up[rule].signs)
        other = down[rule].signs if rule is not Rule.N4 else np.abs(down[rule].signs)
        assert np.array_equal(signs, flips * other), rule
        assert up[rule].points.any() or rule in (Rule.N4, Rule.N7, Rule.N8)


def test_a_gap_or_a_new_group_in_a_window_silences_it() -> None:
    widths = {Rule.N2: 9, Rule.N3: 6, Rule.N4: 14, Rule.N5: 3, Rule.N6: 5, Rule.N7: 15, Rule.N8: 8, Rule.WE4: 8}
    shapes = {
        Rule.N2: [0.5] * 9,
        Rule.N3: [0.1 * step for step in range(6)],
        Rule.N4: [0.4, -0.4] * 7,
        Rule.N5: [2.5] * 3,
        Rule.N6: [1.5] * 5,
        Rule.N7: [0.5, -0.5, 0.2] * 5,
        Rule.N8: [1.5, -1.5] * 4,
        Rule.WE4: [0.5] * 8,
    }
    for rule, width in widths.items():
        z = np.array([shapes[rule]])
        assert nelson(z)[rule].points.all(), rule
        gap = z.copy()
        gap[0, width // 2] = np.nan
        assert not nelson(gap)[rule].points.any(), rule
        starts = np.zeros(z.shape, dtype=bool)
        starts[0, width // 2] = True
        assert not nelson(z, starts)[rule].points.any(), rule


def test_standardised_with_the_limits_of_the_chart() -> None:
    values = np.array([[1.0, 2, 1, 2, 1, 2, 1, 2, 10], [3.0] * 9])
    limits = watch(Monthly(values, ["higher"] * 2)).limits
    z = standardised(values, limits)
    assert z[0, -1] > 3
    assert np.isnan(z[1]).all()
