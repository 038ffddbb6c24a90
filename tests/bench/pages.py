"""What a page costs in a browser, as a multiple of an empty Streamlit page measured in the same run.

python -m tests.bench.pages [--millions 1 10] [--rounds 12] [--pages matrix watch] [--stores 1000]

For each size a database is built once under tests/bench/work, with as many stores as the demo has or as are asked for.
The product runs as ``streamlit run app.py``, the yardstick (empty.py) as plain ``streamlit run``. Each round measures
every case once, so a slow moment of the machine hits all of them; medians are compared. Times run from the click (or
the first byte of the address) to the moment when the page has settled: script done, no skeleton, no stale element, the
new text there, two frames drawn.
"""

import argparse
import shutil
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench import generate
from tests.browser.conftest import Server

HERE = Path(__file__).parent
WORK = HERE / "work"
SIZES_WITHIN = 1.2

# Resolves with milliseconds. Clicks what selector and label name; then waits for the state that marker describes.
# textContent, not innerText: that would lay the page out once more in every frame, the larger the page the longer,
# which is the stopwatch's cost and not the reader's.
TIMED_CLICK = """async ({selector, label, marker}) => {
  const all = [...document.querySelectorAll(selector)];
  const target = label ? all.find(e => e.innerText.trim() === label) : all[0];
  if (!target) throw new Error(`nothing to click: ${selector} ${label}`);
  const settled = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app.getAttribute('data-test-script-state') !== 'notRunning') return false;
    if (document.querySelector('[data-stale="true"],[data-testid="stSkeleton"]')) return false;
    return document.querySelector('[data-testid="stMain"]').textContent.includes(marker);
  };
  const main = document.querySelector('[data-testid="stMain"]');
  if (main.textContent.includes(marker)) throw new Error(`there before the click: ${marker}`);
  const frame = () => new Promise(requestAnimationFrame);
  const started = performance.now();
  target.click();
  do { await frame(); } while (!settled());
  await frame(); await frame();
  return performance.now() - started;
}"""

SETTLED = """(marker) => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  const busy = '[data-stale="true"],[data-testid="stSkeleton"],[data-testid="stAppSkeleton"]';
  if (document.querySelector(busy)) return false;
  return document.querySelector('[data-testid="stMain"]').textContent.includes(marker);
}"""


@dataclass(frozen=True)
class View:
    """A page to measure: where it is, how the menu names it, a text that shows it is there, and one of its filters.

    options: two choices of the filter with the text that only each of them brings. limit, filter_limit: the most that
    a switch to it and a change of its filter may cost, as multiples of the empty page. link: for a page that is not
    in the menu, what to click on the page that ``menu`` names.
    """

    name: str
    address: str
    menu: str
    marker: str
    filter_key: str
    options: tuple[tuple[str, str], ...]
    limit: float
    filter_limit: float
    link: str = ""
    section: str = ""


EMPTY = (
    View(
        "empty",
        "",
        "First",
        "First",
        "month_First",
        (("Sep 2026", "Sep 2026, not"), ("Oct 2026", "Oct 2026, not")),
        1.0,
        1.0,
    ),
    View("empty", "second", "Second", "Second", "month_Second", (("Sep 2026", "Sep 2026, not"),), 1.0, 1.0),
)


def product(months: tuple[str, str]) -> tuple[View, ...]:
    """The pages of the product. months: the last two as the English page writes them."""
    last, before = months

    def shown(text: str) -> tuple[tuple[str, str], ...]:
        return (before, text.format(before)), (last, text.format(last))

    filter_key = "filter_month_en"
    return (
        View("overview", "", "Overview", "The matrix of the month", filter_key, shown("Month{}: "), 2.0, 2.0),
        View("matrix", "matrix", "Indicator matrix", "all districts", filter_key, shown("{}, all districts"), 1.4, 1.4),
        View(
            "watch", "watch", "Watch list", "What became of", filter_key, shown("{}, all districts. Limits"), 1.4, 2.0
        ),
        View(
            "process",
            "process",
            "Processes",
            "Lead department",
            filter_key,
            shown("{}, all districts"),
            2.0,
            2.0,
        ),
        View(
            "indicator",
            "indicator?code=TAR-P01",
            "Indicator matrix",
            "How this number comes about",
            filter_key,
            shown(" · {} · whole company"),
            2.0,
            2.0,
            'a.sqm-go[href^="indicator"]',
        ),
        View("satisfaction", "satisfaction", "Satisfaction", "The numbers", filter_key, shown("· {} ·"), 2.0, 2.0),
        *(
            View(name, name, menu, marker, filter_key, shown(text), 2.0, 2.0, section="Customers' view")
            for name, menu, marker, text in (
                ("gaps", "Gap model", "Expectation control", "perception), {}, compared"),
                ("competitiveness", "Competitiveness", "Register of events", "customers · {} · "),
                ("comments", "Customers' comments", "own words", "Store evaluation · {} · "),
                ("programme", "Survey programme", "Define a study", "waves up to {};"),
            )
        ),
        *(
            View(name, name, menu, marker, filter_key, shown(text), 2.0, 2.0, section="Stores")
            for name, menu, marker, text in (
                ("store", "Store", "Most was lost", " – {}, points of the composite; version"),
                ("stores", "Stores compared", "every store alike", " – {}; change against"),
                ("audits", "Store audits", "reports of the districts", "stores were audited in {}, "),
            )
        ),
    )


