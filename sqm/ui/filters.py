"""Filters that stand in the address and hold for the session, on all pages that know them.

Each takes its options from the page (what this viewer may see, and what is there), shows them in the viewer's language,
and returns a code. A value from the address that is not among the options is dropped.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from sqm.ui import address, blocks, formats
from sqm.ui.words import _, language, name

ALL = ""  # the code of "no restriction"; it never stands in the address


def choice(
    key: str,
    label: str,
    options: Sequence[str],
    show: Callable[[str], str],
    default: str | None = None,
    segmented: bool = False,
) -> str:
    """One of the options, by code. key is its name in the address; the first option is the default unless told.

    Drawn as a row of buttons with ``segmented`` (a handful of short options), else as a list to search in. Codes are
    plain texts, also those of an enumeration: pages share filters, and Streamlit fails on a member that another page
    has left where this one offers texts.
    """
    if not options:
        return ALL
    codes = [str(each) for each in options]
    value = address.resolve(key, codes, codes[0] if default is None else str(default))
    widget = f"filter_{key}_{language()}"  # a widget answers in labels, so each language has its own
    if st.session_state.get(widget) != value:  # a value that is set is sent and drawn anew, some 15 ms in the browser
        st.session_state[widget] = value
    if segmented:
        st.segmented_control(
            label, codes, format_func=show, key=widget, required=True, on_change=_take, args=(key, widget)
        )
    else:
        st.selectbox(label, codes, format_func=show, key=widget, on_change=_take, args=(key, widget))
    return value


def _take(key: str, widget: str) -> None:
    chosen = st.session_state.get(widget)
    if chosen is not None and not address.moved():
        address.choose(key, str(chosen))


def month(months: Sequence[date], default: date | None = None) -> date:
    """A month, newest first; the newest is the default. Stands in the address as 2026-09.

    Without any month there is nothing to choose and nothing to show: the page says so and ends.
    """
    if not months:
        blocks.empty(
            _("No indicator has a value yet."),
            _("Answers alone stand on Satisfaction and Survey programme; values come with an indicator file."),
        )
        st.stop()
    newest_first = sorted(months, reverse=True)
    by_code = {f"{each:%Y-%m}": each for each in newest_first}
    start = None if default is None else f"{default:%Y-%m}"
    return by_code[choice("month", _("Month"), list(by_code), lambda code: formats.month(by_code[code]), start)]


def coded(
    key: str, label: str, rows: Sequence[Mapping[str, object]], code: str, everything: str, segmented: bool = False
) -> str:
    """One of the rows by their column ``code``, shown by name, or ALL, shown as ``everything`` (All districts)."""
    names = {ALL: everything} | {str(row[code]): name(row) for row in rows}
    return choice(key, label, list(names), lambda each: names.get(each, each), ALL, segmented)


def district(rows: Sequence[Mapping[str, object]]) -> str:
    """A district branch, or ALL. rows: district_code, name_en, name_zh, only those that the viewer may see."""
    return coded("district", _("District"), rows, "district_code", _("All districts"))


def brand(rows: Sequence[Mapping[str, object]]) -> str:
    """A brand, or ALL. rows: code, name_en, name_zh."""
    return coded("brand", _("Brand"), rows, "code", _("All brands"))


def channel(rows: Sequence[Mapping[str, object]]) -> str:
    """A channel that answers came through, or ALL. rows: code, name_en, name_zh."""
    return coded("channel", _("Channel"), rows, "code", _("All channels"))


def survey(rows: Sequence[Mapping[str, object]]) -> str:
    """A survey; surveys are never added up, so there is no ALL. rows: survey_code, name_en, name_zh."""
    names = {str(row["survey_code"]): name(row) for row in rows}
    return choice("survey", _("Survey"), list(names), lambda each: names.get(each, each))


def unseen(key: str, options: Sequence[str], default: str) -> str:
    """A choice without a widget of its own: made by a link (links.py), kept in the address."""
    return address.resolve(key, [*options, default], default)
