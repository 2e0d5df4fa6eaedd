from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.browser import seeing
from tests.browser.conftest import sign_in_as

PASSWORD = "tonghu-demo"


def press_empty(page: Page) -> None:
    page.locator("main form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")
    page.locator("main form[method=post]").first.locator("button").last.click()
    page.wait_for_selector(".missing")


def first_link(page: Page) -> None:
    page.locator("main tbody th a").first.click()


def leave(page: Page) -> None:
    page.locator("main tbody th a").last.click()
    page.locator("main a[href$='/leave/']").click()


def decide(page: Page) -> None:
    page.locator("main a[href*='/waiting/']").first.click()


def prove_again(page: Page) -> None:
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button").first.click()


def locked(page: Page) -> None:
    for _ in range(6):
        page.goto("/sign-in/")
        page.locator("[name=login]").fill("nobody")
        page.locator("[name=password]").fill("not the password")
        page.locator("main form button").first.click()


def open_details(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")


@dataclass(frozen=True)
class Sight:
    """A page in one state: who sees it, where, and what is done there first."""

    who: str
    address: str
    first: Callable[[Page], None] | None = None
    status: int = 200


SIGHTS = {
    "sign-in": Sight("", "/sign-in/"),
    "sign-in, empty": Sight("", "/sign-in/", press_empty),
    "sign-in, locked": Sight("", "/sign-in/", locked),
    "demonstration": Sight("", "/demo/"),
    "about": Sight("", "/about/"),
    "not found": Sight("", "/nothing/", status=404),
    "invitation over": Sight("", "/invitation/none/", status=404),
    "style guide": Sight("liumin", "/styleguide/"),
    "today, worker": Sight("liumin", "/"),
    "account": Sight("liumin", "/account/"),
    "password": Sight("liumin", "/account/password/"),
    "password, empty": Sight("liumin", "/account/password/", press_empty),
    "factors": Sight("liumin", "/account/factors/"),
    "second factor": Sight("liumin", "/second-factor/"),
    "who may do what": Sight("liumin", "/who-may-do-what/"),
    "journal, own": Sight("liumin", "/journal/"),
    "journal, nothing fits": Sight("liumin", "/journal/?since=2001-01-01&until=2001-01-02"),
    "forbidden": Sight("liumin", "/people/new/", status=403),
    "search": Sight("liumin", "/search/"),
    "search, too short": Sight("liumin", "/search/?q=t"),
    "search, nobody": Sight("liumin", "/search/?q=赵钱孙"),
    "is it you": Sight("zhanglan", "/account/factors/app/"),
    "code app": Sight("yangfan", "/account/factors/app/", prove_again),
    "passkey": Sight("yangfan", "/account/factors/passkeys/new/"),
    "today, head": Sight("qinhui", "/"),
    "waiting acts": Sight("qinhui", "/waiting/"),
    "waiting act": Sight("qinhui", "/waiting/", decide),
    "reason": Sight("qinhui", "/journal/"),
    "reason, empty": Sight("qinhui", "/journal/", press_empty),
    "today, administrator": Sight("hejing", "/"),
    "set-up": Sight("hejing", "/set-up/"),
    "agency": Sight("hejing", "/set-up/agency/"),
    "organisations": Sight("hejing", "/set-up/organisations/"),
    "people": Sight("hejing", "/people/"),
    "people, none found": Sight("hejing", "/people/?q=zzz"),
    "person": Sight("hejing", "/people/", first_link),
    "invite": Sight("hejing", "/people/new/"),
    "invite, empty": Sight("hejing", "/people/new/", press_empty),
    "leave": Sight("hejing", "/people/", leave),
    "journal": Sight("hejing", "/journal/?refused=on&since=2001-01-01"),
    "journal, auditor": Sight("luowen", "/journal/", open_details),
    "jobs": Sight("luowen", "/jobs/"),
    "today, buyer": Sight("majing", "/"),
}


def arrive(page: Page, sight: Sight) -> None:
    answer = page.goto(sight.address)
    assert answer
    assert answer.status == sight.status
    if sight.first:
        sight.first(page)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", SIGHTS)
def test_page_has_no_fault(visitor, to_look_at, name, language):
    sight = SIGHTS[name]
    page = visitor(to_look_at, sight.who, language)
    arrive(page, sight)

    faults = seeing.faults_of(page) + page.watch.heard()

    assert page.locator("html").get_attribute("lang") == {"zh": "zh-Hans", "en": "en"}[language]
    assert faults == []


@pytest.mark.parametrize(
    "name", ["sign-in", "today, head", "people", "journal", "invite", "style guide"]
)
def test_keyboard_meets_every_control_in_order(visitor, to_look_at, name):
    sight = SIGHTS[name]
    page = visitor(to_look_at, sight.who, "en")
    arrive(page, sight) if sight.address != "/journal/" else page.goto("/journal/?refused=on")

    faults = seeing.focus_faults(page)

    assert faults == []


PLANTED = {
    "color-contrast": (
        seeing.against_the_standard,
        "document.querySelector('h1').className = 'faint'",
        ".faint { color: #ddd }",
    ),
    "label": (
        seeing.against_the_standard,
        "document.querySelector('main').append(document.createElement('input'))",
        "",
    ),
    "html-has-lang": (
        seeing.against_the_standard,
        "document.documentElement.removeAttribute('lang')",
        "",
    ),
    "scrolls sideways": (seeing.too_wide, "", "h1 { width: 500px }"),
    "px high": (seeing.too_small, "", "main .btn { min-height: 30px !important; padding: 0 }"),
    "styled in place": (
        seeing.styled_in_place,
        "document.querySelector('h1').setAttribute('style', 'color: red')",
        "",
    ),
    "no focus ring": (seeing.focus_faults, "", ":focus-visible { outline: 0 !important }"),
    "focus order": (
        seeing.focus_faults,
        "document.querySelector('main a, main button').tabIndex = 5",
        "",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_fault_is_seen(a_page, to_look_at, name):
    look, script, rules = PLANTED[name]
    page = a_page(to_look_at, "zh", who="qinhui", bypass_csp=True)
    page.set_viewport_size({"width": seeing.NARROWEST, "height": seeing.TALL})
    before = look(page)

    page.evaluate(f"() => {{ {script} }}")
    # A sheet of the page itself: a style element would be a fault of its own.
    page.evaluate(
        "rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);"
        "document.adoptedStyleSheets = [sheet] }",
        rules,
    )

    assert before == []
    assert [one for one in look(page) if name in one]


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('it broke')", "console: it broke"),
        ("setTimeout(() => { throw new Error('it broke') })", "script: it broke"),
        (
            "document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'),"
            "{ effectiveDirective: 'style-src', blockedURI: 'inline' }))",
            "console: CSP style-src inline",
        ),
    ],
)
def test_complaint_of_the_browser_is_heard(a_page, to_look_at, script, complaint):
    page = a_page(to_look_at, "zh")
    page.goto("/about/")
    before = page.watch.heard()

    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(100)

    assert before == []
    assert page.watch.heard() == [complaint]


def test_language_switch_holds_for_the_account(a_page, to_look_at):
    page = a_page(to_look_at, "zh", who="hanxue")

    with page.expect_navigation():
        page.locator(".side .lang button").click()
    sign_in_as(page, "hanxue")

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("main h1").inner_text().startswith("Han Xue, ")
