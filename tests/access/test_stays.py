import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.access.conftest import events
from tests.access.test_sign_in import CODE, SIGN_IN, code, comes_in, lands, tries
from tests.conftest import AT, PASSWORD, QINHUI, entered
from tonghu.access.models import Account, Device, Session
from tonghu.kernel import clock


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
