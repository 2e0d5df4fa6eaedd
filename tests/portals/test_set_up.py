import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.access.conftest import propose_newcomer
from tests.conftest import AT, QINHUI, TODAY, entered, with_second_factor
from tonghu.access.actors import system
from tonghu.access.models import Account, Invitation, Organisation
from tonghu.access.operations import agencies, journal, people, two_persons
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden
from tonghu.people.constants import PlaceKind
from tonghu.people.operations import places
from tonghu.portals.founding import found

LETTERHEAD = {
    "name": "秦晖社会工作服务中心",
    "latin_name": "Qinhui",
    "credit_code": "52610102MJT0000001",
    "phone": "029 0000 0101",
}


def steps(client) -> list[bool]:
    parts = client.get(reverse("set-up")).context["parts"]
    return [step.done for part in parts for step in part.steps]


def agency() -> Organisation:
    return Organisation.objects.unscoped("tests").get(pk=QINHUI)


def test_checklist_grows_with_what_is_done(house, hejing, signed_in):
    client = signed_in(hejing)
    found = [steps(client)]

    client.post(reverse("agency"), LETTERHEAD)
    head = entered(house, "qinhui", "秦慧", "Qin Hui", "head")
    found.append(steps(client))
    entered(house, "zhanglan", "张岚", "Zhang Lan", "supervisor")
    _account, proposal = propose_newcomer(hejing)
    found.append(steps(client))
    two_persons.confirm(proposal=proposal, by=head, at=AT)
    journal.sign_head(by=system(QINHUI), at=AT)
    found.append(steps(client))
    for account in Account.objects.all():
        with_second_factor(account)
    found.append(steps(client))

    assert found == [
        # letterhead, two heads, supervisor and workers, proposals, partners,
        # teams, directors, supervised, factors, signed
        [False, False, False, True, False, False, False, False, True, False],
        [True, True, False, True, False, False, False, False, False, False],
        [True, True, False, False, False, False, False, False, False, False],
        [True, True, True, True, False, False, False, False, False, True],
        [True, True, True, True, False, False, False, False, True, True],
    ]


def where_you_work(client):
    part = client.get(reverse("set-up")).context["parts"][1]
    return [(step.done, str(step.why)) for step in part.steps]


def test_checklist_names_places_without_a_team_and_workers_without_a_supervisor(
    hejing, zhanglan, liumin, yangfan, signed_in
):
    client, said = signed_in(hejing), {"from_on": TODAY, "by": system(QINHUI), "at": AT}
    willow, bridge = (
        places.add_place(name=name, kind=PlaceKind.VILLAGE, by=system(QINHUI), at=AT)
        for name in ("柳湾村", "石桥村")
    )

    places.put_in_team(account=liumin.account, place=willow, **said)
    places.supervise(worker=liumin.account, supervisor=zhanglan.account, **said)
    first = where_you_work(client)
    places.put_in_team(account=yangfan.account, place=bridge, **said)
    places.supervise(worker=yangfan.account, supervisor=zhanglan.account, **said)
    second = where_you_work(client)

    assert first == [
        (False, "还没有人在这里工作：石桥村"),
        (False, "还没有的：柳湾村、石桥村"),
        (False, "还没有督导：杨帆"),
    ]
    assert [done for done, _why in second] == [True, False, True]


def test_missing_factor_names_who_lacks_it(house, hejing, yangfan, stranger, signed_in):
    page = signed_in(hejing).get(reverse("set-up")).content.decode()

    assert "杨帆" in page
    assert "吴凡" not in page
    assert Authenticator.objects.count() == 1


def test_head_that_was_signed_long_ago_is_open_again(hejing, signed_in):
    journal.sign_head(by=system(QINHUI), at=AT)

    with clock.at(AT + dt.timedelta(days=2)):
        assert steps(signed_in(hejing))[-1] is False
    assert steps(signed_in(hejing))[-1] is True


@pytest.mark.parametrize("wrong", ["52610102", "52610102mjt0000001", "52610102MJT00000011", "密码"])
def test_wrong_credit_code_is_said_at_its_field(wrong, hejing, signed_in):
    before = agency().credit_code

    answer = signed_in(hejing).post(reverse("agency"), LETTERHEAD | {"credit_code": wrong})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["credit_code"])
    assert agency().credit_code == before


def test_letterhead_is_changed_for_the_own_agency_only(hejing, other_house, signed_in):
    signed_in(hejing).post(reverse("agency"), LETTERHEAD | {"phone": "029 1111 1111"})

    other_house.refresh_from_db()
    assert (agency().phone, other_house.phone) == ("029 1111 1111", "")


@pytest.mark.parametrize("login", ["zhanglan", "liumin", "hanxue", "luowen", "majing"])
def test_letterhead_is_not_everybodys(login, request, signed_in):
    by = request.getfixturevalue(login)
    client = signed_in(by)

    statuses = [client.get(reverse("agency")), client.post(reverse("agency"), LETTERHEAD)]
    with pytest.raises(Forbidden):
        agencies.describe_agency(**LETTERHEAD, by=by, at=AT)

    assert [answer.status_code for answer in statuses] == [403, 403]
    assert agency().phone == ""


def test_agency_is_founded_with_two_ways_in(db, frozen):
    entered_ = found(
        agency="新中心",
        latin="New",
        credit_code="",
        head=("qin", "秦"),
        administrator=("he", "何"),
    )

    assert [one["role"] for one in entered_["invited"]] == ["head", "administrator"]
    assert Invitation.objects.unscoped("tests").count() == 2
    assert all(one["path"].startswith("/invitation/") for one in entered_["invited"])


def test_founding_that_is_refused_enters_nothing(db, frozen):
    with pytest.raises(people.LoginTaken):
        found(
            agency="新中心",
            latin="New",
            credit_code="",
            head=("qin", "秦"),
            administrator=("qin", "何"),
        )

    assert not Organisation.objects.unscoped("tests").exists()
    assert not Account.objects.exists()


def test_agency_is_not_founded_by_a_person(hejing):
    with pytest.raises(Forbidden):
        agencies.found_agency(name="x", latin_name="", credit_code="", by=hejing, at=AT)
