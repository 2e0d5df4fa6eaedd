import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.access.conftest import a_file, events, last_row, propose_newcomer
from tests.conftest import AT, FIRST_DAY, LAST_DAY, QINHUI, TODAY, entered
from tonghu.access.constants import ClosingKind, ProposalState
from tonghu.access.journal import said_in
from tonghu.access.models import Account, Closing, Membership, Proposal
from tonghu.access.operations import grounds, people, two_persons
from tonghu.access.policy import confirms_a_role
from tonghu.access.queries import waiting_for
from tonghu.access.roles import ROLES
from tonghu.access.two_persons import ACTS, TwoPersonAct
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden

SEES_NAMES = [key for key, role in ROLES.items() if role.sees_names]
SEES_NONE = [key for key, role in ROLES.items() if not role.sees_names]
LATER = AT + dt.timedelta(hours=1)


def roles_of(account) -> list[str]:
    rows = Membership.objects.unscoped("tests").filter(account=account).order_by("id")
    return list(rows.values_list("role", flat=True))


def state_of(proposal) -> str:
    return Proposal.objects.unscoped("tests").get(pk=proposal.pk).state


def granting(account, role, by, partner):
    """Ask the operation itself, as a task or a command would."""
    kind = ROLES[role]
    return people.grant_role(
        account=account,
        organisation=partner(kind.given_by),
        role=role,
        from_on=TODAY,
        until_on=LAST_DAY if kind.must_end else None,
        scope_kind=kind.scopes[-1],
        scope_id=QINHUI if kind.scopes[-1] != "organisation" else None,
        by=by,
        at=AT,
    )


@pytest.mark.parametrize("role", SEES_NAMES)
@pytest.mark.parametrize("setter", ["administrator", "head"])
def test_role_that_sees_names_is_refused_to_one_person(role, setter, in_role, partner):
    by = in_role(setter)
    account = people.open_account(login="maqian", name="马倩", by=by, at=AT)

    with pytest.raises(Forbidden):
        granting(account, role, by, partner)

    assert roles_of(account) == []
    assert said_in(last_row("access.refused")).reason == "access.membership.granted"


@pytest.mark.parametrize("role", SEES_NONE)
def test_role_that_sees_no_names_is_given_by_one_person(role, hejing, partner):
    account = people.open_account(login="maqian", name="马倩", by=hejing, at=AT)

    granting(account, role, hejing, partner)

    assert roles_of(account) == [role]


def test_nobody_gives_herself_a_role(hejing, partner):
    with pytest.raises(Forbidden):
        granting(hejing.account, "auditor", hejing, partner)

    assert roles_of(hejing.account) == ["administrator"]


@pytest.mark.parametrize("role", SEES_NAMES)
def test_page_proposes_a_role_that_sees_names(role, hejing, yangfan, partner, signed_in):
    place = partner(ROLES[role].given_by)
    form = {"role": role, "organisation": place.pk, "from_on": TODAY}

    signed_in(hejing).post(reverse("role-new", args=[yangfan.account_id]), form)

    assert roles_of(yangfan.account) == ["worker"]


def test_page_of_inviting_proposes_too(hejing, house, signed_in):
    form = {
        "name": "马倩",
        "login": "maqian",
        "role": "worker",
        "organisation": house.pk,
        "from_on": TODAY,
    }

    answer = signed_in(hejing).post(reverse("person-new"), form)

    account = Account.objects.get(login="maqian")
    assert answer.status_code == 200
    assert roles_of(account) == []
    assert [one.concerns_id for one in Proposal.objects.unscoped("tests")] == [account.pk]


def test_role_begins_with_the_second_persons_yes(hejing, qinhui):
    account, proposal = propose_newcomer(hejing)

    two_persons.confirm(proposal=proposal, by=qinhui, at=LATER)

    row = last_row("access.proposal.confirmed")
    assert roles_of(account) == ["worker"]
    assert state_of(proposal) == ProposalState.CONFIRMED
    assert (row.account_id, row.about_id) == (qinhui.account_id, account.pk)


