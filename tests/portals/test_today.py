import datetime as dt

import pytest
from django.urls import reverse

from tests.access.conftest import ROLES_OF_THE_CAST, propose_newcomer
from tests.conftest import AT, TODAY
from tonghu.access.models import Notice
from tonghu.access.operations import two_persons
from tonghu.kernel import clock


def notice_for(by):
    return Notice.objects.create(
        agency_id=by.agency_id,
        account=by.account,
        event="access.glass.broken",
        subject_kind="access.breakglass",
        subject_id=by.account_id,
        at=AT,
    )


def addresses(answer) -> list[str]:
    return [card.address for card in answer.context["cards"]]


@pytest.mark.parametrize("login", list(ROLES_OF_THE_CAST.values()))
def test_everybody_has_something_to_do_first(login, request, signed_in):
    by = request.getfixturevalue(login)

    answer = signed_in(by).get(reverse("today"))

    sets_up = by.role_key in ("head", "administrator")
    assert answer.status_code == 200
    assert by.account.name in answer.content.decode()
    assert addresses(answer) == (
        [reverse("set-up")] if sets_up else [reverse("permissions"), reverse("account")]
    )
    assert answer.context["owed"] == 0


def test_act_that_waits_is_owed_by_the_second_person_alone(hejing, qinhui, zhanglan, signed_in):
    _account, proposal = propose_newcomer(hejing)
    address = reverse("waiting", args=[proposal.pk])

    before = {by: signed_in(by).get("/") for by in (qinhui, hejing, zhanglan)}
    two_persons.confirm(proposal=proposal, by=qinhui, at=AT)
    after = signed_in(qinhui).get("/")

    owing = [address in addresses(answer) for answer in before.values()]
    assert owing == [True, False, False]
    assert (before[qinhui].context["owed"], after.context["owed"]) == (1, 0)


def test_navigation_counts_what_waits_for_oneself(hejing, qinhui, signed_in):
    for login in ("one", "two"):
        propose_newcomer(hejing, login=login)

    waiting = {
        by: [entry.waiting for entry in signed_in(by).get("/").context["shell"].entries]
        for by in (qinhui, hejing)
    }

    assert [sum(filter(None, counts)) for counts in waiting.values()] == [2, 0]


def test_notice_leads_until_its_owner_has_seen_it(liumin, yangfan, signed_in):
    mine, other = notice_for(liumin), notice_for(yangfan)
    client = signed_in(liumin)
    before = client.get("/")

    refused = client.post(reverse("notice-seen", args=[other.pk]))
    client.post(reverse("notice-seen", args=[mine.pk]))
    after = client.get("/")

    assert addresses(before)[0] == reverse("notice-seen", args=[mine.pk])
    assert (before.context["owed"], after.context["owed"]) == (1, 0)
    other.refresh_from_db()
    assert (refused.status_code, other.seen_at) == (404, None)


def test_one_filled_button_a_page(hejing, qinhui, signed_in):
    for login in ("one", "two", "three"):
        propose_newcomer(hejing, login=login)

    page = signed_in(qinhui).get("/").content.decode()

    assert page.count('class="btn p') == 1


def test_day_is_the_local_one(liumin, signed_in):
    client = signed_in(liumin)
    late = dt.datetime(2026, 6, 1, 16, 5, tzinfo=dt.UTC)

    with clock.at(late):
        answer = signed_in(liumin).get("/")

    assert client.get("/").context["day"] == TODAY
    assert answer.context["day"] == TODAY + dt.timedelta(days=1)
