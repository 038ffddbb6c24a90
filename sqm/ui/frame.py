"""What stands around every page: the language switch in the header, its title, and the legend at the window's foot."""

from sqm.ui import address, blocks, links, navigation, status_style
from sqm.ui.home.tasks.task_count import Count
from sqm.ui.markup import NOTHING, Html, div, el, join, span
from sqm.ui.signing import look_as, provider, signed_in
from sqm.ui.words import Language, _, from_browser, language, n_, settle

_NAMES = {Language.ZH: "中文", Language.EN: "English"}  # each in its own language, so never translated


def settle_language() -> None:
    """Decide the language of this run before the first text is written: the address, the session, the browser."""
    default = str(from_browser())
    settle(address.resolve("lang", [str(each) for each in Language], default, keeps=True))


def around(page_name: str, title: str = "", label: str = "", waiting: Count | None = None) -> None:
    """One element for all of it: a widget for the language would cost every run of every page.

    title: the page's name; without one there is no page, and no legend. label: a calm line that holds for all of it.
    waiting: the viewer's tasks, None when they are not known.
    """
    parts = [div("sqm-corner", _waiting(waiting), _who(), _language_switch(page_name))]
    if title:
        strip = el("div", label, css="sqm-strip", role="note") if label else NOTHING
        parts += [status_style.legend(), strip, el("h1", title, css="sqm-page-title")]
    blocks.html(join(parts))


def _waiting(found: Count | None) -> Html:
    """12 to do ✕ 5, as the way home; a narrow window shows the number alone."""
    if found is None:
        return NOTHING
    told = said = n_("{n} to do", "{n} to do", found.all)
    late = NOTHING
    if found.overdue:
        said = _("{told}, {late} overdue", told=told, late=found.overdue)
        late = span("sqm-missed", f"✕ {found.overdue}")
    inside = (span("sqm-count-word", told), span("sqm-count-only", str(found.all)), late)
    way = links.href(navigation.ENTRIES[0].name)
    return el("a", *inside, css="sqm-go sqm-count", href=way, title=said, aria_label=said)


def _who() -> Html:
    """The name of whoever signed in, and the way out; without sign-in the role, and a click asks for another one."""
    if provider.is_set_up():
        way_out = el("a", _("Sign out"), css="sqm-out", href="auth/logout")
        return div("sqm-me", span("sqm-who", signed_in.name()), way_out)
    called, asks = f"{look_as.called(look_as.place())} ▾", f"{links.STAY}{look_as.ASK}=1"
    return el("a", called, css="sqm-go sqm-who", href=".", data_go=asks, title=_("Look as"))


def _language_switch(page_name: str) -> Html:
    """中文 | English. A click keeps what is chosen on the page; the address opens the page in a tab of its own."""
    now = language()
    ways = [
        el("b", title, lang=str(each), aria_current="true")
        if each is now
        else el(
            "a",
            title,
            css="sqm-go",
            lang=str(each),
            href=links.href(page_name, lang=str(each)),
            data_go=f"{links.STAY}lang={each}",
        )
        for each, title in _NAMES.items()
    ]
    return el("nav", *ways, css="sqm-language", aria_label=" / ".join(_NAMES.values()))
