"""A failure becomes a sentence on the page and one JSON line in the log."""

import json
import logging

import pytest
from streamlit.testing.v1 import AppTest

from sqm.ui.said import incidents


def _fails() -> None:
    from sqm.ui.said import incidents

    with incidents.caught():
        raise ValueError("secret 13800138000\nforged line")


def _known() -> None:
    from sqm.errors import SqmError
    from sqm.ui.said import incidents

    with incidents.caught():
        raise SqmError("database_in_use")


def test_an_unforeseen_failure_shows_a_number_and_logs_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "sqm.incidents"):
        app = AppTest.from_function(_fails).run()
    assert len(app.error) == 1 and not app.exception
    (record,) = [record for record in caplog.records if record.name == "sqm.incidents"]
    line = record.getMessage()
    assert "\n" not in line and "13800138000" not in line
    entry = json.loads(line)
    assert entry["incident"] in app.error[0].value
    assert "ValueError" in entry["trace"] and "secret" not in app.error[0].value


@pytest.mark.parametrize(
    "secret",
    [
        "13800138000",
        "138 0013 8000",
        "１３８００１３８０００",
        "010-8765 4321",
        "11010519491231002X",
        "wang.fang@op.example.com",
        "6222 0212 3456 7890 123",
    ],
)
def test_no_number_or_address_of_a_person_reaches_the_log(secret: str) -> None:
    told = incidents.unnamed(f"ValueError: could not read '{secret}' in row 7\n  File x, line 3")
    assert secret not in told and "could not read" in told and "row 7" in told and told.count("\n") == 1


@pytest.mark.parametrize(
    "said",
    [
        "Cookie: {} ; path=/",
        "cookie: first=1; second={}",
        "set-cookie={}",
        "'password': '{}'",
        "client_secret = {}",
        "Authorization: Bearer {}",
        "access_token={}&x=1",
    ],
)
def test_no_cookie_password_or_token_reaches_the_log(said: str) -> None:
    assert "Zx9-canary.value" not in incidents.unnamed(f"failed with {said.format('Zx9-canary.value')}")


def test_a_known_failure_gives_advice_and_no_incident(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(_known).run()
    assert "Another program holds the database" in app.warning[0].value
    assert not [record for record in caplog.records if record.name == "sqm.incidents"]
