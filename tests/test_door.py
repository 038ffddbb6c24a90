"""The door with a small application behind it: what passes, with and without sign-in."""

import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.runtime.secrets import AttrDict
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from sqm import door
from sqm.rules.session_limits import End
from sqm.ui.signing import provider
from sqm.ui.signing.session_register import REGISTER, key_of
from tests.ui.signing.test_provider import RIGHT

ORIGIN = "https://sqm.operator.example"
STREAM = "wss://sqm.operator.example/_stcore/stream"
COOKIE = "_streamlit_user"
USER = {"is_logged_in": True, "origin": ORIGIN, "provider": "default", "iss": "i", "sub": "7", "nonce": "n", "iat": 1}
INSIDE = "inside"


def signed(user: dict[str, object], secret: str = str(RIGHT["cookie_secret"])) -> str:
    return create_signed_value(secret, COOKIE, json.dumps(user)).decode()


async def page(_request: Request) -> Response:
    return PlainTextResponse(INSIDE)


async def callback(_request: Request) -> Response:
    answer = PlainTextResponse("", 302, {"location": "/"})
    answer.set_cookie(COOKIE, signed(USER), httponly=True)
    return answer


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_bytes(b"..\x12/media/0123456789abcdef.csv\x00/_stcore/upload_file/11112222-aaaa/33334444-bbbb.")
    try:
        while True:
            await socket.send_bytes(await socket.receive_bytes())
    except WebSocketDisconnect:
        return


INNER = Starlette(
    routes=[
        Route("/oauth2callback", callback),
        WebSocketRoute("/_stcore/stream", stream),
        Route("/{path:path}", page, methods=["GET", "POST", "PUT"]),
    ]
)


def client(base: str, address: str) -> TestClient:
    """base: how the browser calls the server; address: where the server was reached."""
    app = door.Door(INNER)

    async def reached(scope, receive, send):  # type: ignore[no-untyped-def]
        if "server" in scope:
            scope["server"] = (address, 80)
        await app(scope, receive, send)

    return TestClient(reached, base_url=base, follow_redirects=False)


