"""A chain over the trail: each entry's digest covers the entry and the digest before it (reliability L2).

Whoever changes, deletes or reorders an entry must change every digest after it; and the digests of the last entries are
also kept in a file beside the database (the heads), which the database cannot reach.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fault(StrEnum):
    """changed: entry and digest do not belong together. gap: sequences do not follow each other. not_chained: an entry
    without a digest after entries with one. head: a digest that was kept outside is another here, or its entry is gone.
    """

    CHANGED = "changed"
    GAP = "gap"
    NOT_CHAINED = "not_chained"
    HEAD = "head"


@dataclass(frozen=True)
class Entry:
    """A line of the trail. happened_at in UTC; digest: '' for one from before the chain."""

    sequence: int
    happened_at: datetime
    who: str
    action: str
    subject: str
    detail: str
    digest: str = ""


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold."""

    sequence: int
    fault: Fault


def digest_of(entry: Entry, before: str) -> str:
    """SHA-256 over the entry and the digest of the entry before it, as hex."""
    parts = [
        before, entry.sequence, entry.happened_at.isoformat(), entry.who, entry.action, entry.subject, entry.detail
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def breaks(entries: Iterable[Entry], heads: Mapping[int, str]) -> tuple[Break, ...]:
    """Every place where the chain does not hold. entries: the whole trail, in the order of their sequence. heads:
    sequence -> digest, as kept outside."""
    found: list[Break] = []
    before, place, is_chained = "", 0, False
    known: dict[int, str] = {}
    for entry in entries:
        if entry.sequence != place + 1:
            found.append(Break(entry.sequence, Fault.GAP))
        if not entry.digest and is_chained:
            found.append(Break(entry.sequence, Fault.NOT_CHAINED))
        elif entry.digest and entry.digest != digest_of(entry, before):
            found.append(Break(entry.sequence, Fault.CHANGED))
        is_chained = is_chained or bool(entry.digest)
        before, place = entry.digest, entry.sequence
        known[entry.sequence] = entry.digest
    found += [Break(sequence, Fault.HEAD) for sequence, digest in heads.items() if known.get(sequence) != digest]
    return tuple(sorted(found, key=lambda each: (each.sequence, each.fault)))