def test_author_never_confirms_or_declines_her_own(qinhui):
    account, proposal = propose_newcomer(qinhui)

    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=qinhui, at=LATER)
    with pytest.raises(Forbidden):
        two_persons.decline(proposal=proposal, reason="不", by=qinhui, at=LATER)

    assert (roles_of(account), state_of(proposal)) == ([], "waiting")


def test_person_concerned_decides_nothing_about_herself(hejing, qinhui, house):
    proposal = people.propose_role(
        account=qinhui.account,
        organisation=house,
        role="supervisor",
        from_on=TODAY,
        by=hejing,
        at=AT,
    )

    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=qinhui, at=LATER)
    with pytest.raises(Forbidden):
        two_persons.decline(proposal=proposal, reason="不", by=qinhui, at=LATER)

    assert (roles_of(qinhui.account), state_of(proposal)) == (["head"], "waiting")
    assert waiting_for(qinhui, on=TODAY) == []


def test_declining_says_why_and_changes_nothing(hejing, qinhui, signed_in):
    account, proposal = propose_newcomer(hejing)
    address = reverse("waiting-decide", args=[proposal.pk])

    without = signed_in(qinhui).post(address, {"decline": "1", "reason": " "})
    waiting = state_of(proposal)
    signed_in(qinhui).post(address, {"decline": "1", "reason": "材料不全"})

    assert (without.status_code, waiting) == (409, "waiting")
    assert (roles_of(account), state_of(proposal)) == ([], "declined")
    assert said_in(last_row("access.proposal.declined")).reason == "材料不全"


def test_withdrawing_is_the_authors(hejing, qinhui):
    account, proposal = propose_newcomer(hejing)

    with pytest.raises(Forbidden):
        two_persons.withdraw(proposal=proposal, by=qinhui, at=LATER)
    two_persons.withdraw(proposal=proposal, by=hejing, at=LATER)

    assert (roles_of(account), state_of(proposal)) == ([], "withdrawn")


@pytest.mark.parametrize("first", ["confirm", "decline", "withdraw"])
def test_what_is_decided_stays_decided(first, hejing, qinhui):
    account, proposal = propose_newcomer(hejing)
    stale = Proposal.objects.unscoped("tests").get(pk=proposal.pk)
    decide = {
        "confirm": lambda one: two_persons.confirm(proposal=one, by=qinhui, at=LATER),
        "decline": lambda one: two_persons.decline(proposal=one, reason="不", by=qinhui, at=LATER),
        "withdraw": lambda one: two_persons.withdraw(proposal=one, by=hejing, at=LATER),
    }
    decide[first](proposal)
    before = (roles_of(account), state_of(proposal), len(events()))

    for again in decide.values():
        with pytest.raises(two_persons.AlreadyDecided):
            again(stale)

    assert (roles_of(account), state_of(proposal), len(events())) == before


def test_delay_lets_nobody_through_early(hejing, qinhui, house, monkeypatch):
    slow = TwoPersonAct(
        "tests.slow", "Slow", confirms_a_role, lambda *_: house, delay=dt.timedelta(hours=12)
    )
    monkeypatch.setattr(ACTS, "_things", ACTS._things | {slow.key: slow})
    proposal = two_persons.propose(act=slow.key, subject=house, details={}, by=hejing, at=AT)

    early = AT + dt.timedelta(hours=11, minutes=59)
    with pytest.raises(two_persons.TooEarly):
        two_persons.confirm(proposal=proposal, by=qinhui, at=early)
    early_state = state_of(proposal)
    two_persons.confirm(proposal=proposal, by=qinhui, at=AT + dt.timedelta(hours=12))

    assert (early_state, state_of(proposal)) == ("waiting", "confirmed")


@pytest.mark.parametrize("decider", ["proposed_by", "concerns"])
@pytest.mark.parametrize("state", [ProposalState.CONFIRMED, ProposalState.DECLINED])
def test_database_itself_refuses_one_person(decider, state, hejing, qinhui):
    _account, proposal = propose_newcomer(hejing)
    proposal.state, proposal.decided_at = state, LATER
    proposal.decided_by_id = getattr(proposal, f"{decider}_id")

    with pytest.raises(IntegrityError, match="proposal_decided_by_another"), transaction.atomic():
        proposal.save()

    assert state_of(proposal) == "waiting"


