"""Studies: definitions from the log, quotas, waves that are missing, what weights cost. All numbers by hand."""

from datetime import date

import pytest

from sqm.rules.access import Action
from sqm.rules.decisions import Draft, action_of, withdraw
from sqm.rules.surveys import studies
from sqm.rules.surveys.studies import Audience, Cadence, Completeness, Mode
from sqm.rules.targets import Status
from tests.rules.deciding import log as logged

SAID = {"name_en": "Family plan panel", "audience": Audience.CUSTOMERS, "mode": Mode.SMS, "cadence": Cadence.MONTHLY}


def months(*numbers: int) -> set[date]:
    return {date(2026, number, 1) for number in numbers}


def test_the_last_standing_definition_holds_and_one_language_stands_for_both() -> None:
    first, second = studies.define("panel", {**SAID, "quota": "500"}), studies.define("panel", {**SAID, "quota": 800})
    log = logged(first, second)
    found = studies.studies(log)["panel"]
    assert (found.quota, found.name_zh, found.population, found.representative) == (
        800,
        "Family plan panel",
        None,
        True,
    )
    log = logged(first, second, withdraw(log[1].decision_id))
    assert studies.studies(log)["panel"].quota == 500
    assert action_of(first) is Action.DEFINE_STUDY


@pytest.mark.parametrize("wrong", [{"name_en": " "}, {"quota": 0}, {"population": "-3"}, {"mode": "fax"}])
def test_a_study_without_a_name_or_with_an_impossible_number_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        studies.define("panel", {**SAID, **wrong})


def test_a_change_of_method_has_a_reason_and_a_code_of_its_own() -> None:
    draft = studies.change_method("cati", "cati-3", date(2026, 9, 17), "", "改为15分钟问卷")
    assert isinstance(draft, Draft)
    (method,) = studies.methods(logged(draft))
    assert (method.valid_from, method.note_en) == (date(2026, 9, 1), "改为15分钟问卷")
    assert studies.next_method("cati", {"cati-1", "cati-2", "sms-3"}) == "cati-3"
    with pytest.raises(ValueError):
        studies.change_method("cati", "cati-3", date(2026, 9, 1), " ", "")


@pytest.mark.parametrize(
    ("n", "quota", "status"),
    [
        (3280, 3280, Status.MET),
        (3176, 3280, Status.NEAR),  # 96.8 %
        (3115, 3280, Status.MISSED),  # 94.97 %
        (None, 3280, Status.NO_DATA),
        (12, None, Status.NO_TARGET),
    ],
)
def test_a_sample_against_its_quota(n: int | None, quota: int | None, status: Status) -> None:
    assert studies.quota_status(n, quota) is status


@pytest.mark.parametrize(
    ("held", "cadence", "found"),
    [
        (months(1, 2, 4), "monthly", Completeness(5, (date(2026, 3, 1), date(2026, 5, 1)), True)),
        (months(1, 2, 3, 4, 5), "daily", Completeness(5, (), False)),
        (months(2, 4), "quarterly", Completeness(1, (), False)),  # Feb-Apr is over, May-Jul is not
        (months(1, 5), "yearly", Completeness(0, (), False)),
        (months(1, 5), "open", Completeness(2, (), False)),
        (months(1, 5), "", Completeness(2, (), False)),
        (set(), "monthly", Completeness(0, (), False)),
    ],
)
def test_waves_that_did_not_come(held: set[date], cadence: str, found: Completeness) -> None:
    assert studies.completeness(held, cadence, date(2026, 5, 1)) == found


def test_what_weights_cost() -> None:
    """Weights 1, 1, 2: (4)^2 / 6 = 2.667 effective answers of 3, design effect 1.125."""
    found = studies.weighting(3, 4.0, 6.0, 2.0)
    assert found.largest == 2.0
    assert [round(each, 4) for each in (found.mean, found.deff, found.n_eff)] == [1.3333, 1.125, 2.6667]
    margin = studies.widest_margin(3280.0)
    assert margin is not None and round(margin, 5) == 0.01711  # 1.96 * sqrt(0.25 / 3280)
    assert studies.widest_margin(0.0) is None
