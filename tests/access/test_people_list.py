import datetime as dt

import pytest

from tests.conftest import AT, TODAY, TOLD_WHOSE, entered
from tonghu.access import queries
from tonghu.access.models import Closing
from tonghu.access.operations import people
from tonghu.access.policy import STAFF
from tonghu.access.sheets import Action


def close(account, by) -> None:
    Closing.objects.create(
        agency_id=by.agency_id,
        account=by.account,
        target_kind=STAFF.target_kind,
        target_id=account.pk,
        kind="conflict",
        from_at=AT,
    )


@pytest.mark.parametrize("more", [0, 2])
def test_people_list_costs_the_same_for_every_number_of_colleagues(
    more, house, hejing, signed_in, django_assert_num_queries
):
    for number in range(more):
        entered(house, f"more{number}", "某人", "Somebody", "finance")
    browser = signed_in(hejing)

    with django_assert_num_queries(8 + TOLD_WHOSE):
        page = browser.get("/people/")

    assert page.status_code == 200


def test_people_list_says_role_and_state(hejing, hanxue, stranger, signed_in):
    people.leave(account=hanxue.account, by=hejing, at=AT)

    rows = signed_in(hejing).get("/people/").context["page"].rows

    assert [(row["account__name"], row["role"], row["account__is_active"]) for row in rows] == [
        ("何静", "administrator", True),
        ("韩雪", "finance", False),
    ]


def test_people_list_leaves_out_who_is_closed_to_this_person_alone(hejing, zhanglan, hanxue):
    close(hanxue.account, hejing)

    def found(by):
        return {row.account for row in queries.colleagues_for(by, on=TODAY)}

    assert found(hejing) == {hejing.account, zhanglan.account}
    assert found(zhanglan) == {hejing.account, zhanglan.account, hanxue.account}


def test_sheet_offers_a_way_to_those_whose_role_may(hejing, liumin):
    assert STAFF.is_offered(Action.WRITE, hejing, on=TODAY)
    assert not STAFF.is_offered(Action.APPROVE, hejing, on=TODAY)
    assert not STAFF.is_offered(Action.WRITE, liumin, on=TODAY)


def test_roles_proposed_are_shown_to_those_who_may_read_them(hejing, zhanglan, house, hanxue):
    proposal = people.propose_role(
        account=hanxue.account,
        organisation=house,
        role="worker",
        from_on=TODAY + dt.timedelta(days=1),
        by=hejing,
        at=AT,
    )

    assert queries.roles_proposed(hejing, on=TODAY) == [proposal]
    assert queries.roles_proposed(zhanglan, on=TODAY) == []
