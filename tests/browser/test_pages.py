import pytest

from tests.browser import seeing
from tests.browser.conftest import sign_in_as
from tests.browser.sights import SIGHTS, arrive


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
