"""What a browser sees: bytes over the wire and the first paint on a village's line."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright
from tools.browser import chromium

LINE = {"latency": 600, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
FIRST_PAINT = """() => new Promise(done => {
  const painted = () => performance.getEntriesByName('first-contentful-paint')[0];
  if (painted()) return done(painted().startTime);
  new PerformanceObserver(() => painted() && done(painted().startTime))
    .observe({type: 'paint', buffered: true});
})"""


@dataclass(frozen=True)
class Visit:
    """A first visit of a page, nothing in the browser's cache."""

    kb: float
    first_paint: float


@contextmanager
def browser() -> Iterator[Browser]:
    """Run Debian's Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()


def visited(running: Browser, address: str, cookies: Mapping[str, str], *, slow: bool) -> Visit:
    """Visit a page for the first time, on a village's line where ``slow``."""
    host = urlsplit(address).hostname
    context = running.new_context(locale="zh-CN")
    context.add_cookies(
        [{"name": n, "value": v, "domain": host, "path": "/"} for n, v in cookies.items()]
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow:
        session.send("Network.emulateNetworkConditions", {"offline": False, **LINE})
    arrived: list[float] = []
    session.on("Network.loadingFinished", lambda said: arrived.append(said["encodedDataLength"]))
    page.goto(address, wait_until="load", timeout=60_000)
    page.wait_for_load_state("networkidle")
    painted = page.evaluate(FIRST_PAINT)
    context.close()
    return Visit(sum(arrived) / 1000, painted / 1000)


def middle(
    running: Browser, address: str, cookies: Mapping[str, str], times: int, *, slow: bool
) -> Visit:
    """Visit a page several times and return the middle of it."""
    visits = [visited(running, address, cookies, slow=slow) for _ in range(times)]
    return Visit(median(one.kb for one in visits), median(one.first_paint for one in visits))
