import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from tonghu.access.models import JournalRow
from tonghu.portals.founding import found

PASSWORD = "四匹马过石桥看雪去了吧"
ANOTHER = "雨后石桥村的李子最甜了"


@pytest.fixture
def invited(db):
    house = found(
        agency="秦晖社会工作服务中心",
        latin="",
        credit_code="",
        head=("qinhui", "秦慧"),
        administrator=("hejing", "何静"),
    )
    return {one["login"]: one["path"] for one in house["invited"]}


def factors_on_record():
    rows = JournalRow.objects.unscoped("the test reads the whole journal")
    found = rows.filter(event="access.factor.changed").order_by("seq")
    return [(row.fields, row.role) for row in found]


def code_now(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_code_app_set_up_and_removed_stands_in_the_journal(
    client, invited, django_capture_on_commit_callbacks
):
    app, again = reverse("mfa_activate_totp"), reverse("account_reauthenticate")
    client.post(invited["qinhui"], {"password": PASSWORD})
    client.post(f"{again}?next={app}", {"password": PASSWORD})
    client.get(app)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(app, {"code": code_now(client.session["mfa.totp.secret"])})
    set_up = factors_on_record()
    client.post(reverse("mfa_deactivate_totp"))

    assert set_up == [("totp", "head")]
    assert factors_on_record() == [("totp", "head"), ("totp", "head")]


def test_new_password_stands_in_the_journal(client, invited):
    client.post(invited["hejing"], {"password": PASSWORD})
    again = reverse("account_reauthenticate")
    page = reverse("account_change_password")
    client.post(f"{again}?next={page}", {"password": PASSWORD})

    client.post(
        page,
        {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER},
    )

    rows = JournalRow.objects.unscoped("the test reads the whole journal")
    changed = rows.filter(event="access.password.changed")
    assert [row.role for row in changed] == ["administrator"]
