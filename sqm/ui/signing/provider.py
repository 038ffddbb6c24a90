"""The identity provider of this installation: what ``.streamlit/secrets.toml`` says under [auth].

Without that section nobody can sign in, and the server answers on this machine only.
"""

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.auth_util import encode_provider_token, get_redirect_uri, get_secrets_auth_section
from streamlit.runtime.secrets import secrets_singleton

_CALLBACK = "/oauth2callback"
_SECRET_CHARACTERS = 32
_KEYS = ("client_id", "client_secret", "server_metadata_url")


_decided: list[bool] = []
"""What held when the server started: a file that is changed or lost later opens nothing."""


def is_set_up() -> bool:
    """Whether people sign in here."""
    return _decided[-1] if _decided else bool(get_secrets_auth_section())


def decide() -> None:
    """The server starts: from now on it stays as it is."""
    _decided.append(bool(get_secrets_auth_section()))


def faults() -> tuple[str, ...]:
    """What is wrong with [auth], in English for the server's log; nothing where it is right or absent."""
    section = get_secrets_auth_section()
    if not section:
        return ()
    told = []
    if not origin() or not str(section.get("redirect_uri", "")).endswith(_CALLBACK):
        told.append(f"[auth] redirect_uri must be the address of this server and end with {_CALLBACK}")
    if len(str(section.get("cookie_secret", ""))) < _SECRET_CHARACTERS:
        told.append(f"[auth] cookie_secret needs {_SECRET_CHARACTERS} random characters or more")
    chosen = section if name() == "default" else section[name()]
    told += [f"[auth] {key} is missing" for key in _KEYS if not chosen.get(key)]
    if "_" in name():
        told.append(f"[auth.{name()}]: the name of a provider has no underscore")
    return tuple(told)


def name() -> str:
    """The provider that people sign in with: [auth] itself ("default"), else its first section."""
    section: Mapping[str, Any] = get_secrets_auth_section().to_dict()
    if "client_id" in section:
        return "default"
    return next((key for key, value in section.items() if isinstance(value, dict) and "client_id" in value), "default")


def origin() -> str:
    """https://sqm.operator.example: where browsers find this server; '' without sign-in."""
    parts = urlsplit(get_redirect_uri(get_secrets_auth_section()) or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""


def login_address(base: str = "") -> str:
    """Where Streamlit begins a login. The token in it holds two minutes."""
    return f"{base}/auth/login?provider={encode_provider_token(name())}"


def is_this_machine(address: str | None) -> bool:
    """Whether only this machine reaches a server that listens on the address. No address means every network."""
    if address == "localhost":
        return True
    try:
        return ip_address((address or "").strip("[]")).is_loopback
    except ValueError:
        return False


def refusal(address: str | None) -> str:
    """Why the server may not start with this address, in a sentence for the log; '' when it may."""
    unread = [path for path in map(Path, st.get_option("secrets.files")) if path.is_file()]
    if unread and not secrets_singleton.load_if_toml_exists():
        return f"{unread[0].name} cannot be read: SQM does not start without knowing whether people sign in."
    if is_set_up():
        return "; ".join(faults())
    if is_this_machine(address):
        return ""
    return (
        f"SQM does not listen on {address or 'every network'}: no sign-in is set up, so anybody there could look as "
        "anybody. Write [auth] into .streamlit/secrets.toml (README, Sign-in), or set server.address to 127.0.0.1."
    )
