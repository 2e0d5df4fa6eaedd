"""Take pictures of the pages, wide and narrow, in both languages, to be looked at.

    python tools/screenshots.py http://127.0.0.1:8000 FOLDER [name …] [--wide] [--zh]

Needs a server in demo mode; signs in as the cast, once for each person, size and language.
On the phone the bottom bar stands at the end of the page, where the eye finds it; on a real
one it stays at the lower edge of the screen.
"""

import argparse
from itertools import groupby
from pathlib import Path

from browser import chromium
from playwright.sync_api import Browser, Page, sync_playwright

SIZES = {"wide": (1280, 800, 1), "phone": (390, 844, 2)}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
LAID_OUT = ".bar { position: static !important } body { padding-bottom: 0 !important }"
CASE = "main a:text-matches('谭小海|Tan Xiaohai')"
PAGES = {
    "sign-in": ("", "/sign-in/"),
    "demo": ("", "/demo/"),
    "missing": ("", "/nothing/"),
    "about": ("", "/about/"),
    "styleguide": ("liumin", "/styleguide/"),
    "today-worker": ("liumin", "/"),
    "journal-worker": ("liumin", "/journal/"),
    "child": ("liumin", "/children/", "main a:text-matches('谭小海|Tan Xiaohai')"),
    "cases": ("liumin", "/cases/"),
    "case": ("liumin", "/cases/", CASE),
    "case-papers": ("liumin", "/cases/", CASE, "main a[href$='/papers/']"),
    "plan": ("liumin", "/cases/", CASE, "#goals h2 a, #plan h2 a"),
    "case-urgent": ("liumin", "/cases/", "main a:text-matches('任梓雨|Ren Ziyu')"),
    "week": ("liumin", "/week/"),
    "contact-new": ("liumin", "/cases/", CASE, ".next .btn"),
    "report-new": ("liumin", "/reports/new/"),
    "review-list": ("zhanglan", "/reviews/"),
    "today-supervisor": ("zhanglan", "/"),
    "papers": ("liumin", "/children/", "main a:text-matches('谭小海|Tan Xiaohai')", "#papers h2 a"),
    "paper": (
        "liumin",
        "/children/",
        "main a:text-matches('谭小海|Tan Xiaohai')",
        "#papers .shots img",
    ),
    "paper-new": (
        "liumin",
        "/children/",
        "main a:text-matches('谭小海|Tan Xiaohai')",
        "#papers .foot a",
    ),
    "search": ("liumin", "/search/?q=谭"),
    "search-short": ("liumin", "/search/?q=t"),
    "search-nobody": ("liumin", "/search/?q=赵钱孙"),
    "children": ("liumin", "/children/"),
    "children-narrowed": ("zhanglan", "/children/?category=LEFT_BEHIND"),
    "children-none": ("liumin", "/children/?category=STREET"),
    "child-new": ("liumin", "/children/new/"),
    "rosters": ("zhanglan", "/rosters/"),
    "places": ("hejing", "/set-up/places/"),
    "work-list": ("liumin", "/people/work/"),
    "suggestions": ("liumin", "/people/work/", "#suggested .btn"),
    "benefit": ("liumin", "/people/work/", "#not-arriving .btn"),
    "entrusted": ("liumin", "/people/work/", "#entrusted .btn"),
    "household": ("liumin", "/people/work/", "#not-arriving .btn", ".back a", "#home .row-of a"),
    "child-entitled": ("liumin", "/people/work/", "#not-arriving .btn", ".back a"),
    "consents": ("liumin", "/children/", "tbody th a", "#agreed .foot a"),
    "consent-new": ("liumin", "/children/", "tbody th a", "#agreed h2 a"),
    "guardian-suspend": ("zhanglan", "/children/", "tbody th a", "#family .foot a:last-child"),
    "account": ("liumin", "/account/"),
    "factors": ("liumin", "/account/factors/"),
    "second-factor": ("liumin", "/second-factor/"),
    "permissions": ("liumin", "/who-may-do-what/"),
    "forbidden": ("liumin", "/people/new/"),
    "today-head": ("qinhui", "/"),
    "waiting": ("qinhui", "/waiting/"),
    "reason": ("qinhui", "/journal/"),
    "today-administrator": ("hejing", "/"),
    "set-up": ("hejing", "/set-up/"),
    "agency": ("hejing", "/set-up/agency/"),
    "organisations": ("hejing", "/set-up/organisations/"),
    "people": ("hejing", "/people/"),
    "person": ("hejing", "/people/", "tbody th a"),
    "person-new": ("hejing", "/people/new/"),
    "journal": ("hejing", "/journal/"),
    "journal-auditor": ("luowen", "/journal/"),
    "jobs": ("luowen", "/jobs/"),
    "emergency-new": ("liumin", "/emergencies/new/"),
    "emergencies": ("zhanglan", "/emergencies/"),
    "deputies": ("qinhui", "/people/deputies/"),
    "office-hours": ("qinhui", "/set-up/office-hours/"),
    "reasons": ("zhanglan", "/reasons/"),
}


def picture(page: Page, site: str, name: str, path: Path) -> None:
    """Take one picture of one page, of its whole length."""
    _who, address, *link = PAGES[name]
    page.goto(site + address)
    for selector in link:
        with page.expect_navigation():
            page.locator(selector).first.click()
    page.add_style_tag(content=LAID_OUT)
    page.screenshot(path=path, full_page=True)


def pictures(
    browser: Browser, site: str, folder: Path, names: list[str], size: str, language: str
) -> None:
    """Take the pictures of one size in one language."""
    width, height, scale = SIZES[size]
    for who, some in groupby(names, lambda name: PAGES[name][0]):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=LOCALES[language],
            device_scale_factor=scale,
            is_mobile=size == "phone",
            has_touch=size == "phone",
            bypass_csp=True,
        )
        page = context.new_page()
        if who:
            page.goto(f"{site}/demo/")
            page.locator(f"button[value={who}]").click()
        for name in some:
            picture(page, site, name, folder / f"{name}-{size}-{language}.png")
        context.close()


def main() -> None:
    """Take the pictures that were asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", choices=[*PAGES, []], metavar="name")
    parser.add_argument("--wide", action="store_true", help="no phone")
    parser.add_argument("--zh", action="store_true", help="Chinese only")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for size in ("wide",) if asked.wide else SIZES:
            for language in ("zh",) if asked.zh else LOCALES:
                names = asked.names or list(PAGES)
                pictures(browser, asked.site.rstrip("/"), asked.folder, names, size, language)
        browser.close()


main()
