"""The ASGI entry, found by ``streamlit run app.py``.

The UI script is sqm/main.py and not this file: a ``pages/`` folder beside the UI script would let the first deep link
to a fresh server run a page before the gate in main.py (tests/browser/test_gate.py).
"""

from pathlib import Path

import streamlit as st

from sqm import server

server.refuse_open_address()
app = st.App(
    Path(__file__).resolve().parent / "sqm" / "main.py",
    lifespan=server.lifespan,
    middleware=server.middleware(),
    routes=server.routes(),
    on_script_error=server.script_failed,
)
