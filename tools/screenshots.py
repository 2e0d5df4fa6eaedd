"""Take pictures of the pages, wide and narrow, in both languages, to be looked at.

    python tools/screenshots.py http://127.0.0.1:8000 var/pictures [name …]

Needs a server in demo mode; signs in as the cast.
"""

import sys
from pathlib import Path

from browser import chromium
from playwright.sync_api import Browser, sync_playwright

SIZES = {"wide": (1280, 800), "phone": (390, 844)}
PAGES = {
    "sign-in": (None, "/sign-in/"),
    "demo": (None, "/demo/"),
    "missing": (None, "/nothing/"),
    "about": (None, "/about/"),
    "styleguide": (None, "/styleguide/"),
    "today-head": ("qinhui", "/"),
    "today-administrator": ("hejing", "/"),
    "today-worker": ("liumin", "/"),
    "set-up": ("hejing", "/set-up/"),
    "agency": ("hejing", "/set-up/agency/"),
    "people": ("hejing", "/people/"),
    "person-new": ("hejing", "/people/new/"),
    "waiting": ("qinhui", "/waiting/"),
    "reason": ("qinhui", "/journal/"),
    "journal": ("hejing", "/journal/"),
    "journal-worker": ("liumin", "/journal/"),
    "journal-auditor": ("luowen", "/journal/"),
    "account": ("liumin", "/account/"),
    "factors": ("liumin", "/account/factors/"),
    "second-factor": ("liumin", "/second-factor/"),
    "permissions": ("liumin", "/who-may-do-what/"),
    "jobs": ("luowen", "/jobs/"),
    "forbidden": ("liumin", "/people/new/"),
}


def picture(browser: Browser, site: str, folder: Path, name: str, size: str, language: str) -> None:
    """Take one picture of one page."""
    who, address = PAGES[name]
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN" if language == "zh" else "en-GB",
        device_scale_factor=1 if size == "wide" else 2,
        is_mobile=size == "phone",
        has_touch=size == "phone",
    )
    page = context.new_page()
    if who:
        page.goto(f"{site}/demo/")
        page.locator(f"button[value={who}]").click()
    page.goto(site + address)
    page.screenshot(path=folder / f"{name}-{size}-{language}.png", full_page=True)
    context.close()


def main() -> None:
    """Take the pictures that were asked for, or all."""
    site, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name in sys.argv[3:] or PAGES:
            for size in SIZES:
                for language in ("zh", "en"):
                    picture(browser, site, folder, name, size, language)
        browser.close()


main()
