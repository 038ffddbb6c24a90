"""Choices that stand in the address bar, as codes: a link shows the same to somebody else, in their own language.

Streamlit's own binding of widgets to the address writes the *label* of an option ("2026年9月"), which a reader of
another language cannot open; therefore the address is kept here. All choices of a run are written at once (one step in
the browser's history), and a value that is not among the allowed options is dropped.
"""

from collections.abc import Sequence

import streamlit as st

_CHOICES = "address.choices"  # name -> value in force, kept for the session
_SEEN = "address.seen"  # name -> what the address said at the end of the last run
_WANTED = "address.wanted"  # name -> what the address is to say at the end of this run
_HEARD = "address.heard"  # name -> what the address said when the last run began, or what that run wrote into it
_PAGE = "address.page"
_ARRIVED = "address.arrived"


def start() -> None:
    """A script run begins: nothing has asked for a place in the address yet."""
    st.session_state[_WANTED] = {}
    st.session_state[_HEARD] = st.query_params.to_dict()


def arrive(page_name: str) -> None:
    """The page that runs. Streamlit empties the address on a page switch, which must not reset what was chosen."""
    st.session_state[_ARRIVED] = st.session_state.get(_PAGE) != page_name
    st.session_state[_PAGE] = page_name


def page() -> str:
    """The page that ran last."""
    return str(st.session_state.get(_PAGE, ""))


def resolve(name: str, options: Sequence[str], default: str, keeps: bool = False) -> str:
    """The value in force: what the address newly says, else what this session chose, else the default.

    An address that has lost the parameter on the same page means Back, and resets; not so with ``keeps``, for what is
    asked before the page is known (the language).
    """
    choices = st.session_state.setdefault(_CHOICES, {})
    said = st.query_params.get(name)
    seen = st.session_state.get(_SEEN, {}).get(name)
    if said is not None and said != seen:
        choices[name] = said
    elif said is None and seen is not None and not keeps and not st.session_state.get(_ARRIVED, True):
        choices.pop(name, None)  # Back to a state of this page without the parameter
    if choices.get(name) not in options:
        choices[name] = str(default)  # of an enumeration too: another page may offer plain texts
    value: str = choices[name]
    keep(name, "" if value == default else value)
    return value


def written(name: str, longest: int) -> str:
    """A text in force that anybody may have typed, as ``resolve`` finds it; '' is none. What it is used for must treat
    it as text and nothing else."""
    said = st.query_params.get(name, "")
    held = str(st.session_state.get(_CHOICES, {}).get(name, ""))
    return resolve(name, [text for text in (said, held) if len(text) <= longest], "")


def keep(name: str, value: str) -> None:
    """Write this into the address at the end of the run; an empty value stands for no parameter."""
    if value:
        st.session_state.setdefault(_WANTED, {})[name] = value


def moved() -> bool:
    """Whether the browser's address differs from what the last run left: somebody went Back or Forward, or followed a
    link. Asked in a widget's callback, before the run. What widgets then send along is what they showed on the page
    that is being left: Streamlit's front end may not have drawn yet what the last run set, and it is no choice."""
    heard = st.session_state.get(_HEARD)
    return heard is not None and heard != st.query_params.to_dict()


def choose(name: str, value: str) -> None:
    """Remember a choice made in a widget (called from its callback, before the next run)."""
    st.session_state.setdefault(_CHOICES, {})[name] = value


def write() -> None:
    """End of the run: make the address say what is in force, in one step, and nothing else."""
    wanted: dict[str, str] = dict(st.session_state.get(_WANTED, {}))
    if wanted != dict(st.query_params.to_dict()):
        st.query_params.from_dict(wanted)
    st.session_state[_SEEN] = st.session_state[_HEARD] = wanted
