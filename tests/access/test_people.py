import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.conftest import events, propose_newcomer
from tests.conftest import AT, PASSWORD, TODAY, entered
from tonghu.access.actors import actor_for, system
from tonghu.access.invitations import find_invitation, new_token
from tonghu.access.models import (
    Account,
    Invitation,
    Membership,
    Organisation,
    Session,
)
from tonghu.access.operations import people
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden

A_DAY = dt.timedelta(days=1)
YESTERDAY = TODAY - A_DAY


def invited(by, login: str = "maqian") -> tuple[Account, str]:
    """Open an account with a role that is given at once, and make its way in."""
    account, token = people.open_account(login=login, name="马倩", by=by, at=AT), new_token()
    people.grant_role(
        account=account,
        organisation=Organisation.objects.unscoped("tests").get(pk=by.agency_id),
        role="finance",
        from_on=TODAY,
        by=by,
        at=AT,
    )
    people.invite(account=account, token=token, by=by, at=AT)
    return account, token


def accept(token: str, password: str = PASSWORD, client: Client | None = None):
    return (client or Client()).post(reverse("invitation", args=[token]), {"password": password})


def lands(client: Client, name: str = "today") -> str:
    """Return where a request for a page ends: at the page, or at a step before it."""
    answer = client.get(reverse(name))
    return answer.headers.get("Location", "here").split("?")[0]


def test_invited_person_comes_in_and_is_asked_for_a_second_factor(hejing):
    account, token = invited(hejing)
    client = Client()

    shown = client.get(reverse("invitation", args=[token]))
    answer = accept(token, client=client)

    account.refresh_from_db()
    assert "马倩" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert (answer.status_code, account.check_password(PASSWORD)) == (302, True)
    assert lands(client) == reverse("second-factor")
    assert events()[-3:] == [
        "access.invitation.accepted",
        "access.device.registered",
        "access.session.begun",
    ]


def test_way_in_is_used_once(hejing):
    account, token = invited(hejing)
    accept(token)

    again = accept(token, "another-word-entirely")

    account.refresh_from_db()
    assert (again.status_code, account.check_password(PASSWORD)) == (404, True)


def test_way_in_is_over_after_seven_days(hejing):
    account, token = invited(hejing)
    week = dt.timedelta(days=7)

    with clock.at(AT + week - dt.timedelta(seconds=1)):
        before = Client().get(reverse("invitation", args=[token])).status_code
    with clock.at(AT + week):
        after = accept(token).status_code

    account.refresh_from_db()
    assert (before, after, account.has_usable_password()) == (200, 404, False)


def test_new_way_in_ends_the_one_before(hejing):
    account, first = invited(hejing)

    people.invite(account=account, token=new_token(), by=hejing, at=AT)

    assert accept(first).status_code == 404


def test_way_in_is_kept_as_a_hash(hejing):
    _account, token = invited(hejing)

    kept = Invitation.objects.unscoped("tests").get().token_hash

    assert (len(kept), token in kept) == (64, False)


@pytest.mark.parametrize("password", ["short", "password123", "4711081512", "maqian2026"])
def test_weak_password_is_refused(password, hejing):
    account, token = invited(hejing)

    answer = accept(token, password)

    account.refresh_from_db()
    assert (answer.status_code, account.has_usable_password()) == (200, False)
    assert find_invitation(token, at=AT) is not None


def test_way_in_is_no_way_round_the_second_factor(hejing, liumin, signed_in):
    signed_in(liumin)
    token = new_token()
    people.invite(account=liumin.account, token=token, by=hejing, at=AT)
    client = Client()

    answer = accept(token, client=client)

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert lands(client) == reverse("account_login")


def test_new_password_by_invitation_ends_every_stay(hejing, liumin, signed_in):
    old_stay = signed_in(liumin)
    token = new_token()
    people.invite(account=liumin.account, token=token, by=hejing, at=AT)

    accept(token)

    assert lands(old_stay) == reverse("account_login")


