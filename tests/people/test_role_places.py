"""A role is given with its places: the village of a child director, the teams of a worker."""

import re

import pytest
from django.urls import reverse

from tests.conftest import AT, TODAY
from tonghu.access.actors import actor_for
from tonghu.access.constants import DutyKind, OrganisationKind, ScopeKind
from tonghu.access.grants import WrongPlace
from tonghu.access.models import Account, Duty, Membership, Organisation, Proposal
from tonghu.access.operations import people, two_persons
from tonghu.kernel.ids import new_id
from tonghu.people.queries import children_for


@pytest.fixture
def committee(house):
    community = Organisation(
        agency=house, kind=OrganisationKind.COMMUNITY, name="柳湾村委会", latin_name="Liuwan"
    )
    community.save(force_insert=True)
    return community


def form(role, organisation, **more):
    return {
        "name": "高小兰",
        "login": "gaoxiaolan",
        "role": role,
        "organisation": organisation.pk,
        "from_on": TODAY,
        **more,
    }


def new_actor():
    return actor_for(Account.objects.get(login="gaoxiaolan"), on=TODAY)


def proposed():
    return Proposal.objects.unscoped("tests").get()


def test_a_director_is_invited_with_her_village_and_knows_its_children(
    wangyan, elsewhere, team, committee, hejing, qinhui, signed_in
):
    answer = signed_in(hejing).post(
        reverse("person-new"), form("director", committee, village=team.pk)
    )

    two_persons.confirm(proposal=proposed(), by=qinhui, at=AT)
    held = Membership.objects.unscoped("tests").get(account__login="gaoxiaolan")
    assert answer.status_code == 200
    assert (held.scope_kind, held.scope_id) == (ScopeKind.PLACE, team.pk)
    assert list(children_for(new_actor(), on=TODAY)) == [wangyan]


def test_a_worker_joins_the_teams_that_were_named_once_the_role_is_confirmed(
    wangyan, team, house, hejing, qinhui, signed_in
):
    signed_in(hejing).post(reverse("person-new"), form("worker", house, places=[team.pk]))
    duties = Duty.objects.unscoped("tests").filter(account__login="gaoxiaolan")
    before = duties.count()

    two_persons.confirm(proposal=proposed(), by=qinhui, at=AT)

    assert before == 0
    assert [(one.kind, one.target_id, one.from_on) for one in duties] == [
        (DutyKind.TEAM, team.pk, TODAY)
    ]
    assert list(children_for(new_actor(), on=TODAY)) == [wangyan]


def test_the_second_person_sees_the_village_and_the_teams(
    team, committee, house, hejing, qinhui, signed_in
):
    signed_in(hejing).post(reverse("person-new"), form("director", committee, village=team.pk))

    page = signed_in(qinhui).get(reverse("waiting", args=[proposed().pk])).content.decode()

    assert team.name in page


@pytest.mark.parametrize(
    ("role", "names", "field"),
    [
        ("director", (), "village"),
        ("worker", ("village",), "village"),
        ("head", ("places",), "places"),
    ],
)
def test_a_place_that_does_not_go_with_the_role_is_said_at_its_field(
    role, names, field, team, committee, house, hejing, signed_in
):
    organisation = committee if role == "director" else house

    answer = signed_in(hejing).post(
        reverse("person-new"), form(role, organisation, **dict.fromkeys(names, team.pk))
    )

    assert list(answer.context["form"].errors) == [field]
    assert not Account.objects.filter(login="gaoxiaolan").exists()


def test_a_place_that_is_not_on_the_list_is_refused_by_the_operation(committee, hejing, yangfan):
    with pytest.raises(WrongPlace):
        people.propose_role(
            account=yangfan.account,
            organisation=committee,
            role="director",
            from_on=TODAY,
            scope_kind=ScopeKind.PLACE,
            scope_id=new_id(),
            by=hejing,
            at=AT,
        )


def test_the_form_offers_the_places_of_the_agency_in_chinese(team, qingshi, hejing, signed_in):
    page = signed_in(hejing).get(reverse("person-new")).content.decode()

    main = page[page.index("<main") : page.index("</main>")]
    words = re.sub(r"<[^>]+>", " ", main)
    assert [name in words for name in ("柳湾村", "青石社区")] == [True, True]
    assert re.findall(r"[A-Za-z]{3,}", words.replace("liumin", "").replace("worker07", "")) == []


def test_the_set_up_list_names_villages_without_a_director(team, hejing, signed_in):
    page = signed_in(hejing).get(reverse("set-up")).content.decode()

    assert "每个村和社区都有儿童主任" in page
    assert f"还没有的：{team.name}" in page
