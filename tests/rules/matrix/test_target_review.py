"""How many past months a new target would have called missed."""

from datetime import date

import numpy as np
import pandas as pd

from sqm.rules.matrix import target_review

HISTORY = pd.DataFrame(
    {
        "indicator_code": ["A"] * 4 + ["B"] * 3,
        "value": [0.70, 0.78, 0.80, 0.90, 5.0, 9.0, np.nan],
        "direction": ["higher"] * 4 + ["lower"] * 3,
        "status": ["missed", "near", "met", "met", "met", "met", "no_data"],
        "reason": ["", "", "", "insufficient", "", "", ""],
    }
)


def test_each_target_is_held_against_the_months_of_its_indicator() -> None:
    proposed = pd.DataFrame(
        {
            "indicator_code": ["A", "B", "A", "C"],
            "low": [0.80, np.nan, 0.85, 1.0],
            "high": [np.nan, 6.0, np.nan, np.nan],
            "tolerance": [0.03, 1.0, 0.01, 0.0],
        },
        index=[7, 3, 5, 1],
    )
    found = target_review.missed_under(HISTORY, proposed)
    assert found.loc[7].to_dict() == {"months": 3, "missed": 1, "missed_before": 1}  # 0.78 is near, 0.90 too thin
    assert found.loc[3].to_dict() == {"months": 2, "missed": 1, "missed_before": 0}
    assert found.loc[5].to_dict() == {"months": 3, "missed": 3, "missed_before": 1}
    assert found.loc[1].to_dict() == {"months": 0, "missed": 0, "missed_before": 0}


def test_the_look_back_is_twelve_months_with_the_newest() -> None:
    assert target_review.first_month(date(2026, 10, 1)) == date(2025, 11, 1)
