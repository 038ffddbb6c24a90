"""A raw client of the websocket: sends what no browser would, and keeps every frame that comes back.

wire = Wire(server.url)
page = wire.open("/store?store=S001&lang=en")
page.text, page.widgets, page.links
wire.send({page.find("Store").widget_id: "S002"})
"""

import base64
import html
import io
import json
import re
import time
import urllib.error
import urllib.request
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

STREAM = "/_stcore/stream"
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR}
_BASE64 = re.compile(rb"base64,([A-Za-z0-9+/]+=*)")
_HREF = re.compile(r'(?:href|data-go)="([^"]+)"')
_ESCAPED = re.compile(rb"\\u([0-9a-fA-F]{4})")
Value = bool | float | str | list[str]
_VALUES = {  # what a browser says of each kind of widget; a button is pressed
    "button": "trigger_value",
    "download_button": "trigger_value",
    "checkbox": "bool_value",
    "number_input": "double_value",
    "selectbox": "string_value",
    "radio": "string_value",
    "text_input": "string_value",
    "text_area": "string_value",
    "multiselect": "string_array_value",
    "button_group": "string_array_value",
    "date_input": "string_array_value",
    "time_input": "string_value",
}


@dataclass(frozen=True)
class Widget:
    """What a frame said of a widget. file_id: of a download that is made on click; value: what it begins with."""

    widget_id: str
    kind: str
    label: str
    options: tuple[str, ...] = ()
    file_id: str = ""
    value: Value | None = None


@dataclass
class Seen:
    """Everything that one run of the script sent."""

    frames: list[bytes] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    widgets: dict[str, Widget] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)  # address of a page -> its script hash
    page_hash: str = ""
    session: str = ""
    query: str | None = None  # what the address is to say now

    @property
    def text(self) -> str:
        """Of the frames, charts and escapes included."""
        return "\n".join(told(each) for each in self.frames)

    @property
    def links(self) -> list[str]:
        """Addresses in our HTML, each once."""
        return list(dict.fromkeys(html.unescape(each) for body in self.bodies for each in _HREF.findall(body)))

    def find(self, label: str, kind: str = "") -> Widget:
        """By label."""
        return next(
            each for each in self.widgets.values() if each.label == label and (not kind or each.kind == kind)
        )  # fmt: skip

    def ending(self, words: str) -> Widget:
        """By the end of the id, where the key of the widget stands."""
        return next(each for each in self.widgets.values() if each.widget_id.endswith(words))


