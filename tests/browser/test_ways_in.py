from urllib.parse import urlsplit

import pytest

from tests.browser import seeing
from tests.browser.people import Somebody, hold_passkeys


def path_of(page):
    return urlsplit(page.url).path


@pytest.fixture
def passkey_holder(a_page, house):
    """An administrator who came in and set up a passkey: ``passkey_holder("jia")``."""

    def come(sign: str) -> Somebody:
        page = a_page(house, "en")
        hold_passkeys(page)
        somebody = Somebody(page, f"admin-{sign}")
        ways = house.found(f"{sign}中心", f"head-{sign}", somebody.login)
        somebody.accept(ways[somebody.login])
        somebody.press("main .ways a.p")
        somebody.prove_again()
        page.locator("[name=name]").fill("Office laptop")
        page.locator("[name=passwordless]").check()
        somebody.press("#mfa_webauthn_add")
        return somebody

    return come


def test_every_step_of_coming_in_has_no_fault(a_page, house):
    page = a_page(house, "zh")
    ways = house.found("秦晖中心", "head-a", "admin-a")
    head = Somebody(page, "head-a")

    page.goto(ways["head-a"])
    faults = seeing.faults_of(page)
    head.accept(ways["head-a"])
    faults += seeing.faults_of(page)
    head.connect_code_app()
    page.goto("/account/factors/codes/")
    faults += seeing.faults_of(page)
    head.sign_out()
    head.give_password()
    faults += seeing.faults_of(page)
    head.give_code("000000")
    faults += seeing.faults_of(page)

    assert path_of(page) == "/sign-in/code/"
    assert faults + page.watch.heard() == []


def test_no_name_is_seen_before_the_second_factor(a_page, house):
    page = a_page(house, "zh")
    ways = house.found("甲中心", "head-b", "admin-b")
    Somebody(page, "head-b").accept(ways["head-b"])

    stops = []
    for address in ("/", "/people/", "/waiting/", "/journal/", "/set-up/", "/jobs/"):
        page.goto(address)
        stops.append(path_of(page))

    assert stops == ["/second-factor/"] * 6
    assert "何静" not in page.content()


def test_code_app_lets_in(a_page, house):
    page = a_page(house, "zh")
    ways = house.found("乙中心", "head-c", "admin-c")
    head = Somebody(page, "head-c")
    head.come_in(ways["head-c"])
    first_page = path_of(page)

    head.sign_out()
    head.give_password()
    asked_at = path_of(page)
    head.give_code(head.app.code())

    assert (first_page, asked_at, path_of(page)) == ("/", "/sign-in/code/", "/")


def test_recovery_code_lets_in_once(a_page, house):
    page = a_page(house, "zh")
    ways = house.found("丙中心", "head-d", "admin-d")
    head = Somebody(page, "head-d")
    head.come_in(ways["head-d"])

    head.sign_out()
    head.give_password()
    head.give_code(head.codes[0])
    first = path_of(page)
    head.sign_out()
    head.give_password()
    head.give_code(head.codes[0])

    assert len(head.codes) == 10
    assert (first, path_of(page)) == ("/", "/sign-in/code/")


def test_passkey_lets_in_alone(passkey_holder):
    administrator = passkey_holder("jia")
    page = administrator.page
    page.goto("/account/factors/passkeys/")
    names = page.locator("main .lines b").all_inner_texts()
    faults = seeing.faults_of(page)

    administrator.sign_out()
    page.goto("/sign-in/")
    administrator.press("#passkey_login")
    arrived = path_of(page)
    page.goto("/people/")

    assert names == ["Office laptop"]
    assert (arrived, path_of(page)) == ("/", "/people/")
    assert faults + page.watch.heard() == []


def test_passkey_is_a_second_step(passkey_holder):
    administrator = passkey_holder("yi")
    page = administrator.page

    administrator.sign_out()
    administrator.give_password()
    asked_at = path_of(page)
    faults = seeing.faults_of(page)
    administrator.press("#mfa_webauthn_authenticate")

    assert (asked_at, path_of(page)) == ("/sign-in/code/", "/")
    assert faults + page.watch.heard() == []


def test_missing_passkey_is_told_in_words(a_page, house):
    page = a_page(house, "en")
    hold_passkeys(page)
    page.goto("/sign-in/")

    page.locator("#passkey_login").click()
    page.locator("#passkey-failed").wait_for(timeout=30_000)

    assert path_of(page) == "/sign-in/"
    assert seeing.faults_of(page) == []


def test_invited_colleague_works_once_a_second_person_confirms(a_page, house):
    ways = house.found("石榴中心", "head-e", "admin-e")
    head = Somebody(a_page(house, "zh"), "head-e")
    administrator = Somebody(a_page(house, "zh"), "admin-e")
    newcomer = Somebody(a_page(house, "en"), "worker-e")
    head.come_in(ways["head-e"])
    administrator.come_in(ways["admin-e"])

    way_in = administrator.invite("马倩", "worker-e", "worker")
    newcomer.accept(way_in)
    before = newcomer.page.goto("/")
    faults = seeing.faults_of(administrator.page) + seeing.faults_of(newcomer.page)
    head.page.goto("/")
    head.press("main .row .btn.p")
    told = head.page.locator("main dd").first.inner_text()
    head.press("main .ways button.p")
    newcomer.page.goto("/")
    stopped_at = path_of(newcomer.page)
    newcomer.connect_code_app()
    newcomer.page.goto("/")

    assert (before.status, told, stopped_at) == (403, "社工", "/second-factor/")
    assert newcomer.page.locator("main h1").inner_text().startswith("马倩, ")
    assert faults == []


def test_invitation_opens_once(a_page, house):
    ways = house.found("海棠中心", "head-f", "admin-f")
    Somebody(a_page(house, "zh"), "head-f").accept(ways["head-f"])

    page = a_page(house, "zh")
    answer = page.goto(ways["head-f"])

    assert answer.status == 404
    assert page.locator("input[type=password]").count() == 0
