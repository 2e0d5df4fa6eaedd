from urllib.parse import urlsplit

from tests.browser import seeing
from tests.browser.people import Somebody, hold_passkeys


def path_of(page):
    return urlsplit(page.url).path


def test_code_app_and_recovery_code_let_in(a_page, house):
    page = a_page(house, "zh")
    ways = house.found("秦晖中心", "head-a", "admin-a")
    head = Somebody(page, "head-a")
    faults = []

    page.goto(ways["head-a"])
    faults += seeing.faults_of(page)
    head.accept(ways["head-a"])
    asked_for = path_of(page)
    page.goto("/people/")
    still_asked_for = path_of(page)
    faults += seeing.faults_of(page)
    head.connect_code_app()
    page.goto("/account/factors/codes/")
    faults += seeing.faults_of(page)
    head.write_codes_down()
    page.goto("/")
    first_page = path_of(page)

    head.sign_out()
    head.give_password()
    second_step = path_of(page)
    faults += seeing.faults_of(page)
    head.give_code("000000")
    refused_at = path_of(page)
    faults += seeing.faults_of(page)
    head.give_code(head.codes[0])
    by_recovery_code = path_of(page)

    head.sign_out()
    head.give_password()
    head.give_code(head.codes[0])
    again_with_the_same = path_of(page)
    head.give_code(head.app.code())
    by_code_app = path_of(page)

    assert (asked_for, still_asked_for) == ("/second-factor/", "/second-factor/")
    assert (first_page, second_step, refused_at) == ("/", "/sign-in/code/", "/sign-in/code/")
    assert len(head.codes) == 10
    assert (by_recovery_code, again_with_the_same, by_code_app) == ("/", "/sign-in/code/", "/")
    assert faults + page.watch.heard() == []


def test_passkey_lets_in_alone_and_as_second_step(a_page, house):
    page = a_page(house, "en")
    hold_passkeys(page)
    ways = house.found("玉兰中心", "head-b", "admin-b")
    administrator = Somebody(page, "admin-b")
    faults = []

    administrator.accept(ways["admin-b"])
    administrator.press("main .ways a.p")
    administrator.prove_again()
    faults += seeing.faults_of(page)
    page.locator("[name=name]").fill("Office laptop")
    page.locator("[name=passwordless]").check()
    administrator.press("#mfa_webauthn_add")
    after_setting_up = path_of(page)
    page.goto("/account/factors/passkeys/")
    names = page.locator("main .lines b").all_inner_texts()
    faults += seeing.faults_of(page)

    administrator.sign_out()
    page.goto("/sign-in/")
    administrator.press("#passkey_login")
    by_passkey_alone = path_of(page)
    page.goto("/people/")
    works = path_of(page)

    administrator.sign_out()
    administrator.give_password()
    second_step = path_of(page)
    faults += seeing.faults_of(page)
    administrator.press("#mfa_webauthn_authenticate")
    by_passkey_second = path_of(page)

    assert after_setting_up.startswith("/account/factors/")
    assert names == ["Office laptop"]
    assert (by_passkey_alone, works) == ("/", "/people/")
    assert (second_step, by_passkey_second) == ("/sign-in/code/", "/")
    assert faults + page.watch.heard() == []


def test_invited_colleague_works_once_a_second_person_confirms(a_page, house):
    ways = house.found("石榴中心", "head-c", "admin-c")
    head = Somebody(a_page(house, "zh"), "head-c")
    administrator = Somebody(a_page(house, "zh"), "admin-c")
    newcomer = Somebody(a_page(house, "en"), "worker-c")
    head.come_in(ways["head-c"])
    administrator.come_in(ways["admin-c"])

    page = administrator.page
    page.goto("/people/new/")
    page.locator("[name=name]").fill("马倩")
    page.locator("[name=login]").fill("worker-c")
    page.locator("[name=role][value=worker]").check()
    administrator.press("main form button")
    way_in = page.locator("main code.secret").first.inner_text()
    faults = seeing.faults_of(page)

    newcomer.accept(way_in)
    before = newcomer.page.goto("/")
    faults += seeing.faults_of(newcomer.page)

    head.page.goto("/")
    head.press("main .row .btn.p")
    told = head.page.locator("main dd").all_inner_texts()
    head.press("main .ways button.p")

    newcomer.page.goto("/")
    stopped_at = path_of(newcomer.page)
    newcomer.connect_code_app()
    newcomer.page.goto("/")

    assert before.status == 403
    assert told[0] == "社工"
    assert stopped_at == "/second-factor/"
    assert newcomer.page.locator("main h1").inner_text().startswith("马倩, ")
    assert faults == []


def test_invitation_opens_once(a_page, house):
    ways = house.found("海棠中心", "head-d", "admin-d")
    Somebody(a_page(house, "zh"), "head-d").accept(ways["head-d"])

    page = a_page(house, "zh")
    answer = page.goto(ways["head-d"])

    assert answer.status == 404
    assert page.locator("input[type=password]").count() == 0