class Wire:
    """One tab. cookies: of a session, as a header; origin: what a browser would say of where the page came from."""

    def __init__(self, url: str, cookies: str = "", origin: str | None = None) -> None:
        self.url = url.rstrip("/")
        self._cookies = {"Cookie": cookies} if cookies else {}
        self._socket: ClientConnection = connect(
            self.url.replace("http", "ws", 1) + STREAM,
            origin=Origin(self.url if origin is None else origin),
            additional_headers=self._cookies,
            subprotocols=[Subprotocol(each) for each in ("streamlit", _token(cookies)) if each],
            max_size=None,
            compression=None,
        ).__enter__()
        self.requests = 1
        self.last = Seen()
        self._query = self._name = self._hash = self._session = ""

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_caught: object) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    def open(self, address: str, page_hash: str = "") -> Seen:
        """Run the page of an address. page_hash: asked for by its hash instead of its name."""
        path, _mark, query = address.partition("?")
        self._query, self._name, self._hash = query, path.strip("/."), page_hash
        return self.run({})

    def send(self, values: Mapping[str, Value]) -> Seen:
        """Say what widgets hold now, by id; a list of one text for a multiselect. A button is pressed by True."""
        return self.run(
            {widget: state_of(widget, value, self.last.widgets.get(widget)) for widget, value in values.items()}
        )

    def follow(self, address: str) -> Seen:
        """Click a link that stays on the page: ``?view=map``."""
        heard = self.listener()
        state = WidgetState(id=heard, json_trigger_value=json.dumps([{"event": "followed", "value": address}]))
        return self.run({heard: state})

    def listener(self) -> str:
        """Where the listener for clicks on links sends them."""
        base = next(each for each in self.last.widgets.values() if each.kind == "bidi_component")
        return f"$$STREAMLIT_INTERNAL_KEY_{base.widget_id}__events"

    def run(self, states: Mapping[str, WidgetState], seconds: float = 60) -> Seen:
        """One run of the script, with these states of widgets as a browser (or not a browser) says them."""
        message = BackMsg()
        client = message.rerun_script
        client.query_string, client.page_name, client.page_script_hash = self._query, self._name, self._hash
        client.widget_states.widgets.extend(states.values())
        self.post(message)
        self.last = self._hear(seconds)
        if self.last.page_hash:
            self._name, self._hash = "", self.last.page_hash
        if self.last.query is not None:
            self._query = self.last.query
        return self.last

    def post(self, message: BackMsg) -> None:
        """Any message at all."""
        self.requests += 1
        self._socket.send(message.SerializeToString())

    def _hear(self, seconds: float) -> Seen:
        seen, end = Seen(), time.monotonic() + seconds
        while time.monotonic() < end:
            data = self._socket.recv(timeout=max(end - time.monotonic(), 0.01))
            assert isinstance(data, bytes)
            seen.frames.append(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished in FINISHED:
                return seen
            _take(message, str(kind), seen)
            self._session = seen.session or self._session
        raise TimeoutError("the script did not finish")

    def hears(self, seconds: float) -> list[bytes]:
        """What comes unasked for a while."""
        found, end = [], time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                data = self._socket.recv(timeout=left)
            except (TimeoutError, ConnectionClosed):
                break
            found.append(data if isinstance(data, bytes) else data.encode())
        return found

    def made(self, file_id: str, seconds: float = 30) -> tuple[str, str]:
        """Press a download that is made on click: (address of the file, what went wrong)."""
        message = BackMsg()
        asked = message.backend_operation_request
        asked.request_id, asked.session_id, asked.deferred_file.file_id = uuid.uuid4().hex, self._session, file_id
        self.post(message)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            data = self._socket.recv(timeout=max(end - time.monotonic(), 0.01))
            assert isinstance(data, bytes)
            self.last.frames.append(data)
            answer = ForwardMsg.FromString(data)
            if answer.WhichOneof("type") == "backend_operation_response":
                said = answer.backend_operation_response
                return said.deferred_file.url, said.error_msg
        raise TimeoutError("no answer")

    def fetch(self, address: str) -> tuple[int, bytes]:
        """A file or page by plain HTTP with the same cookies: (status, body)."""
        self.requests += 1
        return _answer(urllib.request.Request(self._whole(address), headers=self._cookies))  # noqa: S310 - our own

    def place_for(self, file_name: str, seconds: float = 30) -> FileURLs:
        """Where the server wants a file that somebody has chosen."""
        message = BackMsg()
        asked = message.file_urls_request
        asked.request_id, asked.session_id = uuid.uuid4().hex, self._session
        asked.file_names.append(file_name)
        self.post(message)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            data = self._socket.recv(timeout=max(end - time.monotonic(), 0.01))
            assert isinstance(data, bytes)
            answer = ForwardMsg.FromString(data)
            if answer.WhichOneof("type") == "file_urls_response":
                place: FileURLs = answer.file_urls_response.file_urls[0]
                return place
        raise TimeoutError("no answer")

    def put(self, address: str, file_name: str, data: bytes) -> int:
        """Send a file there with the same cookies, and with a pair against forgery that anybody can make: status."""
        self.requests += 1
        token, mark = _token(self._cookies.get("Cookie", "")), uuid.uuid4().hex
        cookies = self._cookies.get("Cookie", "")
        if not token:
            token = mark
            cookies = "; ".join(filter(None, (cookies, f"_streamlit_xsrf={token}")))
        body = f'--{mark}\r\nContent-Disposition: form-data; name="f"; filename="{file_name}"\r\n\r\n'.encode()
        headers = {
            "Cookie": cookies,
            "X-Xsrftoken": token,
            "Content-Type": f"multipart/form-data; boundary={mark}",
        }
        body += data + f"\r\n--{mark}--\r\n".encode()
        request = urllib.request.Request(self._whole(address), body, headers, method="PUT")  # noqa: S310 - our own
        return _answer(request)[0]

    def _whole(self, address: str) -> str:
        return address if urlsplit(address).scheme else f"{self.url}/{address.lstrip('/')}"


def uploaded(widget_id: str, place: FileURLs, file_name: str, size: int) -> WidgetState:
    """What a browser says of a file chooser when the file has been sent."""
    state = WidgetState(id=widget_id)
    state.file_uploader_state_value.uploaded_file_info.add(
        file_id=place.file_id, name=file_name, size=size, file_urls=place
    )
    return state


def _answer(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


def _token(cookies: str) -> str:
    """Of a session that is signed in: without it Streamlit takes the tab for a stranger's."""
    found = re.search(r'_streamlit_xsrf="?([^;"]+)', cookies)
    return found.group(1) if found else ""


def _take(message: ForwardMsg, kind: str, seen: Seen) -> None:
    if kind == "new_session":
        seen.session = message.new_session.initialize.session_id
    elif kind == "navigation":
        seen.page_hash = message.navigation.page_script_hash
        seen.hashes = {each.url_pathname: each.page_script_hash for each in message.navigation.app_pages}
    elif kind == "page_info_changed":
        seen.query = message.page_info_changed.query_string
    elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
        element = message.delta.new_element
        name = str(element.WhichOneof("type"))
        part = getattr(element, name)
        if name == "html":
            seen.bodies.append(part.body)
        names = {each.name for each in part.DESCRIPTOR.fields}
        if "id" in names and part.id:
            listed = part.options if "options" in names else ()
            options = tuple(each if isinstance(each, str) else each.content for each in listed)
            label = part.label if "label" in names else ""
            file_id = part.deferred_file_id if "deferred_file_id" in names else ""
            value = _first(part, names, options) if name in _VALUES else None
            seen.widgets[part.id] = Widget(part.id, name, label, options, file_id, value)


def _first(part: Any, names: set[str], options: tuple[str, ...]) -> Value | None:
    """What a browser says of a widget that nobody touched; of a list its options as they are called."""
    if "raw_values" in names and part.set_value:
        return list(part.raw_values)
    if "raw_value" in names and part.set_value:
        return str(part.raw_value)
    if "default" not in names:
        return None
    held = part.default
    if options and isinstance(held, int):
        return options[held]
    if isinstance(held, bool | int | float | str):
        return held
    return [options[each] if isinstance(each, int) else str(each) for each in held]


def state_of(widget_id: str, value: Value, known: Widget | None) -> WidgetState:
    """As the kind of the widget wants it; of a widget that this tab never saw, as the value looks."""
    state = WidgetState(id=widget_id)
    wanted = _VALUES.get(known.kind, "") if known else ""
    if isinstance(value, list) or wanted == "string_array_value":
        state.string_array_value.data.extend(value if isinstance(value, list) else [str(value)])
    elif wanted == "double_value":
        state.double_value = float(value)
    elif isinstance(value, bool):
        setattr(state, "bool_value" if wanted == "bool_value" else "trigger_value", value)
    elif isinstance(value, str):
        state.string_value = value
    else:
        state.double_value = value
    return state


def told(data: bytes) -> str:
    """All text in bytes: as it stands, in charts within it, behind escapes of JSON and HTML, in a workbook."""
    return "\n".join(html.unescape(each.decode("utf-8", "replace")) for each in _layers(data))


def _layers(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                yield from _layers(book.read(name))
        return
    if b"\\u" in data:
        yield _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)).encode("utf-8", "replace"), data)
    for found in _BASE64.findall(data):
        yield from _layers(base64.b64decode(found + b"=" * (-len(found) % 4)))
