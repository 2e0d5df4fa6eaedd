import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tools.browser import chromium

from tests.browser.seeing import Watch
from tests.browser.serving import Site, serving

LOCALES = {"zh": "zh-CN", "en": "en-GB"}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def to_look_at(tmp_path_factory) -> Iterator[Site]:
    """The demonstration, for tests that only look."""
    with serving(tmp_path_factory.mktemp("looking") / "data", "demo") as site:
        yield site


@pytest.fixture(scope="session")
def to_work_in(tmp_path_factory) -> Iterator[Site]:
    """The demonstration, for tests that change it."""
    with serving(tmp_path_factory.mktemp("working") / "data", "demo") as site:
        yield site


@pytest.fixture(scope="session")
def house(tmp_path_factory) -> Iterator[Site]:
    """The product as an agency runs it: no demonstration, second factors are asked for."""
    with serving(tmp_path_factory.mktemp("house") / "data", "start") as site:
        yield site


@pytest.fixture
def a_page(browser) -> Iterator[Open]:
    """A browser of somebody's own: ``a_page(site, "zh", who="liumin")``."""
    with ExitStack() as opened:

        def open_(site: Site, language: str, *, who: str = "", **said) -> Page:
            context = new_context(browser, site, language, **said)
            opened.callback(context.close)
            page = context.new_page()
            page.watch = Watch(page)  # type: ignore[attr-defined]
            if who:
                sign_in_as(page, who)
            return page

        yield open_


@pytest.fixture(scope="module")
def visitor(browser) -> Iterator[Callable[[Site, str, str], Page]]:
    """A page that is kept for a module: the same person, language and server come back to it."""
    kept: dict[tuple[str, str, str], Page] = {}

    def visit(site: Site, who: str, language: str) -> Page:
        key = (site.url, who, language)
        if key not in kept:
            kept[key] = new_context(browser, site, language).new_page()
            kept[key].watch = Watch(kept[key])  # type: ignore[attr-defined]
            if who:
                sign_in_as(kept[key], who)
        return kept[key]

    yield visit
    for page in kept.values():
        page.context.close()


def new_context(browser: Browser, site: Site, language: str, **said) -> BrowserContext:
    plain = {"viewport": {"width": 1280, "height": 800}, "accept_downloads": True}
    context = browser.new_context(base_url=site.url, locale=LOCALES[language], **{**plain, **said})
    context.set_default_timeout(15_000)
    return context


def sign_in_as(page: Page, who: str) -> None:
    page.goto("/demo/")
    with page.expect_navigation():
        page.locator(f"button[value={who}]").click()


def until(true: Callable[[], bool], seconds: float = 30) -> bool:
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            return False
        time.sleep(0.25)
    return True
