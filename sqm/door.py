"""The door in front of everything that Streamlit serves. Plain ASGI, so that streams pass through unbuffered.

Where people sign in, only the sign-in page, health, the static files of Streamlit and the login itself answer without a
session; a file or an upload address answers only the sign-in that it was sent to. Where nobody signs in, only this
machine is answered. A websocket needs its Origin in any case.
"""

import asyncio
import json
import re
from urllib.parse import quote, unquote, urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks, is_host_allowed

from sqm.rules.session_limits import End
from sqm.ui.signing import provider, sign_in_page, signed_in
from sqm.ui.signing.session_register import REGISTER, SignedIn, key_of

HEALTH = ("/_stcore/health", "/health", "/healthz")
"""They answer everybody, by whatever name the machine is called: probes have no session."""
_LOGIN, _LOGOUT, _CALLBACK, _BEGIN = "/auth/login", "/auth/logout", "/oauth2callback", "/sign-in"
_RESERVED = ("_stcore", "media", "component", "app", "auth", "agent", "static")
_WAY = "sqm_way"  # the cookie with the address that was asked for before the login
_LONGEST = 1_000
_ISSUED = re.compile(rb"/media/[0-9A-Za-z._-]{8,200}|/_stcore/upload_file/[0-9A-Za-z-]{8,80}/[0-9A-Za-z-]{8,80}")
_LOOK_EVERY = 2.0  # seconds between two looks at whether the sign-in of an open websocket still stands
_GRACE = 8.0  # seconds that a tab has to go to the sign-in page before its websocket is closed


class Door:
    """The middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        path = _path(asked)
        if path in HEALTH and scope["type"] == "http":
            await self._app(scope, receive, send)
            return
        refused = _wrong_place(asked)
        if refused:
            await _refuse(scope, receive, send, 403, refused)
        elif scope["type"] == "websocket":
            await self._websocket(asked, receive, send)
        elif provider.is_set_up():
            await self._signed_in(asked, path, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _signed_in(self, asked: HTTPConnection, path: str, receive: Receive, send: Send) -> None:
        scope = asked.scope
        held = _held(asked.cookies)
        if path == _CALLBACK:
            await self._app(scope, receive, _begin_after(asked, held, send))
        elif path == _LOGOUT:
            if held:
                REGISTER.end(held.key, End.SIGNED_OUT)
            await self._app(scope, receive, _secured(send))
        elif path == _LOGIN or path.startswith("/static/") or path == "/favicon.png":
            await self._app(scope, receive, _secured(send))
        elif path == _BEGIN:
            await _to_provider(asked)(scope, receive, send)
        elif held is None:
            await _without_session(asked, path)(scope, receive, send)
        elif _is_theirs(held, path):
            await self._app(scope, receive, send)
        else:
            await _refuse(scope, receive, send, 403, "not yours")

    async def _websocket(self, asked: HTTPConnection, receive: Receive, send: Send) -> None:
        if not provider.is_set_up():
            await self._app(asked.scope, receive, send)
            return
        held = _held(asked.cookies)
        if held is None:
            await _refuse(asked.scope, receive, send, 403, "no session")
            return
        cut: list[bool] = []
        await self._app(asked.scope, _while_standing(held, receive, cut), _noting(held, send))
        if cut:
            await send({"type": "websocket.close", "code": 1008, "reason": "signed out"})


def _path(asked: HTTPConnection) -> str:
    """The path below the base path of the installation."""
    base = _base()
    path = str(asked.scope["path"])
    return path.removeprefix(base) if path.startswith(f"{base}/") else path


def _base() -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def _wrong_place(asked: HTTPConnection) -> str:
    """Why a request is refused whoever sends it: another address, another name of the host, no or a foreign Origin."""
    host = asked.headers.get("host", "")
    name = _host_name(host)
    if provider.is_set_up():
        expected = urlsplit(provider.origin()).hostname
        named = name == expected
    else:
        server = asked.scope.get("server")
        if server is None or not provider.is_this_machine(str(server[0])):
            return "no sign-in is set up: only this machine is answered"
        named = provider.is_this_machine(name)
    if not named and not (st.get_option("server.allowedHosts") and is_host_allowed(host)):
        return "unknown host"
    if asked.scope["type"] == "websocket":
        origin = asked.headers.get("origin", "")
        own = provider.origin() if provider.is_set_up() else ""
        if not origin or (origin != own if own else urlsplit(origin).netloc != host):
            return "unknown origin"
    return ""


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _held(cookies: dict[str, str]) -> SignedIn | None:
    """The sign-in of a request, if its cookie is ours and it still stands."""
    user = _user(cookies)
    return REGISTER.find(key_of(user)) if user else None


def _user(cookies: dict[str, str]) -> dict[str, object]:
    said = _get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME) if USER_COOKIE_NAME in cookies else None
    if not said:
        return {}
    try:
        user = json.loads(said)
    except ValueError:
        return {}
    return user if isinstance(user, dict) and user.get("is_logged_in") else {}


def _is_theirs(held: SignedIn, path: str) -> bool:
    """Files and uploads only at addresses that were sent to this sign-in, uploads only for a role that may; figures
    about the server for nobody."""
    if path.startswith("/media/"):
        return held.has_role and path in held.issued
    if path.startswith("/_stcore/upload_file/"):
        return held.may_upload and path in held.issued
    return not path.startswith(("/_stcore/metrics", "/_stcore/agent"))


def _without_session(asked: HTTPConnection, path: str) -> Response:
    """The sign-in page for whoever asks for a page; nothing else answers."""
    first = path.strip("/").split("/")[0]
    if asked.scope["method"] not in ("GET", "HEAD") or first in _RESERVED:
        return PlainTextResponse("no session", 401)
    query = asked.url.query
    way = _way(f"{path}?{query}" if query else path)
    wanted = asked.query_params.get("lang") or asked.headers.get("accept-language", "")
    return HTMLResponse(
        sign_in_page.html(wanted, f"{_base()}{_BEGIN}?to={quote(way)}"), headers={"Cache-Control": "no-store"}
    )


def _way(text: str) -> str:
    """An address of a page of ours, or the start: never another host, never what is no page."""
    plain = len(text) <= _LONGEST and text.isprintable() and "\\" not in text
    first = text.lstrip("/").split("?")[0].split("/")[0]
    return text if plain and text.startswith("/") and not text.startswith("//") and first not in _RESERVED else "/"


def _to_provider(asked: HTTPConnection) -> Response:
    """Keep where somebody wanted to go, and begin the login."""
    answer = RedirectResponse(provider.login_address(_base()), 302, {"Cache-Control": "no-store"})
    way = quote(_way(asked.query_params.get("to", "/")), safe="")
    answer.set_cookie(_WAY, way, max_age=900, path=_base() or "/", httponly=True, samesite="lax", secure=_is_secure())
    return answer


def _begin_after(asked: HTTPConnection, before: SignedIn | None, send: Send) -> Send:
    """The answer to the callback: with the cookie of somebody who signed in, the session begins, and the browser goes
    where it wanted to go."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            given = [cookie_parser(value.split(";", 1)[0]) for value in headers.getlist("set-cookie")]
            user = _user({key: value.strip('"') for each in given for key, value in each.items()})
            if user:
                if before:
                    REGISTER.end(before.key, End.SIGNED_OUT)
                REGISTER.begin(key_of(user), signed_in.called(user))
                headers["location"] = _base() + _way(unquote(asked.cookies.get(_WAY, "/")))
                headers.append("set-cookie", f"{_WAY}=; Max-Age=0; Path={_base() or '/'}; HttpOnly; SameSite=lax")
        await send(message)

    return _secured(sent)


