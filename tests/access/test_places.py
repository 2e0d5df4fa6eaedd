import datetime as dt

import pytest

from tonghu.access.operations.sign_in import register_device
from tonghu.access.web.devices import device_name, is_phone

PHONE = "Mozilla/5.0 (Linux; Android 10; HarmonyOS) Chrome/114 MicroMessenger/8.0"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0) Chrome/126 Edg/126"
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("agent", "name", "phone"),
    [
        (PHONE, "WeChat · HarmonyOS", True),
        (LAPTOP, "Edge · Windows", False),
        ("Mozilla/5.0 (iPhone) Safari/605", "Safari · iPhone", True),
        ("curl/8", "–", False),
    ],
)
def test_device_is_named_and_drawn_as_what_it_is(agent, name, phone):
    assert device_name(agent) == name
    assert is_phone(device_name(agent)) is phone


def test_account_shows_own_devices_newest_first_and_hides_the_long_tail(
    liumin, yangfan, signed_in, frozen
):
    for number in range(6):
        register_device(
            account=liumin.account,
            name=f"Chrome · Phone{number}",
            by=liumin,
            at=frozen + number * HOUR,
        )
    register_device(account=yangfan.account, name="Edge · Windows", by=yangfan, at=frozen)

    page = signed_in(liumin).get("/account/").content.decode()

    shown = [page.index(f"Phone{number}") for number in range(6)]
    assert shown == sorted(shown, reverse=True)
    assert shown[1] > page.index("<details") > shown[2]
    assert "Edge · Windows" not in page
