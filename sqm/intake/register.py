"""What codes exist, handed to intake by the caller, so that this floor needs no database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class IndicatorEntry:
    """What a value of an indicator means: value = numerator / denominator * per (count and level: numerator)."""

    code: str
    kind: str = "share"
    per: float = 1.0
    unit: str = "%"
    name_en: str = ""
    name_zh: str = ""
    direction: str = "higher"


@dataclass(frozen=True)
class AuditItem:
    """An item of a checklist of store audits. most: the points it can earn now (0: no checklist has it)."""

    code: str
    most: float = 0.0
    critical: bool = False
    name_en: str = ""
    name_zh: str = ""


@dataclass(frozen=True)
class Register:
    """stores: code -> district code. store_names: name -> code (only to suggest). districts: code -> a name or ''.
    labels: kind (operator, brand, channel) -> word (code or name) -> code. items: item code -> role.
    departments: word (code or name) -> code. today: dates after it are in the future.
    targets_from: the first month in which a target may start now (None: any; nothing was judged yet). sealed: the last
    published month. signed: keys (target_key) of targets that both sides signed at the target desk.
    audit_items: what checklists of store audits ask. themes: word (code or name) -> code of their themes."""

    today: date
    stores: Mapping[str, str] = field(default_factory=dict)
    store_names: Mapping[str, str] = field(default_factory=dict)
    districts: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[IndicatorEntry, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    targets_from: date | None = None
    sealed: date | None = None
    signed: frozenset[str] = frozenset()
    audit_items: tuple[AuditItem, ...] = ()
    themes: Mapping[str, str] = field(default_factory=dict)

    def indicator_words(self) -> dict[str, IndicatorEntry]:
        """code, English and Chinese name (folded) -> entry."""
        words: dict[str, IndicatorEntry] = {}
        for entry in self.indicators:
            for word in (entry.code, entry.name_en, entry.name_zh):
                if word:
                    words.setdefault(word.strip().casefold(), entry)
        return words

    def to_json(self) -> str:
        return json.dumps(
            {
                "today": self.today.isoformat(), "stores": dict(self.stores), "store_names": dict(self.store_names),
                "districts": dict(self.districts), "items": dict(self.items),
                "labels": {kind: dict(words) for kind, words in self.labels.items()},
                "indicators": [
                    [e.code, e.kind, e.per, e.unit, e.name_en, e.name_zh, e.direction] for e in self.indicators
                ],
                "departments": dict(self.departments), "signed": sorted(self.signed),
                "targets_from": self.targets_from.isoformat() if self.targets_from else None,
                "sealed": self.sealed.isoformat() if self.sealed else None, "themes": dict(self.themes),
                "audit_items": [[i.code, i.most, i.critical, i.name_en, i.name_zh] for i in self.audit_items],
            },
            ensure_ascii=False,
        )  # fmt: skip

    @classmethod
    def from_json(cls, text: str) -> "Register":
        data = json.loads(text)
        return cls(
            today=date.fromisoformat(data["today"]), stores=data["stores"], store_names=data["store_names"],
            districts=data["districts"], labels=data["labels"], items=data["items"],
            indicators=tuple(IndicatorEntry(*entry) for entry in data["indicators"]), departments=data["departments"],
            targets_from=_day(data["targets_from"]), sealed=_day(data["sealed"]), signed=frozenset(data["signed"]),
            audit_items=tuple(AuditItem(*entry) for entry in data["audit_items"]), themes=data["themes"],
        )  # fmt: skip


def target_key(indicator_code: str, level: str, place: str, month: date) -> str:
    """What tells one target from another: there is one for an indicator, a scope and a first month."""
    return "\x1f".join((indicator_code, level, place, month.isoformat()))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
