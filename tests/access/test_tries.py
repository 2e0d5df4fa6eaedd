import datetime as dt
import os
import subprocess
import sys
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection

from tests.conftest import SECRET, with_second_factor
from tonghu.access.tries import CODE_LIVES

pytestmark = pytest.mark.django_db(transaction=True)
SETTLE = """
import sys, time
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
"""
USES = (
    SETTLE
    + """
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
factor = TOTP(Authenticator.objects.get(user_id=sys.argv[2]))
time.sleep(max(0, float(sys.argv[4]) - time.time()))
print(factor.validate_code(sys.argv[3]))
"""
)
TRIES = (
    SETTLE
    + """
from django.test import RequestFactory
from allauth.core import ratelimit
request = RequestFactory().post("/")
said = [
    ratelimit.consume(request, action="login_failed", key=sys.argv[2])
    for _ in range(3)
]
print(said)
"""
)


def process(script: str, home, *said) -> subprocess.Popen:
    """Start a process of its own, as another server process would be, on the same database."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tonghu.config.settings",
        "PYTHONPATH": "src",
        "TONGHU_HOME": str(home),
    }
    return subprocess.Popen(
        [sys.executable, "-c", script, str(connection.settings_dict["NAME"]), *map(str, said)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def said_by(*processes: subprocess.Popen) -> list[str]:
    return sorted(one.communicate(timeout=120)[0].strip() for one in processes)


def code_of_now() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def test_a_code_is_used_once_by_two_processes(liumin, home):
    with_second_factor(liumin.account)
    code, start = code_of_now(), time.time() + 8

    two = [process(USES, home, liumin.account_id, code, start) for _ in range(2)]

    assert said_by(*two) == ["False", "True"]


def test_tries_of_two_processes_are_counted_together(house, home):
    first = said_by(process(TRIES, home, "liumin"))
    second = said_by(process(TRIES, home, "liumin"))

    assert (first, second) == (["[True, True, True]"], ["[True, True, False]"])


def test_a_used_code_is_remembered_as_long_as_it_could_fit(liumin):
    with_second_factor(liumin.account)
    code = code_of_now()
    factor = TOTP(Authenticator.objects.get(user=liumin.account))
    first = factor.validate_code(code)

    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM access_try")
        (expires,) = cursor.fetchone()

    left = _seconds_left(expires)
    assert (first, factor.validate_code(code)) == (True, False)
    assert CODE_LIVES - 60 < left <= CODE_LIVES
    assert cache.get("nothing") is None


def _seconds_left(expires) -> float:
    moment = dt.datetime.fromisoformat(str(expires))
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return moment.timestamp() - time.time()
