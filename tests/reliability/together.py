"""Managers of three stores in one server at the same moment: python -m tests.reliability.canary --together 50

Each round the quality department, which sees all stores, first changes the data, so that no cache holds anything any
more; then it and the three managers open the same pages at the same instant, take the same files, and ask for each
other's stores. In every second round each of them is at another page. No word and number of a store may come back to
the manager of another one.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Barrier

from sqm.rules.access import Action
from tests.browser.conftest import ROOT, Server
from tests.reliability import forgery, planted
from tests.reliability.canaries import MANAGERS, Found, look_for, manager, say
from tests.reliability.wire import Wire, told

STEPS = (
    "store?lang={lang}",
    "store?lang={lang}&store={other}&rows=visits",
    "matrix?lang={lang}",
    "comments?lang={lang}",
    "comments?lang={lang}&store={other}",
    "stores?lang={lang}&view=table",
    "stores?lang={lang}&view=items",
    "audits?lang={lang}&view=appeals",
    "?lang={lang}",
    "indicator?lang={lang}&code=PRO-P01&level=store&rows=1",
    "satisfaction?lang={lang}&view=compare&by=store",
)
"""What all do in a round; what a page lets them take they take at once."""
_NEXT = dict(zip(MANAGERS, [*list(MANAGERS)[1:], *MANAGERS], strict=False))
_SECONDS = 120


@dataclass
class Looker:
    """One tab and what it saw. store '' is the quality department, to which everything may come back. spans: when its
    requests were under way."""

    store: str
    wire: Wire
    found: Found = field(default_factory=Found)
    spans: list[tuple[float, float]] = field(default_factory=list)
    files: int = 0

    def look(self, step: str, number: int) -> None:
        """Open the page of a step and take its files."""
        other = _NEXT.get(self.store, "S2")
        address = step.format(lang=("en", "zh")[number // 2 % 2], other=other)
        with self._under_way():
            seen = self.wire.open(address)
        self._saw(address, seen.text)
        for widget in [each for each in seen.widgets.values() if each.file_id]:
            with self._under_way():
                status, body = self.wire.fetch(self.wire.made(widget.file_id)[0])
            self._saw(f"{address} {widget.label}", told(body))
            self.files += status == 200

    def _saw(self, address: str, text: str) -> None:
        self.found.requests += 1
        self.found.pages.add(address.partition("?")[0] or "home")
        if self.store:
            look_for(text, self.store, address, self.found)

    @contextmanager
    def _under_way(self) -> Iterator[None]:
        begin = time.monotonic()
        yield
        self.spans.append((begin, time.monotonic()))


def lookers(url: str, stores: Iterable[str] = MANAGERS) -> list[Looker]:
    """The quality department and the managers, each in a tab of a server that takes everybody for the first."""
    all_of_them = [Looker("", Wire(url))]
    for store in stores:
        wire = Wire(url)
        manager(store)(wire)
        all_of_them.append(Looker(store, wire))
    return all_of_them


def run_round(everybody: list[Looker], number: int, steps: tuple[str, ...] = STEPS, changes: bool = True) -> None:
    """One round. Whoever fails lets the others go. changes: the data first, so that all caches are empty."""
    if changes:
        _change(everybody[0].wire, number)
    start = Barrier(len(everybody), timeout=_SECONDS)

    def go(place: int) -> None:
        try:
            for at in range(len(steps)):
                start.wait()
                everybody[place].look(steps[(at + (place * 3 if number % 2 else 0)) % len(steps)], number)
        except BaseException:
            start.abort()
            raise

    with ThreadPoolExecutor(len(everybody)) as pool:
        for each in [pool.submit(go, place) for place in range(len(everybody))]:
            each.result()


def _change(wire: Wire, number: int) -> None:
    """A comment on an indicator: from now on every cache is asked for what it does not hold."""
    form = forgery.FORMS[Action.COMMENT]
    own = wire.open(form.address)
    said = {each.label: f"round {number}" for each in own.widgets.values() if each.kind in ("text_input", "text_area")}
    wire.run({each.id: each for each in forgery.filled(own, replace(form, fields=said), {})})
    assert f"round {number}" in wire.open(form.address).text


def at_once(everybody: list[Looker]) -> int:
    """Requests of managers during which one of somebody else was under way too."""
    return sum(
        any(begin < other_end and other_begin < end for other in everybody if other is not one
            for other_begin, other_end in other.spans)
        for one in everybody if one.store for begin, end in one.spans
    )  # fmt: skip


def run(rounds: int, folder: Path, report: Callable[[str], None] = print) -> list[Looker]:
    """One server, all rounds, and its log."""
    path = planted.build(folder, say)
    server = Server(
        ROOT / "app.py", {"SQM_DATABASE": str(path), "SQM_ROLE": "quality"}, folder / "server.log"
    ).wait()  # fmt: skip
    try:
        everybody = lookers(server.url)
        for number in range(rounds):
            run_round(everybody, number)
            if number % 10 == 9:
                leaks = sum(len(each.found.leaks) for each in everybody)
                report(f"{number + 1} rounds, {leaks} foreign canaries")
        for each in everybody:
            each.wire.close()
    finally:
        server.stop()
    look_for(server.log.read_text(encoding="utf-8", errors="replace"), "", "the server's log", everybody[0].found)
    return everybody
