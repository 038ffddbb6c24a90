"""Every page, filter, link and file as the manager of one store: python -m tests.reliability.canary --requests 2000

Every text and every count of a store holds a word and a number that stand nowhere else. They must not come back to the
manager of another store: not in a frame, a file, an address, an error or the server's log. Then a manager of a second
store looks in the same process, whose caches the first one has warmed, and the first one again. With --together 50 the
managers of three stores look at the same moment instead, so many times (together.py).
"""

import argparse
import itertools
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqm.ui.navigation import ENTRIES
from tests.browser.conftest import ROOT, Server
from tests.reliability import planted, together
from tests.reliability.canaries import Found, look_for, manager, merged, say
from tests.reliability.foreign import VALUES
from tests.reliability.wire import Seen, Widget, Wire, told

PARAMETERS = {
    "store": ("store", "query", "step", "unquery", "mend", "rows", "span"),
    "comments": ("store", "district", "process", "text"),
    "stores": ("district", "class", "view", "theme", "what"),
    "audits": ("district", "view", "rule", "reject", "means", "month"),
    "indicator": ("code", "place", "level", "rows", "by"),
    "satisfaction": ("district", "by", "survey", "view"),
    "targets": ("proposal", "indicator", "scope"),
    "watch": ("district", "review", "group"),
    "matrix": ("district", "cell", "asof"),
    "process": ("district", "process"),
    "people": ("person", "new"),
    "upload": ("batch",),
}
"""Choices of an address that say whose figures are wanted, by page."""
_MEDIA = re.compile(r"/media/[0-9a-f]+\.\w+")


class Crawl:
    """As the manager of one store. look: makes a fresh tab theirs; none where the server's settings do."""

    def __init__(self, url: str, mine: str, found: Found, look: Callable[[Wire], object] | None = None) -> None:
        self._url, self._mine, self._found, self._look = url, mine, found, look
        self._wire: Wire | None = None
        self._links: dict[str, None] = {}
        self._widgets: dict[tuple[str, str, str], Widget] = {}
        self._files: dict[str, str] = {}

    def run(self, requests: int) -> None:
        """Until so many requests were made: all pages first, then of everything that is offered in turn."""
        end = self._found.requests + requests
        steps = itertools.chain(
            self._pages(), _in_turn([self._offered(), self._linked(), self._asked(), self._taken(), self._forged()])
        )
        for _step in steps:
            if self._found.requests >= end:
                break
        if self._wire:
            self._wire.close()

    def _tab(self, fresh: bool = False) -> Wire:
        if fresh and self._wire:
            self._wire.close()
        if fresh or self._wire is None:
            self._wire = Wire(self._url)
            if self._look:
                self._look(self._wire)
        return self._wire

    def _pages(self) -> Iterator[None]:
        for place, entry in enumerate(ENTRIES):
            self._open(f"/{entry.name}?lang={('en', 'zh')[place % 2]}", fresh=place % 4 == 0)
            yield

    def _offered(self) -> Iterator[None]:
        """Every option of every filter."""
        done: set[tuple[str, str, str]] = set()
        while todo := [key for key in self._widgets if key not in done]:
            page, _label, option = key = todo[0]
            done.add(key)
            widget = self._widgets[key]
            self._open(page)
            if widget.widget_id in self._tab().last.widgets:
                self._saw(f"{page} {widget.label}={option}", self._tab().send({widget.widget_id: option}))
            yield

    def _linked(self) -> Iterator[None]:
        """Every address that a page links to."""
        done: set[str] = set()
        while todo := [each for each in self._links if each not in done]:
            done.add(todo[0])
            self._open(todo[0], fresh=len(done) % 25 == 0)
            yield

    def _asked(self) -> Iterator[None]:
        """Addresses that nobody offered, with what others may not see."""
        asked = [(page, name, value) for value in VALUES for page, names in PARAMETERS.items() for name in names]
        step = 7919  # a prime, so that few requests already meet all pages and kinds of values
        for place in range(len(asked)):
            page, name, value = asked[place * step % len(asked)]
            self._open(f"/{page}?{value.replace('{name}', name)}")
            yield

    def _taken(self) -> Iterator[None]:
        """Files: made on click, and those whose address stood in a frame."""
        done: set[str] = set()
        while True:
            todo = [each for each in self._files if each not in done]
            if not todo:
                yield
                continue
            done.add(todo[0])
            page, tab = self._files[todo[0]], self._tab()
            if todo[0].startswith("/media/"):
                self._file(todo[0])
            else:
                self._open(page)
                for widget in [each for each in tab.last.widgets.values() if each.file_id]:
                    address, _error = tab.made(widget.file_id)
                    self._file(address) if address else None
            yield

    def _forged(self) -> Iterator[None]:
        """What no browser would say: options that were not offered, pages by their hash, other addresses."""
        for name in ("", "_stcore/health", "_stcore/host-config", "_stcore/metrics", "health", "store?store=S2"):
            self._file(f"/{name}")
            yield
        while True:
            for (page, _label, _option), widget in list(self._widgets.items()):
                for value in ("S2", "S2 Store S2", "*", "All districts", "D2"):
                    self._open(page)
                    if widget.widget_id in self._tab().last.widgets:
                        self._saw(f"{page} forged {value}", self._tab().send({widget.widget_id: value}))
                    yield
            for address, page_hash in dict(self._tab().last.hashes).items():
                self._saw(f"{address} by hash", self._tab().open(f"/{address}", page_hash))
                yield
            yield

    def _open(self, address: str, fresh: bool = False) -> None:
        self._saw(address, self._tab(fresh).open(address))

    def _file(self, address: str) -> None:
        status, body = self._tab().fetch(address)
        self._found.requests += 1
        self._look_for(f"{address} ({status})", told(body))

    def _saw(self, address: str, seen: Seen) -> None:
        page = address.lstrip("/").partition("?")[0].partition(" ")[0] or "home"
        text = seen.text
        self._found.requests += 1
        self._found.pages.add(page)
        self._look_for(address, text)
        for link in seen.links:
            if "look_as" not in link and ":" not in link.partition("?")[0]:
                link = f"{page}{link}" if link.startswith("?") else link
                self._links.setdefault(f"/{link.lstrip('./')}")
        for widget in seen.widgets.values():
            for option in widget.options:
                self._widgets.setdefault((f"/{page}?lang=en", widget.label, option), widget)
            if widget.file_id:
                self._files.setdefault(f"{page} {widget.label}", f"/{page}?lang=en")
        for media in _MEDIA.findall(text):
            self._files.setdefault(media, page)

    def _look_for(self, where: str, text: str) -> None:
        look_for(text, self._mine, where, self._found)


