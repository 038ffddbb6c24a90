"""The page of whoever has no session: a sentence and the way to the identity provider. No script, no data."""

from sqm.ui.markup import Html, el, join
from sqm.ui.words import Language, _, use

_STYLE = Html(
    "body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f3f5f8;color:#1b2430;"
    "font:16px/1.6 'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Source Sans',sans-serif}"
    "main{background:#fff;border:1px solid #dce1e7;border-top:3px solid #2f6fb0;border-radius:4px;"
    "padding:2rem 2.4rem;max-width:24rem;margin:1rem}"
    "h1{font-size:1.4rem;margin:0 0 .4rem}p{margin:0 0 1.4rem;color:#5f6b7a}"
    "a{display:inline-block;background:#2f6fb0;color:#fff;text-decoration:none;padding:.5rem 1.6rem;border-radius:4px}"
    "a:focus-visible{outline:3px solid #1b2430;outline-offset:2px}"
    "@media(prefers-color-scheme:dark){body{background:#12161b;color:#e3e8ed}"
    "main{background:#1b2128;border-color:#303944}p{color:#9ba7b4}a{background:#3d7ec1}}"
)


def html(wanted: str, address: str) -> str:
    """wanted: a language as a browser or an address says it; address: where the login begins."""
    chosen = Language.ZH if wanted.lower().startswith("zh") else Language.EN
    with use(chosen):
        name = _("Service quality")
        head = el(
            "head", Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width">'), _title(name)
        )
        told = _("Sign in with your account of the company. You then arrive at the page that you asked for.")
        body = el("body", el("main", el("h1", name), el("p", told), el("a", _("Sign in"), href=address)))
    return join([Html("<!doctype html>"), el("html", head, body, lang=str(chosen))])


def _title(name: str) -> Html:
    return join([el("title", name), el("style", _STYLE)])
