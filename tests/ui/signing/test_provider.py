"""Where the server may listen, and what is wrong with a half-written sign-in."""

from collections.abc import Mapping

import pytest
from streamlit.runtime.secrets import AttrDict

from sqm.ui.signing import provider

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what must be refused
RIGHT: dict[str, object] = {
    "redirect_uri": "https://sqm.operator.example/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "sqm",
    "client_secret": "known to two",
    "server_metadata_url": "https://id.operator.example/.well-known/openid-configuration",
}


def written(monkeypatch: pytest.MonkeyPatch, section: Mapping[str, object]) -> None:
    monkeypatch.setattr(provider, "get_secrets_auth_section", lambda: AttrDict(dict(section)))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "localhost", "::1", "[::1]"])
def test_without_sign_in_it_listens_on_this_machine(address: str) -> None:
    assert provider.refusal(address) == ""


@pytest.mark.parametrize("address", [None, "", EVERYWHERE, "::", "192.168.1.7", "sqm.operator.example"])
def test_without_sign_in_it_refuses_every_other_address(address: str | None) -> None:
    assert "no sign-in is set up" in provider.refusal(address)


@pytest.mark.parametrize("address", [None, EVERYWHERE, "127.0.0.1"])
def test_with_sign_in_it_listens_anywhere(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    written(monkeypatch, RIGHT)
    assert provider.refusal(address) == "" and provider.is_set_up()
    assert provider.origin() == "https://sqm.operator.example" and provider.name() == "default"


def test_a_provider_in_a_section_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    general = {key: RIGHT[key] for key in ("redirect_uri", "cookie_secret")}
    written(monkeypatch, {**general, "operator": {key: RIGHT[key] for key in RIGHT if key not in general}})
    assert provider.name() == "operator" and provider.faults() == ()


def test_what_held_at_the_start_holds_until_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider, "_decided", [])
    written(monkeypatch, RIGHT)
    provider.decide()
    written(monkeypatch, {})
    assert provider.is_set_up()


@pytest.mark.parametrize("key", RIGHT)
@pytest.mark.parametrize("address", ["127.0.0.1", EVERYWHERE])
def test_a_half_written_sign_in_starts_nowhere(monkeypatch: pytest.MonkeyPatch, key: str, address: str) -> None:
    written(monkeypatch, {name: value for name, value in RIGHT.items() if name != key})
    assert key in provider.refusal(address)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cookie_secret", "x" * 31),
        ("redirect_uri", "sqm.example/oauth2callback"),
        ("redirect_uri", "https://sqm.example/"),
    ],
)
def test_values_that_cannot_be_right_are_named(monkeypatch: pytest.MonkeyPatch, key: str, value: str) -> None:
    written(monkeypatch, {**RIGHT, key: value})
    assert key in provider.refusal(EVERYWHERE)
