"""Links that stay on the store page: they open a form or a longer list."""

from urllib.parse import urlencode

from sqm.ui.links import STAY
from sqm.ui.markup import Html, el


def way(text: str, **choices: str) -> Html:
    """Codes of uploaded files may hold any sign, so they are quoted."""
    return el("a", text, css="sqm-go sqm-way", href=f"{STAY}{urlencode(choices)}")