def test_nobody_is_invited_into_another_agencys_account(hejing, stranger, other_house):
    foreign = entered(other_house, "tangning", "唐宁", "Tang Ning", "administrator")
    newcomer, _proposal = propose_newcomer(foreign)

    for account in (stranger.account, newcomer):
        with pytest.raises(Hidden):
            people.invite(account=account, token=new_token(), by=hejing, at=AT)

    assert Invitation.objects.unscoped("tests").count() == 0


@pytest.mark.parametrize("role", ["worker", "supervisor", "finance", "director", "auditor"])
def test_inviting_is_for_those_who_set_up(role, in_role, yangfan):
    with pytest.raises(Forbidden):
        people.invite(account=yangfan.account, token=new_token(), by=in_role(role), at=AT)
    with pytest.raises(Forbidden):
        people.open_account(login="maqian", name="马倩", by=in_role(role), at=AT)

    assert Invitation.objects.unscoped("tests").count() == 0
    assert not Account.objects.filter(login="maqian").exists()


def test_taken_name_is_refused_alike_wherever_it_is_taken(hejing, yangfan, stranger):
    said = []
    for login in ("yangfan", "wufan", "WuFan "):
        with pytest.raises(people.LoginTaken) as refused:
            people.open_account(login=login, name="某", by=hejing, at=AT)
        said.append(str(refused.value))

    assert len(set(said)) == 1
    assert "吴凡" not in said[0]


def test_role_begins_and_ends_with_its_days(house, hejing):
    by = system(house.pk)
    account = people.open_account(login="maqian", name="马倩", by=by, at=AT)
    first, last = TODAY + A_DAY, TODAY + 3 * A_DAY
    people.grant_role(
        account=account,
        organisation=house,
        role="worker",
        from_on=first,
        until_on=last,
        by=by,
        at=AT,
    )

    days = [TODAY, first, last, last + A_DAY]
    at_work = [actor_for(account, on=day) is not None for day in days]

    assert at_work == [False, True, True, False]


def test_role_that_ended_opens_no_page_from_local_midnight(liumin, hejing, signed_in):
    client = signed_in(liumin)
    people.end_membership(membership=liumin.membership, until_on=TODAY, by=hejing, at=AT)
    stay = Session.objects.filter(account=liumin.account)
    midnight = dt.datetime(2026, 6, 1, 16, 0, tzinfo=dt.UTC)

    found = []
    for moment in (midnight - dt.timedelta(seconds=1), midnight):
        with clock.at(moment):
            stay.update(seen_at=moment, started_at=moment)
            found.append(client.get(reverse("today")).status_code)

    assert found == [200, 403]


def test_changed_role_holds_with_the_next_request(liumin, hejing, house, signed_in):
    client = signed_in(liumin)
    by = system(house.pk)
    people.grant_role(
        account=liumin.account,
        organisation=house,
        role="administrator",
        from_on=TODAY,
        by=by,
        at=AT,
    )
    new = Membership.objects.unscoped("tests").get(account=liumin.account, role="administrator")

    before = client.get(reverse("person-new")).status_code
    client.post(reverse("membership-choose"), {"membership": new.pk})
    during = client.get(reverse("person-new")).status_code
    people.end_membership(membership=new, until_on=YESTERDAY, by=by, at=AT)
    Membership.objects.unscoped("tests").filter(pk=new.pk).update(
        from_on=YESTERDAY, until_on=YESTERDAY
    )
    after = client.get(reverse("person-new")).status_code

    assert (before, during, after) == (403, 200, 403)


def test_membership_of_somebody_else_is_not_chosen(liumin, hejing, signed_in):
    client = signed_in(liumin)

    client.post(reverse("membership-choose"), {"membership": hejing.membership_id})

    assert client.get(reverse("person-new")).status_code == 403