@pytest.fixture
def secured(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    def section() -> AttrDict:
        return AttrDict(dict(RIGHT))

    monkeypatch.setattr(provider, "get_secrets_auth_section", section)
    monkeypatch.setattr("streamlit.web.server.starlette.starlette_websocket.get_cookie_secret", lambda: "x" * 32)
    monkeypatch.setattr(provider, "encode_provider_token", lambda name: f"token-{name}")
    yield client(ORIGIN, "10.0.0.5")
    REGISTER.end(key_of(USER), End.SIGNED_OUT)
    REGISTER.sweep()


@pytest.fixture
def begun(secured: TestClient) -> TestClient:
    secured.cookies.set(COOKIE, signed(USER))
    held = REGISTER.begin(key_of(USER), "li")
    held.has_role = held.may_upload = True
    return secured


@pytest.mark.parametrize(
    ("base", "address", "expected"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1", 200),
        ("http://localhost:8501", "::1", 200),
        ("http://127.0.0.1:8501", "192.168.1.7", 403),
        ("http://evil.example", "127.0.0.1", 403),
    ],
)
def test_without_sign_in_only_this_machine_is_answered(base: str, address: str, expected: int) -> None:
    for path in ("/", "/matrix", "/media/x", "/_stcore/metrics"):
        assert client(base, address).get(path).status_code == expected
    assert client(base, address).get("/_stcore/health").status_code == 200


def test_without_sign_in_a_websocket_needs_its_own_origin() -> None:
    local = client("http://127.0.0.1", "127.0.0.1")
    with local.websocket_connect("ws://127.0.0.1/_stcore/stream", headers={"origin": "http://127.0.0.1"}):
        pass
    for origin in ({}, {"origin": "http://evil.example"}, {"origin": "null"}):
        assert refused(local, "ws://127.0.0.1/_stcore/stream", origin) == "unknown origin"
    assert refused(local, "ws://evil.example/_stcore/stream", {"origin": "http://evil.example"}) == "unknown host"


CLOSED = (
    "/_stcore/stream /_stcore/metrics /_stcore/host-config /_stcore/bidi-components/x /_stcore/healthy /media/x /media "
    "/component/x /app/static/x /agent /auth /auth/other /static //media/x /_stcore/agent/openapi.json"
)


@pytest.mark.parametrize("path", CLOSED.split())
def test_with_sign_in_nothing_of_streamlit_answers_without_a_session(secured: TestClient, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
        answer = secured.request(method, f"{ORIGIN}{path}")
        assert answer.status_code == 401 and INSIDE not in answer.text, method
    assert secured.put("/_stcore/upload_file/11112222-aaaa/33334444-bbbb", content=b"x").status_code == 401


@pytest.mark.parametrize("path", ["/", "/matrix", "/upload?region=R2&lang=zh", "/nothing", "/%3Cscript%3E?a=%22%3E"])
def test_with_sign_in_every_page_is_the_sign_in_page(secured: TestClient, path: str) -> None:
    answer = secured.get(path)
    assert answer.status_code == 200 and "/sign-in?to=" in answer.text and "<script" not in answer.text
    assert answer.headers["cache-control"] == "no-store" and INSIDE not in answer.text
    assert secured.post(path).status_code == 401


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/x.js", "/auth/login", "/auth/logout"])
def test_what_a_login_needs_answers(secured: TestClient, path: str) -> None:
    assert secured.get(path).text == INSIDE


@pytest.mark.parametrize("host", ["evil.example", "10.0.0.5", "", "sqm.operator.example.evil.example", "a@b:c"])
def test_another_host_is_refused(secured: TestClient, host: str) -> None:
    assert secured.get("/matrix", headers={"host": host}).status_code == 403
    assert secured.get("/_stcore/health", headers={"host": host}).status_code == 200


def test_login_keeps_the_way_and_begins_the_session(secured: TestClient) -> None:
    begins = secured.get("/sign-in", params={"to": "/upload?region=R2"})
    assert begins.status_code == 302 and begins.headers["location"] == "/auth/login?provider=token-default"
    assert "HttpOnly" in begins.headers["set-cookie"] and "Secure" in begins.headers["set-cookie"]
    back = secured.get("/oauth2callback")
    assert back.headers["location"] == "/upload?region=R2"
    assert all("Secure" in each or "Max-Age=0" in each for each in back.headers.get_list("set-cookie"))
    assert REGISTER.find(key_of(USER)) is not None
    assert secured.get("/matrix").text == INSIDE


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/media/x", "/\nx", "/" * 2],
)
def test_no_way_leads_out(secured: TestClient, to: str) -> None:
    secured.get("/sign-in", params={"to": to})
    assert secured.get("/oauth2callback").headers["location"] == "/"


def test_logout_closes_everything_and_the_old_cookie_opens_nothing(begun: TestClient) -> None:
    assert begun.get("/matrix").text == INSIDE
    begun.get("/auth/logout")
    assert INSIDE not in begun.get("/matrix").text
    assert begun.get("/_stcore/host-config").status_code == 401


@pytest.mark.parametrize(
    "cookie",
    ["", "x", signed(USER)[:-2], signed(USER, "y" * 32), signed({**USER, "nonce": "other"}), signed({"sub": "7"})],
    ids=["none", "nonsense", "cut short", "another secret", "another login", "no login"],
)
def test_a_cookie_that_is_not_of_a_standing_session_opens_nothing(begun: TestClient, cookie: str) -> None:
    begun.cookies.clear()
    assert begun.get("/_stcore/host-config", headers={"cookie": f"{COOKIE}={cookie}"}).status_code == 401


def test_files_and_uploads_answer_only_whom_they_were_sent_to(begun: TestClient) -> None:
    file, upload = "/media/0123456789abcdef.csv", "/_stcore/upload_file/11112222-aaaa/33334444-bbbb"
    assert begun.get(file).status_code == 403 and begun.put(upload, content=b"x").status_code == 403
    with begun.websocket_connect(STREAM, headers={"origin": ORIGIN}) as socket:
        socket.receive_bytes()
    assert begun.get(file).text == INSIDE and begun.put(upload, content=b"x").text == INSIDE
    held = REGISTER.find(key_of(USER))
    assert held is not None
    held.may_upload = False
    assert begun.put(upload, content=b"x").status_code == 403
    held.has_role = False
    assert begun.get(file).status_code == 403
    assert begun.get("/_stcore/metrics").status_code == 403


def refused(at: TestClient, address: str, headers: dict[str, str]) -> str:
    with pytest.raises(WebSocketDisconnect) as caught, at.websocket_connect(address, headers=headers):
        pass
    return caught.value.reason or ""


@pytest.mark.parametrize("origin", [None, "http://sqm.operator.example", "https://evil.example", "null"])
def test_a_websocket_of_another_origin_is_refused(begun: TestClient, origin: str | None) -> None:
    assert refused(begun, STREAM, {"origin": origin} if origin else {}) == "unknown origin"


def test_a_websocket_without_a_session_is_refused(secured: TestClient) -> None:
    assert refused(secured, STREAM, {"origin": ORIGIN}) == "no session"
    secured.cookies.set(COOKIE, signed(USER))
    assert refused(secured, STREAM, {"origin": ORIGIN}) == "no session"


def test_an_open_websocket_goes_silent_and_is_cut_when_the_session_ends(
    begun: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "_LOOK_EVERY", 0.05)
    monkeypatch.setattr(door, "_GRACE", 0.2)
    with begun.websocket_connect(STREAM, headers={"origin": ORIGIN}) as socket:
        socket.receive_bytes()
        socket.send_bytes(b"heard")
        assert socket.receive_bytes() == b"heard"
        REGISTER.end(key_of(USER), End.SIGNED_OUT)
        socket.send_bytes(b"not heard")
        assert socket.receive()["type"] == "websocket.close"
