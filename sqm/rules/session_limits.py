"""How long somebody stays signed in: 30 minutes without a click, 12 hours at most (OWASP ASVS 5.0, 7.3.1 and 7.3.2)."""

from dataclasses import dataclass
from enum import StrEnum


class End(StrEnum):
    """Why a session is over. It is what the trail keeps."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    TOO_LONG = "too_long"
    CLOSED = "closed_account"


@dataclass(frozen=True)
class Limits:
    """In seconds."""

    idle: float = 30 * 60
    longest: float = 12 * 60 * 60


def end_of(began: float, last: float, now: float, limits: Limits) -> End | None:
    """Whether a session is over by time, all moments in seconds of one clock. The limit itself is over."""
    if now - began >= limits.longest:
        return End.TOO_LONG
    return End.IDLE if now - last >= limits.idle else None
