import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sqm.rules.trail_chain import Break, Entry, Fault, breaks, digest_of

START = datetime(2026, 11, 1, 8, 0)


def chain(size: int, old: int = 0) -> list[Entry]:
    """A trail of which the first ``old`` entries come from before the chain."""
    entries: list[Entry] = []
    before = ""
    for sequence in range(1, size + 1):
        entry = Entry(sequence, START + timedelta(minutes=sequence), "quality", "commit", f"b{sequence}", "{}")
        entry = replace(entry, digest=digest_of(entry, before) if sequence > old else "")
        entries.append(entry)
        before = entry.digest
    return entries


def heads(entries: list[Entry]) -> dict[int, str]:
    return {each.sequence: each.digest for each in entries[-3:]}


@pytest.mark.parametrize("old", [0, 4])
def test_a_trail_that_nobody_touched_holds(old: int) -> None:
    entries = chain(20, old)
    assert breaks(entries, heads(entries)) == ()
    assert breaks([], {}) == ()


def test_what_is_changed_is_named() -> None:
    entries = chain(5)
    told = [replace(each, who="somebody else") if each.sequence == 3 else each for each in entries]
    assert breaks(told, heads(entries)) == (Break(3, Fault.CHANGED),)


def test_the_end_cut_off_is_found_by_what_is_kept_outside() -> None:
    entries = chain(5)
    assert breaks(entries[:-1], {}) == ()
    assert breaks(entries[:-1], heads(entries)) == (Break(5, Fault.HEAD),)


def test_a_chain_forged_from_an_entry_on_is_found_by_what_is_kept_outside() -> None:
    entries = chain(6)
    forged, before = entries[:2], entries[1].digest
    for each in entries[2:]:
        changed = replace(each, subject="another")
        forged.append(replace(changed, digest=digest_of(changed, before)))
        before = forged[-1].digest
    assert breaks(forged, {}) == ()
    assert {each.fault for each in breaks(forged, heads(entries))} == {Fault.HEAD}


def test_digests_wiped_out_are_found() -> None:
    entries = chain(4)
    wiped = [replace(each, digest="") for each in entries]
    assert {each.fault for each in breaks(wiped, heads(entries))} == {Fault.HEAD}
    assert Break(3, Fault.NOT_CHAINED) in breaks([*entries[:2], wiped[2], entries[3]], {})


@pytest.mark.parametrize("seed", range(100))
def test_a_hundred_tamperings_are_all_found(seed: int) -> None:
    """Reliability L2: change, delete, reorder."""
    chance = random.Random(seed)
    entries = chain(60)
    kept = heads(entries)
    at = chance.randrange(60)
    way = ("change", "delete", "reorder")[seed % 3]
    tampered = list(entries)
    if way == "change":
        column = chance.choice(["who", "action", "subject", "detail"])
        tampered[at] = replace(entries[at], **{column: getattr(entries[at], column) + " "})
    elif way == "delete":
        del tampered[at]
    else:
        other = (at + chance.randrange(1, 60)) % 60
        first, second = entries[at], entries[other]
        tampered[at] = replace(second, sequence=first.sequence)
        tampered[other] = replace(first, sequence=second.sequence)
    assert breaks(tampered, kept)
