from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.urls import reverse

from tonghu.access.actors import system
from tonghu.access.models import JournalRow
from tonghu.access.operations import agencies, people
from tonghu.kernel import clock
from tonghu.kernel.ids import new_id

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