def test_program_is_no_first_person(house, hejing):
    account, _proposal = propose_newcomer(hejing)
    by = hejing.__class__(QINHUI, None, None)

    with pytest.raises(Forbidden):
        two_persons.propose(act=people.GRANT.key, subject=account, details={}, by=by, at=AT)


def test_administrator_confirms_only_what_the_head_proposed(hejing, qinhui, house):
    second = entered(house, "chenyu", "陈宇", "Chen Yu", "administrator")
    _a, by_administrator = propose_newcomer(second, login="one")
    account, by_head = propose_newcomer(qinhui, login="two")

    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=by_administrator, by=hejing, at=LATER)
    two_persons.confirm(proposal=by_head, by=hejing, at=LATER)

    assert (state_of(by_administrator), roles_of(account)) == ("waiting", ["worker"])


@pytest.mark.parametrize("decide", ["confirm", "decline", "withdraw"])
def test_another_agencys_proposal_is_not_there(decide, hejing, qinhui, other_house):
    account, proposal = propose_newcomer(hejing)
    foreign_head = entered(other_house, "tangning", "唐宁", "Tang Ning", "head")
    extra = {"reason": "不"} if decide == "decline" else {}

    with pytest.raises(Hidden):
        getattr(two_persons, decide)(proposal=proposal, by=foreign_head, at=LATER, **extra)

    assert (roles_of(account), state_of(proposal)) == ([], "waiting")
    assert waiting_for(foreign_head, on=TODAY) == []


def test_role_reaches_no_other_agencys_house_or_people(hejing, stranger, house, other_house):
    newcomer = people.open_account(login="maqian", name="马倩", by=hejing, at=AT)
    somewhere = {"role": "finance", "from_on": TODAY, "by": hejing, "at": AT}

    for give in (people.grant_role, people.propose_role):
        with pytest.raises(Hidden):
            give(account=newcomer, organisation=other_house, **somewhere)
        with pytest.raises(Hidden):
            give(account=stranger.account, organisation=house, **somewhere)

    assert (roles_of(newcomer), roles_of(stranger.account)) == ([], ["worker"])


def test_confirming_gives_nothing_to_somebody_who_has_left(hejing, qinhui, house):
    account, proposal = propose_newcomer(hejing)
    people.leave(account=account, by=hejing, at=AT)
    Proposal.objects.unscoped("tests").update(state="waiting", decided_by=None, decided_at=None)

    with pytest.raises(people.AccountClosed):
        two_persons.confirm(proposal=proposal, by=qinhui, at=LATER)

    assert roles_of(account) == []


def test_role_that_sees_names_is_not_prolonged_by_one_person(hejing, qinhui, liumin, hanxue):
    for by in (hejing, qinhui):
        people.end_membership(membership=liumin.membership, until_on=TODAY, by=by, at=AT)
        with pytest.raises(Forbidden):
            people.end_membership(membership=liumin.membership, until_on=LAST_DAY, by=by, at=AT)
    people.end_membership(membership=hanxue.membership, until_on=TODAY, by=hejing, at=AT)
    people.end_membership(membership=hanxue.membership, until_on=LAST_DAY, by=hejing, at=AT)
    people.end_membership(membership=liumin.membership, until_on=FIRST_DAY, by=hejing, at=AT)

    rows = Membership.objects.unscoped("tests")
    assert rows.get(pk=liumin.membership_id).until_on == FIRST_DAY
    assert rows.get(pk=hanxue.membership_id).until_on == LAST_DAY


