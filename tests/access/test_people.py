import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.conftest import a_file, events, give_duty, propose_newcomer
from tests.conftest import AT, FIRST_DAY, PASSWORD, TODAY, entered
from tonghu.access.actors import actor_for, system
from tonghu.access.constants import DutyKind
from tonghu.access.invitations import find_invitation, new_token
from tonghu.access.models import (
    Account,
    Device,
    Invitation,
    Membership,
    Organisation,
    Proposal,
    Session,
)
from tonghu.access.operations import people, sign_in
from tonghu.jobs.models import Job
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


@pytest.fixture
def busy_worker(liumin, qinhui, zhanglan, signed_in):
    """Somebody with everything that must end: two stays, a device, an invitation, a job."""
    first, second = signed_in(liumin), signed_in(liumin)
    sign_in.register_device(account=liumin.account, name="Chrome", by=liumin, at=AT)
    people.invite(
        account=liumin.account, token="way-in-of-liumin", by=system(liumin.agency_id), at=AT
    )
    Job.objects.create(
        agency_id=liumin.agency_id,
        account=liumin.account,
        membership=liumin.membership,
        kind="access.journal.exported",
        details="{}",
        asked_at=AT,
    )
    give_duty(liumin, a_file())
    return first, second


def test_leaving_ends_everything_within_one_request(liumin, hejing, busy_worker, signed_in):
    before = [lands(client) for client in busy_worker]

    signed_in(hejing).post(reverse("person-leave", args=[liumin.account_id]))

    account = Account.objects.get(pk=liumin.account_id)
    assert before == ["here", "here"]
    assert [lands(client) for client in busy_worker] == [reverse("account_login")] * 2
    assert (account.is_active, account.left_on) == (False, TODAY)
    assert actor_for(account, on=TODAY) is None
    assert not Session.objects.filter(account=account).exists()
    assert not Device.objects.unscoped("tests").filter(account=account, revoked_at=None).exists()
    assert find_invitation("way-in-of-liumin", at=AT) is None
    assert [job.state for job in Job.objects.unscoped("tests")] == ["failed"]


def test_leaver_does_not_sign_in_again(liumin, hejing):
    liumin.account.set_password(PASSWORD)
    liumin.account.save()
    people.leave(account=liumin.account, by=hejing, at=AT)
    client = Client()

    answer = client.post(reverse("account_login"), {"login": "liumin", "password": PASSWORD})

    assert answer.headers.get("Location") == reverse("account_inactive")
    assert lands(client) == reverse("account_login")


def test_page_of_leaving_lists_what_is_handed_over(liumin, yangfan, hejing, signed_in):
    give_duty(liumin, a_file(), DutyKind.COVER)
    give_duty(liumin, a_file(), until_on=YESTERDAY)
    give_duty(yangfan, a_file(), DutyKind.SUPERVISION)

    page = signed_in(hejing).get(reverse("person-leave", args=[liumin.account_id]))

    assert [duty.kind for duty in page.context["duties"]] == [DutyKind.COVER]


@pytest.mark.parametrize("from_on", [YESTERDAY, TODAY, TODAY + 7 * A_DAY])
def test_no_role_outlives_its_owners_leaving(from_on, house, hejing, qinhui):
    newcomer = entered(house, "a", "甲", "A", "worker").account
    by = system(house.pk)
    people.grant_role(
        account=newcomer, organisation=house, role="supervisor", from_on=from_on, by=by, at=AT
    )

    people.leave(account=newcomer, by=hejing, at=AT)
    people.readmit(account=newcomer, by=hejing, at=AT)

    newcomer.refresh_from_db()
    in_force = [actor_for(newcomer, on=TODAY + days * A_DAY) for days in (0, 8, 400)]
    assert in_force == [None, None, None]


def test_what_waits_for_a_leaver_is_dropped(hejing, qinhui, house):
    second = entered(house, "chenyu", "陈宇", "Chen Yu", "administrator")
    leaver, concerning = propose_newcomer(hejing, login="leaver")
    _other, by_leaver = propose_newcomer(second, login="one")
    _third, untouched = propose_newcomer(hejing, login="two")

    people.leave(account=leaver, by=hejing, at=AT)
    people.leave(account=second.account, by=hejing, at=AT)

    rows = Proposal.objects.unscoped("tests").order_by("proposed_at", "id")
    assert {row.pk: row.state for row in rows} == {
        concerning.pk: "withdrawn",
        by_leaver.pk: "withdrawn",
        untouched.pk: "waiting",
    }