class Visitor:
    """One browser tab on one server."""

    def __init__(self, browser: Browser, server: Server, views: tuple[View, ...]) -> None:
        self.page: Page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US").new_page()
        self.server, self.views = server, views
        for view in views:  # once each, so that lazily loaded parts are in the cache as they are for a returning user
            self.open(view)

    def open(self, view: View) -> float:
        self.page.goto("about:blank")
        started = self.page.evaluate("performance.timeOrigin + performance.now()")
        self.page.goto(f"{self.server.url}/{view.address}")
        self.page.wait_for_function(SETTLED, arg=view.marker, polling="raf", timeout=60_000)
        return float(self.page.evaluate("performance.timeOrigin + performance.now()")) - float(started)

    def switch(self, view: View) -> float:
        menu = '[data-testid="stTopNavLink"]'
        away = next(other for other in self.views if other is not view and (not view.link or other.menu == view.menu))
        self._click(menu, away.menu, away.marker)
        if view.section:
            self.page.locator('[data-testid="stTopNavSection"]', has_text=view.section).click()
            choice = '[data-testid="stTopNavDropdownLink"]'
            self.page.locator(choice).get_by_text(view.menu, exact=True).wait_for()
            return self._click(choice, view.menu, view.marker)
        if view.link:
            return self._click(view.link, "", view.marker)
        return self._click(menu, view.menu, view.marker)

    def change(self, view: View) -> float:
        """The mean of choosing each option once, so that the filter ends where it began."""
        times = []
        for option, marker in view.options:
            self.page.locator(
                f".st-key-{view.filter_key} [role=combobox], .st-key-{view.filter_key} input"
            ).first.click()
            self.page.locator("[role=option]").first.wait_for()
            times.append(self._click("[role=option]", option, marker))
        return statistics.mean(times)

    def _click(self, selector: str, label: str, marker: str) -> float:
        return float(self.page.evaluate(TIMED_CLICK, {"selector": selector, "label": label, "marker": marker}))


def measure(visitors: dict[str, Visitor], rounds: int, views: Sequence[View]) -> dict[tuple[str, str, str], float]:
    """Median milliseconds by (who, page, what)."""
    samples: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for _ in range(rounds):
        for who, visitor in visitors.items():
            for view in views if who != "empty" else visitor.views[:1]:
                samples[who, view.name, "open"].append(visitor.open(view))
                samples[who, view.name, "filter"].append(visitor.change(view))
                samples[who, view.name, "switch"].append(visitor.switch(view))
    return {key: statistics.median(values) for key, values in samples.items()}


def report(medians: dict[tuple[str, str, str], float], views: Sequence[View], sizes: list[float]) -> bool:
    """Print the table; whether every limit holds."""
    fine = True
    base = {what: medians["empty", "empty", what] for what in ("open", "switch", "filter")}
    print("empty page: " + ", ".join(f"{what} {time:.0f} ms" for what, time in base.items()))
    for view in views:
        for what in ("open", "switch", "filter"):
            ratios = [medians[f"{size:g}", view.name, what] / base[what] for size in sizes]
            spread = max(ratios) / min(ratios)
            limit = {"switch": view.limit, "filter": view.filter_limit}.get(what)
            holds = (limit is None or max(ratios) <= limit) and spread <= SIZES_WITHIN
            fine = fine and holds
            told = ", ".join(f"{ratio:.2f} x at {size:g} M" for size, ratio in zip(sizes, ratios, strict=True))
            bound = f" (at most {limit})" if limit is not None else ""
            print(f"{'ok  ' if holds else 'OVER'} {view.name:13} {what:7} {told}{bound}; sizes within {spread:.2f}")
    return fine


def place(size: float, stores: int) -> Path:
    """Where the database of a size stands."""
    return WORK / (f"{size:g}-{stores}.duckdb" if stores else f"{size:g}.duckdb")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 10])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--pages", nargs="+", default=[], help="only these; without it all")
    parser.add_argument("--stores", type=int, default=0, help="of databases apart; without it the demo's")
    chosen = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        stack.callback(browser.close)
        # plain: another working folder, so that nothing of the product's configuration reaches it
        plain = {"STREAMLIT_SERVER_HEADLESS": "true", "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
        servers = {"empty": Server(HERE / "empty.py", plain, folder / "empty.log", folder)}
        for size in chosen.millions:
            database = place(size, chosen.stores)
            if not database.exists():
                print(f"{size:g} million: %d answers in %.0f s" % generate.build(database, size, chosen.stores))
            servers[f"{size:g}"] = Server(
                generate.ROOT / "app.py", {"SQM_DATABASE": str(database)}, folder / f"{size:g}.log"
            )
        views = product(generate.last_two_months(place(chosen.millions[0], chosen.stores)))
        measured = [view for view in views if not chosen.pages or view.name in chosen.pages]
        visitors = {}
        for who, server in servers.items():
            stack.callback(server.stop)
            visitors[who] = Visitor(browser, server.wait(), EMPTY if who == "empty" else views)
        fine = report(measure(visitors, chosen.rounds, measured), measured, chosen.millions)
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
