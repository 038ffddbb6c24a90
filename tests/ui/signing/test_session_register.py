"""The register of sign-ins: what stands, what ends by time or by hand, and what a click is."""

import pytest

from sqm.rules.session_limits import End, Limits
from sqm.ui.signing.session_register import Register, key_of

USER = {"provider": "default", "iss": "https://id", "sub": "7", "nonce": "n1", "iat": 100, "name": "Li"}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def register(clock: Clock) -> Register:
    return Register(Limits, clock)


@pytest.mark.parametrize("name", ["provider", "iss", "sub", "nonce", "iat"])
def test_each_login_has_a_key_of_its_own(name: str) -> None:
    assert key_of(USER) != key_of({**USER, name: "other"})
    assert key_of(USER) == key_of({**USER, "name": "Li Hua"})


def test_only_what_began_here_stands_and_an_end_is_final(register: Register) -> None:
    assert register.find("k") is None, "a cookie that this process did not see begin"
    held = register.begin("k", "li")
    assert register.find("k") is held
    register.end("k", End.SIGNED_OUT)
    assert register.find("k") is None
    register.touch(held, "tab")
    assert register.find("k") is None, "a late click does not bring it back"
    assert register.sweep() == [(held, End.SIGNED_OUT)] and register.sweep() == []


def test_idle_ends_it_and_a_click_does_not_let_it_idle(register: Register, clock: Clock) -> None:
    held = register.begin("k", "li")
    for _click in range(3):
        clock.now += 1799
        assert register.find("k") is held
        register.touch(held, "tab")
    clock.now += 1800
    assert register.sweep() == [(held, End.IDLE)] and register.find("k") is None


def test_twelve_hours_end_it_whatever_is_clicked(register: Register, clock: Clock) -> None:
    held = register.begin("k", "li")
    while clock.now < 43_200 - 600:
        clock.now += 600
        assert register.find("k") is held
        register.touch(held, "tab")
    clock.now = 43_200
    assert register.find("k") is None and register.sweep() == [(held, End.TOO_LONG)]


def test_a_run_that_the_server_asked_for_is_no_click(register: Register, clock: Clock) -> None:
    held = register.begin("k", "li")
    register.touch(held, "tab")
    clock.now = 1000
    held.quiet.add("tab")
    register.touch(held, "tab")
    assert held.last == 0
    register.touch(held, "tab")
    assert held.last == 1000


def test_old_addresses_go_first(register: Register) -> None:
    held = register.begin("k", "li")
    register.issue(held, [f"/media/{place}" for place in range(2_500)])
    assert len(held.issued) == 2_000 and "/media/499" not in held.issued and "/media/2499" in held.issued
