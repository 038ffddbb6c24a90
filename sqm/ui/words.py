"""Words on the screen: English is the source text, the Chinese catalogue is compiled in memory from the .po file.

Call these while a script runs and never while a module is imported: a text made at import time would freeze the
language of the first visitor for everybody. Mark constants with N_ and translate them where they are shown.
"""

import gettext
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from streamlit.runtime.scriptrunner import get_script_run_ctx

LOCALE = Path(__file__).resolve().parent.parent / "locale"
CATALOGUE = LOCALE / "zh_CN" / "LC_MESSAGES" / "sqm.po"
STATE = "language"


class Language(StrEnum):
    """As it stands in the address: ?lang=zh."""

    ZH = "zh"
    EN = "en"


_override: ContextVar[Language | None] = ContextVar("language", default=None)
_settled: ContextVar[Language | None] = ContextVar("settled_language", default=None)


@contextmanager
def use(chosen: str) -> Iterator[None]:
    """Speak this language inside the block, whatever the session says: for tests, and for files in both languages."""
    token = _override.set(Language(chosen))
    try:
        yield
    finally:
        _override.reset(token)


def from_browser() -> Language:
    """What the browser asks for; Chinese of any region is Chinese, everything else is English."""
    wanted = (st.context.locale or "") if get_script_run_ctx(suppress_warning=True) else ""
    return Language.ZH if wanted.lower().startswith("zh") else Language.EN


def settle(chosen: str) -> None:
    """main.py: this script run speaks so. A run asks hundreds of times, and asking the session costs much more."""
    st.session_state[STATE] = chosen
    _settled.set(Language(chosen))


def language() -> Language:
    """The language of this script run. main.py settles it before anything is written."""
    known = _override.get() or _settled.get()
    if known is not None:
        return known
    if get_script_run_ctx(suppress_warning=True) is None:
        return Language.EN
    chosen = st.session_state.get(STATE)
    return Language(chosen) if chosen in set(Language) else from_browser()


@lru_cache(maxsize=2)
def _catalogue(chosen: Language) -> gettext.NullTranslations:
    if chosen is Language.EN:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with CATALOGUE.open("rb") as source:
        write_mo(compiled, read_po(source, locale="zh_CN"))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(text: str, **values: object) -> str:
    """The text in the viewer's language, with its {placeholders} filled."""
    translated = _catalogue(language()).gettext(text)
    return translated.format(**values) if values else translated


def n_(one: str, many: str, n: int, **values: object) -> str:
    """As _, for texts that count something; {n} is written with thousands separators."""
    return _catalogue(language()).ngettext(one, many, n).format(n=f"{n:,}", **values)


def N_(text: str) -> str:
    """Marks a constant for translation without translating it."""
    return text


def listed(texts: Sequence[str], most: int = 3) -> str:
    """Promotions and Hotline / 促销活动、热线; beyond ``most`` only how many more."""
    shown = list(texts[:most])
    rest = len(texts) - len(shown)
    if rest:
        shown.append(n_("{n} more", "{n} more", rest))
    if len(shown) < 2:
        return "".join(shown)
    return _(", ").join(shown[:-1]) + _(" and ") + shown[-1]


def name(row: Mapping[str, object] | object, what: str = "name") -> str:
    """The name_en or name_zh (definition_en ...) of a row, record or dataclass, in the viewer's language.

    Falls back to the other language when the operator left one empty.
    """
    chosen = language()
    other = Language.EN if chosen is Language.ZH else Language.ZH

    def read(key: str) -> str:
        value = row.get(key) if isinstance(row, Mapping) else getattr(row, key, None)
        return "" if value is None or value != value else str(value)

    return read(f"{what}_{chosen}") or read(f"{what}_{other}")
