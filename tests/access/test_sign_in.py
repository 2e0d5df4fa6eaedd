import base64
import datetime as dt
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.access.conftest import events, last_row
from tests.conftest import AT, PASSWORD, QINHUI, entered
from tonghu.access.checks import addresses, get_resolver
from tonghu.access.journal import said_in
from tonghu.access.models import Account, Device, JournalRow, Session
from tonghu.access.operations import factors, two_persons
from tonghu.access.roles import ROLES
from tonghu.access.web.pages import Level, policy_of
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden

SIGN_IN = "/sign-in/"
CODE = "/sign-in/code/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE, THERE = "10.0.0.7", "10.0.0.8"


@pytest.fixture(autouse=True)
def _no_tries_are_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def liumin_can(liumin, signed_in):
    """Liu Min has chosen a password and connected a code app."""
    return ready(liumin, signed_in)


def ready(actor, signed_in):
    signed_in(actor)
    actor.account.set_password(PASSWORD)
    actor.account.save()
    return actor


def code(secret: str = SECRET, step: int = 0) -> str:
    """Return what a code app shows now (RFC 6238), worked out without the library."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def tries(client, login="liumin", password=PASSWORD, *, at=HERE, **more):
    return client.post(SIGN_IN, {"login": login, "password": password} | more, REMOTE_ADDR=at)


def comes_in(client, login="liumin", **more):
    tries(client, login, **more)
    return client.post(CODE, {"code": code()})


def proves_herself_again(client) -> None:
    """Type the password once more, as is asked before a second factor is changed."""
    client.post("/sign-in/again/", {"password": PASSWORD})


def lands(client, address="/") -> str:
    answer = client.get(address)
    return answer.headers.get("Location", "here").split("?")[0]


def test_password_and_code_let_in(liumin_can):
    client = Client()

    first = tries(client)
    between = lands(client)
    second = client.post(CODE, {"code": code()})

    assert (first.headers["Location"], between) == (CODE, SIGN_IN)
    assert (second.headers["Location"], lands(client)) == ("/", "here")
    assert events()[-2:] == ["access.device.registered", "access.session.begun"]


def test_small_and_capital_letters_of_the_name_are_alike(liumin_can):
    client = Client()

    comes_in(client, " LiuMin")

    assert lands(client) == "here"


@pytest.mark.parametrize("wrong", ["000000", "", "12345", "abcdef"])
def test_wrong_code_lets_nobody_in(wrong, liumin_can):
    client = Client()
    tries(client)

    answer = client.post(CODE, {"code": wrong})

    assert (answer.status_code, lands(client)) == (200, SIGN_IN)


def test_code_is_used_once(liumin_can):
    first, second = Client(), Client()
    tries(first)
    tries(second)
    shown = code()
    first.post(CODE, {"code": shown})

    second.post(CODE, {"code": shown})

    assert (lands(first), lands(second)) == ("here", SIGN_IN)


def test_codes_are_not_guessed(liumin_can):
    client = Client()
    tries(client)
    for guess in range(5):
        client.post(CODE, {"code": f"00000{guess}"})

    answer = client.post(CODE, {"code": code()})

    assert (answer.status_code, lands(client)) == (200, SIGN_IN)


def test_recovery_code_is_used_once(liumin_can):
    client = Client()
    comes_in(client)
    proves_herself_again(client)
    client.post("/account/factors/codes/new/")
    shown = client.get("/account/factors/codes/").content.decode()
    recovery = re.findall(r"\b[0-9a-f]{8}\b", shown)[0]
    cache.clear()

    landed = []
    for _ in range(2):
        browser = Client()
        tries(browser)
        browser.post(CODE, {"code": recovery})
        landed.append(lands(browser))

    assert landed == ["here", SIGN_IN]


def protected() -> list[str]:
    """Return every address for people at work, with numbers that lead nowhere put in."""
    found = []
    for route, view in addresses(get_resolver()):
        policy = policy_of(view)
        if policy and policy.level is Level.AT_WORK:
            route = re.sub(r"<uuid:\w+>", "01980000-0000-7000-8000-00000000dead", route)
            found.append("/" + re.sub(r"<str:\w+>", "x", route))
    return found


@pytest.mark.parametrize("role", list(ROLES))
def test_no_role_gets_anywhere_without_a_second_factor(role, in_role, signed_in):
    browsers = [signed_in(in_role(role), factor=False, htmx=htmx) for htmx in (False, True)]

    landed = {
        (method, address): getattr(client, method)(address).headers.get("Location")
        for client in browsers
        for address in protected()
        for method in ("get", "post")
    }

    assert len(landed) > 40
    assert set(landed.values()) == {reverse("second-factor")}


def test_second_factor_is_not_got_round_by_another_membership(liumin, other_house, signed_in):
    client = signed_in(liumin, factor=False)

    client.post(reverse("membership-choose"), {"membership": liumin.membership_id})

    assert lands(client) == reverse("second-factor")


def test_recovery_codes_alone_are_no_second_factor(liumin, signed_in):
    liumin.account.set_password(PASSWORD)
    liumin.account.save()
    client = signed_in(liumin, factor=False)

    proves_herself_again(client)
    client.post("/account/factors/codes/new/")
    client.get("/account/factors/codes/")

    assert not Authenticator.objects.exists()
    assert lands(client) == reverse("second-factor")


def test_factor_taken_away_asks_for_a_new_one(liumin_can, signed_in):
    client = Client()
    comes_in(client)

    proves_herself_again(client)
    client.post("/account/factors/app/remove/")

    assert events().count("access.factor.changed") == 1
    assert lands(client) == reverse("second-factor")


def test_new_person_sets_up_codes_and_comes_in(liumin, django_capture_on_commit_callbacks):
    liumin.account.set_password(PASSWORD)
    liumin.account.save()
    client = Client()
    tries(client)
    before = lands(client)

    proves_herself_again(client)
    shown = client.get("/account/factors/app/").content.decode()
    secret = re.search(r'class="secret">(\w+)<', shown)[1]
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/factors/app/", {"code": code(secret)})

    kept = Authenticator.objects.get(type="totp")
    assert (before, lands(client)) == (reverse("second-factor"), "here")
    assert secret not in str(kept.data)
    assert last_row("access.factor.changed").fields == "totp"


def test_lost_factor_is_taken_away_by_two(liumin_can, hejing, qinhui):
    client = Client()
    comes_in(client)

    proposal = factors.propose_clearing(account=liumin_can.account, by=hejing, at=AT)
    for not_the_second in (hejing, liumin_can):
        with pytest.raises(Forbidden):
            two_persons.confirm(proposal=proposal, by=not_the_second, at=AT)
    before = (Authenticator.objects.count(), lands(client))
    two_persons.confirm(proposal=proposal, by=qinhui, at=AT)

    assert before == (1, "here")
    assert (Authenticator.objects.count(), lands(client)) == (0, SIGN_IN)


def test_supervisor_confirms_a_lost_factor_of_the_head_only(qinhui, liumin, hejing, zhanglan):
    of_the_head = factors.propose_clearing(account=qinhui.account, by=hejing, at=AT)
    of_a_worker = factors.propose_clearing(account=liumin.account, by=hejing, at=AT)

    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=of_a_worker, by=zhanglan, at=AT)

    assert two_persons.confirm(proposal=of_the_head, by=zhanglan, at=AT).state == "confirmed"


def test_five_wrong_tries_lock_one_name_at_one_address(liumin_can, yangfan, signed_in):
    ready(yangfan, signed_in)
    for _ in range(5):
        tries(Client(), password="wrong-wrong-wrong")

    locked = tries(Client())
    elsewhere = tries(Client(), at=THERE)
    colleague = tries(Client(), "yangfan")

    assert locked.status_code == 429
    assert (elsewhere.headers["Location"], colleague.headers["Location"]) == (CODE, CODE)


def test_many_colleagues_come_in_from_one_address(liumin_can):
    statuses = {tries(Client()).status_code for _ in range(40)}

    assert statuses == {302}


def test_four_wrong_tries_do_not_lock(liumin_can):
    for _ in range(4):
        tries(Client(), password="wrong-wrong-wrong")

    assert tries(Client()).headers["Location"] == CODE


def test_lock_ends_after_fifteen_minutes(liumin_can):
    for _ in range(5):
        tries(Client(), password="wrong-wrong-wrong")
    statuses = []

    for minutes in (14, 16):
        moment = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes)
        AccessAttempt.objects.update(attempt_time=moment)
        statuses.append(tries(Client()).status_code)

    assert statuses == [429, 302]


def test_name_that_does_not_exist_is_locked_and_refused_alike(liumin_can):
    answers = {}
    for login in ("liumin", "nobody"):
        answers[login] = [tries(Client(), login, "wrong-wrong-wrong") for _ in range(6)]

    said = [
        [(one.status_code, _without_token(one, login)) for one in found]
        for login, found in answers.items()
    ]
    assert said[0] == said[1]
    assert [status for status, _page in said[0]] == [200] * 4 + [429] * 2


def test_refused_try_is_on_record_where_the_name_exists(liumin_can):
    tries(Client(), password="wrong-wrong-wrong")
    tries(Client(), "nobody", "wrong-wrong-wrong")

    row = last_row("access.session.refused")
    assert events().count("access.session.refused") == 1
    assert (row.subject_id, said_in(row).reason) == (liumin_can.account_id, "password")
    assert "wrong-wrong" not in str(list(JournalRow.objects.unscoped("tests").values()))


@pytest.mark.parametrize(
    ("idle", "whole", "found"),
    [
        (dt.timedelta(minutes=30), dt.timedelta(hours=1), "here"),
        (dt.timedelta(minutes=30, seconds=1), dt.timedelta(hours=1), SIGN_IN),
        (dt.timedelta(minutes=1), dt.timedelta(hours=12), "here"),
        (dt.timedelta(minutes=1), dt.timedelta(hours=12, seconds=1), SIGN_IN),
    ],
)
def test_stay_ends_by_the_clock(idle, whole, found, liumin, signed_in):
    client = signed_in(liumin)
    Session.objects.update(seen_at=AT - idle, started_at=AT - whole)

    landed = [lands(client), lands(client)]

    assert landed == [found, found]


def test_stay_goes_on_while_somebody_works(liumin, signed_in):
    client = signed_in(liumin)

    landed = []
    for minutes in range(20, 12 * 60 + 40, 20):
        with clock.at(AT + dt.timedelta(minutes=minutes)):
            landed.append(lands(client))

    assert landed == ["here"] * 36 + [SIGN_IN]


def test_session_key_changes_at_sign_in(liumin_can):
    client = Client()
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key

    comes_in(client)

    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_one_sees_and_ends_her_own_stays_and_devices_only(liumin, yangfan, signed_in):
    mine, other = signed_in(liumin), signed_in(liumin)
    colleague = signed_in(yangfan)
    device = Device.objects.create(
        account=yangfan.account, name="Firefox · Linux", first_seen_at=AT, last_seen_at=AT
    )
    page = mine.get(reverse("account"))

    refused = mine.post(reverse("device-revoke", args=[device.pk]))
    mine.post(reverse("sessions-end"))

    assert {stay.account_id for stay in page.context["sessions"]} == {liumin.account_id}
    assert len(page.context["sessions"]) == 2
    assert "Firefox" not in page.content.decode()
    assert [lands(client) for client in (mine, other, colleague)] == ["here", SIGN_IN, "here"]
    assert (refused.status_code, Device.objects.unscoped("t").get().revoked_at) == (404, None)


def test_closed_device_ends_its_stay_and_is_a_new_one_next_time(liumin_can):
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/120"})
    comes_in(phone)
    desk = Client()
    cache.clear()
    comes_in(desk)
    first = Device.objects.unscoped("tests").get(name="Chrome · Android")

    desk.post(reverse("device-revoke", args=[first.pk]))
    landed = lands(phone)
    cache.clear()
    comes_in(phone)

    names = Device.objects.unscoped("tests").filter(name="Chrome · Android").order_by("id")
    assert (landed, lands(desk)) == (SIGN_IN, "here")
    assert [device.revoked_at is None for device in names] == [False, True]


def test_known_browser_is_the_same_device(liumin_can):
    client = Client()
    comes_in(client)
    client.post("/sign-out/")
    cache.clear()

    comes_in(client)

    assert Device.objects.unscoped("tests").count() == 1


def test_new_password_ends_the_other_stays(liumin_can):
    here, there = Client(), Client()
    comes_in(here)
    cache.clear()
    comes_in(there)

    here.post(
        "/account/password/",
        {"oldpassword": PASSWORD, "password1": "four-grey-geese", "password2": "four-grey-geese"},
    )

    liumin_can.account.refresh_from_db()
    assert liumin_can.account.check_password("four-grey-geese")
    assert [lands(client) for client in (here, there)] == ["here", SIGN_IN]
    assert "access.password.changed" in events()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"],
)
def test_nobody_is_led_to_another_host(elsewhere, liumin_can, signed_in):
    client = Client()
    tries(client, next=elsewhere)
    after_code = client.post(CODE, {"code": code()}).headers["Location"]

    language = client.post("/language/", {"language": "en", "next": elsewhere})
    reason = client.post(
        f"{reverse('reason', args=['access.journal', QINHUI])}?next={elsewhere}",
        {"code": "AUDIT", "words": "季度检查记录"},
    )

    assert (after_code, language.headers["Location"], reason.headers["Location"]) == ("/", "/", "/")


def test_one_goes_on_where_she_wanted_to(liumin_can):
    client = Client()
    asked = client.get("/journal/").headers["Location"]
    tries(client, next="/journal/")

    answer = client.post(CODE, {"code": code()})

    assert (asked, answer.headers["Location"]) == (f"{SIGN_IN}?next=%2Fjournal%2F", "/journal/")


@pytest.mark.parametrize(
    ("account", "browser", "lang"),
    [
        ("", "en", "en"),
        ("", "zh-CN", "zh-Hans"),
        ("", "fr", "zh-Hans"),
        ("zh-hans", "en", "zh-Hans"),
        ("en", "zh-CN", "en"),
    ],
)
def test_language_is_the_accounts_then_the_browsers(account, browser, lang, liumin, signed_in):
    Account.objects.update(language=account)
    client = signed_in(liumin)

    page = client.get("/", headers={"Accept-Language": browser}).content.decode()

    assert f'<html lang="{lang}">' in page


def test_signed_in_pages_stay_out_of_every_cache(liumin, signed_in):
    client = signed_in(liumin)
    read = ["/", "/people/", "/journal/", "/account/", "/waiting/", "/who-may-do-what/", "/about/"]

    kept = {address: client.get(address).headers.get("Cache-Control", "") for address in read}
    refused = client.get(reverse("person", args=[QINHUI]))

    assert [address for address, said in kept.items() if "no-store" not in said] == []
    assert (refused.status_code, refused.headers["Cache-Control"]) == (404, "no-store")


def test_going_back_after_signing_out_shows_the_sign_in_step(liumin, signed_in):
    client = signed_in(liumin)
    before = [client.get("/"), client.get("/account/")]

    by_link = client.get("/sign-out/").status_code
    still = lands(client)
    client.post("/sign-out/")

    assert [page.headers["Cache-Control"] for page in before] == ["no-store"] * 2
    assert (by_link, still) == (200, "here")
    assert [lands(client, address) for address in ("/", "/account/")] == [SIGN_IN] * 2
    assert events()[-1] == "access.session.ended"


def test_account_without_a_role_sees_no_page(house, hejing, signed_in):
    ended = entered(house, "x", "某", "X", "finance")
    client = signed_in(ended)
    ended.membership.until_on = dt.date(2026, 5, 20)
    ended.membership.save()

    statuses = {client.get(address).status_code for address in ("/", "/people/", "/journal/")}

    assert statuses == {403}


def test_second_step_can_still_be_left(liumin_can):
    client = Client()
    tries(client)

    client.post("/sign-out/")

    assert client.get(CODE).headers["Location"] == SIGN_IN
    assert lands(client) == SIGN_IN


def _without_token(answer, login: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken)[^>]+', "", answer.content.decode())
    return page.replace(login, "")
