import datetime as dt

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.urls import reverse

from tonghu.access.actors import system
from tonghu.access.models import JournalRow
from tonghu.access.operations import agencies, people
from tonghu.access.registration import forget_tries
from tonghu.kernel import clock
from tonghu.kernel.daily import do_what_is_due
from tonghu.kernel.ids import new_id

DAY = dt.timedelta(days=1)
PASSWORD = "four words nobody guesses"


def test_signing_in_is_told_by_the_journal_alone(db, client):
    by, at = system(new_id()), clock.now()
    agency = agencies.found_agency(name="秦晖", latin_name="Qinhui", credit_code="", by=by, at=at)
    account = people.open_account(login="luowen", name="罗文", by=by, at=at)
    people.grant_role(
        account=account,
        organisation=agency,
        role="administrator",
        from_on=clock.day(at),
        by=by,
        at=at,
    )
    account.set_password(PASSWORD)
    account.save()

    for password in ("a wrong password", PASSWORD):
        client.post(reverse("account_login"), {"login": "luowen", "password": password})

    told = JournalRow.objects.unscoped("what the journal says of it").order_by("seq")
    told = told.filter(event__startswith="access.session").values_list("event", flat=True)
    assert list(told) == ["access.session.refused", "access.session.begun"]
    assert {table.objects.count() for table in (AccessLog, AccessFailureLog, AccessAttempt)} == {0}


def test_failed_tries_are_forgotten_after_a_day(db):
    at = clock.now()
    for login, tried_at in (("luowen", at - DAY - dt.timedelta(seconds=1)), ("liumin", at - DAY)):
        attempt = AccessAttempt.objects.create(username=login, failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=tried_at)

    forget_tries(at)

    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["liumin"]


def test_tries_are_forgotten_daily(db):
    AccessAttempt.objects.create(username="luowen", failures_since_start=1)

    do_what_is_due(clock.now() + 2 * DAY)

    assert AccessAttempt.objects.count() == 0