@pytest.mark.parametrize("role", ["worker", "supervisor", "finance", "auditor", "buyer"])
def test_leaving_is_said_by_those_who_set_up(role, in_role, house, hejing):
    by = in_role(role)
    ended = entered(house, "ended", "某", "Some", "finance")
    people.end_membership(membership=ended.membership, until_on=FIRST_DAY, by=hejing, at=AT)

    with pytest.raises(Forbidden):
        people.leave(account=ended.account, by=by, at=AT)
    with pytest.raises(Forbidden):
        people.readmit(account=ended.account, by=by, at=AT)

    ended.account.refresh_from_db()
    assert ended.account.is_active


def test_nobody_ends_or_reopens_another_agencys_people(hejing, stranger, other_house):
    foreign = system(other_house.pk)
    gone = entered(other_house, "gone", "某", "Some", "finance").account
    people.leave(account=gone, by=foreign, at=AT)

    with pytest.raises(Hidden):
        people.leave(account=stranger.account, by=hejing, at=AT)
    with pytest.raises(Hidden):
        people.readmit(account=gone, by=hejing, at=AT)

    stranger.account.refresh_from_db()
    gone.refresh_from_db()
    assert (stranger.account.is_active, gone.is_active) == (True, False)


def test_leaving_one_agency_keeps_the_account_for_the_other(liumin, hejing, other_house):
    Membership.objects.create(
        agency=other_house,
        account=liumin.account,
        organisation=other_house,
        role="finance",
        from_on=FIRST_DAY,
    )

    people.leave(account=liumin.account, by=hejing, at=AT)

    liumin.account.refresh_from_db()
    left = actor_for(liumin.account, on=TODAY)
    assert (liumin.account.is_active, left.agency_id, left.role_key) == (
        True,
        other_house.pk,
        "finance",
    )


def test_last_head_stays(qinhui, hejing, house, signed_in):
    with pytest.raises(people.LastHead):
        people.end_membership(membership=qinhui.membership, until_on=TODAY, by=hejing, at=AT)
    answer = signed_in(hejing).post(reverse("person-leave", args=[qinhui.account_id]))

    still = Membership.objects.unscoped("tests").get(pk=qinhui.membership_id)
    qinhui.account.refresh_from_db()
    assert (answer.status_code, still.until_on, qinhui.account.is_active) == (409, None, True)

    entered(house, "second", "副手", "Second", "head")
    people.leave(account=qinhui.account, by=hejing, at=AT)
    qinhui.account.refresh_from_db()
    assert not qinhui.account.is_active


def test_head_of_another_agency_does_not_count_as_one_here(qinhui, hejing, other_house):
    entered(other_house, "tangning", "唐宁", "Tang Ning", "head")

    with pytest.raises(people.LastHead):
        people.leave(account=qinhui.account, by=hejing, at=AT)


def test_readmitted_person_may_be_given_a_role_anew(liumin, hejing, house, signed_in):
    people.leave(account=liumin.account, by=hejing, at=AT)
    client = signed_in(hejing)

    refused = client.post(reverse("person-invite", args=[liumin.account_id]))
    client.post(reverse("person-return", args=[liumin.account_id]))
    liumin.account.refresh_from_db()
    with pytest.raises(Forbidden):
        people.grant_role(
            account=liumin.account,
            organisation=house,
            role="worker",
            from_on=TODAY,
            by=hejing,
            at=AT,
        )

    assert (refused.status_code, liumin.account.is_active) == (409, True)
    assert actor_for(liumin.account, on=TODAY) is None


def test_token_is_shown_once_and_never_again(hejing, yangfan, signed_in):
    client = signed_in(hejing)
    made = client.post(reverse("person-invite", args=[yangfan.account_id])).content.decode()
    token = re.search(r"/invitation/([\w-]+)/", made)[1]

    pages = [
        client.get(reverse("person", args=[yangfan.account_id])),
        client.get(reverse("journal")),
    ]

    assert find_invitation(token, at=AT).account_id == yangfan.account_id
    assert [token in page.content.decode() for page in pages] == [False, False]