def _secured(send: Send) -> Send:
    """Cookies of an https address travel over https only; Streamlit itself never says so."""
    if not _is_secure():
        return send

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                (name, value + b"; Secure" if name == b"set-cookie" and b"secure" not in value.lower() else value)
                for name, value in message["headers"]
            ]
        await send(message)

    return sent


def _is_secure() -> bool:
    return provider.origin().startswith("https://")


def _noting(held: SignedIn, send: Send) -> Send:
    """Remember which addresses of files and uploads this sign-in is sent."""

    async def sent(message: Message) -> None:
        data = message.get("bytes") if message["type"] == "websocket.send" else None
        if data and (found := _ISSUED.findall(data)):
            REGISTER.issue(held, [each.decode() for each in found])
        await send(message)

    return sent


def _while_standing(held: SignedIn, receive: Receive, cut: list[bool]) -> Receive:
    """What a tab sends reaches the server only as long as the sign-in stands; a little later the tab is cut off, and
    cut holds something."""
    waiting: list[asyncio.Future[Message]] = []
    silent = [0.0]

    async def received() -> Message:
        while True:
            if not waiting:
                waiting.append(asyncio.ensure_future(receive()))
            await asyncio.wait(waiting, timeout=_LOOK_EVERY)
            stands = REGISTER.find(held.key) is held
            if waiting[0].done():
                message = waiting.pop().result()
                if stands or message["type"] != "websocket.receive":
                    return message
            if stands:
                continue
            silent[0] += _LOOK_EVERY
            if silent[0] >= _GRACE:
                for each in waiting:
                    each.cancel()
                cut.append(True)
                return {"type": "websocket.disconnect", "code": 1008}

    return received


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": why})  # before accepting: the browser gets 403
        return
    await PlainTextResponse(why, status)(scope, receive, send)
