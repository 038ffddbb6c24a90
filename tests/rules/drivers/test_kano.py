"""methods 9, Kano."""

import os
from pathlib import Path

import pandas as pd
import pytest

from sqm.rules.drivers.kano import Category, category_of, kano_of_answers, kano_of_counts
from sqm.rules.sampling import Showing, wilson

SHARED = Path(os.environ.get("SQM_SHARED") or Path(__file__).resolve().parents[4] / "shared")
KOREAN = SHARED / "data" / "servqual_kano_ipa_kiosk_kr_cp949.csv"
A, O, M, I, R, Q = (Category(letter) for letter in "AOMIRQ")  # noqa: E741


@pytest.mark.parametrize(
    ("there", "absent", "category"),
    [(1, 5, O), (1, 3, A), (3, 5, M), (3, 3, I), (5, 1, R), (1, 1, Q), (5, 5, Q), (2, 1, R), (4, 4, I)],
)
def test_pairs(there: int, absent: int, category: Category) -> None:
    assert category_of(there, absent) is category


def test_by_hand_from_answers() -> None:
    """Four delighted, three must-be, two one-dimensional, one questionable; half a pair does not count."""
    found = kano_of_answers([1] * 4 + [3] * 3 + [1] * 2 + [1, 1, None], [3] * 4 + [5] * 3 + [5] * 2 + [1, None, 2])
    assert (found.category, found.n, found.showing) == (A, 10, Showing.GREY)
    assert (found.better, found.worse) == (pytest.approx(6 / 9), pytest.approx(-5 / 9))
    assert found.strength == pytest.approx(0.1)
    want, loss = wilson(6, 9), wilson(5, 9)
    assert want is not None and loss is not None
    assert found.better_interval is not None and found.worse_interval is not None
    assert (found.better_interval.low, found.better_interval.high) == pytest.approx((want.low, want.high))
    assert (found.worse_interval.low, found.worse_interval.high) == pytest.approx((-loss.high, -loss.low))


@pytest.mark.parametrize(
    ("counts", "category"),
    [
        ({A: 5, O: 5, M: 5, I: 5}, M),
        ({A: 5, O: 5, I: 5}, O),
        ({A: 5, I: 5, R: 5}, A),
        ({R: 6, A: 5}, R),
        ({A: 0.1 + 0.2, M: 0.3}, M),
    ],
)
def test_ties(counts: dict[Category, float], category: Category) -> None:
    assert kano_of_counts(counts).category is category


def test_mixed_and_faulty() -> None:
    assert kano_of_counts({A: 50, O: 45, I: 5}).is_mixed
    assert not kano_of_counts({A: 50, O: 44, I: 6}).is_mixed
    assert kano_of_counts({A: 79, Q: 21}).is_faulty
    assert not kano_of_counts({A: 80, Q: 20}).is_faulty


def test_nothing_to_say() -> None:
    only_reverse = kano_of_counts({R: 10, Q: 2}, n=12)
    assert (only_reverse.category, only_reverse.better, only_reverse.worse, only_reverse.better_interval) == (
        R,
        None,
        None,
        None,
    )
    assert kano_of_counts({}).category is None
    assert kano_of_answers([None], [1]).category is None
    hidden = kano_of_answers([1] * 4, [5] * 4)
    assert (hidden.showing, hidden.category, hidden.shares) == (Showing.HIDDEN, None, {})
    assert kano_of_counts({A: 60, O: 40}).better_interval is None


def test_weights_are_people() -> None:
    found = kano_of_answers([1, 1, 3, 3, 3, 3], [3, 3, 5, 5, 5, 5], weights=[4, 4, 1, 1, 1, 1])
    assert found.category is A
    assert found.better == pytest.approx(8 / 12)


def test_what_is_no_answer_is_refused() -> None:
    for pair in ((0, 1), (1, 6)):
        with pytest.raises(ValueError, match="1 to 5"):
            category_of(*pair)
    with pytest.raises(ValueError, match="1 to 5"):
        kano_of_answers([1.5], [1])
    with pytest.raises(ValueError, match="negative"):
        kano_of_counts({A: -1})


@pytest.mark.skipif(not KOREAN.exists(), reason="no shared data")
def test_a_real_pair() -> None:
    rows = pd.read_csv(KOREAN, encoding="cp949")
    words = ["마음에 든다.", "당연하다.", "아무런 느낌이 없다.", "하는 수 없다.", "마음에 안 든다."]
    number = {word: place for place, word in enumerate(words, start=1)}
    there, absent = (rows.iloc[:, at].map(number) for at in (119, 155))  # speech recognition
    found = kano_of_answers(there.to_numpy(dtype=float), absent.to_numpy(dtype=float))
    by_table = pd.crosstab(there, absent)
    assert found.n == int(by_table.to_numpy().sum())
    assert found.shares[A] == pytest.approx(by_table.reindex(index=[1], columns=[2, 3, 4]).sum().sum() / found.n)
    assert found.category is not None and found.better_interval is not None
