"""Logs of decisions for tests: drafts become numbered decisions a day apart."""

from datetime import datetime, timedelta

from sqm.rules.decisions import Decision, Draft

START = datetime(2026, 11, 1, 9)


def log(*drafts: Draft, who: str = "ana") -> tuple[Decision, ...]:
    """Ids are d1, d2, ... in order."""
    return tuple(
        Decision(f"d{n}", n, START + timedelta(days=n), who, "analyst", draft.kind, draft.subject, draft.facts)
        for n, draft in enumerate(drafts, start=1)
    )
