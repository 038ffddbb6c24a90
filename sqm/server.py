"""What the server does around the pages: start warm, the security headers on every response, the door."""

import asyncio
import base64
import gc
import hashlib
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sqm import tabs
from sqm.door import Door
from sqm.ui.doors import keeping
from sqm.ui.said import incidents
from sqm.ui.signing import provider

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Import what the first page needs, then take it out of the garbage collector's sight.

    Streamlit runs a full collection after every script run; with these libraries on the heap that costs about 50 ms a
    click. Frozen objects are skipped.
    """
    import duckdb  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401

    keeping.serve()
    gc.collect()
    gc.freeze()
    watching = asyncio.create_task(tabs.watch(), name="tabs")
    yield {"ready": True}
    watching.cancel()


def refuse_open_address() -> None:
    """End the start with a sentence where strangers could reach a server that asks nobody who they are."""
    refused = provider.refusal(st.get_option("server.address"))
    if refused:
        sys.exit(refused)
    provider.decide()


def script_failed(failure: Exception) -> bool:
    """For what main.py cannot catch itself (widget callbacks, fragments): a sentence with a number, never a trace."""
    incidents.show(failure)
    return True


def script_hashes(index_html: str) -> list[str]:
    """The CSP source of every inline script of a page: ``'sha256-...'``, in order, each once."""
    found = dict.fromkeys(_INLINE_SCRIPT.findall(index_html))
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in found]


def content_security_policy() -> str:
    """No inline script but the ones that the installed Streamlit brings, nothing from and to other hosts.

    Styles stay inline: Streamlit writes its theme that way. Computed at start, so an upgrade needs no new constant.
    """
    index = Path(st.__file__).parent / "static" / "index.html"
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *script_hashes(index.read_text(encoding="utf-8"))],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class SecurityHeaders:
    """Plain ASGI, so that streams and file downloads pass through unbuffered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": content_security_policy(),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def middleware() -> list[Middleware]:
    return [Middleware(SecurityHeaders), Middleware(Door)]


async def _health(_request: Request) -> JSONResponse:
    status, body = await keeping.health()
    return JSONResponse(body, status, {"Cache-Control": "no-store"})


def routes() -> list[BaseRoute]:
    """Beside Streamlit's own: what a monitor asks. Streamlit's health says ok as long as the process runs."""
    return [Route("/health", _health, methods=["GET"])]
