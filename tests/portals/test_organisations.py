import pytest
from django.urls import reverse

from tests.conftest import AT, QINHUI, YULAN
from tonghu.access.actors import system
from tonghu.access.constants import OrganisationKind
from tonghu.access.models import Organisation
from tonghu.access.operations import agencies
from tonghu.kernel.errors import Forbidden

BUYER = {"kind": "buyer", "name": "新城区民政局", "latin_name": "", "credit_code": ""}


def partners(agency_id) -> list[str]:
    rows = Organisation.objects.unscoped("a test").filter(agency_id=agency_id)
    return [one.name for one in rows.exclude(pk=agency_id)]


def open_steps(client) -> list[str]:
    parts = client.get(reverse("set-up")).context["parts"]
    return [step.address for part in parts for step in part.steps if not step.done]


@pytest.mark.parametrize("who", ["hejing", "qinhui"])
def test_organisation_is_added_and_offered_where_roles_are_given(who, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    client.post(reverse("organisations"), BUYER)

    assert partners(QINHUI) == ["新城区民政局"]
    for page in ("organisations", "person-new"):
        assert "新城区民政局" in client.get(reverse(page)).content.decode()


def test_organisations_of_another_agency_are_not_shown(hejing, other_house, signed_in):
    agencies.add_organisation(
        kind=OrganisationKind.BUYER, name="雁塔区民政局", by=system(YULAN), at=AT
    )

    page = signed_in(hejing).get(reverse("organisations")).content.decode()

    assert "雁塔区民政局" not in page
    assert "还没有其他单位" in page


@pytest.mark.parametrize("wrong", [{"kind": "agency"}, {"kind": ""}, {"name": ""}])
def test_organisation_that_is_none_is_refused_in_the_form(wrong, hejing, signed_in):
    answer = signed_in(hejing).post(reverse("organisations"), BUYER | wrong)

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == wrong.keys()
    assert partners(QINHUI) == []


def test_organisation_is_listed_once_per_credit_code(hejing, signed_in):
    client, coded = signed_in(hejing), BUYER | {"credit_code": "11610102MB0000001X"}
    client.post(reverse("organisations"), coded)

    answer = client.post(reverse("organisations"), coded | {"name": "民政局"})

    assert "credit_code" in answer.context["form"].errors
    assert partners(QINHUI) == ["新城区民政局"]


@pytest.mark.parametrize("who", ["liumin", "zhanglan", "hanxue"])
def test_organisations_are_for_those_who_set_up(who, request, signed_in):
    by = request.getfixturevalue(who)
    client = signed_in(by)

    answers = [client.get(reverse("organisations")), client.post(reverse("organisations"), BUYER)]

    assert [one.status_code for one in answers] == [403, 403]
    with pytest.raises(Forbidden):
        agencies.add_organisation(kind=OrganisationKind.BUYER, name="x", by=by, at=AT)
    assert partners(QINHUI) == []


def test_checklist_asks_for_the_buyer_until_it_is_there(hejing, signed_in):
    client = signed_in(hejing)
    before = open_steps(client)

    client.post(reverse("organisations"), BUYER)

    link = reverse("organisations")
    assert (link in before, link in open_steps(client)) == (True, False)
