import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.conftest import a_file, give_duty, propose_newcomer
from tests.access.test_people import A_DAY, YESTERDAY, lands
from tests.conftest import AT, FIRST_DAY, PASSWORD, TODAY, entered
from tonghu.access.actors import actor_for, system
from tonghu.access.constants import DutyKind
from tonghu.access.invitations import find_invitation
from tonghu.access.models import (
    Account,
    Device,
    Membership,
    Proposal,
    Session,
)
from tonghu.access.operations import people, sign_in
from tonghu.jobs.models import Job
from tonghu.kernel.errors import Forbidden, Hidden


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
