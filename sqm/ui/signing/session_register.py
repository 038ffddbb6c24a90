"""Who is signed in now: kept by this process alone, so a cookie that it did not see begin, or that was ended, opens
nothing, however well it is signed. After a restart everybody signs in again.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqm import config
from sqm.rules.session_limits import End, Limits, end_of

_WHAT_IDENTIFIES = ("provider", "iss", "sub", "nonce", "iat", "auth_time")
_MOST_ADDRESSES = 2_000


def key_of(user: Mapping[str, object]) -> str:
    """The id of one sign-in, from what the identity provider said at that moment (the nonce is new each time)."""
    said = "\0".join(str(user.get(name, "")) for name in _WHAT_IDENTIFIES)
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass
class SignedIn:
    """One sign-in. who: the name for the trail; tabs: its Streamlit sessions; issued: addresses of files and uploads
    that were sent to its tabs, and nobody else's; noted: what the trail has already; began and last in seconds."""

    key: str
    who: str
    began: float
    last: float
    has_role: bool = False
    may_upload: bool = False
    tabs: set[str] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)
    issued: dict[str, None] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)


class Register:
    """All sign-ins that stand. Safe to use from every thread."""

    def __init__(self, limits: Callable[[], Limits], clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._standing: dict[str, SignedIn] = {}
        self._over: list[tuple[SignedIn, End]] = []

    def begin(self, key: str, who: str) -> SignedIn:
        """The identity provider has just sent somebody back."""
        now = self._clock()
        with self._lock:
            held = self._standing[key] = SignedIn(key, who, now, now)
        return held

    def find(self, key: str) -> SignedIn | None:
        """The sign-in if it stands; what is over by time ends here."""
        with self._lock:
            held = self._standing.get(key)
            if held is None:
                return None
            why = end_of(held.began, held.last, self._clock(), self._limits())
            if why is None:
                return held
            self._end(held, why)
            return None

    def touch(self, held: SignedIn, tab: str) -> None:
        """Somebody clicked in a tab; a run that the server itself asked for is no click."""
        with self._lock:
            held.tabs.add(tab)
            if tab in held.quiet:
                held.quiet.discard(tab)
            else:
                held.last = self._clock()

    def issue(self, held: SignedIn, addresses: list[str]) -> None:
        """These addresses were sent to a tab of this sign-in."""
        with self._lock:
            held.issued.update(dict.fromkeys(addresses))
            for old in list(held.issued)[: max(len(held.issued) - _MOST_ADDRESSES, 0)]:
                del held.issued[old]

    def end(self, key: str, why: End) -> None:
        """Over at once."""
        with self._lock:
            if key in self._standing:
                self._end(self._standing[key], why)

    def sweep(self) -> list[tuple[SignedIn, End]]:
        """End what is over by time, and hand out, once, everything that has ended since the last sweep."""
        for key in list(self._standing):
            self.find(key)
        with self._lock:
            over, self._over = self._over, []
        return over

    def standing(self) -> list[SignedIn]:
        """All that stand, for the server to run their tabs anew."""
        with self._lock:
            return list(self._standing.values())

    def _end(self, held: SignedIn, why: End) -> None:
        self._standing.pop(held.key, None)
        self._over.append((held, why))


def _limits() -> Limits:
    settings = config.load()
    return Limits(settings.idle_seconds, settings.session_seconds)


REGISTER = Register(_limits)
