import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.conftest import AT, PASSWORD, TODAY, entered, with_second_factor
from tonghu.access.constants import ProposalState
from tonghu.access.models import Account, JournalRow, Proposal, Session
from tonghu.access.operations import recovery, two_persons
from tonghu.access.operations.recovery import ReasonMissing
from tonghu.access.queries import waiting_for
from tonghu.kernel.errors import Forbidden, Hidden

LOST = "手机掉进水库，恢复码也在包里，本人来办公室说的"


def reset_of(account, by, reason=LOST):
    return recovery.propose_reset(account=account, reason=reason, by=by, at=AT)


def can_sign_in(account):
    found = Account.objects.get(pk=account.pk)
    return found.has_usable_password() or Authenticator.objects.filter(user=found).exists()


@pytest.fixture
def lost(liumin, signed_in):
    """Liu Min with password, second step and an open session."""
    signed_in(liumin)
    liumin.account.set_password(PASSWORD)
    liumin.account.save()
    return liumin.account


def test_confirmed_reset_leaves_nothing_that_opens_the_account(lost, hejing, zhanglan):
    proposal = reset_of(lost, hejing)

    two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)

    assert not can_sign_in(lost)
    assert not Session.objects.filter(account=lost).exists()
    rows = JournalRow.objects.unscoped("the test reads the whole journal")
    assert [row.account_id for row in rows.filter(event="access.factors.taken_away")] == [
        zhanglan.account_id
    ]


def test_reset_that_only_waits_changes_nothing(lost, hejing):
    reset_of(lost, hejing)

    assert can_sign_in(lost)
    assert Session.objects.filter(account=lost).exists()


def test_reset_waits_for_head_and_supervisor_never_for_those_concerned(
    lost, hejing, qinhui, zhanglan, liumin, hanxue, house
):
    other = entered(house, "yuting", "余婷", "Yu Ting", "administrator")
    proposal = reset_of(lost, hejing)

    people = (qinhui, zhanglan, hejing, other, liumin, hanxue)

    assert [waiting_for(one, on=TODAY) for one in people] == [
        [proposal],
        [proposal],
        [],
        [],
        [],
        [],
    ]
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=other, at=AT)


def test_administrator_confirms_what_the_head_proposed(lost, hejing, qinhui):
    proposal = reset_of(lost, qinhui)

    two_persons.confirm(proposal=proposal, by=hejing, at=AT)

    assert not can_sign_in(lost)


def test_reset_is_not_proposed_by_or_for_everybody(lost, hejing, zhanglan, stranger):
    with pytest.raises(Forbidden):
        reset_of(lost, zhanglan)
    with pytest.raises(Forbidden):
        reset_of(hejing.account, hejing)
    with pytest.raises(Hidden):
        reset_of(stranger.account, hejing)
    with pytest.raises(ReasonMissing):
        reset_of(lost, hejing, reason="  ")
    assert not Proposal.objects.unscoped("the test counts all").exists()


def test_account_of_two_agencies_is_not_reset_by_one(lost, hejing, other_house):
    entered_there = lost.memberships.model(
        agency=other_house, account=lost, organisation=other_house, role="worker", from_on=TODAY
    )
    entered_there.save()

    with pytest.raises(Forbidden):
        reset_of(lost, hejing)


def test_reset_page_proposes_and_says_what_is_missing(lost, hejing, signed_in):
    browser, page = signed_in(hejing), reverse("person-reset", args=[lost.pk])

    empty = browser.post(page, {"reason": ""})
    short = browser.post(page, {"reason": "丢了"})
    asked = browser.post(page, {"reason": LOST})

    proposal = Proposal.objects.unscoped("the test reads all").get()
    assert (empty.status_code, short.status_code) == (200, 200)
    assert proposal.state == ProposalState.WAITING
    assert proposal.reason == LOST
    assert asked.url == reverse("waiting", args=[proposal.pk])
    assert "登录名" in browser.get(asked.url, headers={"Accept-Language": "zh"}).content.decode()


def test_reset_page_is_not_the_supervisors(lost, zhanglan, signed_in):
    with_second_factor(zhanglan.account)

    answer = signed_in(zhanglan).get(reverse("person-reset", args=[lost.pk]))

    assert answer.status_code == 403