def test_closed_file_is_opened_by_two_others_only(liumin, zhanglan, qinhui, yangfan, house):
    child = a_file()
    closing = _closed_to(liumin, child, by=yangfan)
    second_supervisor = entered(house, "liqiang", "李强", "Li Qiang", "supervisor")
    kin = _closed_to(second_supervisor, child, by=yangfan)

    with pytest.raises(Forbidden):
        grounds.propose_lifting(closing=closing, words="弄错了", by=liumin, at=AT)
    proposal = grounds.propose_lifting(closing=closing, words="弄错了", by=zhanglan, at=AT)
    for not_the_second in (liumin, zhanglan, second_supervisor):
        with pytest.raises(Forbidden):
            two_persons.confirm(proposal=proposal, by=not_the_second, at=LATER)
    two_persons.confirm(proposal=proposal, by=qinhui, at=LATER)

    rows = Closing.objects.unscoped("tests")
    assert rows.get(pk=closing.pk).lifted_at == LATER
    assert rows.get(pk=kin.pk).lifted_at is None


def test_closing_is_not_told_to_the_head_whom_it_concerns(qinhui, zhanglan, liumin, signed_in):
    closing = _closed_to(qinhui, a_file(), by=liumin)
    proposal = grounds.propose_lifting(closing=closing, words="不是亲属", by=zhanglan, at=AT)

    listed = signed_in(qinhui).get(reverse("waiting-list"))
    shown = signed_in(qinhui).get(reverse("waiting", args=[proposal.pk]))

    assert str(proposal.pk) not in listed.content.decode()
    assert shown.status_code == 404


def test_second_person_sees_what_will_change(hejing, qinhui, liumin, signed_in, house):
    _account, proposal = propose_newcomer(hejing)
    with clock.at(LATER):
        answers = {
            by: signed_in(by).get(reverse("waiting", args=[proposal.pk]))
            for by in (qinhui, hejing, liumin)
        }
    page = answers[qinhui].content.decode()

    assert [answer.status_code for answer in answers.values()] == [200, 200, 404]
    assert [word in page for word in ("马倩", house.name, 'name="confirm"')] == [True] * 3
    assert 'name="confirm"' not in answers[hejing].content.decode()


def _closed_to(actor, child, *, by):
    return grounds.close_to(
        account=actor.account,
        kind=ClosingKind.CONFLICT,
        target_kind="tests.child",
        target_id=child.pk,
        words="亲戚",
        by=by,
        at=AT,
    )


def of_an_earlier_version(by) -> Proposal:
    _, proposal = propose_newcomer(by)
    proposal.act = "access.role.as_it_was"
    proposal.details = '{"told": "旧版内容"}'
    proposal.save(update_fields=["act", "details"])
    return proposal


@pytest.mark.parametrize("reader", ["hejing", "qinhui"])
def test_act_of_an_earlier_version_is_shown_without_its_details(
    reader, hejing, qinhui, request, signed_in
):
    proposal = of_an_earlier_version(hejing)
    browser = signed_in(request.getfixturevalue(reader))

    listed = browser.get(reverse("waiting-list"))
    shown = browser.get(reverse("waiting", args=[proposal.pk]))
    today = browser.get("/")

    assert (listed.status_code, shown.status_code, today.status_code) == (200, 200, 200)
    assert "旧版内容" not in shown.content.decode()
    assert 'name="confirm"' not in shown.content.decode()


def test_act_of_an_earlier_version_is_never_done(hejing, qinhui, signed_in):
    proposal = of_an_earlier_version(hejing)

    address = reverse("waiting-decide", args=[proposal.pk])
    answer = signed_in(qinhui).post(address, {"confirm": "1"})

    assert (answer.status_code, state_of(proposal)) == (409, "waiting")
    assert roles_of(proposal.concerns) == []


def test_head_declines_an_act_of_an_earlier_version(hejing, qinhui):
    proposal = of_an_earlier_version(hejing)

    two_persons.decline(proposal=proposal, reason="旧的", by=qinhui, at=LATER)

    assert state_of(proposal) == ProposalState.DECLINED


def test_author_withdraws_her_act_of_an_earlier_version(hejing):
    proposal = of_an_earlier_version(hejing)

    two_persons.withdraw(proposal=proposal, by=hejing, at=LATER)

    assert state_of(proposal) == ProposalState.WITHDRAWN