def _in_turn(parts: Iterable[Iterator[None]]) -> Iterator[None]:
    """One step of each, until none has any left."""
    left = list(parts)
    while left:
        for each in list(left):
            try:
                yield next(each)
            except StopIteration:
                left.remove(each)


def run(requests: int, folder: Path, report: Callable[[str], None] = print) -> Found:
    """One server; most requests are those of the first manager."""
    path = planted.build(folder, say)
    place = {"SQM_DISTRICTS": planted.DISTRICT, "SQM_STORES": planted.MINE}
    settings = {"SQM_DATABASE": str(path), "SQM_ROLE": "store_manager", **place}
    server = Server(ROOT / "app.py", settings, folder / "server.log").wait()
    found = Found()
    try:
        for mine, share in ((planted.MINE, 0.6), ("S3", 0.25), (planted.MINE, 0.15)):
            look = None if mine == planted.MINE else manager("S3")
            Crawl(server.url, mine, found, look).run(int(requests * share))
            report(f"manager of {mine}: {found.requests} requests so far, {len(found.leaks)} foreign canaries")
    finally:
        server.stop()
    look_for(server.log.read_text(encoding="utf-8", errors="replace"), "", "the server's log", found)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--together", type=int, default=0, metavar="ROUNDS")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sqm-canary-") as folder:
        if chosen.together:
            everybody = together.run(chosen.together, Path(folder))
            found = merged([each.found for each in everybody])
            files, at_once = sum(each.files for each in everybody), together.at_once(everybody)
            print(f"{chosen.together} rounds, {files} files, {at_once} requests of managers while another looked too")
        else:
            found = run(chosen.requests, Path(folder))
    print(f"{found.requests} requests, {len(found.pages)} pages: {', '.join(sorted(found.pages))}")
    print(f"own {found.own}, exceptions {sum(found.exceptions.values())}, foreign canaries {len(found.leaks)}")
    for why, count in found.exceptions.most_common():
        print(f"  allowed {count}: {why}")
    for (store, where), count in Counter((store, where) for store, where, _around in found.leaks).most_common(40):
        around = next(text for one, at, text in found.leaks if (one, at) == (store, where))
        print(f"  {store} {count} times at {where}: ...{around!r}...")


if __name__ == "__main__":
    main()
