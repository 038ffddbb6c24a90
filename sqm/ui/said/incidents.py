"""What the viewer sees and what the log keeps when something fails that nobody foresaw."""

import json
import logging
import re
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import streamlit as st

from sqm.errors import SqmError
from sqm.intake.words import masking
from sqm.ui.upload import problem_texts
from sqm.ui.words import _

_LOG = logging.getLogger("sqm.incidents")
_LONG_NUMBER = re.compile(r"\d{7,}")
_SECRET = re.compile(
    r"(cookie[\"']?\s*[=:]\s*)\S.*"  # all of them to the end of the line
    r"|((?:authorization|password|passwd|secret|token|_xsrf)[\"']?\s*[=:]\s*)(?:bearer\s+)?[^\s,;]+",
    re.IGNORECASE,
)


def record(failure: BaseException) -> str:
    """Write one JSON line with the trace to the server's log; the number that the viewer is told."""
    number = secrets.token_hex(4).upper()
    trace = "".join(traceback.format_exception(failure))
    _LOG.error(
        json.dumps(
            {
                "event": "incident",
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "incident": number,
                "error": type(failure).__name__,
                "trace": unnamed(trace),
            },
            ensure_ascii=False,
        )
    )
    return number


def unnamed(text: str) -> str:
    """Without what does not belong into a log: numbers and addresses of people, cookies, passwords, tokens."""
    lines = (masking.mask(_SECRET.sub(r"\1\2•", line)) for line in text.split("\n"))
    return _LONG_NUMBER.sub("•", "\n".join(lines))


def show(failure: Exception) -> None:
    """A sentence on the page: advice for a known failure, a number to quote for an unknown one. Never a trace."""
    if isinstance(failure, SqmError):
        st.warning(problem_texts.sentence(failure))
        return
    number = record(failure)
    st.error(
        _(
            "Something went wrong on the server. Nothing was changed. "
            "Reload the page; if it happens again, tell the administrator incident {number}.",
            number=number,
        )
    )


@contextmanager
def caught() -> Iterator[None]:
    """Turn any failure inside the block into a sentence. Streamlit's own stop and rerun signals pass through."""
    try:
        yield
    except Exception as failure:  # noqa: BLE001 - the edge: whatever it is, the viewer gets a sentence and the log a trace
        show(failure)
